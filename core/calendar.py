"""Working days and the limits of a day, as the State counts them.

Public holidays and Tết come from the `holidays` library; rows of `Holiday` overrule it
(compensatory days are decided each year). A page that asks about many days reads the
rows once with `corrections()` and hands them to each call.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

import holidays
from django.apps import apps
from django.utils import timezone

if TYPE_CHECKING:
    from core.models import Holiday

_ONE_DAY = timedelta(days=1)


def corrections() -> dict[date, "Holiday"]:
    """The rows that overrule the library, by day."""
    return {row.day: row for row in apps.get_model("core", "Holiday").objects.all()}


def is_working_day(day: date, known: Mapping[date, "Holiday"] | None = None) -> bool:
    """Monday to Friday without public holidays, and the weekend days worked in exchange."""
    known = corrections() if known is None else known
    if day in known:
        return known[day].is_working_day
    return _public_holidays(day.year).is_working_day(day)


def holiday_name(day: date, known: Mapping[date, "Holiday"] | None = None) -> str:
    """The name of the public holiday, empty on a working day and on a plain weekend."""
    known = corrections() if known is None else known
    if day in known:
        return "" if known[day].is_working_day else known[day].name
    return _public_holidays(day.year).get(day, "")


def why_off(day: date, known: Mapping[date, "Holiday"] | None = None) -> str:
    """The holiday or the day of the weekend, for a day that is not worked."""
    return holiday_name(day, known) or weekday(day)


def weekday(day: date) -> str:
    return ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")[day.weekday()]


def next_working_day(day: date, known: Mapping[date, "Holiday"] | None = None) -> date:
    """The day itself when it is worked, else the first working day after it."""
    known = corrections() if known is None else known
    while not is_working_day(day, known):
        day += _ONE_DAY
    return day


def add_working_days(day: date, n: int, known: Mapping[date, "Holiday"] | None = None) -> date:
    """The n-th working day after `day`; the day itself is not counted (Civil Code 2015, Art. 147)."""
    if n < 0:
        raise ValueError("Working days are counted forward only.")
    known = corrections() if known is None else known
    for _ in range(n):
        day = next_working_day(day + _ONE_DAY, known)
    return day


def working_days_between(a: date, b: date, known: Mapping[date, "Holiday"] | None = None) -> int:
    """How many working days lie after `a`, up to and including `b`; negative when `b` is earlier."""
    known = corrections() if known is None else known
    if b < a:
        return -working_days_between(b, a, known)
    return sum(is_working_day(a + timedelta(days=i), known) for i in range(1, (b - a).days + 1))


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """The first instant of the day and the first instant after it, in Asia/Ho_Chi_Minh."""
    zone = timezone.get_default_timezone()
    return (
        datetime.combine(day, time.min, tzinfo=zone),
        datetime.combine(day + _ONE_DAY, time.min, tzinfo=zone),
    )


def last_instant(day: date) -> datetime:
    """The last second of the day, as printed beside a deadline: 23:59:59."""
    return day_bounds(day)[1] - timedelta(seconds=1)


@cache
def _public_holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("VN", years=year, language="vi", expand=False)
