"""The standing body's summaries for the provincial People's Committee: of a year, interim, final."""

from collections import Counter
from datetime import date

from django.db.models import Count, F, Q, Sum

from awards.documents.lists import in_kinds
from awards.enums import AwardState
from awards.models import Award
from core.documents import Annex, Band, Bullet, Column, Document, Heading, Paragraph, Table
from core.vietnamese import format_number, format_percent, roman
from criteria.enums import Tier, Verdict
from registrations import ranking
from registrations.enums import InspectionState, ObligationKind, ReportState
from registrations.filings import TO_COMPLETE, campaign_in_words, mark
from registrations.models import Inspection, Obligation, Report
from units import house
from units.enums import KINDS_OF_TIER, Function, Paper
from units.models import UnitFunction

OWED = (
    Column("STT", 11, "center"),
    Column("Việc phải làm", 56),
    Column("Số đơn vị phải làm", 28, "right"),
    Column("Đã làm", 24, "right"),
    Column("Trong đó đúng hạn", 28, "right"),
    Column("Chưa làm", 24, "right"),
)
BY_CRITERION = (
    Column("STT", 11, "center"),
    Column("Tiêu chí", 66),
    Column("Số đơn vị áp dụng", 30, "right"),
    Column("Đạt", 20, "right"),
    Column("Chưa đạt", 22, "right"),
    Column("Tỷ lệ đạt", 22, "right"),
)
BY_YEAR = (
    Column("Năm", 18, "center"),
    Column("Đơn vị phải đăng ký", 32, "right"),
    Column("Đã đăng ký", 28, "right"),
    Column("Báo cáo năm đã nộp", 32, "right"),
    Column("Báo cáo đã thẩm định", 32, "right"),
    Column("Lượt khen thưởng", 29, "right"),
)


def of_year(period, day: date) -> Document:
    """Báo cáo tổng hợp năm."""
    sections = (
        ("TÌNH HÌNH TRIỂN KHAI", [obligations(period), *inspections([period])]),
        ("KẾT QUẢ THEO TIÊU CHÍ", list(_criteria(period))),
        ("KHEN THƯỞNG", [_awards(Q(decision__signed_on__year=period.year), f"Trong năm {period.year}")]),
        ("HẠN CHẾ, NGUYÊN NHÂN", left_open("Hạn chế", "Nguyên nhân")),
        ("PHƯƠNG HƯỚNG, ĐỀ XUẤT", left_open("Phương hướng", "Đề xuất với Ủy ban nhân dân tỉnh")),
    )
    return report(
        f"Tổng hợp kết quả phong trào thi đua chuyển đổi số năm {period.year}",
        f"kết quả thực hiện {campaign_in_words(period.campaign)} trong năm {period.year}",
        sections,
        day,
    )


def interim(campaign, day: date) -> Document:
    """Báo cáo sơ kết, of the years so far."""
    sections = (*_of_years(campaign, day), ("NHIỆM VỤ ĐẾN HẾT GIAI ĐOẠN", left_open("Nhiệm vụ trọng tâm")))
    return report(
        f"Sơ kết {campaign_in_words(campaign)}",
        f"kết quả thực hiện phong trào từ năm {campaign.first_year} đến nay",
        sections,
        day,
    )


def final(campaign, day: date) -> Document:
    """Báo cáo tổng kết, of the whole campaign."""
    sections = (
        *_of_years(campaign, day),
        ("BÀI HỌC KINH NGHIỆM", left_open("Bài học")),
        ("ĐỀ XUẤT CHO GIAI ĐOẠN SAU", left_open("Đề xuất")),
    )
    return report(
        f"Tổng kết {campaign_in_words(campaign)}",
        f"kết quả thực hiện phong trào giai đoạn {campaign.first_year}-{campaign.last_year}",
        sections,
        day,
    )


def left_open(*labels: str) -> list[Bullet]:
    """What no row tells: the office writes it on the Word copy."""
    return [Bullet(f"{label}: {TO_COMPLETE}") for label in labels]


