"""A unit over the years, and whether it has what the Bằng khen of the final review asks for."""

from datetime import date, timedelta

import pytest

from core import clock
from criteria.engine import Figure, Rule
from criteria.enums import Operator
from registrations import workflow
from registrations.eligibility import eligibility_of
from registrations.flags import jump, near
from registrations.models import Campaign, Registration
from tests.factories import UnitFactory, member_of
from tests.factories_registrations import (
    ObligationFactory,
    PeriodFactory,
    a_filed_registration,
    a_full_report,
    answer,
    contest,
    judge_all,
    submit,
)
from units.models import UnitSuccession


@pytest.fixture
def past(world):
    return PeriodFactory(past=True)


@pytest.fixture
def campaign(past):
    campaign = past.campaign
    campaign.record_year = 2026
    campaign.save()
    return campaign


def verified(world, unit, filer, period, *, numerator=100):
    report = answer(a_full_report(unit, filer, period), filer, numerator=numerator)
    submit(report, filer)
    judge_all(report, world.standing)
    workflow.verify(report, by=world.standing)
    report.refresh_from_db()
    return report


def registered(unit, filer, period, on_time):
    """Filed while the period took it, and never confirmed."""
    here = clock.now()
    on_time.move_to(here - timedelta(days=365))
    registration = a_filed_registration(unit, filer, period)
    on_time.move_to(here)
    return registration


def reasons(unit, campaign):
    return [(r.holds, r.text) for r in eligibility_of(unit, campaign).reasons]


class TestEligibility:
    def test_all_met_and_registered_though_never_confirmed(self, world, on_time, past, campaign):
        ObligationFactory(period=past, unit=world.unit)
        registered(world.unit, world.filer, past, on_time)
        verified(world, world.unit, world.filer, past)
        found = eligibility_of(world.unit, campaign)
        assert [(r.holds, r.text) for r in found.reasons] == [
            (True, "Đạt cả 4 tiêu chí bắt buộc có áp dụng năm 2026."),
            (True, "Đã nộp đăng ký năm 2026."),
        ]
        assert found.is_eligible is True

    def test_each_criterion_that_fails_is_a_reason_with_its_clause(self, world, past, campaign):
        report = verified(world, world.unit, world.filer, past, numerator=99)
        found = eligibility_of(world.unit, campaign)
        assert found.is_eligible is False
        assert [r.text.split(": ")[-2:] for r in found.reasons] == [
            ["99,00 % = 99/100, cần = 100 %", f"chưa đạt, còn thiếu 1 {c.unit_word}"]
            for c in workflow.criteria_of(report)
            if c.code != "COMM-1"
        ]
        assert all(r.clause for r in found.reasons)

    def test_a_year_owed_and_not_registered_counts_against_it(self, world, past, campaign):
        ObligationFactory(period=past, unit=world.unit)
        verified(world, world.unit, world.filer, past)
        assert reasons(world.unit, campaign)[1:] == [(False, "Không nộp đăng ký năm 2026.")]
        past.obligations.update(is_waived=True, waived_reason="Miễn")
        assert reasons(world.unit, campaign)[1:] == []

    def test_a_withdrawn_registration_is_none(self, world, on_time, past, campaign):
        ObligationFactory(period=past, unit=world.unit)
        registered(world.unit, world.filer, past, on_time)
        Registration.objects.update(state="withdrawn")
        verified(world, world.unit, world.filer, past)
        assert reasons(world.unit, campaign)[1:] == [(False, "Không nộp đăng ký năm 2026.")]

    def test_what_is_not_verified_or_only_after_the_cutoff_does_not_count(self, world, past, campaign):
        submit(a_full_report(world.unit, world.filer, past), world.filer)
        assert reasons(world.unit, campaign) == [(False, "Số liệu năm 2026 chưa thẩm định xong.")]

    def test_the_cutoff_day_lasts_to_its_end(self, world, past, campaign):
        verified(world, world.unit, world.filer, past)
        campaign.record_cutoff = clock.today()
        assert reasons(world.unit, campaign)[0][0] is True
        campaign.record_cutoff = clock.today() - timedelta(days=1)
        said = f"Số liệu năm 2026 chưa thẩm định xong đến hết ngày {campaign.record_cutoff:%d/%m/%Y}."
        assert reasons(world.unit, campaign) == [(False, said)]

    def test_a_verification_reopened_or_contested_does_not_count(self, world, past, campaign):
        unfinished = [(False, "Số liệu năm 2026 chưa thẩm định xong.")]
        report = verified(world, world.unit, world.filer, past)
        workflow.reopen_report(report, by=world.standing_lead, comment="Đối chiếu lại.")
        assert reasons(world.unit, campaign) == unfinished
        workflow.judge_figure(
            report.figures.get(criterion__code="COMM-1"),
            by=world.standing, verdict="refused", comment="Không có sổ.",
        )  # fmt: skip
        workflow.verify(report, by=world.standing)
        name = report.figures.get(criterion__code="COMM-1").criterion.name
        assert reasons(world.unit, campaign) == [(False, f"{name}: số liệu đã khai không được chấp nhận.")]
        contest(report, world.filer)
        assert reasons(world.unit, campaign) == unfinished

    def test_without_report_or_year_of_record(self, world, past, campaign):
        assert reasons(world.unit, campaign) == [(False, "Chưa có báo cáo năm 2026, năm làm căn cứ xét.")]
        campaign.record_year = None
        assert reasons(world.unit, campaign) == [(False, "Chưa ấn định năm của báo cáo làm căn cứ xét.")]

    def test_what_predecessors_filed_counts(self, world, on_time, past, campaign, heir):
        ObligationFactory(period=past, unit=world.unit)
        registered(world.unit, world.filer, past, on_time)
        verified(world, world.unit, world.filer, past)
        succeed(world.unit, heir)
        assert reasons(heir, campaign) == [
            (True, "Đạt cả 4 tiêu chí bắt buộc có áp dụng năm 2026 của Xã Bản Phiệt."),
            (True, "Đã nộp đăng ký năm 2026 (Xã Bản Phiệt, đơn vị cũ)."),
        ]


