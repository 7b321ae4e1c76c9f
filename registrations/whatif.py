"""What another criteria set would change, on verified figures or a unit's own. Nothing is stored."""

from collections import Counter
from dataclasses import dataclass, replace

from criteria import engine, scoring
from criteria.enums import Verdict
from registrations import ranking
from registrations.enums import ReportState
from registrations.evaluation import judge, points_of
from registrations.models import Period
from units.enums import Tier
from units.models import Unit


@dataclass(frozen=True)
class Change:
    """A verdict on one criterion that would be another."""

    code: str
    before: Verdict
    after: Verdict
    explanation: str


@dataclass(frozen=True)
class Flip:
    """A unit whose verdicts, standard as a whole or place would change."""

    unit: Unit
    changes: list[Change]
    was_met: bool
    is_met: bool
    place_before: int | None
    place_after: int | None

    @property
    def turns(self) -> bool:
        return self.was_met != self.is_met


@dataclass(frozen=True)
class WhatIf:
    """`gains` and `losses` count units by criterion; `unmeasured` are criteria without figures."""

    period: Period
    units: int
    flips: list[Flip]
    gains: Counter
    losses: Counter
    unmeasured: list[str]


def last_measured() -> Period | None:
    """The last year with verified figures."""
    measured = Period.objects.filter(reports__state=ReportState.VERIFIED)
    return measured.select_related("campaign__criteria_set").order_by("-year").first()


def what_if(criteria_set, period: Period) -> WhatIf:
    """Hold the verified figures of `period` against `criteria_set` instead of the period's own."""
    flips, units, known, tiers = [], 0, set(), set()
    for tier in Tier.values:
        evaluations = list(ranking.verified_evaluations(period, tier))
        units += len(evaluations)
        tiers |= {tier} if evaluations else set()
        known |= {code for e in evaluations for code in e.inputs}
        flips += _flips_of_tier(criteria_set, period, tier, evaluations)
    flips.sort(key=lambda flip: (not flip.turns, flip.unit.sort_name))
    gains = Counter(c.code for f in flips for c in f.changes if c.after == Verdict.MET)
    losses = Counter(c.code for f in flips for c in f.changes if c.before == Verdict.MET)
    asked = [c.code for c in criteria_set.criteria.all() if c.tier in tiers]
    unmeasured = [code for code in asked if code not in known]
    return WhatIf(period, units, flips, gains, losses, unmeasured)


def _flips_of_tier(criteria_set, period, tier, evaluations):
    criteria = [c for c in criteria_set.criteria.all() if c.tier == tier]
    points = points_of(criteria, criteria_set.scale)
    after = {}
    for evaluation in evaluations:
        rules = [c.rule() for c in criteria if c.code in evaluation.inputs]
        after[evaluation.report.unit_id] = judge(rules, evaluation.inputs, on_verified=True)
    now = ranking.standings(period, tier)
    groups = ranking.groups_of([s.unit for s in now], criteria_set, period.report_last_day)
    then = ranking.placed(
        replace(s, group=groups[s.unit.pk], shares=scoring.shares(after[s.unit.pk], points), place=None)
        for s in now
    )
    before_of, after_of = ({s.unit.pk: s.place for s in found} for found in (now, then))
    for evaluation in evaluations:
        unit = evaluation.report.unit
        before, results = ranking.results_of(evaluation), after[unit.pk]
        flip = Flip(
            unit=unit,
            changes=changes(before, results),
            was_met=engine.summarise(before)["required_met"],
            is_met=engine.summarise(results)["required_met"],
            place_before=before_of[unit.pk],
            place_after=after_of[unit.pk],
        )
        if flip.changes or flip.turns or flip.place_before != flip.place_after:
            yield flip


def changes(before: list[engine.Result], after: list[engine.Result]) -> list[Change]:
    """The criteria of both whose verdict differs."""
    said = {result.code: result.verdict for result in before}
    return [
        Change(r.code, said[r.code], r.verdict, r.explanation)
        for r in after
        if r.code in said and said[r.code] != r.verdict
    ]
