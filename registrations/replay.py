"""Every evaluation said again from its own inputs, years later: the same answer, or a named difference."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.snapshots import canonical_sha256
from criteria import engine, scoring
from criteria.models import CriteriaSet, content_hash
from registrations.evaluation import judge, points_of
from registrations.models import Evaluation

#: of the report only what names the row: the rest of it is no part of the answer
READ = (
    "uid", "on_verified", "set_sha256", "input_sha256", "engine_version", "inputs", "results", "summary",
    "score", "scale__points", "report__unit__name", "report__period__year",
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """`what` says which part of the row differs, with the criterion where there is one."""

    evaluation: Evaluation
    what: str

    def __str__(self):
        row = self.evaluation
        return f"{row.uid} {row.report.unit.name}, năm {row.report.period.year}: {self.what}"


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
        yield row, [Difference(row, what) for what in _differences(row, sets.get(row.set_sha256))]


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
