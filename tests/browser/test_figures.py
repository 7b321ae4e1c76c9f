"""A filer types figures: the verdict follows while he types, and the page saves by itself."""

import re

import pytest
from playwright.sync_api import expect

from core import clock
from registrations.models import Report
from registrations.workflow import start_report
from tests.factories import PASSWORD, UnitFactory, member_of
from tests.factories_registrations import PeriodFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def report():
    year = clock.today().year
    unit = UnitFactory(commune=True)
    filer = member_of(unit, username="nguoi.lap")
    return start_report(PeriodFactory(year=year), unit, by=filer)


def fields(page, report, code="COMM-1"):
    pk = report.figures.get(criterion__code=code).criterion_id
    return page.locator(f"[name=c{pk}-numerator]"), page.locator(f"[name=c{pk}-denominator]")


def test_the_verdict_follows_what_is_typed_and_is_saved(person, report):
    filer = person().log_in("nguoi.lap", PASSWORD)
    filer.go(f"/bao-cao/{report.uid}/sua/")
    numerator, denominator = fields(filer.page, report)
    verdict = filer.page.locator("#live-COMM-1")
    expect(verdict).to_contain_text("Chưa có số liệu.")
    numerator.fill("59")
    denominator.fill("100")
    expect(verdict).to_contain_text("59,00 % = 59/100, cần ≥ 60 %: chưa đạt, còn thiếu 1 hồ sơ")
    numerator.fill("60")
    expect(verdict).to_contain_text("60,00 % = 60/100, cần ≥ 60 %: đạt")
    numerator.fill("101")
    expect(verdict).to_contain_text("Tử số không được lớn hơn mẫu số.")
    numerator.fill("61")
    expect(filer.page.locator("[data-draft-status]")).to_have_text(re.compile(r"^Đã lưu "), timeout=15_000)
    figure = Report.objects.get().figures.get(criterion__code="COMM-1")
    assert (figure.numerator, figure.denominator) == (61, 100)


def test_without_script_by_keyboard(person, report):
    filer = person(java_script_enabled=False).log_in("nguoi.lap", PASSWORD)
    filer.go(f"/bao-cao/{report.uid}/sua/")
    numerator, _ = fields(filer.page, report)
    numerator.focus()
    for key in ("6", "0", "Tab", "1", "0", "0"):
        filer.page.keyboard.press(key)
    save = filer.page.locator("button[name=save]")
    save.focus()
    with filer.page.expect_navigation():
        filer.page.keyboard.press("Enter")
    expect(filer.page.locator("#live-COMM-1")).to_contain_text("60,00 % = 60/100, cần ≥ 60 %: đạt")
