"""Two criteria sets side by side: plain values in, differences out."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from criteria.enums import Tier
from criteria.models import CriteriaSet, Criterion

#: the fields that are compared, in the order a reader asks for them
FIELDS = (
    "name", "clause", "text", "demand", "numerator_label", "denominator_label", "exclusion", "unit_word",
    "is_required", "points", "evidence_wanted", "exempt", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """Words as they stand in both (`kind` "same"), only before ("gone") or only now ("new")."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Difference:
    """One criterion of either set; `kind` is "same", "changed", "added" or "removed"."""

    kind: str
    criterion: Criterion
    changes: list[Change]


def compare(old: CriteriaSet, new: CriteriaSet) -> list[tuple[Tier, list[Difference]]]:
    """Criterion by criterion (by code), tier by tier; tiers that neither has are left out."""
    before = {c.code: c for c in old.criteria.all()}
    after = {c.code: c for c in new.criteria.all()}
    found = [_difference(before.get(c.code), c) for c in after.values()]
    found += [Difference("removed", c, []) for c in before.values() if c.code not in after]
    by_tier = [(tier, [d for d in found if d.criterion.tier == tier]) for tier in Tier]
    return [(tier, differences) for tier, differences in by_tier if differences]


def pieces(before: str, after: str) -> list[Piece]:
    """The words of both texts in one line, what changed apart."""
    old, new = _words(before), _words(after)
    found = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece("same", "".join(old[a:b])))
            continue
        if b > a:
            found.append(Piece("gone", "".join(old[a:b])))
        if d > c:
            found.append(Piece("new", "".join(new[c:d])))
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|[^\s]+", text)


def _difference(before: Criterion | None, after: Criterion) -> Difference:
    if before is None:
        return Difference("added", after, [])
    told = [(field, _told(before, field), _told(after, field)) for field in ("tier", *FIELDS)]
    changes = [Change(_label(field), pieces(was, now)) for field, was, now in told if was != now]
    return Difference("changed" if changes else "same", after, changes)


def _label(field: str) -> str:
    return "phép so và ngưỡng" if field == "demand" else str(Criterion._meta.get_field(field).verbose_name)


def _told(criterion: Criterion, field: str) -> str:
    value = getattr(criterion, field)
    if isinstance(value, bool):
        return "có" if value else "không"
    if field in ("tier", "exempt"):
        return getattr(criterion, f"get_{field}_display")()
    if field == "points" and value is None:
        return "chia đều 100 điểm"
    return str(value)
