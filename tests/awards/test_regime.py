"""The law as dated rows: shipped once, kept as corrected, one rule set for every day."""

from datetime import date, datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateRange

from awards.loading import load_regime
from awards.models import (
    AwardForm,
    BaseSalary,
    CertificateLayout,
    DocumentRequirement,
    Fund,
    LayoutField,
    PrizeCoefficient,
    PrizeRule,
    RevocationGround,
    RuleSet,
    TimeLimit,
)
from awards.workflow import dossier as submitting
from tests.factories_awards import a_draft, fill, submit
from tests.factories_registrations import HANOI

SHIPPED = {
    "forms": 5,
    "rule_sets": 5,
    "requirements": 40,
    "base_salaries": 5,
    "coefficients": 30,
    "prize_rules": 3,
    "time_limits": 3,
    "funds": 1,
    "revocation_grounds": 4,
    "layouts": 1,
}
MODELS = (
    AwardForm,
    RuleSet,
    DocumentRequirement,
    BaseSalary,
    PrizeCoefficient,
    PrizeRule,
    TimeLimit,
    Fund,
    RevocationGround,
    CertificateLayout,
    LayoutField,
)
SHIPPED |= {"consultation_rules": 5, "posting_rules": 1, "position_ranks": 35}


def test_importing_twice_changes_nothing(db, capsys):
    assert load_regime() == SHIPPED
    rows = [list(model.objects.order_by("pk").values()) for model in MODELS]
    assert load_regime() == dict.fromkeys(SHIPPED, 0)
    assert [list(model.objects.order_by("pk").values()) for model in MODELS] == rows
    call_command("import_regime")
    assert capsys.readouterr().out.splitlines() == [
        "hình thức khen thưởng: thêm 0",
        "bộ quy định: thêm 0",
        "giấy tờ phải có: thêm 0",
        "mức lương cơ sở: thêm 0",
        "hệ số tiền thưởng: thêm 0",
        "cách tính tiền thưởng: thêm 0",
        "thời hạn sau Quyết định: thêm 0",
        "quỹ: thêm 0",
        "căn cứ hủy bỏ: thêm 0",
        "phôi in: thêm 0",
        "quy định xin ý kiến: thêm 0",
        "quy định lấy ý kiến công khai: thêm 0",
        "thứ bậc chức vụ: thêm 0",
        "thời hạn lưu dữ liệu cá nhân: thêm 11",
    ]


def test_what_an_administrator_corrected_stays(db):
    load_regime()
    RuleSet.objects.filter(code="ND152-2025").update(processing_days=15)
    BaseSalary.objects.filter(amount=2_530_000).update(amount=2_600_000)
    load_regime()
    assert RuleSet.objects.get(code="ND152-2025").processing_days == 15
    assert BaseSalary.objects.order_by("-amount").first().amount == 2_600_000


RULES_OF_DAYS = {
    date(2021, 12, 31): None,
    date(2022, 1, 1): "ND91-QD50",
    date(2023, 12, 31): "ND91-QD50",
    date(2024, 1, 1): "ND98-QD50",
    date(2024, 7, 14): "ND98-QD50",
    date(2024, 7, 15): "ND98-QD14",
    date(2025, 6, 30): "ND98-QD14",
    date(2025, 7, 1): "ND152-2025",
    date(2026, 9, 30): "ND152-2025",
    date(2026, 10, 1): "ND152-LUAT2026",
    date(2030, 1, 1): "ND152-LUAT2026",
}


@pytest.mark.parametrize(("day", "code"), RULES_OF_DAYS.items())
def test_rules_of_a_day(day, code, db):
    load_regime()
    rule_set = RuleSet.objects.in_force_on(day)
    assert (rule_set.code if rule_set else None) == code


MINUTES = {"ND91-QD50": False, "ND98-QD50": True, "ND98-QD14": True, "ND152-2025": True}


@pytest.mark.parametrize(("code", "required"), MINUTES.items())
def test_minutes_are_required_from_2024_on(code, required, db):
    load_regime()
    minutes = DocumentRequirement.objects.get(rule_set__code=code, kind="minutes")
    assert minutes.is_required is required


def test_a_dossier_stays_under_the_rules_of_its_first_receipt(world, today):
    today.move_to(datetime(2026, 9, 30, 9, 0, tzinfo=HANOI))
    dossier = fill(a_draft(world.unit, world.filer), world.filer)
    submit(dossier, world.filer)
    submitting.request_supplement(dossier, by=world.standing, comment="Bổ sung.")
    today.move_to(datetime(2026, 10, 2, 9, 0, tzinfo=HANOI))
    dossier.refresh_from_db()
    submit(dossier, world.filer)
    assert dossier.rule_set.code == "ND152-2025"


@pytest.mark.parametrize("model", [RuleSet, BaseSalary, PrizeCoefficient])
def test_intervals_do_not_overlap(model, db):
    load_regime()
    row = model.objects.last()
    row.pk = None
    row.validity = DateRange(date(2026, 12, 1), None)
    if model is RuleSet:
        row.code = "THEM"
    with pytest.raises(IntegrityError, match="overlap"):
        row.save(force_insert=True)
