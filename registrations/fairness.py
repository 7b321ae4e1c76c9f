"""How much the places of a tier hang on choices: what does not apply, what each criterion weighs,
who verified. Computed in exact fractions from the standings; nothing is stored."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from django.db.models import Count, Q

from core.vietnamese import format_percent
from criteria import scoring
from criteria.enums import Verdict
from registrations import ranking
from registrations.enums import FigureVerdict, ObligationKind, ReportState
from registrations.models import Figure, Period
from registrations.ranking import Standing
from units.enums import KINDS_OF_TIER

DOUBLE = 2


@dataclass(frozen=True)
class Applicable:
    """The units to which as many criteria apply: how many, their mean score, how many stand first."""

    criteria: int
    units: int
    mean: Fraction
    first: int


@dataclass(frozen=True)
class Moves:
    """What another way of counting would do: how many units change place, by how many at most."""

    units: int
    farthest: int


@dataclass(frozen=True)
class Weight:
    """One criterion left out, and counted twice."""

    code: str
    without: Moves
    doubled: Moves


@dataclass(frozen=True)
class Verifier:
    """How often a person's word was another than the unit's."""

    name: str
    figures: int
    corrected: int
    refused: int

    @property
    def percent(self) -> str:
        return format_percent(self.corrected + self.refused, self.figures)


def by_applicable(found: list[Standing]) -> list[Applicable]:
    groups = defaultdict(list)
    for standing in found:
        if standing.score is not None:
            count = sum(share.verdict != Verdict.NOT_APPLICABLE for share in standing.shares)
            groups[count].append(standing)
    return [
        Applicable(
            count, len(group), sum(s.score for s in group) / len(group), sum(s.place == 1 for s in group)
        )
        for count, group in sorted(groups.items(), reverse=True)
    ]


def without_reweighting(found: list[Standing], weights: Mapping[str, Fraction]) -> Moves:
    """What if the points of criteria that do not apply were lost instead of going to the others?"""
    return _moves(
        found,
        [
            replace(
                s, shares=[replace(share, earned=_bare(share, weights)) for share in s.shares], place=None
            )
            for s in found
        ],
    )


def _bare(share: scoring.Share, weights) -> Fraction:
    return weights[share.code] if share.verdict == Verdict.MET else Fraction(0)


def sensitivity(found: list[Standing], weights: Mapping[str, Fraction]) -> list[Weight]:
    """Each criterion in turn left out and counted twice, the others as they are."""

    def counted(code, times):
        changed = {**weights, code: weights[code] * times}
        return _moves(
            found, [replace(s, shares=scoring.shares(s.shares, changed), place=None) for s in found]
        )

    return [Weight(code, counted(code, 0), counted(code, DOUBLE)) for code in weights]


def _moves(found: list[Standing], otherwise: list[Standing]) -> Moves:
    """Units that would have no score any more count as moved, by no number of places."""
    then = {s.unit.pk: s.place for s in ranking.placed(otherwise)}
    moved = [(s.place, then[s.unit.pk]) for s in found if s.place != then[s.unit.pk]]
    return Moves(len(moved), max((abs(a - b) for a, b in moved if a and b), default=0))


def weights_of(criteria, scale) -> dict[str, Fraction]:
    """What each criterion of a tier weighs: its points, or an equal part of 100."""
    points = ranking.points_of(criteria, scale)
    if any(points.values()):
        return {code: Fraction(given or 0) for code, given in points.items()}
    return dict.fromkeys(points, Fraction(scoring.FULL_MARK, len(points) or 1))


def verifiers(period: Period, tier: str) -> list[Verifier]:
    """By person, those who gave a word on figures of the tier's verified reports."""
    rows = Figure.objects.filter(
        report__period=period,
        report__kind=ObligationKind.ANNUAL_REPORT,
        report__state=ReportState.VERIFIED,
        report__unit__kind__in=KINDS_OF_TIER[tier],
        verified_by__isnull=False,
    )
    told = (
        rows.order_by()
        .values("verified_by__full_name")
        .annotate(
            figures=Count("pk"),
            corrected=Count("pk", filter=Q(verdict=FigureVerdict.CORRECTED)),
            refused=Count("pk", filter=Q(verdict=FigureVerdict.REFUSED)),
        )
        .order_by("verified_by__full_name")
    )
    return [Verifier(*row.values()) for row in told]