def report(abstract: str, about: str, sections, day: date, annexes: tuple[Annex, ...] = ()) -> Document:
    body = UnitFunction.holder(Function.STANDING_BODY, day)
    head = house.house_of(body, day)
    blocks = []
    for number, (title, inside) in enumerate(sections, start=1):
        blocks += [Heading(f"{roman(number)}. {title}"), *inside]
    return Document(
        **head.boxes,
        symbol=f"BC-{head.abbreviation}",
        year=day.year,
        kind="BÁO CÁO",
        abstract=abstract,
        addressees=("Ủy ban nhân dân tỉnh Lào Cai",),
        body=(
            Paragraph(
                f"{body.name} báo cáo Ủy ban nhân dân tỉnh {about} như sau. Số liệu tính theo dữ liệu trên "
                f"cổng thông tin thi đua chuyển đổi số đến ngày {day:%d/%m/%Y}."
            ),
            *blocks,
        ),
        signature=house.signature(body, day),
        recipients=house.recipients(body, Paper.REPORT, day, usual=("Như trên",)),
        annexes=annexes,
        mark=mark(),
    )


# --- Of one year -----------------------------------------------------------------------------


def obligations(period) -> Table | Paragraph:
    met_by_due = Q(met_at__isnull=False) & Q(met_at__date__lte=F("due"))
    owed = Obligation.objects.filter(period=period, is_waived=False).order_by().values("kind")
    counts = {
        row["kind"]: row
        for row in owed.annotate(
            owed=Count("pk"), met=Count("met_at"), on_time=Count("pk", filter=met_by_due)
        )
    }
    rows = [counts[kind] for kind in ObligationKind if kind in counts]
    if not rows:
        return Paragraph(f"Cổng chưa ghi nhận đơn vị nào phải làm việc gì trong năm {period.year}.")
    return Table(
        OWED,
        tuple(
            (
                str(number),
                ObligationKind(row["kind"]).label,
                *map(format_number, (row["owed"], row["met"], row["on_time"], row["owed"] - row["met"])),
            )
            for number, row in enumerate(rows, start=1)
        ),
    )


def inspections(periods) -> list[Paragraph]:
    done = Inspection.objects.filter(
        period__in=periods, state__in=[InspectionState.CONCLUDED, InspectionState.CLOSED]
    )
    if not done.exists():
        return [Paragraph("Chưa có đợt kiểm tra nào kết thúc.")]
    visited = done.aggregate(count=Count("visits__unit", distinct=True))["count"]
    return [Paragraph(f"Đã kết thúc {done.count():02d} đợt kiểm tra tại {visited:02d} đơn vị.")]


def _criteria(period):
    """Per tier and criterion, how many units meet it: by verified figures alone."""
    evaluations = list(ranking.verified_evaluations(period))
    owed = Obligation.objects.filter(period=period, kind=ObligationKind.ANNUAL_REPORT, is_waived=False)
    without = owed.exclude(unit__in=[e.report.unit_id for e in evaluations]).count()
    if not evaluations:
        yield Paragraph(
            f"Chưa có báo cáo năm {period.year} nào được thẩm định nên chưa có kết quả theo tiêu chí."
        )
        return
    gap = (
        f" Còn {format_number(without)} đơn vị phải báo cáo chưa có số liệu được thẩm định, không tính "
        "trong bảng."
        if without
        else ""
    )
    yield Paragraph(
        f"Bảng dưới đây tính trên số liệu đã thẩm định của {format_number(len(evaluations))} đơn vị, "
        f"gồm cả đơn vị không bắt buộc báo cáo.{gap}"
    )
    names = {c.code: c.name for c in period.campaign.criteria_set.criteria.all()}
    rows, part = [], 0
    for tier in Tier:
        of_tier = [e for e in evaluations if e.report.unit.kind in KINDS_OF_TIER.get(tier, ())]
        if of_tier:
            part += 1
            rows.append(Band(f"{roman(part)}. {tier.label.upper()} ({len(of_tier):02d} đơn vị)"))
            rows += _lines(of_tier, names)
    yield Table(BY_CRITERION, tuple(rows))


