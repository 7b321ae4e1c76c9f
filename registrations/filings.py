"""What a unit prints of its own: the registration, the plan to complete, the report of results.

All are drafts for the unit to sign and stamp outside the portal; what the portal does not know stays open.
"""

from datetime import date

from django.conf import settings

from core.documents import Bullet, Column, Document, Heading, Paragraph, Table
from core.templatetags.vn import ngay
from core.vietnamese import format_number
from criteria.enums import Operator, Verdict
from registrations import workflow
from registrations.documents import DEMO_MARK
from registrations.enums import ObligationKind, ReportState
from registrations.views.content import readable_of
from units import house
from units.enums import Function, Paper
from units.models import UnitFunction

TO_COMPLETE = "…………………………………………"
TARGETS = (Column("STT", 12, "center"), Column("Chỉ tiêu", 100), Column("Mức phấn đấu", 60))
TASKS = (
    Column("STT", 12, "center"),
    Column("Nhiệm vụ", 58),
    Column("Sản phẩm cụ thể", 50),
    Column("Thời hạn", 28, "center"),
    Column("Phụ trách", 32),
)
RESULTS = (
    Column("STT", 11, "center"),
    Column("Tiêu chí", 50),
    Column("Số liệu", 42, "right"),
    Column("Tỷ lệ", 25, "right"),
    Column("Mức phải đạt", 26, "center"),
    Column("Kết quả", 26, "center"),
)
INITIATIVES = (
    Column("STT", 12, "center"),
    Column("Tên sáng kiến", 55),
    Column("Tác giả", 36),
    Column("Hiệu quả", 45),
    Column("Công nhận", 32),
)


def campaign_in_words(campaign) -> str:
    return f"phong trào thi đua chuyển đổi số giai đoạn {campaign.first_year}-{campaign.last_year}"


def mark() -> str:
    """The line at the foot of every page of the demo, whose people and papers are invented."""
    return DEMO_MARK if settings.DEMO_MODE else ""


def _bases(campaign) -> tuple[str, ...]:
    """A plan that is only assumed is cited nowhere."""
    return () if campaign.is_assumed else (f"Căn cứ {campaign.legal_basis}",)


def _standing_body(day: date) -> str:
    body = UnitFunction.holder(Function.STANDING_BODY, day)
    return body.name if body else "Cơ quan thường trực phong trào"


def _paragraphs(text: str, otherwise: str) -> list[Paragraph]:
    return [Paragraph(line) for line in text.splitlines() if line.strip()] or [Paragraph(otherwise)]


# --- Registration and plan -------------------------------------------------------------------


def registration_form(registration, day: date) -> Document:
    """Bản đăng ký thi đua, as it is written now."""
    return _form(registration, workflow.content_of(registration), day)


def filed_form(version, day: date) -> Document:
    """The same from what was filed, byte for byte."""
    return _form(version.registration, version.snapshot, day)


def _form(registration, written: dict, day: date) -> Document:
    unit, period = registration.unit, registration.period
    content = readable_of(registration, written)
    contact = ", ".join(filter(None, (content["contact"]["name"], content["contact"]["phone"])))
    return Document(
        **house.house_of(unit, day).boxes,
        year=day.year,
        kind="BẢN ĐĂNG KÝ THI ĐUA",
        abstract=f"Phong trào thi đua chuyển đổi số năm {period.year}",
        addressees=(_standing_body(day),),
        body=(
            Paragraph(
                f"Hưởng ứng {campaign_in_words(period.campaign)}, {house.named(unit)} đăng ký thi đua "
                f"năm {period.year} với các nội dung sau:"
            ),
            Heading("I. LĨNH VỰC ƯU TIÊN"),
            *([Bullet(name) for name in content["fields"]] or [Paragraph("Chưa chọn.")]),
            Heading("II. MỤC TIÊU"),
            *_paragraphs(content["objectives"], "Chưa ghi."),
            Heading("III. CHỈ TIÊU"),
            _targets(content),
            Heading("IV. NHIỆM VỤ VÀ SẢN PHẨM"),
            *_tasks(content),
            Paragraph(f"Đầu mối liên hệ: {contact or TO_COMPLETE}."),
            Paragraph(
                f"{house.named(unit)} cam kết thực hiện đầy đủ các nội dung đã đăng ký, báo cáo kết quả "
                "trung thực, đúng thời hạn"
            ),
        ),
        signature=house.signature(unit, day),
        recipients=house.recipients(unit, Paper.LETTER, day, usual=("Như trên",)),
        mark=mark(),
    )


def plan(registration, day: date) -> Document:
    """Kế hoạch with what the unit has registered; purpose, money and division of work are its own words."""
    unit, period = registration.unit, registration.period
    head = house.house_of(unit, day)
    content = readable_of(registration, workflow.content_of(registration))
    dues = period.dues
    reports = [
        f"{kind.label} gửi {_standing_body(day)} chậm nhất ngày {ngay(dues[kind])}"
        for kind in (ObligationKind.SIX_MONTH_REPORT, ObligationKind.ANNUAL_REPORT)
        if kind in dues
    ]
    return Document(
        **head.boxes,
        symbol=f"KH-{head.abbreviation}",
        year=day.year,
        kind="KẾ HOẠCH",
        abstract=f"Thực hiện phong trào thi đua chuyển đổi số năm {period.year}",
        bases=_bases(period.campaign),
        body=(
            Paragraph(
                f"{house.named(unit)} xây dựng kế hoạch thực hiện phong trào thi đua chuyển đổi số "
                f"năm {period.year} như sau:"
            ),
            Heading("I. MỤC ĐÍCH, YÊU CẦU"),
            Bullet(f"Mục đích: {TO_COMPLETE}"),
            Bullet(f"Yêu cầu: {TO_COMPLETE}"),
            Heading("II. MỤC TIÊU, CHỈ TIÊU"),
            *_paragraphs(content["objectives"], f"Mục tiêu: {TO_COMPLETE}"),
            _targets(content),
            Heading("III. NHIỆM VỤ, SẢN PHẨM"),
            *_tasks(content),
            Heading("IV. KINH PHÍ"),
            Paragraph(f"Nguồn kinh phí, dự toán: {TO_COMPLETE}"),
            Heading("V. TỔ CHỨC THỰC HIỆN"),
            Bullet(f"Bộ phận chủ trì, theo dõi, đôn đốc: {TO_COMPLETE}"),
            Bullet(f"Các phòng, bộ phận thuộc đơn vị: {TO_COMPLETE}"),
            *(Bullet(line) for line in reports),
            Paragraph(
                "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các bộ phận kịp thời báo cáo "
                "thủ trưởng đơn vị xem xét, quyết định"
            ),
        ),
        signature=house.signature(unit, day),
        recipients=house.recipients(unit, Paper.PLAN, day, usual=(_standing_body(day),)),
        mark=mark(),
    )


