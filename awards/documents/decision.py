"""What the commendation body prints: its Tờ trình to the Chairman, the draft decision, correction and
revocation, and the extract of one award."""

from datetime import date

from django.conf import settings

from awards.documents.lists import COLUMNS, annexes_of, bases_of, counts_in_words, list_table, names_of
from awards.enums import PublicState
from awards.models import RuleSet, TimeLimit
from awards.models.limit import Step
from awards.prize import preview
from awards.publication import PUBLIC_STATE
from awards.verification import code_of
from core.documents import Annex, Article, Column, Document, Facts, Paragraph, Seal, Signature, Table, Total
from core.vietnamese import format_number, money_in_words
from registrations.filings import campaign_in_words, mark
from units import house
from units.enums import Function, Paper
from units.models import UnitFunction

STANDING = dict(PublicState.choices)
CHAIRMAN = "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LÀO CAI"
WITH_DECISION = "Kèm theo Quyết định của Chủ tịch Ủy ban nhân dân tỉnh"
SIGNED_BY_CHAIRMAN = Signature(("CHỦ TỊCH",))
PRIZE_COLUMNS = (
    Column("STT", 11, "center"),
    Column("Đối tượng", 45),
    Column("Số lượng", 20, "center"),
    Column("Mức thưởng (đồng)", 35, "right"),
    Column("Thành tiền (đồng)", 38, "right"),
)


def _of(decision, day: date):
    proposal = decision.proposal
    return {
        "form": proposal.form.name,
        "campaign": campaign_in_words(proposal.campaign),
        "names": names_of(decision.nominees.select_related("unit").in_order()),
        "prizes": preview(proposal.form, _counts(decision), day),
    }


def _counts(decision) -> dict[str, int]:
    counts: dict[str, int] = {}
    for kind in decision.nominees.values_list("kind", flat=True):
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def submission(decision, day: date) -> Document:
    """Tờ trình of the commendation body to the Chairman, with the draft decision named in it."""
    day = decision.signed_on or day
    body = UnitFunction.holder(Function.COMMENDATION_BODY, day)
    standing_body = UnitFunction.holder(Function.STANDING_BODY, day)
    head = house.house_of(body, day)
    of = _of(decision, day)
    signed = decision.proposal
    their_paper = (
        f"Tờ trình số {signed.number} ngày {signed.signed_on:%d/%m/%Y}" if signed.number else "Tờ trình"
    )
    return Document(
        **head.boxes,
        symbol=f"TTr-{head.abbreviation}",
        year=day.year,
        kind="TỜ TRÌNH",
        abstract=f"Về việc tặng {of['form']} trong {of['campaign']}",
        addressees=("Chủ tịch Ủy ban nhân dân tỉnh Lào Cai",),
        bases=bases_of(signed.campaign, signed.rule_set, day, decision, signed),
        body=(
            Paragraph(
                f"Xét {their_paper} của {standing_body.name}, {body.name} đã thẩm định thành tích, "
                "đối tượng, điều kiện, tiêu chuẩn, hồ sơ và thủ tục của các tập thể, hộ gia đình, "
                "cá nhân được đề nghị."
            ),
            Paragraph(
                f"{body.name} kính trình Chủ tịch Ủy ban nhân dân tỉnh xem xét, quyết định tặng {of['form']} "
                f"cho {counts_in_words(of['names'])} có thành tích xuất sắc trong {of['campaign']}."
            ),
            Paragraph(prize_in_words(of["prizes"])),
            Paragraph("Gửi kèm dự thảo Quyết định và danh sách"),
        ),
        signature=house.signature(body, day),
        recipients=house.recipients(body, Paper.SUBMISSION, day, usual=("Như trên", standing_body.name)),
        mark=mark(),
    )


