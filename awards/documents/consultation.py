"""Công văn xin ý kiến: an office asks others what they know of those proposed."""

from datetime import date

from awards.documents.lists import counts_in_words, list_table
from core.documents import Annex, Document, Paragraph
from registrations.filings import campaign_in_words, mark
from units import house
from units.enums import Paper


def consultation_letter(
    unit, campaign, names: list[dict], asked: list[str], question: str, *, due: date, day: date
) -> Document:
    """`unit` asks the offices `asked` a `question` about `names` (as in `lists.names_of`) until `due`.

    Of someone proposed it tells name, position and achievement, nothing else.
    """
    head = house.house_of(unit, day)
    return Document(
        **head.boxes,
        symbol=head.abbreviation,
        year=day.year,
        kind="",
        abstract="V/v xin ý kiến về đối tượng đề nghị khen thưởng",
        addressees=tuple(asked),
        body=(
            Paragraph(
                f"{unit.name} đang xem xét hồ sơ đề nghị khen thưởng trong {campaign_in_words(campaign)} "
                f"đối với {counts_in_words(names)} (có danh sách kèm theo)."
            ),
            Paragraph(f"{unit.name} đề nghị Quý cơ quan cho ý kiến: {question.strip(' .?')}."),
            Paragraph(
                f"Ý kiến bằng văn bản gửi về {unit.name} chậm nhất ngày {due:%d/%m/%Y}. Quá thời hạn trên, "
                "đề nghị Quý cơ quan trao đổi lý do và thời gian trả lời để tổng hợp"
            ),
        ),
        signature=house.signature(unit, day),
        recipients=house.recipients(unit, Paper.LETTER, day, usual=("Như trên",)),
        annexes=(
            Annex("DANH SÁCH XIN Ý KIẾN", (list_table(names),), caption=f"Kèm theo Công văn của {unit.name}"),
        ),
        mark=mark(),
    )
