"""A list of 10,000 rows out as XLSX, from the database on, against bare XlsxWriter with the values in hand.

python -m bench.spreadsheets_out [rows] [rounds]
"""

import io
import sys
from datetime import UTC, date, datetime, timedelta

from bench.portal import portal, race, tell
from bench.table import row

GOAL = 1.5


def main(rows=10_000, rounds=5) -> bool:
    with portal():
        return measure(rows, rounds)


def measure(rows, rounds) -> bool:
    from django.utils import timezone
    from xlsxwriter import Workbook

    from core.spreadsheets.listing import write_csv, write_xlsx
    from registrations.listings import REGISTRATIONS
    from registrations.models import Registration

    make(rows)
    asked = Registration.objects.select_related("period", "unit").order_by("-filed_at", "-id")
    values = list(REGISTRATIONS.rows_of(asked, at_a_time=1000))
    plain = [[timezone.make_naive(v) if isinstance(v, datetime) else v for v in row] for row in values]

    def ours():
        assert write_xlsx(io.BytesIO(), REGISTRATIONS, REGISTRATIONS.rows_of(asked, at_a_time=1000)) == rows

    def floor():
        book = Workbook(io.BytesIO(), {"constant_memory": True})
        sheet, instant = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        for number, line in enumerate(plain, start=1):
            for place, value in enumerate(line):
                if isinstance(value, datetime):
                    sheet.write_datetime(number, place, value, instant)
                else:
                    sheet.write(number, place, value)
        book.close()

    def ours_as_csv():
        write_csv(io.BytesIO(), REGISTRATIONS, REGISTRATIONS.rows_of(asked, at_a_time=1000))

    met = tell(
        f"XLSX out, {rows} rows of {len(REGISTRATIONS.columns)} columns",
        race(ours, floor, rounds=rounds),
        GOAL,
    )
    csv = race(ours_as_csv, ours, rounds=rounds)
    row(
        "CSV out of the same rows, against XLSX",
        f"{csv.ours:.3f} s",
        f"{csv.floor:.3f} s",
        csv.times,
        "",
        met=None,
    )
    return met


def make(rows):
    """That many filed registrations, of as many units."""
    from registrations.models import Period, Registration
    from tests.factories_registrations import PeriodFactory
    from units.models import Unit, User

    period: Period = PeriodFactory()
    clerk = User.objects.create(username="bench", email="bench@laocai.example", full_name="Người Đo")
    units = [
        Unit(code=f"{n:05d}", name=f"Xã minh họa số {n}", kind="commune", valid_from=date(2020, 1, 1))
        for n in range(rows)
    ]
    for unit in units:
        unit.fill_keys()
    Unit.objects.bulk_create(units, batch_size=1000)
    begun = datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)
    Registration.objects.bulk_create(
        [
            Registration(
                period=period,
                unit=unit,
                state="filed",
                reference=f"DK-2027-{n:05d}",
                first_filed_at=begun + timedelta(seconds=n),
                filed_at=begun + timedelta(seconds=2 * n),
                created_at=begun,
                saved_at=begun,
                saved_by=clerk,
                is_late=n % 7 == 0,
            )
            for n, unit in enumerate(units)
        ],
        batch_size=1000,
    )


if __name__ == "__main__":
    sys.exit(0 if main(*map(int, sys.argv[1:])) else 1)
