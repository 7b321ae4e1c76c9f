"""The order in which the demo's world comes to be."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from core import clock
from core.models import EventPayload, OutboxMail
from core.models.mail import MailState
from registrations import emails
from registrations.models import Period, Registration
from reports import open_data
from reports.demo import deadlines, signing, world
from reports.demo.accounts import ACCOUNTS
from reports.demo.after import Afterwards
from reports.demo.appraisal import AppraisalDesk
from reports.demo.awards import Commendation
from reports.demo.compiling import Compiling, open_second_batch
from reports.demo.figures_now import begin_reports
from reports.demo.house import furnish
from reports.demo.movement import organise
from reports.demo.on_paper import enter_one
from reports.demo.people import arrange
from reports.demo.registrations import Season
from reports.demo.reports import Reporting
from reports.demo.scores import rank
from reports.demo.urging import urge
from reports.demo.verification import verify_some
from reports.workflow import publish_progress

#: mails older than this belong to the past and are not sent
MAIL_DAYS = 30


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
    begin_reports(people, next(p for p in periods if p not in reported), now)
    enter_one(people, periods[-1], now)
    deadlines.correct(people, periods[-1], now)
    arrange(people, now)
    if reported:
        verify_some(people, reported[-1], now)
        rank(people, reported[-1], now)
    organise(people, periods, now)
    say("Launches, pilot units, two inspections")
    urge(people, periods, now)
    say("Reminders of the last season, a letter signed and a draft")
    furnish(people)
    signing.trust()
    commendation = Commendation(people, now)
    afterwards = Afterwards(people)
    afterwards.state_ceiling()
    commendation.award_first_batch()
    afterwards.play()
    afterwards.tell_of_exemplars()
    say("2025: a decision published, certificates, a correction, revocations, exemplars")
    open_second_batch(commendation)
    commendation.move_second_batch()
    say("Today: a proposal at the commendation body, dossiers at the standing body, drafts")
    AppraisalDesk(commendation).work()
    Compiling(commendation).work()
    say("Today: one person put forward twice, a hold, a dossier on paper, Giấy khen")
    say("Today: dossiers shared out, opinions asked, a list posted for comment")
    tell_the_public(people, periods, reported)
    say("The province's progress published, open data released")
    _write_to_accounts(periods[-1])
    _leave_past_mail_unsent(now)


def tell_the_public(people: world.World, periods: list[Period], reported: list[Period]) -> None:
    """The lead publishes the years that were reported and the one that runs; the open data follow."""
    for period in [*reported[-1:], periods[-1]]:
        publish_progress(period, by=people.people["demo.stttt.ld"])
    open_data.release_missing()


def _write_to_accounts(period: Period) -> None:
    """The receipts and returns of this year that the accounts of the demo find in their mail."""
    codes = [account.unit_code for account in ACCOUNTS]
    filed = Registration.objects.filter(period=period, unit__code__in=codes, first_filed_at__isnull=False)
    for registration in filed.select_related("unit", "period"):
        version = registration.versions.last()
        with clock.played_at(version.filed_at):
            emails.filed(version, emails.writers_of(registration))
        returned = EventPayload.objects.filter(event__object_uid=registration.uid, event__act="return").last()
        if registration.state == "returned":
            with clock.played_at(returned.event.at):
                emails.returned(registration, returned.comment, returned.event.at)


def _leave_past_mail_unsent(now: datetime) -> None:
    """Only what is recent and written to an account of the demo goes out."""
    accounts = [account.username for account in ACCOUNTS]
    recent = OutboxMail.objects.filter(
        recipient__username__in=accounts, queued_at__gte=now - timedelta(days=MAIL_DAYS)
    )
    OutboxMail.objects.exclude(pk__in=recent.values("pk")).update(
        state=MailState.DROPPED, answer="Thư của phần lịch sử minh họa, không gửi"
    )
