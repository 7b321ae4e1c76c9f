"""Periods, registrations and reports for the tests; what has a state is brought to it by the workflow."""

import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

import factory
from django.core.files.uploadedfile import SimpleUploadedFile

from criteria.loading import load_criteria
from criteria.models import CriteriaSet
from registrations import workflow
from registrations.enums import Audience, ObligationKind, WordingUse
from registrations.models import Campaign, Obligation, Period, PriorityField, ReminderRule, Wording
from tests import papers

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
#: an ordinary day while the period of `PeriodFactory` is open
ON_TIME = datetime(2027, 1, 15, 9, 0, tzinfo=HANOI)
PDF = papers.pdf("Ke hoach da ky")


def a_pdf(name="ke-hoach.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def _criteria_set():
    load_criteria()
    return CriteriaSet.objects.get(code="TDCDS-2026")


class CampaignFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Campaign
        django_get_or_create = ("code",)
        skip_postgeneration_save = True

    code = "2026-2030"
    name = "Thi đua chuyển đổi số giai đoạn 2026–2030"
    first_year, last_year, final_review_year = 2026, 2030, 2030
    legal_basis = "Kế hoạch minh họa"
    criteria_set = factory.LazyFunction(_criteria_set)
    is_assumed = True

    @factory.post_generation
    def fields(campaign, create, extracted):
        for position, name in enumerate(["Y tế", "Giáo dục"]):
            PriorityField.objects.get_or_create(
                campaign=campaign, code="abc"[position], defaults={"name": name, "position": position}
            )


class PeriodFactory(factory.django.DjangoModelFactory):
    """The year 2027: on time to 20/02, late to 30/06."""

    class Meta:
        model = Period
        django_get_or_create = ("year",)

    class Params:
        past = factory.Trait(
            year=2026,
            opens_on=date(2025, 12, 1),
            last_day=date(2026, 2, 20),
            locks_on=date(2026, 6, 30),
            report_last_day=date(2026, 12, 15),
        )

    campaign = factory.SubFactory(CampaignFactory)
    year = 2027
    opens_on = date(2026, 12, 1)
    last_day = date(2027, 2, 20)
    locks_on = date(2027, 6, 30)
    report_last_day = date(2027, 12, 15)
    basis = "Kế hoạch, mục IV.1"


class ObligationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Obligation

    class Params:
        of_report = factory.Trait(
            kind=ObligationKind.ANNUAL_REPORT, due=factory.SelfAttribute("period.report_last_day")
        )

    period = factory.SubFactory(PeriodFactory)
    unit = factory.SubFactory("tests.factories.UnitFactory")
    kind = ObligationKind.REGISTRATION
    due = factory.SelfAttribute("period.last_day")
    reason = "sở, ban, ngành (Kế hoạch, mục IV.1)"


class WordingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Wording
        django_get_or_create = ("use", "name")

    class Params:
        letter = factory.Trait(
            use=WordingUse.LETTER, subject="V/v đôn đốc {viec}", body="Còn {so_don_vi} đơn vị."
        )

    use = WordingUse.MAIL
    name = "Nhắc nộp"
    subject = "{con_lai}: {viec} năm {nam}"
    body = "{don_vi} chưa {viec} năm {nam}.\nHạn cuối: {han} ({con_lai}).\nVì sao: {ly_do}."


class ReminderRuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReminderRule
        django_get_or_create = ("kind", "days_before", "audience")

    kind = ObligationKind.REGISTRATION
    days_before = 30
    audience = Audience.FILERS
    wording = factory.SubFactory(WordingFactory)
    valid_from = date(2020, 1, 1)


def a_draft(unit, by, period=None):
    """A registration just begun, empty."""
    return workflow.start(period or PeriodFactory(), unit, by=by)


def fill(registration, by, **changes):
    """Write all that a filing needs; `changes` replace parts of `workflow.content_of`."""
    content = workflow.content_of(registration)
    content["contact"] = {"name": "Trần Thị Bình", "phone": "0214 3840 123"}
    content["objectives"] = "Mọi thủ tục hành chính được giải quyết trực tuyến."
    content["targets"][0]["level"] = "98 %"
    content["tasks"] = [
        {
            "name": "Số hóa hồ sơ lưu trữ",
            "product": "Kho dữ liệu 10.000 hồ sơ",
            "field": "a",
            "due": "2027-09-30",
            "in_charge": "Văn phòng",
        }
    ]
    assert workflow.save_draft(
        registration, by=by, version=registration.version, content=content | changes, uploads=[a_pdf()]
    )
    return registration


def a_full_draft(unit, by, period=None):
    """A registration that lacks nothing to be filed."""
    return fill(a_draft(unit, by, period), by)


def file(registration, by, request_key=None):
    return workflow.file(
        registration, by=by, version=registration.version, request_key=request_key or uuid.uuid4()
    )


def a_filed_registration(unit, by, period=None):
    registration = a_full_draft(unit, by, period)
    file(registration, by)
    return registration


def a_report(unit, by, period=None):
    """A report just begun, empty."""
    return workflow.start_report(period or PeriodFactory(), unit, by=by)


def answer(report, by, numerator=90, denominator=100):
    """Answer every criterion: the same figures for ratios, yes, and words."""
    content = workflow.content_of_report(report)
    for figure in report.figures.select_related("criterion"):
        values = content["figures"][figure.criterion.code]
        values["note"] = "Đã thực hiện"
        if figure.criterion.operator == "yes_no":
            values["answer"] = True
        elif figure.criterion.operator != "judged":
            values |= {"numerator": numerator, "denominator": denominator}
    content["narrative"] = "Hoàn thành kế hoạch năm."
    assert workflow.save_report(report, by=by, version=report.version, content=content)
    return report


def a_full_report(unit, by, period=None):
    """A report that lacks nothing to be submitted."""
    return answer(a_report(unit, by, period), by)


def submit(report, by, request_key=None):
    return workflow.submit_report(
        report, by=by, version=report.version, request_key=request_key or uuid.uuid4()
    )


def a_submitted_report(unit, by, period=None):
    report = a_full_report(unit, by, period)
    submit(report, by)
    return report


def judge_all(report, by, *, refused=()):
    """Give a word on every figure that waits for one: accepted, or refused for want of evidence."""
    for figure in report.figures.filter(verdict="pending").select_related("criterion"):
        is_refused = figure.criterion.code in refused
        workflow.judge_figure(
            figure,
            by=by,
            verdict="refused" if is_refused else "accepted",
            comment="Không có minh chứng." if is_refused else "",
        )


def a_verified_report(unit, by, desk, *, refused=(), period=None):
    report = a_submitted_report(unit, by, period)
    judge_all(report, desk, refused=refused)
    workflow.verify(report, by=desk)
    return report


def contest(report, by, *, agreed=(), uploads=()):
    """Contest everything refused but `agreed`."""
    codes = report.figures.filter(verdict="refused").values_list("criterion__code", flat=True)
    answers = {
        code: {"is_contested": code not in agreed, "text": "Đã đếm lại.", "uploads": list(uploads)}
        for code in codes
    }
    workflow.contest(report, by=by, answers=answers)
