"""Whether a unit has what the Bằng khen of a campaign's final review asks for, with each reason.

All required criteria that apply are met on the verified figures of the report of record, as they
stood on the cut-off day; and a registration was filed in each year in which the unit existed and
owed one. What a predecessor filed counts; a confirmation that was never given does not count
against the unit (settled reading of the plan, IV.1 and IV.2). Nobody is refused here: it is what
awards are told.
"""

from dataclasses import dataclass

from core.calendar import last_instant
from criteria.enums import Verdict
from registrations.enums import FigureVerdict, ObligationKind, RegistrationState
from registrations.models import Campaign, Evaluation, Obligation, Period, Registration, Report
from units.lineage import Lineage
from units.models import Unit


@dataclass(frozen=True)
class Reason:
    """One thing asked for: whether it `holds`, in words, and where to read more."""

    holds: bool
    text: str
    clause: str = ""
    url: str = ""

    @property
    def tone(self) -> str:
        return "success" if self.holds else "danger"

    @property
    def label(self) -> str:
        return "Đủ" if self.holds else "Chưa đủ"


@dataclass(frozen=True)
class Eligibility:
    campaign: Campaign
    reasons: list[Reason]

    @property
    def is_eligible(self) -> bool:
        return bool(self.reasons) and all(reason.holds for reason in self.reasons)


def eligibility_of(unit: Unit, campaign: Campaign) -> Eligibility:
    """Reads verified figures: only for those who may read all of the unit's reports."""
    before = Lineage().predecessors([unit.pk])
    figures = _figures(unit, before, campaign)
    return Eligibility(campaign, [*figures, *_registrations(unit, before, campaign)])


def _figures(unit, before, campaign) -> list[Reason]:
    if campaign.record_year is None:
        return [Reason(False, "Chưa ấn định năm của báo cáo làm căn cứ xét.")]
    reports = Report.objects.filter(
        kind=ObligationKind.ANNUAL_REPORT, period__campaign=campaign, period__year=campaign.record_year
    ).select_related("unit", "period")
    found = list(reports.filter(unit=unit)) or list(reports.filter(unit__in=before))
    if not found:
        return [Reason(False, f"Chưa có báo cáo năm {campaign.record_year}, năm làm căn cứ xét.")]
    return [reason for report in found for reason in _of_report(report, unit, campaign)]


def _of_report(report, unit, campaign) -> list[Reason]:
    whose = "" if report.unit_id == unit.pk else f" của {report.unit.name}"
    evaluation = _of_record(report, campaign)
    if evaluation is None:
        until = f" đến hết ngày {campaign.record_cutoff:%d/%m/%Y}" if campaign.record_cutoff else ""
        text = f"Số liệu năm {report.period.year}{whose} chưa thẩm định xong{until}."
        return [Reason(False, text, url=report.get_absolute_url())]
    binding = [
        result
        for result in evaluation.results
        if result["is_required"] and result["verdict"] != Verdict.NOT_APPLICABLE
    ]
    unmet = [result for result in binding if result["verdict"] != Verdict.MET]
    if not unmet:
        text = f"Đạt cả {len(binding)} tiêu chí bắt buộc có áp dụng năm {report.period.year}{whose}."
        if not binding:
            text = f"Năm {report.period.year}{whose} không có tiêu chí bắt buộc nào áp dụng."
        return [Reason(bool(binding), text, url=report.get_absolute_url())]
    names = {f.criterion.code: f.criterion.name for f in report.figures.select_related("criterion")}
    return [
        Reason(
            False,
            f"{names[result['code']]}{whose}: {_in_words(result, evaluation)}",
            clause=result["clause"],
            url=f"{report.get_absolute_url()}#{result['code']}",
        )
        for result in unmet
    ]


def _in_words(result, evaluation) -> str:
    if evaluation.inputs[result["code"]]["decision"] == FigureVerdict.REFUSED and not result["percent"]:
        return "số liệu đã khai không được chấp nhận."
    return result["explanation"]


def _of_record(report, campaign) -> Evaluation | None:
    """The last evaluation on the cut-off day, if it is of verified figures: a verification that has
    been reopened or contested by then is none."""
    evaluations = report.evaluations.all()
    if campaign.record_cutoff:
        evaluations = evaluations.filter(at__lte=last_instant(campaign.record_cutoff))
    last = evaluations.last()
    return last if last and last.on_verified else None


def _registrations(unit, before, campaign) -> list[Reason]:
    """One reason per year up to that of the report of record; years nobody owed ask for nothing."""
    years = Period.objects.filter(campaign=campaign, year__lte=campaign.record_year or campaign.last_year)
    units = {unit.pk} | before
    filed = Registration.objects.filter(
        period__in=years, unit__in=units, first_filed_at__isnull=False
    ).exclude(state=RegistrationState.WITHDRAWN)
    paper_of = {}
    for paper in filed.select_related("unit", "period"):
        if paper.period_id not in paper_of or paper.unit_id == unit.pk:
            paper_of[paper.period_id] = paper
    kind = ObligationKind.REGISTRATION
    owed = Obligation.objects.filter(period__in=years, unit__in=units, kind=kind, is_waived=False)
    owing = set(owed.values_list("period", flat=True))
    reasons = []
    for period in years.order_by("year"):
        paper = paper_of.get(period.pk)
        if paper:
            whose = "" if paper.unit_id == unit.pk else f" ({paper.unit.name}, đơn vị cũ)"
            text = f"Đã nộp đăng ký năm {period.year}{whose}."
            reasons.append(Reason(True, text, url=paper.get_absolute_url()))
        elif period.pk in owing:
            reasons.append(
                Reason(False, f"Không nộp đăng ký năm {period.year}.", clause="Kế hoạch, mục IV.1")
            )
    return reasons