def draft(decision, day: date) -> Document:
    """Dự thảo Quyết định tặng Bằng khen: number, day and signature are given outside the portal."""
    day = decision.signed_on or day
    body = UnitFunction.holder(Function.COMMENDATION_BODY, day)
    standing_body = UnitFunction.holder(Function.STANDING_BODY, day)
    of = _of(decision, day)
    form = of["form"].split(" của ")[0]
    return Document(
        **house.house_of(None, day).boxes,
        symbol="QĐ-UBND",
        year=day.year,
        kind="QUYẾT ĐỊNH",
        abstract=_about(decision.title),
        authority=CHAIRMAN,
        bases=(
            *bases_of(
                decision.proposal.campaign, decision.proposal.rule_set, day, decision, decision.proposal
            ),
            _proposed_by(body, day),
        ),
        resolution="QUYẾT ĐỊNH:",
        body=(
            Article(
                1,
                f"Tặng {form} cho {counts_in_words(of['names'])} đã có thành tích xuất sắc trong "
                f"{of['campaign']} (có danh sách kèm theo).",
            ),
            Article(2, prize_in_words(of["prizes"])),
            Article(
                3,
                f"Chánh Văn phòng Ủy ban nhân dân tỉnh, Thủ trưởng {body.name}, {standing_body.name}, "
                "các cơ quan, đơn vị liên quan và các tập thể, hộ gia đình, cá nhân có tên tại Điều 1 "
                "chịu trách nhiệm thi hành Quyết định này",
            ),
        ),
        signature=SIGNED_BY_CHAIRMAN,
        recipients=house.recipients(
            None,
            Paper.DECISION,
            day,
            usual=("Như Điều 3", body.name, standing_body.name),
            drafted_by=body.abbreviation,
        ),
        annexes=(
            *annexes_of(of["names"], f"ĐƯỢC TẶNG {of['form'].upper()}", WITH_DECISION),
            Annex(
                "BẢNG TÍNH TIỀN THƯỞNG",
                (
                    prize_table(of["prizes"]),
                    *(
                        Paragraph(f"{line.kind.label}: {line.prize.explanation}")
                        for line in of["prizes"].lines
                    ),
                ),
                caption=WITH_DECISION,
            ),
        ),
        mark=mark(),
    )


def _proposed_by(body, day: date) -> str:
    """The last basis: the head of the body and its Tờ trình, whose number and day the clerk completes."""
    head = house.head_of(body)[-1].capitalize()
    symbol = f"TTr-{house.house_of(body, day).abbreviation}".rstrip("-")
    return f"Theo đề nghị của {head} {body.name} tại Tờ trình số ……/{symbol} ngày …… tháng …… năm {day.year}"


def _about(title: str) -> str:
    """A decision's abstract begins "Về việc" (Decree 30/2020/NĐ-CP, Appendix III, form 1.2)."""
    return title if title.lower().startswith("về việc") else f"Về việc {title[:1].lower()}{title[1:]}"


def prize_in_words(prizes) -> str:
    """ "Tiền thưởng kèm theo: 24.570.000 đồng (Hai mươi tư triệu …), trích từ Quỹ …" """
    total = f"{format_number(prizes.total)} đồng ({money_in_words(prizes.total)})"
    words = f"Tổng số tiền thưởng kèm theo là {total}, trích từ Quỹ Thi đua, Khen thưởng tỉnh."
    if prizes.is_complete:
        return words
    without = ", ".join(line.kind.label.lower() for line in prizes.lines if line.amount is None)
    return f"{words} Chưa có mức tiền thưởng theo quy định cho: {without}."


def prize_table(prizes) -> Table:
    rows = tuple(
        (
            str(number),
            line.kind.label,
            f"{line.count:02d}",
            format_number(line.prize.amount) if line.prize.amount is not None else "Không có mức",
            format_number(line.amount) if line.amount is not None else "",
        )
        for number, line in enumerate(prizes.lines, start=1)
    )
    total = Total("Tổng cộng", (f"{prizes.count:02d}", "", format_number(prizes.total)))
    return Table(columns=PRIZE_COLUMNS, rows=(*rows, total))


def correction(decision, changes: list[dict], reason: str, day: date) -> Document:
    """Quyết định đính chính: `changes` are {"where", "printed", "corrected"} for each wording."""
    body = UnitFunction.holder(Function.COMMENDATION_BODY, day)
    columns = (
        Column("STT", 11, "center"),
        Column("Vị trí", 45),
        Column("Đã in", 50),
        Column("Đính chính thành", 50),
    )
    rows = tuple(
        (str(number), change["where"], change["printed"], change["corrected"])
        for number, change in enumerate(changes, start=1)
    )
    return _act_on(
        decision,
        day,
        f"Về việc đính chính {_named(decision)}",
        body,
        (
            Article(
                1,
                f"Đính chính {len(changes):02d} nội dung trong {_named(decision)}. "
                f"Lý do: {reason.rstrip('.')}.",
            ),
            Table(columns=columns, rows=rows),
            Article(2, f"Các nội dung khác của {_named(decision)} giữ nguyên hiệu lực."),
            Article(3, _carried_out_by(body)),
        ),
    )


