"""What a unit or a person has been commended for: Bằng khen published here and recorded Giấy khen."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from awards.enums import AwardState, DecisionState, NomineeKind
from awards.models import Award, RecordedAward
from units.lineage import Lineage

#: lines of one history; a unit that has more reads the public list
SHOWN = 100


@dataclass(frozen=True)
class Line:
    on: date
    form: str
    number: str
    name: str
    since: date
    until: date
    state: str
    tone: str
    #: of a predecessor: the unit as it was then
    whose: str = ""
    note: str = ""


def of_unit(unit, *, with_names_within=True) -> list[Line]:
    """Awards of the unit and of those before it; of its parts and people too when `with_names_within`."""
    before = Lineage().predecessors([unit.pk])
    units = {unit.pk} | before
    theirs = Q(nominee__subject__in=units)
    recorded = Q(subject__in=units)
    if with_names_within:
        theirs |= Q(unit__in=units)
        recorded |= Q(decision__unit__in=units)
    return _lines(theirs, recorded, except_unit=unit)


def of_person(nominee) -> list[Line]:
    """Awards of who has the nominee's identity number, or its name and birth date.

    A namesake without either is a possible match, never part of someone's history.
    """
    theirs = Q(nominee=nominee)
    recorded = Q(pk__in=[])
    if nominee.identity_index:
        theirs |= Q(nominee__identity_index=nominee.identity_index)
        recorded |= Q(identity_index=nominee.identity_index)
    if nominee.birth_date:
        same = {"search_name": nominee.search_name, "birth_date": nominee.birth_date}
        theirs |= Q(**{f"nominee__{name}": value for name, value in same.items()})
        recorded |= Q(**same)
    return _lines(theirs, recorded)


def of_nominee(nominee) -> list[Line]:
    if nominee.kind == NomineeKind.INDIVIDUAL:
        return of_person(nominee)
    if nominee.subject_id:
        return of_unit(nominee.subject, with_names_within=False)
    theirs = Q(nominee__search_name=nominee.search_name, unit=nominee.unit_id)
    recorded = Q(search_name=nominee.search_name, decision__unit=nominee.unit_id, kind=nominee.kind)
    return _lines(theirs, recorded)


def _lines(theirs, recorded, *, except_unit=None) -> list[Line]:
    awards = Award.objects.filter(theirs, decision__state=DecisionState.PUBLISHED).select_related(
        "decision__proposal__form", "unit", "nominee__subject"
    )
    certificates = RecordedAward.objects.filter(recorded, decision__cancelled_at__isnull=True)
    lines = [_of_award(award, except_unit) for award in awards.order_by("-decision__signed_on", "pk")[:SHOWN]]
    lines += [
        Line(
            on=award.decision.signed_on,
            form=award.decision.form.name,
            number=award.decision.number,
            name=f"{award.title} {award.name}".strip(),
            since=award.decision.achievement_from,
            until=award.decision.achievement_to,
            state="Đơn vị ghi nhận",
            tone="info",
            whose=award.decision.unit.name,
        )
        for award in certificates.select_related("decision__form", "decision__unit").order_by(
            "-decision__signed_on", "pk"
        )[:SHOWN]
    ]
    return sorted(lines, key=lambda line: line.on, reverse=True)[:SHOWN]


def _of_award(award, except_unit) -> Line:
    holder = award.nominee.subject or award.unit
    is_own = except_unit is None or holder.pk == except_unit.pk
    return Line(
        on=award.decision.signed_on,
        form=award.decision.proposal.form.name,
        number=award.decision.number,
        name=f"{award.title} {award.name}".strip(),
        since=award.achievement_from,
        until=award.achievement_to,
        state=award.get_state_display(),
        tone=award.tone if award.state != AwardState.PUBLISHED else "gold",
        whose="" if is_own else award.unit_name,
        note="đơn vị tiền thân" if not is_own else "",
    )
