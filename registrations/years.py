"""A unit's annual figures over the years, its predecessors' included.

Read from stored evaluations: of verified figures where the standing body has finished, else of
the declared ones, and marked so.
"""

from dataclasses import dataclass, field

from criteria import engine
from criteria.enums import Operator, Verdict
from criteria.models import Criterion
from registrations.enums import ObligationKind
from registrations.models import Evaluation, Report
from units.lineage import Lineage
from units.models import Unit


@dataclass(frozen=True)
class Said:
    """What was said of one criterion in one report."""

    report: Report
    result: engine.Result
    figure: engine.Figure
    is_verified: bool

    @property
    def bar(self) -> str | None:
        return self.figure.bar


@dataclass(frozen=True)
class Column:
    """One report: of the unit, or in the years before it of a predecessor."""

    report: Report
    is_verified: bool
    is_predecessor: bool
    met: int
    applicable: int

    @property
    def year(self) -> int:
        return self.report.period.year


@dataclass(frozen=True)
class Row:
    """One criterion, known by its code through all sets; the newest wording is shown."""

    criterion: Criterion
    cells: list[Said | None]


@dataclass(frozen=True)
class History:
    unit: Unit
    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def said_in(report: Report, *, verified_only=False) -> dict[str, Said]:
    """Criterion code → what the last evaluation says; of a finished verification if there was one."""
    evaluation = _evaluation(report)
    if evaluation is None or (verified_only and not evaluation.on_verified):
        return {}
    return {
        result["code"]: Said(
            report, _result(result), _figure(evaluation.inputs[result["code"]]), evaluation.on_verified
        )
        for result in evaluation.results
    }


def _evaluation(report) -> Evaluation | None:
    """The last one; while a report is verified anew, that of what was declared."""
    evaluations = report.evaluations.all()
    if report.state not in ("verified", "contested"):
        evaluations = [e for e in evaluations if not e.on_verified]
    return max(evaluations, key=lambda e: (e.on_verified, e.pk), default=None)


def _result(values: dict) -> engine.Result:
    verdict, operator = Verdict(values["verdict"]), Operator(values["operator"])
    return engine.Result(**{**values, "verdict": verdict, "operator": operator})


def _figure(values: dict) -> engine.Figure:
    return engine.Figure(
        values["numerator"], values["denominator"], values["not_applicable"], values["answer"]
    )


def last_year(report: Report) -> dict[str, Said]:
    """The verified figures of the year before: the unit's own, else those of its only predecessor."""
    annual = Report.objects.filter(kind=ObligationKind.ANNUAL_REPORT, period__year=report.period.year - 1)
    annual = annual.select_related("unit", "period").prefetch_related("evaluations")
    found = list(annual.filter(unit=report.unit_id))
    if not found:
        found = list(annual.filter(unit__in=Lineage().predecessors([report.unit_id])))
    return said_in(found[0], verified_only=True) if len(found) == 1 else {}


def history_of(unit: Unit, reports) -> History:
    """The annual reports among `reports`, which the caller has narrowed to what the reader may see."""
    units = {unit.pk} | Lineage().predecessors([unit.pk])
    chosen = reports.filter(
        unit__in=units, kind=ObligationKind.ANNUAL_REPORT, first_submitted_at__isnull=False
    )
    chosen = chosen.select_related("unit", "period__campaign").prefetch_related("evaluations")
    chosen = sorted(chosen, key=lambda r: (r.period.year, r.unit_id == unit.pk, r.unit.sort_name))
    said = {report.pk: said_in(report) for report in chosen}
    columns = [_column(report, said[report.pk], unit) for report in chosen]
    codes = {code for of_report in said.values() for code in of_report}
    sets = {report.period.campaign.criteria_set_id for report in chosen}
    known = Criterion.objects.filter(criteria_set__in=sets, code__in=codes)
    newest = {c.code: c for c in known.order_by("criteria_set__valid_from", "position")}
    rows = [
        Row(criterion, [said[report.pk].get(criterion.code) for report in chosen])
        for criterion in sorted(newest.values(), key=lambda c: c.position)
    ]
    return History(unit, columns, rows)


def _column(report, said, unit) -> Column:
    verdicts = [one.result.verdict for one in said.values()]
    return Column(
        report=report,
        is_verified=any(one.is_verified for one in said.values()),
        is_predecessor=report.unit_id != unit.pk,
        met=verdicts.count(Verdict.MET),
        applicable=len(verdicts) - verdicts.count(Verdict.NOT_APPLICABLE),
    )
