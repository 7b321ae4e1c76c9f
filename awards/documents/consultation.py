"""Công văn xin ý kiến: an office asks others what they know of those proposed."""

from datetime import date

from awards.documents.lists import counts_in_words, list_table, names_of
from awards.enums import Silence
from core.calendar import add_working_days
from core.documents import Annex, Document, Paragraph
from registrations.filings import campaign_in_words, mark
from units import house
from units.enums import Paper

_ASKS_WHY = "Quá thời hạn trên, đề nghị Quý cơ quan trao đổi lý do và thời gian trả lời để tổng hợp"
#: what silence means, as the letter tells it in advance
_SILENCE = {
    Silence.AGREES: "Quá thời hạn trên, nếu không có văn bản trả lời thì coi như Quý cơ quan thống nhất",
    Silence.WAIT: _ASKS_WHY,
}


def letter_of(consultation, day: date) -> Document:
    """The letter of one consultation; until it is sent, due as if it were sent today."""
    case = consultation.case
    due = consultation.due_on or add_working_days(day, consultation.working_days)
    return consultation_letter(
        consultation.unit,
        case.campaign,
        names_of(consultation.nominees.in_order().select_related("unit")),
        [consultation.office],
        consultation.question,
        due=due,
        day=consultation.sent_on or day,
        silence=_SILENCE[consultation.silence],
    )


def consultation_letter(
    unit,
    campaign,
    names: list[dict],
    asked: list[str],
    question: str,
    *,
    due: date,
    day: date,
    silence: str = "",
) -> Document:
    """`unit` asks the offices `asked` a `question` about `names` (as in `lists.names_of`) until `due`.

    `silence` says in advance what it means when no answer comes ("" asks for the reason).

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
                f"Ý kiến bằng văn bản gửi về {unit.name} chậm nhất ngày {due:%d/%m/%Y}. "
                + (silence or _ASKS_WHY)
            ),
        ),
        signature=house.signature(unit, day),
        recipients=house.recipients(unit, Paper.LETTER, day, usual=("Như trên",)),
        annexes=(
            Annex("DANH SÁCH XIN Ý KIẾN", (list_table(names),), caption=f"Kèm theo Công văn của {unit.name}"),
        ),
        mark=mark(),
    )