@pytest.fixture
def heir(world):
    return UnitFactory(commune=True, name="Xã Mới", parent=world.unit.parent)


def succeed(old, new):
    UnitSuccession.objects.create(
        predecessor=old, successor=new, effective_on=date(2027, 1, 1), legal_basis="Nghị quyết minh họa"
    )


class TestPicture:
    def test_years_side_by_side_predecessors_marked(self, world, enter, past, campaign, heir):
        old = verified(world, world.unit, world.filer, past, numerator=99)
        succeed(world.unit, heir)
        filer = member_of(heir)
        new = verified(world, heir, filer, world.period)
        page = " ".join(enter(filer).get(f"/qua-cac-nam/{heir.uid}/").content.decode().split())
        assert page.count(f'href="{old.get_absolute_url()}#COMM-3"') == 2  # the figure, and the reason
        assert page.count(f'href="{new.get_absolute_url()}#COMM-3"') == 1
        assert '<text class="head"' in page
        assert "2026*" in page
        # The page's own, and one per cell of the heat map, which is drawn for a desk and for a phone.
        assert page.count("<title>") == 1 + 2 * 8

    @pytest.mark.parametrize(
        ("who", "status"),
        [
            ("filer", 200),
            ("colleague", 200),
            ("district", 200),
            ("stranger", 403),
            ("standing", 200),
            ("standing_lead", 200),
            ("commendation", 200),
            ("commendation_lead", 200),
            ("administrator", 403),
        ],
    )
    def test_who_sees_it(self, world, enter, past, who, status):
        verified(world, world.unit, world.filer, past, numerator=99)
        answer = enter(getattr(world, who)).get(f"/qua-cac-nam/{world.unit.uid}/")
        assert answer.status_code == status
        assert ("99,00 %" in answer.content.decode()) == (status == 200)


class TestFlags:
    CAMPAIGN = Campaign(jump_margin=20, near_margin=2)

    @pytest.mark.parametrize(
        ("now", "before", "said"),
        [
            ((80, 100), (60, 100), "Tăng 20,0 điểm phần trăm"),
            ((40, 100), (60, 100), "Giảm 20,0 điểm phần trăm"),
            ((7_999, 10_000), (60, 100), ""),
            ((10**18, 10**18), (8 * 10**17, 10**18), "Tăng 20,0 điểm phần trăm"),
            ((8 * 10**17 - 1, 10**18), (6 * 10**17, 10**18), ""),
            ((None, None), (60, 100), ""),
            ((80, 100), (0, 0), ""),
        ],
    )
    def test_a_jump_begins_at_the_margin(self, now, before, said):
        assert jump(Figure(*now), Figure(*before), self.CAMPAIGN) == said

    @pytest.mark.parametrize(
        ("numerator", "said"),
        [
            (929, ""),
            (930, "Cách mức phải đạt 2,0 điểm phần trăm"),
            (950, "Cách mức phải đạt 0,0 điểm phần trăm"),
            (970, "Cách mức phải đạt 2,0 điểm phần trăm"),
            (971, ""),
        ],
    )
    def test_near_is_within_the_margin_on_both_sides(self, numerator, said):
        rule = Rule("X", "IV.2", Operator.GE, 95)
        assert near(rule, Figure(numerator, 1000), self.CAMPAIGN) == said
