"""The order in which the demo's world comes to be."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from core import clock
from registrations.models import Period
from reports.demo import world
from reports.demo.registrations import Season
from reports.demo.reports import Reporting


def play(now: datetime, *, say: Callable[[str], None]) -> None:
    """Write the world as it stands at `now`."""
    today = clock.local_date(now)
    people = world.build(Random(2027), today)
    say(f"Units: {len(people.units)}, people: {len(people.people) + len(people.filers)}")
    periods = list(Period.objects.filter(opens_on__lte=today).order_by("year").select_related("campaign"))
    reported = [period for period in periods if period.report_last_day < today]
    for period in periods:
        registrations = Season(people, period, now).play()
        reports = 0
        if period in reported:
            reports = Reporting(people, period, now, is_latest=period == reported[-1]).play()
        say(f"{period.year}: {registrations} registrations, {reports} reports")
