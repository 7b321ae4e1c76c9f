from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import calendar
from core.models import Holiday

NONE_KNOWN = {}


@pytest.mark.parametrize(
    ("day", "is_worked", "name"),
    [
        (date(2027, 2, 19), True, ""),
        (date(2027, 2, 20), False, ""),
        (date(2026, 2, 20), False, "Mùng bốn Tết Nguyên Đán"),
        (date(2026, 2, 23), True, ""),
        (date(2030, 2, 2), False, "Tết Nguyên Đán"),
        (date(2030, 2, 7), True, ""),
        (date(2025, 5, 2), False, "Ngày nghỉ (thay cho ngày 26/04/2025)"),
        (date(2025, 4, 26), True, ""),
        (date(2025, 4, 27), False, ""),
        (date(2025, 9, 2), False, "Quốc khánh"),
    ],
)
def test_working_days_and_holidays(day, is_worked, name):
    assert calendar.is_working_day(day, NONE_KNOWN) is is_worked
    assert calendar.holiday_name(day, NONE_KNOWN) == name


def test_a_row_overrules_the_library():
    known = {
        date(2027, 2, 11): Holiday(day=date(2027, 2, 11), name="Nghỉ bù Tết", is_working_day=False),
        date(2027, 2, 20): Holiday(day=date(2027, 2, 20), name="Làm bù", is_working_day=True),
        date(2027, 9, 3): Holiday(day=date(2027, 9, 3), name="Không nghỉ", is_working_day=True),
    }
    assert [calendar.is_working_day(day, known) for day in known] == [False, True, True]
    assert [calendar.holiday_name(day, known) for day in known] == ["Nghỉ bù Tết", "", ""]


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2027, 2, 19), date(2027, 2, 19)),
        (date(2027, 2, 20), date(2027, 2, 22)),
        (date(2026, 2, 20), date(2026, 2, 23)),
        (date(2027, 2, 4), date(2027, 2, 11)),
    ],
)
def test_next_working_day(day, worked):
    assert calendar.next_working_day(day, NONE_KNOWN) == worked


@pytest.mark.parametrize(
    ("day", "n", "last"),
    [
        (date(2027, 3, 1), 0, date(2027, 3, 1)),
        (date(2027, 3, 1), 5, date(2027, 3, 8)),
        (date(2027, 2, 3), 1, date(2027, 2, 11)),
        (date(2027, 2, 20), 1, date(2027, 2, 22)),
    ],
)
def test_add_working_days(day, n, last):
    assert calendar.add_working_days(day, n, NONE_KNOWN) == last


def test_working_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="forward"):
        calendar.add_working_days(date(2027, 3, 1), -1, NONE_KNOWN)


def test_working_days_between():
    assert calendar.working_days_between(date(2027, 2, 3), date(2027, 2, 12), NONE_KNOWN) == 2
    assert calendar.working_days_between(date(2027, 2, 12), date(2027, 2, 3), NONE_KNOWN) == -2
    assert calendar.working_days_between(date(2027, 2, 3), date(2027, 2, 3), NONE_KNOWN) == 0


@given(st.dates(date(2022, 1, 1), date(2029, 12, 1)), st.integers(0, 30))
def test_adding_and_counting_agree(day, n):
    assert calendar.working_days_between(day, calendar.add_working_days(day, n, NONE_KNOWN), NONE_KNOWN) == n


def test_a_day_runs_from_midnight_to_midnight_in_hanoi():
    first, after = calendar.day_bounds(date(2027, 2, 20))
    assert first == datetime(2027, 2, 19, 17, tzinfo=UTC)
    assert after == datetime(2027, 2, 20, 17, tzinfo=UTC)


def test_the_last_instant_of_a_day():
    last = calendar.last_instant(date(2027, 2, 20))
    assert last == datetime(2027, 2, 20, 16, 59, 59, tzinfo=UTC)
    assert f"{last:%H:%M:%S %d/%m/%Y}" == "23:59:59 20/02/2027"
    assert last + timedelta(seconds=1) == calendar.day_bounds(date(2027, 2, 21))[0]


@pytest.mark.django_db
def test_rows_are_read_once_however_many_days_are_asked(django_assert_num_queries):
    Holiday.objects.create(day=date(2027, 3, 2), name="Nghỉ bù", basis="Quyết định minh họa")
    with django_assert_num_queries(1):
        assert calendar.add_working_days(date(2027, 3, 1), 5) == date(2027, 3, 9)
    with django_assert_num_queries(1):
        assert calendar.working_days_between(date(2027, 3, 1), date(2027, 3, 9)) == 5
    with django_assert_num_queries(1):
        assert calendar.holiday_name(date(2027, 3, 2)) == "Nghỉ bù"
