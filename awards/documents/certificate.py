"""What is printed onto the pre-printed sheets of certificates, by the rows of the layout."""

from datetime import date

from django.conf import settings

from awards.enums import AwardState
from awards.models import Award, CertificateLayout
from awards.models.certificate import Content
from awards.verification import code_of
from core.documents import Box, Sheets
from core.vietnamese import long_date
from registrations.filings import campaign_in_words, mark

#: what stands on a test sheet in place of a real award
SAMPLE = {
    Content.NAME: "Ông Nguyễn Văn Mẫu",
    Content.POSITION: "Trưởng phòng Mẫu, Sở Mẫu tỉnh Lào Cai",
    Content.ACHIEVEMENT: "Đã có thành tích xuất sắc trong phong trào thi đua (chữ mẫu)",
    Content.DECISION: "Quyết định số 0000/QĐ-UBND ngày 01/01/2000",
    Content.DECISION_NUMBER: "0000/QĐ-UBND",
    Content.REGISTER: "Số vào sổ: 000/2000",
    Content.PLACE_AND_DATE: "Lào Cai, ngày 01 tháng 01 năm 2000",
    Content.SIGNER: "Họ tên người ký",
    Content.CODE: f"{settings.SITE_URL}/xac-minh/",
}


def layout_of(form) -> CertificateLayout | None:
    return form.layouts.filter(is_in_use=True).prefetch_related("fields").first()


def one_sheet(certificate, day: date) -> Sheets:
    """The sheet of one certificate, also to print it again."""
    award = _awards().get(pk=certificate.award_id)
    layout = layout_of(certificate.form)
    return _sheets(f"Bằng khen {certificate.label}", layout, [award])


def sheets_of(decision, day: date) -> Sheets:
    """Every certificate of the decision in the order of the register, without those revoked."""
    layout = layout_of(decision.proposal.form)
    return _sheets(f"Bằng khen theo Quyết định {decision.number}", layout, list(printable(decision)))


def printable(decision):
    """The awards of the decision that have their number in the register and were not revoked."""
    awards = _awards().filter(decision=decision, certificate__isnull=False)
    return awards.exclude(state__in=[AwardState.REVOKED, AwardState.RETURNED]).order_by("certificate__number")


def test_sheet(layout, day: date) -> Sheets:
    """The boxes with their measures and a scale, to lay over a pre-printed sheet against the light."""
    boxes = tuple(
        _box(layout, field, field.text or SAMPLE.get(field.content, ""), label=field.get_content_display())
        for field in layout.fields.all()
    )
    return Sheets(
        f"Tờ thử {layout.name}", layout.width, layout.height, pages=(_marked(layout, boxes),), has_rulers=True
    )


def _awards():
    return Award.objects.select_related(
        "certificate", "decision__proposal__form", "decision__proposal__campaign", "nominee__dossier"
    )


def _sheets(title, layout, awards) -> Sheets:
    fields = list(layout.fields.all())
    pages = tuple(
        _marked(layout, tuple(_box(layout, field, _said(award, field)) for field in fields))
        for award in awards
    )
    return Sheets(title, layout.width, layout.height, pages=pages)


def _marked(layout, boxes) -> tuple[Box, ...]:
    """A sheet of the demo says that it is one."""
    said = mark()
    if not said:
        return boxes
    return (*boxes, Box(10, layout.height - 12, layout.width - 20, said, size=11))


def _box(layout, field, text, label="") -> Box:
    return Box(
        x=field.x + layout.shift_x,
        y=field.y + layout.shift_y,
        width=field.width,
        text=text.upper() if field.is_upper else text,
        size=float(field.size),
        align=field.align,
        is_bold=field.is_bold,
        is_italic=field.is_italic,
        is_code=field.content == Content.CODE,
        label=label,
    )


def _said(award, field) -> str:
    decision = award.decision
    match field.content:
        case Content.NAME:
            return award.printed_name
        case Content.POSITION:
            other = award.unit_name if award.unit_name != award.name else ""
            return award.position or other
        case Content.ACHIEVEMENT:
            return f"Đã có thành tích xuất sắc trong {campaign_in_words(decision.proposal.campaign)}"
        case Content.DECISION:
            return f"Quyết định số {decision.number} ngày {decision.signed_on:%d/%m/%Y}"
        case Content.DECISION_NUMBER:
            return decision.number
        case Content.REGISTER:
            return f"Số vào sổ: {award.certificate.label}"
        case Content.PLACE_AND_DATE:
            return f"Lào Cai, {long_date(decision.signed_on)}"
        case Content.SIGNER:
            return decision.signer
        case Content.CODE:
            return f"{settings.SITE_URL}{code_of(award).get_absolute_url()}"
    return field.text
