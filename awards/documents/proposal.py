"""What the standing body prints: its Tờ trình with the list of those it proposes."""

from datetime import date

from awards.documents.lists import annexes_of, bases_of, counts_in_words
from awards.models import Proposal
from core import clock, printing
from core.documents import Document, Paragraph
from registrations.filings import campaign_in_words, mark
from units import house
from units.enums import Function, Paper
from units.models import UnitFunction

#: the kind of document under which a proposal's package is rendered
PACKAGE = "proposal_package"


def printed_on(proposal) -> date:
    """The day whose names, signers and law the papers bear: that of the frozen list, today's before."""
    return clock.local_date(proposal.finalised_at) if proposal.finalised_at else clock.today()


def package_of(proposal) -> dict:
    """The rendering of the list as frozen now (`core.printing.card`); none while it may still change."""
    if proposal.finalised_at is None:
        return {"document": None}
    return printing.card(proposal, PACKAGE, since=proposal.finalised_at)


def proposal_package(document) -> Document:
    """The standing body's Tờ trình with its list, from the list frozen when it was finalised."""
    proposal = Proposal.objects.select_related("campaign", "form", "rule_set").get(uid=document.object_uid)
    day = printed_on(proposal)
    body = UnitFunction.holder(Function.STANDING_BODY, day)
    head = house.house_of(body, day)
    commendation_body = UnitFunction.holder(Function.COMMENDATION_BODY, day)
    through = commendation_body.name if commendation_body else "cơ quan thi đua - khen thưởng của tỉnh"
    names = proposal.snapshot
    campaign = campaign_in_words(proposal.campaign)
    form = proposal.form.name
    return Document(
        **head.boxes,
        symbol=f"TTr-{head.abbreviation}",
        year=day.year,
        kind="TỜ TRÌNH",
        abstract=f"Về việc đề nghị tặng {form} trong {campaign}",
        addressees=(f"Ủy ban nhân dân tỉnh Lào Cai (qua {through})",),
        bases=bases_of(proposal.campaign, proposal.rule_set, day, proposal),
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
        annexes=annexes_of(names, f"ĐỀ NGHỊ TẶNG {form.upper()}", f"Kèm theo Tờ trình của {body.name}"),
        mark=mark(),
    )
