"""The sums of the law's worked table, by the rates that are shipped."""

from datetime import date

import pytest

from awards.enums import NomineeKind
from awards.loading import load_regime
from awards.models import AwardForm, PrizeCoefficient
from awards.prize import preview, prize

#: day of the decision → individual, household, collective, in đồng (None: no rate is known)
WORKED = {
    date(2022, 12, 15): (1_490_000, None, 2_980_000),
    date(2023, 12, 15): (1_800_000, None, 3_600_000),
    date(2024, 3, 1): (2_700_000, 4_050_000, 5_400_000),
    date(2024, 12, 15): (3_510_000, 5_270_000, 7_020_000),
    date(2025, 12, 15): (3_510_000, 5_270_000, 7_020_000),
    date(2026, 12, 15): (3_800_000, 5_700_000, 7_590_000),
}
KINDS = (NomineeKind.INDIVIDUAL, NomineeKind.HOUSEHOLD, NomineeKind.COLLECTIVE)


@pytest.fixture
def form(db):
    load_regime()
    return AwardForm.objects.get(code="BK-CT-UBND")


@pytest.mark.parametrize(("day", "amounts"), WORKED.items())
def test_worked_table(day, amounts, form):
    assert tuple(prize(form, kind, day).amount for kind in KINDS) == amounts


BOUNDARIES = [
    (date(2023, 6, 30), 1_490_000),
    (date(2023, 7, 1), 1_800_000),
    (date(2023, 12, 31), 1_800_000),
    (date(2024, 1, 1), 2_700_000),
    (date(2024, 6, 30), 2_700_000),
    (date(2024, 7, 1), 3_510_000),
    (date(2026, 6, 30), 3_510_000),
    (date(2026, 7, 1), 3_800_000),
]


@pytest.mark.parametrize(("day", "amount"), BOUNDARIES)
def test_the_day_of_the_decision_counts(day, amount, form):
    assert prize(form, NomineeKind.INDIVIDUAL, day).amount == amount


def test_the_sum_is_explained(form):
    assert prize(form, NomineeKind.INDIVIDUAL, date(2026, 12, 15)).explanation == (
        "1,5 × 2.530.000 đồng = 3.795.000 đồng, làm tròn lên 3.800.000 đồng (NĐ 152/2025, Điều 54.1.b;"
        " NĐ 161/2026/NĐ-CP ngày 15/05/2026, mức tiền chưa đối chiếu văn bản gốc)"
    )


def test_what_has_no_rate_has_no_sum(form):
    nothing = prize(form, NomineeKind.HOUSEHOLD, date(2022, 12, 15))
    assert (nothing.amount, nothing.explanation) == (
        None,
        "Không có hệ số tiền thưởng cho đối tượng này vào ngày 15/12/2022.",
    )
    before = prize(form, NomineeKind.INDIVIDUAL, date(2018, 6, 30))
    assert before.amount is None


@pytest.mark.parametrize(
    ("hundredths", "amount"), [(30, 710_000), (60, 1_410_000), (15, 360_000), (1, 30_000), (100, 2_340_000)]
)
def test_rounding_is_up_to_ten_thousand_and_done_once(hundredths, amount, form):
    """0,3 × 2.340.000 = 702.000 and 0,6 × 2.340.000 = 1.404.000 of the law's table."""
    PrizeCoefficient.objects.filter(nominee_kind="individual").update(hundredths=hundredths)
    assert prize(form, NomineeKind.INDIVIDUAL, date(2025, 12, 15)).amount == amount


def test_the_foot_of_a_list(form):
    foot = preview(form, {"individual": 7, "collective": 4, "household": 1}, date(2026, 12, 15))
    assert [(line.kind, line.count, line.amount) for line in foot.lines] == [
        ("collective", 4, 30_360_000),
        ("household", 1, 5_700_000),
        ("individual", 7, 26_600_000),
    ]
    assert (foot.count, foot.total, foot.is_complete) == (12, 62_660_000, True)
    early = preview(form, {"individual": 1, "household": 1}, date(2022, 12, 15))
    assert (early.count, early.total, early.is_complete) == (2, 1_490_000, False)
