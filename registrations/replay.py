"""Every evaluation said again from its own inputs, years later: the same answer, or a named difference.

Beside the evaluations stand what they were made from and what was made from them: the figures of
reports that nobody may change now, and the published places.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from core.snapshots import canonical_sha256
from core.vietnamese import format_number
from criteria import engine, scoring
from criteria.models import CriteriaSet, content_hash
from registrations import ranking
from registrations.enums import ReportState
from registrations.evaluation import input_of, judge, points_of, seal_of
from registrations.models import Evaluation, Ranking, Report
from registrations.models.report import UNDER_REVIEW

#: of the report only what names the row: the rest of it is no part of the answer
READ = (
    "uid", "at", "on_verified", "set_sha256", "input_sha256", "engine_version", "inputs", "results",
    "summary", "score", "sha256", "scale__uid", "scale__points", "report__uid", "report__unit__name",
    "report__period__year",
)  # fmt: skip
#: reports whose figures are as they were evaluated last
STANDING = (*UNDER_REVIEW, ReportState.VERIFIED)


@dataclass(frozen=True)
class Difference:
    """`where` names the row, `what` the part of it that differs."""

    where: str
    what: str

    def __str__(self):
        return f"{self.where}: {self.what}"


class _Set:
    """A criteria set as stored now, and whether it still is what its hash says."""

    def __init__(self, criteria_set: CriteriaSet):
        self.is_intact = content_hash(criteria_set.content()) == criteria_set.sha256
        self.criteria = list(criteria_set.criteria.all())


def replay() -> Iterator[tuple[Evaluation, list[Difference]]]:
    """Each evaluation, oldest first, with what it says otherwise than the engine does now."""
    sets = {s.sha256: _Set(s) for s in CriteriaSet.objects.exclude(sha256="")}
    rows = (
        Evaluation.objects.select_related("report__unit", "report__period", "scale")
        .only(*READ)
        .order_by("pk")
    )
    for row in rows.iterator(chunk_size=500):
        where = f"{row.uid} {row.report.unit.name}, năm {row.report.period.year}"
        yield row, [Difference(where, what) for what in _differences(row, sets.get(row.set_sha256))]


def replay_figures() -> Iterator[tuple[Report, list[Difference]]]:
    """Each report whose figures nobody may change now, with those that its last evaluation has otherwise."""
    reports = Report.objects.filter(state__in=STANDING).select_related("unit", "period")
    reports = reports.prefetch_related("figures__criterion").order_by("pk")
    batch = []
    for report in reports.iterator(chunk_size=500):
        batch.append(report)
        if len(batch) == 500:
            yield from _figures_of(batch)
            batch = []
    yield from _figures_of(batch)


def _figures_of(reports) -> Iterator[tuple[Report, list[Difference]]]:
    last = Evaluation.objects.filter(report__in=reports).order_by("report_id", "-id").distinct("report_id")
    said = {e.report_id: e for e in last.only("report_id", "on_verified", "inputs")}
    for report in reports:
        where = f"{report.uid} {report.unit.name}, năm {report.period.year}"
        found = _moved(report, said.get(report.pk))
        yield report, [Difference(where, what) for what in found]


def _moved(report, evaluation: Evaluation | None) -> Iterator[str]:
    is_verified = report.state == ReportState.VERIFIED
    if evaluation is None or evaluation.on_verified != is_verified:
        yield f"chưa có đánh giá cho trạng thái “{report.get_state_display()}”"
        return
    was = dict(evaluation.inputs)
    for figure in report.figures.all():
        code = figure.criterion.code
        now, before = input_of(figure, on_verified=is_verified), was.pop(code, None)
        if not is_verified and before is not None:
            # The words on single figures come while a report is verified; they are evaluated at its end.
            now["decision"] = before.get("decision")
        if before != now:
            yield f"{code}: số liệu hiện nay {_told(now)}, đã đánh giá {_told(before)}"
    yield from (f"{code}: không còn số liệu, đã đánh giá {_told(before)}" for code, before in was.items())


def _told(values: dict | None) -> str:
    if values is None:
        return "chưa có"
    said = [f"{_number(values.get('numerator'))}/{_number(values.get('denominator'))}"]
    if values.get("answer") is not None:
        said = ["có" if values["answer"] else "chưa có"]
    said += [f"không áp dụng: {values['not_applicable']}"] if values.get("not_applicable") else []
    return ", ".join([*said, f"thẩm định: {values.get('decision')}"])


def _number(value) -> str:
    return format_number(value) if isinstance(value, int) else "–"


def replay_rankings() -> Iterator[tuple[Ranking, list[Difference]]]:
    """Each ranking that was published, with the rows that do not come out, and whether its hash does."""
    for shown in Ranking.objects.exclude(state="draft").select_related("period").order_by("pk"):
        # In the order in which they were placed, which the hash follows.
        rows = list(shown.rows.select_related("unit").order_by("pk"))
        found = [Difference(f"{shown}, {row.unit.name}", what) for row, what in ranking.faults_of(rows)]
        if ranking.digest_of_rows(rows) != shown.sha256:
            found.append(Difference(str(shown), "nội dung không khớp mã băm"))
        yield shown, found


def _differences(row: Evaluation, stored: _Set | None) -> Iterator[str]:
    if stored is None:
        yield "không còn bộ tiêu chí có mã băm này"
        return
    if not stored.is_intact:
        yield "nội dung bộ tiêu chí không khớp mã băm"
    if canonical_sha256(row.inputs) != row.input_sha256:
        yield "số liệu đầu vào không khớp mã băm"
    criteria = [c for c in stored.criteria if c.code in row.inputs]
    try:
        results = judge([c.rule() for c in criteria], row.inputs, on_verified=row.on_verified)
    except (ValueError, KeyError, TypeError):
        yield "số liệu đầu vào không đánh giá được"
        return
    yield from _differing_results(row, [dict(vars(result)) for result in results])
    if engine.summarise(results) != row.summary:
        yield "phần tổng hợp"
    score = scoring.score(scoring.shares(results, points_of(criteria, row.scale)))
    if scoring.stored(score) != row.score:
        yield f"điểm: đã ghi {row.score or 'không có'}, tính lại {scoring.stored(score) or 'không có'}"
    if seal_of(row) != row.sha256:
        yield "nội dung dòng không khớp mã băm của dòng"


def _differing_results(row: Evaluation, results: list[dict]) -> Iterator[str]:
    said = {result.get("code"): result for result in row.results}
    for result in results:
        code = result["code"]
        was = said.pop(code, None)
        if was is None:
            yield f"{code}: không có kết luận"
        elif was != result:
            fields = [name for name in result if was.get(name) != result[name]]
            yield f"{code}: {', '.join(fields) or 'thừa nội dung'}"
    yield from (f"{code}: thừa kết luận" for code in said)
