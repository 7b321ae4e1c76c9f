"""A period's reports fetched, judged with explanation and stored, against the same not stored.

    python -m bench.criteria [units] [rounds]

Each unit has the 13 criteria of the provincial tier. Stored at no less than half the rate, in
memory that does not grow with the units, and in time that grows as they do.
"""

import io
import math
import random
import resource
import sys

from bench.portal import portal, race
from bench.table import at_least, at_most, row

HALF, STEPS = 0.5, 4
#: time may grow as units to this power; 1 is linear
EXPONENT = 1.1
#: memory may grow by this much, in MiB, while the units become `STEPS` times as many
GROWTH = 16


def main(units=20_000, rounds=3) -> bool:
    with portal():
        return measure(units, rounds)


def measure(units, rounds) -> bool:
    from django.core.management import call_command
    from django.db import connection

    from criteria.loading import load_criteria
    from registrations import bulk
    from registrations.models import Evaluation

    load_criteria()
    few, all_ = _period(2024), _period(2025)
    _add(few, units // STEPS)
    _add(all_, units)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    def stored(period, count):
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE registrations_evaluation")
        # The command itself, its progress bar included.
        call_command("evaluate_period", str(period.year), stdout=io.StringIO())
        assert Evaluation.objects.count() == count

    def explained():
        book = bulk.Book(all_)
        count = sum(1 for batch in bulk.batches(bulk.reports_of(all_)) for _ in bulk.judged(book, batch))
        assert count == units

    def store_few():
        stored(few, units // STEPS)

    def store_all():
        stored(all_, units)

    store_few()
    before = _memory()
    taken = race(store_all, explained, rounds=rounds)
    met = at_least(
        f"criteria, {units} units × 13 judged with explanation and stored, against not stored",
        f"{units / taken.ours:.0f} units/s",
        f"{units / taken.floor:.0f} units/s",
        1 / taken.times,
        HALF,
    )
    after = _memory()
    met &= row(
        f"criteria, memory of {units // STEPS} and {units} units",
        f"{before} → {after} MiB",
        "",
        None,
        f"≤ {GROWTH} MiB more",
        met=after - before <= GROWTH,
    )
    exponent = -math.log(race(store_few, store_all, rounds=rounds, often=STEPS).times, STEPS)
    return at_most("criteria, time as units to the power", f"{exponent:.2f}", "1", exponent, EXPONENT) and met


def _memory() -> int:
    """The most that this process has held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _period(year):
    from datetime import date

    from criteria.models import CriteriaSet
    from registrations.models import Campaign, Period

    campaign = Campaign.objects.create(
        code=f"B{year}", name="Đo", first_year=year, last_year=year, final_review_year=year, legal_basis="Đo",
        criteria_set=CriteriaSet.objects.get(code="TDCDS-2022"),
    )  # fmt: skip
    return Period.objects.create(
        campaign=campaign, year=year, opens_on=date(year, 1, 1), last_day=date(year, 2, 20),
        locks_on=date(year, 6, 30), report_last_day=date(year, 12, 15), basis="Đo",
    )  # fmt: skip


def _add(period, count):
    """So many units with a verified report each."""
    from datetime import date

    from core import clock
    from registrations.models import Figure, Report
    from units.models import Unit, User

    by, _ = User.objects.get_or_create(username="do")
    rng, now, year = random.Random(count), clock.now(), period.year
    criteria = list(period.campaign.criteria_set.criteria.filter(tier="provincial"))
    for start in range(0, count, 1000):
        numbers = range(start, min(start + 1000, count))
        units = [
            Unit(code=f"{year}-{n}", name=f"Sở thứ {n}", kind="department", valid_from=date(2020, 1, 1))
            for n in numbers
        ]
        Unit.objects.bulk_create(units)
        reports = [
            Report(
                period=period, unit=unit, state="verified", reference=f"BC-{unit.code}", saved_by=by,
                created_at=now, saved_at=now, first_submitted_at=now, submitted_at=now, verified_at=now,
            )
            for unit in units
        ]  # fmt: skip
        Report.objects.bulk_create(reports)
        Figure.objects.bulk_create(
            [_figure(Figure, report, criterion, rng) for report in reports for criterion in criteria],
            batch_size=2000,
        )


def _figure(model, report, criterion, rng):
    if rng.random() < 0.1:
        return model(
            report=report, criterion=criterion, not_applicable="không có thủ tục", verdict="accepted"
        )
    denominator = rng.randint(1, 10_000)
    numerator = max(0, denominator - rng.randint(0, denominator // 8))
    return model(
        report=report, criterion=criterion, numerator=numerator, denominator=denominator, verdict="accepted"
    )


if __name__ == "__main__":
    sys.exit(0 if main(*map(int, sys.argv[1:])) else 1)
