"""All reports of a period evaluated in one go: fetched, judged and copied in, batch by batch.

The same functions say the verdicts as for a single report (`registrations.evaluation`); only the
way in and out is wider. While PostgreSQL takes in one row, Python judges the next.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.db import connection, transaction

from core import clock
from criteria import engine, scoring
from registrations.enums import FigureVerdict, ReportState
from registrations.evaluation import canonical, judge, points_of, seal, text_hash
from registrations.models import Evaluation, Figure, Period, Report
from registrations.models.report import UNDER_REVIEW
from units.enums import TIER_OF_KIND, Tier

BATCH = 500
COLUMNS = (
    "uid", "report_id", "at", "on_verified", "set_sha256", "input_sha256", "engine_version",
    "inputs", "results", "summary", "score", "scale_id", "sha256",
)  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """What is said of one report, not yet stored."""

    report_id: int
    report_uid: uuid.UUID
    on_verified: bool
    inputs: dict
    results: list[engine.Result]
    score: str


class Book:
    """A period's criteria set, read once: rules and points by tier, codes by criterion."""

    def __init__(self, period: Period):
        self.set = period.campaign.criteria_set
        self.scale = self.set.scale
        criteria = list(self.set.criteria.all())
        self.codes = {criterion.pk: criterion.code for criterion in criteria}
        self.rules = {tier: [c.rule() for c in criteria if c.tier == tier] for tier in Tier.values}
        self.points = points_of(criteria, self.scale)


def reports_of(period: Period):
    """The reports whose figures stand: under review or verified, not those being changed."""
    return Report.objects.filter(period=period, state__in=[*UNDER_REVIEW, ReportState.VERIFIED])


def batches(reports) -> Iterator[list[tuple[int, str, str, uuid.UUID]]]:
    """(pk, state, kind of unit, uid) of the reports, at most `BATCH` at a time."""
    last = 0
    while True:
        rows = reports.filter(pk__gt=last).order_by("pk")
        batch = list(rows.values_list("pk", "state", "unit__kind", "uid")[:BATCH])
        if not batch:
            return
        yield batch
        last = batch[-1][0]


def judged(book: Book, batch) -> Iterator[Judged]:
    """The verdicts on each report of the batch, fetched together."""
    figures = defaultdict(dict)
    for report_id, criterion_id, *values in Figure.objects.filter(
        report__in=[pk for pk, *_ in batch]
    ).values_list(
        "report_id", "criterion_id", "verdict", "numerator", "denominator", "not_applicable", "answer",
        "verified_numerator", "verified_denominator", "verified_answer",
    ).order_by():  # fmt: skip
        figures[report_id][book.codes[criterion_id]] = values
    for report_id, state, kind, report_uid in batch:
        on_verified = state == ReportState.VERIFIED
        inputs = {code: _input(on_verified, *values) for code, values in figures[report_id].items()}
        rules = [rule for rule in book.rules[TIER_OF_KIND[kind]] if rule.code in inputs]
        results = judge(rules, inputs, on_verified=on_verified)
        score = scoring.score(scoring.shares(results, book.points))
        yield Judged(report_id, report_uid, on_verified, inputs, results, scoring.stored(score))


def _input(
    on_verified, verdict, numerator, denominator, not_applicable, answer, corrected, over, answered
) -> dict:
    """As `evaluation.input_of`, from the columns of a figure."""
    if on_verified and verdict == FigureVerdict.CORRECTED:
        numerator, denominator, not_applicable, answer = corrected, over, "", answered
    elif on_verified and verdict == FigureVerdict.REFUSED:
        numerator, denominator, not_applicable, answer = None, None, "", None
    return {
        "numerator": numerator,
        "denominator": denominator,
        "not_applicable": not_applicable,
        "answer": answer,
        "decision": verdict,
    }


def evaluate_period(period: Period, *, on_progress=lambda done: None) -> tuple[int, int]:
    """Store an evaluation of every report whose figures, set, scale or engine are new since its
    last one; returns how many are new and how many stay as they are."""
    book = Book(period)
    new = seen = 0
    for batch in batches(reports_of(period)):
        with transaction.atomic():
            # No one changes a figure between its reading and its evaluation.
            ids = [pk for pk, *_ in batch]
            locked = set(reports_of(period).filter(pk__in=ids).select_for_update().values_list("pk", "state"))
            standing = [row for row in batch if row[:2] in locked]
            rows = _rows(book, standing)
            copied = _copy(rows)
        new, seen = new + copied, seen + len(standing)
        on_progress(seen)
    return new, seen - new


def _rows(book: Book, batch) -> Iterator[str]:
    """The lines of a COPY, for the reports whose last evaluation said something else."""
    last = {
        report_id: said
        for report_id, *said in Evaluation.objects.filter(report__in=[pk for pk, *_ in batch])
        .order_by("report_id", "-id")
        .distinct("report_id")
        .values_list("report_id", "on_verified", "set_sha256", "input_sha256", "engine_version", "scale_id")
    }
    at, scale_id = clock.now(), book.scale.pk if book.scale else None
    scale_uid = book.scale.uid if book.scale else None
    found = judged(book, batch)
    for one in found:
        inputs = canonical(one.inputs)
        said = [one.on_verified, book.set.sha256, text_hash(inputs), engine.ENGINE_VERSION, scale_id]
        if last.get(one.report_id) == said:
            continue
        uid, results = uuid.uuid4(), canonical([vars(r) for r in one.results])
        summary = canonical(engine.summarise(one.results))
        sealed = seal(
            uid=uid,
            report_uid=one.report_uid,
            at=at,
            on_verified=one.on_verified,
            set_sha256=book.set.sha256,
            input_sha256=said[2],
            engine_version=engine.ENGINE_VERSION,
            results=results,
            summary=summary,
            score=one.score,
            scale_uid=scale_uid,
        )
        yield _line(
            uid,
            one.report_id,
            at.isoformat(),
            *said[:4],
            inputs,
            results,
            summary,
            one.score,
            scale_id,
            sealed,
        )


def _line(*values) -> str:
    """One line of a COPY. JSON writes tabs and line ends as escapes: only the backslash is left."""
    return "\t".join(r"\N" if v is None else str(v).replace("\\", "\\\\") for v in values) + "\n"


def _copy(rows: Iterator[str]) -> int:
    """Stream the rows in; returns how many there were."""
    first = next(rows, None)
    if first is None:
        return 0
    # Asking for the first row has read the batch: no query runs while the copy does.
    table = Evaluation._meta.db_table
    statement = f"COPY {table} ({', '.join(COLUMNS)}) FROM STDIN"
    with connection.cursor() as cursor:
        with cursor.copy(statement) as copy:
            for row in chain([first], rows):
                copy.write(row)
        return cursor.rowcount
