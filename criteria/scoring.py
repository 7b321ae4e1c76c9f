"""Points: plain values in, exact fractions out. No Django, no clock, nothing rounded.

All or nothing per criterion. Criteria that do not apply take no part: what they are worth goes to
the others in proportion, so that the full mark of every unit of a tier is the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from core.vietnamese import format_number
from criteria.engine import Result
from criteria.enums import Verdict

#: shared equally where no points are given
FULL_MARK = 100


@dataclass(frozen=True)
class Share:
    """What one criterion is worth to a unit (`full`, 0 when it does not apply) and what the unit earned."""

    code: str
    verdict: Verdict
    full: Fraction
    earned: Fraction


def shares(results: Iterable[Result], points: Mapping[str, int | None]) -> list[Share]:
    """One share per result. `points` are those of every criterion by code; with none at all, 100
    are shared equally. Empty when no criterion applies: such a unit has no score."""
    results = list(results)
    given = {r.code: points.get(r.code) for r in results}
    weights = given if any(given.values()) else dict.fromkeys(given, Fraction(FULL_MARK, len(given) or 1))
    weights = {code: Fraction(weight or 0) for code, weight in weights.items()}
    applicable = sum(weights[r.code] for r in results if r.verdict != Verdict.NOT_APPLICABLE)
    if not applicable:
        return []
    growth = sum(weights.values()) / applicable
    return [_share(r, weights[r.code] * growth) for r in results]


def score(of: Iterable[Share]) -> Fraction | None:
    """What was earned in all; None without shares."""
    of = list(of)
    return sum((share.earned for share in of), Fraction(0)) if of else None


def stored(value: Fraction | None) -> str:
    """The exact value as text: "1000/13", "95", "" for none."""
    return "" if value is None else str(value)


def read(text: str) -> Fraction | None:
    return Fraction(text) if text else None


def shown(value: Fraction | None) -> str:
    """Two decimals for people, rounded half up: "76,92"; "–" for none."""
    if value is None:
        return "–"
    hundredths = (abs(value) * 200 + 1) // 2
    whole, fraction = divmod(int(hundredths), 100)
    sign = "−" if value < 0 and hundredths else ""
    return f"{sign}{format_number(whole)},{fraction:02}"


def _share(result: Result, full: Fraction) -> Share:
    if result.verdict == Verdict.NOT_APPLICABLE:
        full = Fraction(0)
    return Share(result.code, result.verdict, full, full if result.verdict == Verdict.MET else Fraction(0))
