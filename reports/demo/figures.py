"""Plausible figures: each unit has a standing of its own and does better from year to year."""

from random import Random

from criteria.enums import Operator
from registrations.models import Figure
from reports.demo.texts import TEXTS
from units.enums import Kind

#: what the denominators count in a year, from and to
SIZES = {
    "PROV-1a": (1500, 6000), "PROV-1b": (1500, 6000), "PROV-2": (600, 2500), "PROV-3": (24, 60),
    "PROV-5": (5, 14), "PROV-6": (20, 120), "PROV-7a": (20, 120), "PROV-7b": (20, 120),
    "PROV-8a": (120, 600), "PROV-8b": (800, 9000), "PROV-8c": (60, 150), "PROV-9": (5, 10),
    "PROV-10": (6, 24), "DIST-1": (4000, 12000), "DIST-2a": (40, 90), "DIST-2b": (3000, 9000),
    "DIST-3": (12, 24), "COMM-1": (400, 1600), "COMM-2a": (20, 50), "COMM-2b": (500, 1800),
    "COMM-3": (8, 16), "ENT-3": (5, 80),
}  # fmt: skip
NOT_APPLICABLE = {
    "procedures": ("PROV-6", "PROV-7a", "PROV-7b", "PROV-8a", "PROV-8b", "PROV-8c"),
    "systems": ("PROV-5", "PROV-9"),
    "inspections": ("PROV-10",),
}


def figure(report, criterion, year: int) -> Figure:
    """The figure that the unit declares for one criterion."""
    unit = report.unit
    standing = Random(f"standing/{unit.code}").random()
    rng = Random(f"figure/{year}/{unit.code}/{criterion.code}")
    declared = Figure(report=report, criterion=criterion)
    if criterion.operator == Operator.JUDGED:
        declared.note = TEXTS["judged_notes"][criterion.code]
    elif criterion.operator == Operator.YES_NO:
        declared.answer = rng.random() < 0.5 + 0.3 * standing + 0.05 * (year - 2022)
    elif reason := _not_applicable(unit, criterion.code):
        declared.not_applicable = reason
    else:
        reaches = rng.random() < min(0.99, 0.74 + 0.25 * standing + 0.03 * (year - 2022))
        # What is counted in two criteria is the same number in both.
        count = Random(f"size/{year}/{unit.code}/{criterion.denominator_label}")
        declared.denominator = count.randint(*SIZES[criterion.code])
        declared.numerator = _numerator(rng, criterion, declared.denominator, reaches)
    return declared


def _not_applicable(unit, code: str) -> str:
    why = next((why for why, codes in NOT_APPLICABLE.items() if code in codes), None)
    is_public_body = unit.kind == Kind.DEPARTMENT
    return "" if why is None or is_public_body else TEXTS["not_applicable"][why]


def _numerator(rng: Random, criterion, denominator: int, reaches: bool) -> int:
    """A numerator on the wanted side of the threshold."""
    least = -(-criterion.threshold * denominator // 100)
    if criterion.operator == Operator.GT:
        least = criterion.threshold * denominator // 100 + 1
    if reaches:
        return rng.randint(least, denominator)
    return max(0, least - 1 - rng.randint(0, denominator // 8))
