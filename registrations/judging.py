"""What persons have decided of someone by the criteria no number can judge: read, never invented."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from criteria import engine
from criteria.enums import Operator
from registrations.enums import FigureVerdict
from registrations.evaluation import judge
from registrations.models import Judgement

_DECISION = {True: FigureVerdict.ACCEPTED.value, False: FigureVerdict.REFUSED.value}


def judgements_of(subjects: Iterable[UUID]) -> dict[UUID, dict[str, Judgement]]:
    """The decision that counts, by subject and code of the criterion; in one query."""
    found: dict[UUID, dict[str, Judgement]] = defaultdict(dict)
    rows = Judgement.objects.filter(subject_uid__in=subjects).select_related("criterion", "judged_by")
    for row in rows.order_by("pk"):
        found[row.subject_uid][row.criterion.code] = row
    return found


def results_of(criteria, decided: dict[str, Judgement]) -> list[engine.Result]:
    """One result per judged criterion of `criteria`; "to be judged" until a person has decided."""
    chosen = [c for c in criteria if c.operator == Operator.JUDGED]
    nothing = vars(engine.Figure())
    inputs = {
        c.code: dict(nothing) | {"decision": _DECISION[decided[c.code].is_met] if c.code in decided else ""}
        for c in chosen
    }
    return judge([c.rule() for c in chosen], inputs, on_verified=True)
