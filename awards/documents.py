"""What each printed document of an award says; the layout is `core.documents`."""

from datetime import date

from django.conf import settings

from awards.enums import KIND_ORDER, NomineeKind, ProposalState
from awards.models import Proposal
from core import clock, printing
from core.documents import Annex, Band, Column, Document, Paragraph, Table
from core.vietnamese import roman
from units import house
from units.enums import Function, Paper
from units.models import UnitFunction

#: the kind of document under which a proposal's package is rendered
PACKAGE = "proposal_package"
DEMO_MARK = "DỮ LIỆU MINH HOẠ"
LIST_HEADINGS = {
    NomineeKind.COLLECTIVE: "TẬP THỂ",
    NomineeKind.HOUSEHOLD: "HỘ GIA ĐÌNH",
    NomineeKind.INDIVIDUAL: "CÁ NHÂN",
}
COLUMNS = (
    Column("STT", 11, "center"),
    Column("Tên tập thể, hộ gia đình; họ và tên cá nhân", 52),
    Column("Chức vụ, đơn vị công tác", 47),
    Column("Tóm tắt thành tích", 62),
)


def printed_on(proposal) -> date:
    """The day whose names, signers and law the papers bear: that of the frozen list, today's before."""
    return clock.local_date(proposal.finalised_at) if proposal.finalised_at else clock.today()


def package_of(proposal) -> dict:
    """The rendering of the list as frozen now (`core.printing.card`); none while it may still change."""
    if proposal.state == ProposalState.DRAFT:
        return {"document": None}
    return printing.card(proposal, PACKAGE, since=proposal.finalised_at)


def counts_in_words(names: list[dict]) -> str:
    """ "05 tập thể, 01 hộ gia đình và 12 cá nhân", without the kinds that are absent."""
    parts = []
    for kind in sorted(KIND_ORDER, key=KIND_ORDER.get):
        count = sum(n["kind"] == kind for n in names)
        if count:
            parts.append(f"{count:02d} {NomineeKind(kind).label.lower()}")
    return " và ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def _table(names: list[dict]) -> Table:
    rows, part = [], 0
    for kind in sorted(KIND_ORDER, key=KIND_ORDER.get):
        of_kind = [n for n in names if n["kind"] == kind]
        if not of_kind:
            continue
        part += 1
        rows.append(Band(f"{roman(part)}. {LIST_HEADINGS[kind]}"))
        for number, name in enumerate(of_kind, start=1):
            printed = f"{name['title']} {name['name']}".strip()
            place = name["position"] or (name["unit"] if name["unit"] != name["name"] else "")
            rows.append((str(number), printed, place, name["achievement"]))
    return Table(columns=COLUMNS, rows=tuple(rows))


def _bases(proposal) -> tuple[str, ...]:
    """Those of the rule set and the campaign's plan; a plan that is only assumed is cited nowhere."""
    campaign = proposal.campaign
    plan = () if campaign.is_assumed else (f"Căn cứ {campaign.legal_basis}",)
    return house.citations(proposal.rule_set.bases.all()) + plan


def proposal_package(document) -> Document:
    """The standing body's Tờ trình with its list, from the list frozen when it was finalised."""
    proposal = Proposal.objects.select_related("campaign", "form", "rule_set").get(uid=document.object_uid)
    day = printed_on(proposal)
    body = UnitFunction.holder(Function.STANDING_BODY, day)
    head = house.house_of(body, day)
    commendation_body = UnitFunction.holder(Function.COMMENDATION_BODY, day)
    through = commendation_body.name if commendation_body else "cơ quan thi đua - khen thưởng của tỉnh"
    names = proposal.snapshot
    years = f"{proposal.campaign.first_year}-{proposal.campaign.last_year}"
    campaign = f"phong trào thi đua chuyển đổi số giai đoạn {years}"
    form = proposal.form.name
    return Document(
        **head.boxes,
        symbol=f"TTr-{head.abbreviation}",
        year=day.year,
        kind="TỜ TRÌNH",
        abstract=f"Về việc đề nghị tặng {form} trong {campaign}",
        addressees=(f"Ủy ban nhân dân tỉnh Lào Cai (qua {through})",),
        bases=_bases(proposal),
        body=(
            Paragraph(
                f"Thực hiện nhiệm vụ cơ quan thường trực của phong trào, {body.name} đã tiếp nhận, "
                "thẩm định hồ sơ đề nghị khen thưởng của các cơ quan, đơn vị, địa phương và doanh nghiệp "
                "trên địa bàn tỉnh."
            ),
            Paragraph(
                "Qua thẩm định, các tập thể, hộ gia đình, cá nhân có tên trong danh sách kèm theo "
                "đúng đối tượng, đủ điều kiện, tiêu chuẩn, hồ sơ và thủ tục theo quy định."
            ),
            Paragraph(
                f"{body.name} kính trình Chủ tịch Ủy ban nhân dân tỉnh xem xét, tặng {form} cho "
                f"{counts_in_words(names)} có thành tích xuất sắc trong {campaign} (có danh sách kèm theo)."
            ),
            Paragraph("Kính đề nghị Ủy ban nhân dân tỉnh xem xét, quyết định"),
        ),
        signature=house.signature(body, day),
        recipients=house.recipients(body, Paper.SUBMISSION, day, usual=("Như trên",)),
        annexes=(
            Annex(
                f"DANH SÁCH ĐỀ NGHỊ TẶNG {form.upper()}",
                (_table(names),),
                caption=f"Kèm theo Tờ trình của {body.name}",
            ),
        ),
        mark=DEMO_MARK if settings.DEMO_MODE else "",
    )
