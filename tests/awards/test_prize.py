"""The sums of the law's worked table, by the rates that are shipped."""

from datetime import date

import pytest

from awards.enums import NomineeKind
from awards.loading import load_regime
from awards.models import AwardForm, PrizeCoefficient, PrizeRule
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


WHY_NOTHING = [
    (
        NomineeKind.HOUSEHOLD,
        date(2022, 12, 15),
        "Quy định có hiệu lực ngày 15/12/2022 (Nghị định 91/2017/NĐ-CP và Quyết định 50/2017/QĐ-UBND)"
        " không có mức thưởng cho hộ gia đình.",
    ),
    (
        NomineeKind.HOUSEHOLD,
        date(2023, 12, 31),
        "Quy định có hiệu lực ngày 31/12/2023 (Nghị định 91/2017/NĐ-CP và Quyết định 50/2017/QĐ-UBND)"
        " không có mức thưởng cho hộ gia đình.",
    ),
    (
        NomineeKind.INDIVIDUAL,
        date(2018, 6, 30),
        "Chưa khai báo cách tính tiền thưởng cho Quyết định ký ngày 30/06/2018.",
    ),
]


@pytest.mark.parametrize(("kind", "day", "why"), WHY_NOTHING)
def test_what_has_no_rate_has_no_sum_and_says_why(kind, day, why, form):
    nothing = prize(form, kind, day)
    assert (nothing.amount, nothing.explanation) == (None, why)


#: day of the decision → Giấy khen of an individual (0,3) and a collective (0,6), rounded up, to the nearest
GIAY_KHEN = {
    date(2022, 12, 15): ((450_000, 900_000), (450_000, 890_000)),
    date(2023, 12, 15): ((540_000, 1_080_000), (540_000, 1_080_000)),
    date(2024, 3, 1): ((540_000, 1_080_000), (540_000, 1_080_000)),
    date(2024, 12, 15): ((710_000, 1_410_000), (700_000, 1_400_000)),
    date(2025, 12, 15): ((710_000, 1_410_000), (700_000, 1_400_000)),
    date(2026, 12, 15): ((760_000, 1_520_000), (760_000, 1_520_000)),
}


@pytest.mark.parametrize(("day", "sums"), GIAY_KHEN.items())
def test_worked_table_of_giay_khen_in_both_readings_of_the_rounding(day, sums, form):
    PrizeCoefficient.objects.filter(form=form, nominee_kind="individual").update(hundredths=30)
    PrizeCoefficient.objects.filter(form=form, nominee_kind="collective").update(hundredths=60)
    kinds = (NomineeKind.INDIVIDUAL, NomineeKind.COLLECTIVE)
    up = tuple(prize(form, kind, day).amount for kind in kinds)
    PrizeRule.objects.update(rounding="nearest")
    nearest = tuple(prize(form, kind, day).amount for kind in kinds)
    assert (up, nearest) == sums


#: received 15/12/2023 under NĐ 91, decided 01/03/2024 under NĐ 98: which day picks the coefficient is data
ACROSS = [
    (
        "decision",
        2_700_000,
        "1,5 × 1.800.000 đồng = 2.700.000 đồng (NĐ 98/2023, Điều 54, chưa đối chiếu điểm, độ tin cậy cao;"
        " NĐ 24/2023/NĐ-CP, chưa đối chiếu văn bản gốc, độ tin cậy cao)",
    ),
    (
        "receipt",
        1_800_000,
        "1 × 1.800.000 đồng = 1.800.000 đồng, hệ số theo ngày nhận hồ sơ 15/12/2023 (NĐ 91/2017, Điều 73,"
        " chưa đối chiếu điểm, độ tin cậy cao; NĐ 24/2023/NĐ-CP, chưa đối chiếu văn bản gốc, độ tin cậy cao)",
    ),
]


@pytest.mark.parametrize(("coefficient_day", "amount", "explanation"), ACROSS)
def test_a_dossier_across_the_change_of_decree(coefficient_day, amount, explanation, form):
    PrizeRule.objects.update(coefficient_day=coefficient_day)
    found = prize(form, NomineeKind.INDIVIDUAL, date(2024, 3, 1), received_on=date(2023, 12, 15))
    assert (found.amount, found.explanation) == (amount, explanation)


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
