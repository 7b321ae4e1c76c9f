"""Who stands where: scores, bonus and penalty, places. Read from evaluations of verified figures.

Order: the higher total; at equal totals the higher score before bonus and penalty; then a report
on time before a late one. How many criteria apply never counts against a unit. Units still equal
share the place, and the next place stays empty (1, 2, 2, 4).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from core.snapshots import canonical_sha256
from criteria import engine, scoring
from criteria.enums import Operator, Verdict
from registrations.enums import ObligationKind, ReportState
from registrations.evaluation import points_of
from registrations.models import Adjustment, Evaluation, Period, RankingRow
from units.enums import KINDS_OF_TIER
from units.models import BlocMembership, Unit


@dataclass(frozen=True)
class Standing:
    """One unit's sum and, once placed, its place within the group (None: no score, not ranked)."""

    unit: Unit
    group: str
    shares: list[scoring.Share]
    is_late: bool
    adjustments: list[Adjustment] = field(default_factory=list)
    place: int | None = None

    @property
    def score(self) -> Fraction | None:
        return scoring.score(self.shares)

    @property
    def total(self) -> Fraction | None:
        if self.score is None:
            return None
        return self.score + sum(a.points for a in self.adjustments)

    @property
    def met(self) -> int:
        return sum(share.verdict == Verdict.MET for share in self.shares)

    def explanation(self) -> dict:
        """The sum line by line, as plain values: what a published place rests on."""
        return {
            "shares": [
                {"code": s.code, "verdict": s.verdict.value, "full": str(s.full), "earned": str(s.earned)}
                for s in self.shares
            ],
            "score": scoring.stored(self.score),
            "adjustments": [{"points": a.points, "reason": a.reason} for a in self.adjustments],
            "met": self.met,
            "is_late": self.is_late,
        }


def standings(period: Period, tier: str) -> list[Standing]:
    """The units of a tier with verified figures, group by group, best first."""
    criteria_set = period.campaign.criteria_set
    criteria = [c for c in criteria_set.criteria.all() if c.tier == tier]
    points = points_of(criteria, criteria_set.scale)
    evaluations = list(verified_evaluations(period, tier))
    groups = groups_of([e.report.unit for e in evaluations], criteria_set, period.report_last_day)
    adjustments = adjustments_of(period)
    return placed(
        Standing(
            unit=e.report.unit,
            group=groups[e.report.unit_id],
            shares=scoring.shares(results_of(e), points),
            is_late=e.report.is_late,
            adjustments=adjustments[e.report.unit_id],
        )
        for e in evaluations
    )


def verified_evaluations(period: Period, tier: str | None = None):
    """The last evaluation on verified figures of each verified annual report."""
    found = Evaluation.objects.filter(
        report__period=period,
        report__kind=ObligationKind.ANNUAL_REPORT,
        report__state=ReportState.VERIFIED,
        on_verified=True,
    )
    if tier is not None:
        found = found.filter(report__unit__kind__in=KINDS_OF_TIER[tier])
    return found.order_by("report_id", "-id").distinct("report_id").select_related("report__unit")


def results_of(evaluation: Evaluation) -> list[engine.Result]:
    """The stored results as the engine's own."""
    return [
        engine.Result(**row | {"verdict": Verdict(row["verdict"]), "operator": Operator(row["operator"])})
        for row in evaluation.results
    ]


def adjustments_of(period: Period) -> dict[int, list[Adjustment]]:
    """Bonus and penalty that count, by unit."""
    found = defaultdict(list)
    for adjustment in Adjustment.objects.counting().filter(period=period):
        found[adjustment.unit_id].append(adjustment)
    return found


def groups_of(units: Iterable[Unit], criteria_set, day) -> dict[int, str]:
    """Among whom each unit is ranked: its bloc on that day and, where the set says so, the units
    with or without administrative procedures. One group without a name where nothing parts them."""
    units = list(units)
    memberships = BlocMembership.objects.filter(unit__in=units, validity__contains=day)
    blocs = dict(memberships.values_list("unit_id", "bloc__name"))
    return {
        unit.pk: ", ".join(filter(None, [_bloc(unit, blocs), _procedures(unit, criteria_set)]))
        for unit in units
    }


def _bloc(unit, blocs):
    return blocs.get(unit.pk, "Chưa xếp khối") if blocs else ""


def _procedures(unit, criteria_set):
    if not criteria_set.ranks_procedures_apart:
        return ""
    return "có thủ tục hành chính" if unit.has_admin_procedures else "không có thủ tục hành chính"


def placed(found: Iterable[Standing]) -> list[Standing]:
    groups = defaultdict(list)
    for standing in found:
        groups[standing.group].append(standing)
    return [standing for name in sorted(groups) for standing in _placed(groups[name])]


def _placed(group: list[Standing]) -> list[Standing]:
    scored = sorted((s for s in group if s.total is not None), key=lambda s: (_order(s), s.unit.sort_name))
    places, seen = [], {}
    for number, standing in enumerate(scored, start=1):
        places.append(replace(standing, place=seen.setdefault(_order(standing), number)))
    return places + sorted((s for s in group if s.total is None), key=lambda s: s.unit.sort_name)


def _order(standing: Standing) -> tuple:
    return (-standing.total, -standing.score, standing.is_late)


def digest(found: Iterable[Standing]) -> str:
    """Stands for a ranking as somebody saw it."""
    return canonical_sha256(
        [_plain(s.unit, s.group, s.place, scoring.stored(s.total), s.explanation()) for s in found]
    )


def digest_of_rows(rows: Iterable[RankingRow]) -> str:
    """The same of published rows, in the order in which they were placed."""
    return canonical_sha256([_plain(r.unit, r.group, r.place, r.total, r.explanation) for r in rows])


def _plain(unit, group, place, total, explanation) -> dict:
    return {"unit": str(unit.uid), "group": group, "place": place, "total": total} | explanation


def faults_of(rows: Iterable[RankingRow]) -> Iterator[tuple[RankingRow, str]]:
    """Published rows whose total is not the sum of what they say it was made from, or whose place
    does not follow from the totals of their group."""
    groups, broken = defaultdict(list), set()
    for row in rows:
        order = _order_of_row(row)
        if order is None:
            broken.add(row.group)
            yield row, "điểm không khớp cách tính đã ghi"
        elif order:
            groups[row.group].append((order, row))
        elif row.place is not None:
            yield row, "không có điểm mà có hạng"
    for name, group in groups.items():
        if name in broken:
            # Where one total is wrong, nobody can say which places follow.
            continue
        seen = {}
        for number, (order, row) in enumerate(sorted(group, key=lambda pair: pair[0]), start=1):
            place = seen.setdefault(order, number)
            if row.place != place:
                yield row, f"hạng đã ghi {row.place or 'không có'}, tính lại {place}"


def _order_of_row(row: RankingRow) -> tuple | None:
    """As `_order` of a standing; () without a score, None when the row contradicts itself."""
    said = row.explanation
    try:
        score = sum((Fraction(s["earned"]) for s in said["shares"]), Fraction(0)) if said["shares"] else None
        total = None if score is None else score + sum(a["points"] for a in said["adjustments"])
        if (scoring.stored(score), scoring.stored(total)) != (said["score"], row.total):
            return None
        return () if total is None else (-total, -score, said["is_late"])
    except (KeyError, TypeError, ValueError):
        return None