def _targets(content: dict) -> Table:
    rows = enumerate(content["targets"], start=1)
    return Table(TARGETS, tuple((str(n), t["name"], t["level"] or "Chưa ghi") for n, t in rows))


def _tasks(content: dict):
    """A field's name stands under its task."""
    rows = tuple(
        (
            str(number),
            f"{task['name']} (lĩnh vực: {task['field']})" if task["field"] else task["name"],
            task["product"] or "Chưa ghi",
            ngay(task["due"]) if task["due"] else "Chưa ghi",
            task["in_charge"] or "Chưa ghi",
        )
        for number, task in enumerate(content["tasks"], start=1)
    )
    return [Table(TASKS, rows)] if rows else [Paragraph("Chưa ghi nhiệm vụ nào.")]


# --- Report of results -----------------------------------------------------------------------


def results_report(report, day: date) -> Document:
    """Báo cáo kết quả of six months or the year: words, table of figures, what each comes to.

    On verified figures once the standing body has finished, on the declared ones before.
    """
    unit, period = report.unit, report.period
    head = house.house_of(unit, day)
    on_verified = report.state == ReportState.VERIFIED
    figures = list(report.figures.select_related("criterion"))
    results = workflow.assess(figures, on_verified=on_verified)
    read = workflow.verified if on_verified else workflow.declared
    when = f"năm {period.year}" if report.is_annual else f"6 tháng đầu năm {period.year}"
    basis = "số liệu đã thẩm định" if on_verified else "số liệu do đơn vị báo cáo, chưa thẩm định"
    return Document(
        **head.boxes,
        symbol=f"BC-{head.abbreviation}",
        year=day.year,
        kind="BÁO CÁO",
        abstract=f"Kết quả thực hiện phong trào thi đua chuyển đổi số {when}",
        addressees=(_standing_body(day),),
        body=(
            Paragraph(
                f"Thực hiện {campaign_in_words(period.campaign)}, {house.named(unit)} báo cáo "
                f"kết quả {when} như sau:"
            ),
            Heading("I. KẾT QUẢ NỔI BẬT"),
            *_paragraphs(report.narrative, "Chưa ghi."),
            Heading("II. KẾT QUẢ THEO TIÊU CHÍ"),
            Paragraph(f"{_summary(results)} Kết quả tính trên {basis}."),
            Table(
                RESULTS,
                tuple(
                    _line(number, figure.criterion, read(figure), result)
                    for number, (figure, result) in enumerate(zip(figures, results, strict=True), start=1)
                ),
            ),
            Heading("III. CÁCH LÀM MỚI, SÁNG KIẾN"),
            *_paragraphs(report.practices, "Chưa nêu cách làm."),
            *_initiatives(report),
            Heading("IV. KHÓ KHĂN, VƯỚNG MẮC"),
            *_paragraphs(report.difficulties, "Không nêu khó khăn."),
            Heading("V. ĐỀ XUẤT, KIẾN NGHỊ"),
            *_paragraphs(report.proposals, "Không có kiến nghị."),
        ),
        signature=house.signature(unit, day),
        recipients=house.recipients(unit, Paper.REPORT, day, usual=("Như trên",)),
        mark=mark(),
    )


def _summary(results) -> str:
    """ "Đạt 05 trên 09 tiêu chí áp dụng; chưa đạt 03; thiếu số liệu 01." """
    verdicts = [result.verdict for result in results]
    applicable = len(verdicts) - verdicts.count(Verdict.NOT_APPLICABLE)
    others = [v for v in Verdict if v != Verdict.MET and v in verdicts]
    rest = "".join(f"; {v.label.lower()} {verdicts.count(v):02d}" for v in others)
    return f"Đạt {verdicts.count(Verdict.MET):02d} trên {applicable:02d} tiêu chí áp dụng{rest}."


def _line(number, criterion, figure, result) -> tuple[str, ...]:
    return (
        str(number),
        criterion.name,
        _said(criterion, figure),
        result.percent,
        criterion.demand if criterion.threshold else "",
        result.verdict.label,
    )


def _said(criterion, figure) -> str:
    if criterion.operator == Operator.YES_NO and figure.answer is not None:
        return "Có" if figure.answer else "Chưa có"
    if figure.numerator is None:
        return ""
    numbers = f"{format_number(figure.numerator)}/{format_number(figure.denominator)}"
    return f"{numbers} {criterion.unit_word}".strip()


def _initiatives(report):
    rows = tuple(
        (str(number), i.name, i.authors, i.effect, i.recognition)
        for number, i in enumerate(report.initiatives.all(), start=1)
    )
    return [Table(INITIATIVES, rows)] if rows else []
