"""The shipped campaigns: what the plan says, and that loading twice changes nothing."""

from datetime import date

import pytest

from criteria.loading import load_criteria
from registrations.enums import PeriodState
from registrations.loading import load_campaigns
from registrations.models import Campaign, Period, PilotNorm, PriorityField, ReminderRule


@pytest.fixture
def campaigns(db):
    load_criteria()
    return load_campaigns()


def test_the_first_load_brings_everything(campaigns):
    assert campaigns == {
        "giai đoạn phong trào": 2,
        "lĩnh vực ưu tiên": 20,
        "kỳ": 9,
        "mẫu lời": 5,
        "quy tắc nhắc": 45,
        "số đơn vị chỉ đạo điểm": 4,
    }


def test_the_second_load_leaves_every_row_as_it_is(campaigns):
    Period.objects.filter(year=2027).update(last_day=date(2027, 2, 19))

    assert set(load_campaigns().values()) == {0}
    assert Period.objects.get(year=2027).last_day == date(2027, 2, 19)
    assert [Campaign.objects.count(), PriorityField.objects.count(), ReminderRule.objects.count()] == [
        2,
        20,
        45,
    ]


def test_the_last_days_are_those_of_the_plan(campaigns):
    assert dict(Period.objects.values_list("year", "last_day")) == {
        2022: date(2022, 4, 1),
        2023: date(2023, 2, 20),
        2024: date(2024, 2, 20),
        2025: date(2025, 2, 20),
        2026: date(2026, 2, 20),
        2027: date(2027, 2, 20),
        2028: date(2028, 2, 20),
        2029: date(2029, 2, 20),
        2030: date(2030, 2, 20),
    }


def test_each_period_belongs_to_its_campaign(campaigns):
    found = Period.objects.order_by("year").values_list("campaign__code", "year")
    assert list(found) == [
        ("2022-2025", 2022),
        ("2022-2025", 2023),
        ("2022-2025", 2024),
        ("2022-2025", 2025),
        ("2026-2030", 2026),
        ("2026-2030", 2027),
        ("2026-2030", 2028),
        ("2026-2030", 2029),
        ("2026-2030", 2030),
    ]


def test_the_priority_fields_are_lettered_as_in_the_plan_with_its_second_d_read_as_đ(campaigns):
    fields = PriorityField.objects.filter(campaign__code="2022-2025").order_by("position")
    assert [f.code for f in fields] == ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k"]


@pytest.mark.parametrize(
    ("day", "year", "state"),
    [
        (date(2026, 10, 31), 2026, PeriodState.LATE),
        (date(2026, 11, 1), 2027, PeriodState.OPEN),
        (date(2027, 2, 20), 2027, PeriodState.OPEN),
        (date(2027, 2, 21), 2027, PeriodState.LATE),
        (date(2030, 10, 31), 2030, PeriodState.LATE),
    ],
)
def test_on_any_day_one_period_takes_filings(campaigns, day, year, state):
    assert [(p.year, p.state_on(day)) for p in Period.objects.open_on(day)] == [(year, state)]


def test_what_no_act_says_is_marked_as_assumed(campaigns):
    assert dict(Campaign.objects.values_list("code", "is_assumed")) == {"2022-2025": False, "2026-2030": True}


RULES = [
    (30, "filers", True),
    (14, "filers", True),
    (7, "filers", False),
    (3, "filers", False),
    (3, "heads", False),
    (1, "filers", False),
    (-1, "filers", False),
    (-1, "parent", False),
    (-1, "standing_body", False),
]


def test_reminders_go_thirty_days_before_to_the_day_after(campaigns):
    rules = ReminderRule.objects.order_by("kind", "-days_before", "audience")
    kinds = ("annual_report", "launch", "pilots", "registration", "six_month_report")
    assert list(rules.values_list("kind", "days_before", "audience", "is_optional")) == [
        (kind, *rule) for kind in kinds for rule in RULES
    ]


def test_a_rule_that_a_lead_has_ended_does_not_come_back(campaigns):
    ReminderRule.objects.filter(days_before=30).update(valid_to=date(2026, 1, 1))
    assert load_campaigns()["quy tắc nhắc"] == 0


def test_the_province_chooses_one_or_two_pilots_and_each_district_at_least_one(campaigns):
    norms = PilotNorm.objects.values_list("campaign__code", "level", "at_least", "at_most")
    assert set(norms) == {
        (stage, level, 1, most)
        for stage in ("2022-2025", "2026-2030")
        for level, most in (("province", 2), ("district", None))
    }


def test_launches_and_pilots_have_a_day_in_the_first_year_of_a_stage(campaigns):
    days = Period.objects.exclude(launch_last_day=None).order_by("year")
    assert list(days.values_list("launch_last_day", "pilots_last_day")) == [
        (date(2022, 4, 1), date(2022, 4, 1)),
        (date(2026, 4, 1), date(2026, 4, 1)),
    ]


def test_each_stage_names_its_report_of_record(campaigns):
    named = Campaign.objects.order_by("code").values_list("record_year", "record_cutoff")
    assert list(named) == [(2025, date(2025, 11, 14)), (2030, date(2030, 11, 15))]
