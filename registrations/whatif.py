"""What another criteria set would change, on verified figures or a unit's own. Nothing is stored."""

from collections import Counter
from collections.abc import Mapping
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
    """What would be otherwise about one criterion: mostly its verdict; `after` is None where the set
    does not ask it any more."""

    code: str
    name: str
    before: Verdict
    after: Verdict | None
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
    names = {c.code: c.name for c in [*period.campaign.criteria_set.criteria.all(), *criteria]}
    before_of, after_of = ({s.unit.pk: s.place for s in found} for found in (now, then))
    for evaluation in evaluations:
        unit = evaluation.report.unit
        before, results = ranking.results_of(evaluation), after[unit.pk]
        flip = Flip(
            unit=unit,
            changes=changes(before, results, names),
            was_met=engine.summarise(before)["required_met"],
            is_met=engine.summarise(results)["required_met"],
            place_before=before_of[unit.pk],
            place_after=after_of[unit.pk],
        )
        if flip.changes or flip.turns or flip.place_before != flip.place_after:
            yield flip


def changes(
    before: list[engine.Result], after: list[engine.Result], names: Mapping[str, str]
) -> list[Change]:
    """The criteria that would be answered otherwise, or stand no longer in the way, or newly do."""
    now = {result.code: result for result in after}
    found = [_change(was, now.get(was.code)) for was in before]
    return [Change(code, names[code], *rest) for code, *rest in filter(None, found)]


def _change(was: engine.Result, now: engine.Result | None) -> tuple | None:
    stood_in_the_way = was.verdict not in (Verdict.MET, Verdict.NOT_APPLICABLE)
    if now is None:
        told = "Bộ này không còn tiêu chí đó."
        return (was.code, was.verdict, None, told) if stood_in_the_way else None
    if was.verdict != now.verdict:
        return was.code, was.verdict, now.verdict, now.explanation
    if was.is_required != now.is_required and stood_in_the_way:
        told = "Nay là bắt buộc." if now.is_required else "Không còn bắt buộc."
        return was.code, was.verdict, now.verdict, told
    return None