def revocation(decision, names: list[dict], ground: str, day: date, *, return_days: int | None) -> Document:
    """Quyết định hủy bỏ: `names` as in `lists.names_of`; `ground` of Luật Thi đua, khen thưởng, điều 93."""
    body = UnitFunction.holder(Function.COMMENDATION_BODY, day)
    form = decision.proposal.form.name
    within = f" trong {return_days} ngày làm việc" if return_days else ""
    return _act_on(
        decision,
        day,
        f"Về việc hủy bỏ việc tặng {form} tại {_named(decision)}",
        body,
        (
            Article(
                1,
                f"Hủy bỏ việc tặng {form} tại {_named(decision)} đối với {counts_in_words(names)} "
                f"có tên sau đây. Lý do: {ground.rstrip('.')}.",
            ),
            # Of those whose award is taken back no achievement is told.
            list_table(names, columns=COLUMNS[:-1], last=lambda name: ()),
            Article(
                2,
                f"Người, tập thể bị hủy bỏ nộp lại hiện vật khen thưởng và tiền thưởng cho {body.name}"
                f"{within} kể từ ngày Quyết định này có hiệu lực.",
            ),
            Article(3, _carried_out_by(body)),
        ),
    )


def correction_of(award, day: date) -> Document:
    """The draft for the correction that waits for its signature."""
    waiting = award.corrections.get(in_force_at__isnull=True, dropped_at__isnull=True)
    changes = [
        {
            "where": f"{change['label']} của {award.printed_name}",
            "printed": change["printed"],
            "corrected": change["corrected"],
        }
        for change in waiting.changes
    ]
    return correction(award.decision, changes, waiting.reason, day)


def revocation_of(award, day: date) -> Document:
    """The draft for the revocation that has been proposed."""
    asked = award.revocations.get(dismissed_at__isnull=True)
    name = {
        "kind": award.kind,
        "title": award.title,
        "name": award.name,
        "position": award.position,
        "unit": award.unit_name,
    }
    limit = TimeLimit.objects.in_force_on(day, Step.RETURN_ITEMS)
    return revocation(
        award.decision,
        [name],
        f"{asked.ground.text} ({asked.ground.basis})",
        day,
        return_days=limit.working_days if limit else None,
    )


def _act_on(decision, day, abstract, body, articles) -> Document:
    proposal = decision.proposal
    return Document(
        **house.house_of(None, day).boxes,
        symbol="QĐ-UBND",
        year=day.year,
        kind="QUYẾT ĐỊNH",
        abstract=abstract,
        authority=CHAIRMAN,
        bases=(
            # What is corrected or revoked today is so under the law of today.
            *bases_of(proposal.campaign, RuleSet.objects.in_force_on(day), day, decision),
            _proposed_by(body, day),
        ),
        resolution="QUYẾT ĐỊNH:",
        body=articles,
        signature=SIGNED_BY_CHAIRMAN,
        recipients=house.recipients(
            None, Paper.DECISION, day, usual=("Như Điều 3",), drafted_by=body.abbreviation
        ),
        mark=mark(),
    )


def _named(decision) -> str:
    return f"Quyết định số {decision.number} ngày {decision.signed_on:%d/%m/%Y}"


def _carried_out_by(body) -> str:
    return (
        f"Chánh Văn phòng Ủy ban nhân dân tỉnh, Thủ trưởng {body.name} và các cơ quan, tập thể, cá nhân "
        "có liên quan chịu trách nhiệm thi hành Quyết định này"
    )


def award_extract(award, day: date) -> Document:
    """Trích Quyết định for one award, with the code to verify it by."""
    decision = award.decision
    address = f"{settings.SITE_URL}{code_of(award).get_absolute_url()}"
    body = UnitFunction.holder(Function.COMMENDATION_BODY, day)
    facts = (
        ("Được tặng", decision.proposal.form.name),
        ("Tên", f"{award.title} {award.name}".strip()),
        *((("Chức vụ, đơn vị", award.position),) if award.position else ()),
        ("Đơn vị", award.unit_name),
        ("Thành tích", f"từ ngày {award.achievement_from:%d/%m/%Y} đến ngày {award.achievement_to:%d/%m/%Y}"),
        ("Theo", f"{_named(decision)} của Chủ tịch Ủy ban nhân dân tỉnh"),
        ("Tình trạng", STANDING[PUBLIC_STATE.get(award.state, PublicState.VALID)]),
    )
    return Document(
        **house.house_of(body, day).boxes,
        year=day.year,
        kind="TRÍCH QUYẾT ĐỊNH KHEN THƯỞNG",
        abstract=award.reference,
        body=(
            Facts(facts),
            Paragraph(
                "Trích lục này ghi đúng nội dung của Quyết định nêu trên. Danh sách đầy đủ kèm theo Quyết "
                "định, tra cứu được trên trang công khai của cổng thi đua chuyển đổi số tỉnh Lào Cai."
            ),
            Seal(address, ("Kiểm tra giấy này tại:", address)),
        ),
        ending="",
        signature=house.signature(body, day),
        mark=mark(),
    )