def _lines(evaluations, names):
    """Neither what does not apply nor what nobody has judged yet counts as applied."""
    counts: dict[str, Counter] = {}
    for evaluation in evaluations:
        for result in ranking.results_of(evaluation):
            counts.setdefault(result.code, Counter())[result.verdict] += 1
    for number, (code, verdicts) in enumerate(counts.items(), start=1):
        met = verdicts[Verdict.MET]
        not_met = verdicts[Verdict.NOT_MET] + verdicts[Verdict.MISSING]
        applied = met + not_met
        share = format_percent(met, applied) if applied else ""
        yield str(number), names.get(code, code), *map(format_number, (applied, met, not_met)), share


def _awards(signed: Q, when: str) -> Paragraph:
    """Those published and still valid; amounts are said only where every award has one."""
    awards = Award.objects.filter(signed).exclude(state=AwardState.REVOKED)
    counts = dict(awards.order_by().values_list("kind").annotate(Count("pk")))
    if not counts:
        return Paragraph(f"{when} chưa có Quyết định khen thưởng nào được công bố.")
    prizes = awards.aggregate(total=Sum("prize_amount"), without=Count("pk", filter=Q(prize_amount=None)))
    words = f"{when} đã khen thưởng {in_kinds(counts)}"
    if prizes["total"] is not None:
        words += f", tổng số tiền thưởng {format_number(prizes['total'])} đồng"
    if prizes["without"]:
        words += f" ({prizes['without']:02d} trường hợp chưa có mức tiền thưởng)"
    return Paragraph(f"{words}.")


# --- Of several years ------------------------------------------------------------------------


def _of_years(campaign, day: date):
    periods = list(campaign.periods.filter(year__lte=day.year).order_by("year"))
    judged = [p for p in periods if ranking.verified_evaluations(p).exists()]
    latest = list(_criteria(judged[-1])) if judged else [Paragraph("Chưa có báo cáo năm nào được thẩm định.")]
    title = f"KẾT QUẢ THEO TIÊU CHÍ NĂM {judged[-1].year}" if judged else "KẾT QUẢ THEO TIÊU CHÍ"
    of_campaign = Q(decision__proposal__campaign=campaign)
    yield "TÌNH HÌNH TRIỂN KHAI QUA CÁC NĂM", [*_years(periods, campaign), *inspections(periods)]
    yield title, latest
    yield "KHEN THƯỞNG", [_awards(of_campaign, "Từ đầu giai đoạn đến nay")]
    yield "HẠN CHẾ, NGUYÊN NHÂN", left_open("Hạn chế", "Nguyên nhân")


def _years(periods, campaign):
    missing = [
        str(year)
        for year in range(campaign.first_year, (periods[-1].year if periods else campaign.last_year) + 1)
        if year not in {p.year for p in periods}
    ]
    if missing:
        yield Paragraph(f"Cổng không có dữ liệu của các năm: {', '.join(missing)}.")
    if periods:
        yield Table(BY_YEAR, tuple(map(_year, periods)))


def _year(period) -> tuple[str, ...]:
    owed = Obligation.objects.filter(period=period, kind=ObligationKind.REGISTRATION, is_waived=False)
    registered = owed.aggregate(owed=Count("pk"), met=Count("met_at"))
    annual = Report.objects.filter(period=period, kind=ObligationKind.ANNUAL_REPORT)
    reports = annual.aggregate(
        submitted=Count("first_submitted_at"), verified=Count("pk", filter=Q(state=ReportState.VERIFIED))
    )
    valid = Award.objects.exclude(state=AwardState.REVOKED).filter(decision__signed_on__year=period.year)
    counts = (*registered.values(), *reports.values(), valid.count())
    return str(period.year), *map(format_number, counts)
