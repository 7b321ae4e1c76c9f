"""What the engine says of a report's figures: from the figures to a row that never changes.

`Inputs` are plain values by the code of the criterion, the same from a page, from the database in
bulk and from an old row that is played again.
"""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC
from hashlib import sha256

from core.snapshots import canonical_sha256
from criteria import engine, scoring
from criteria.enums import Verdict
from registrations.enums import FigureVerdict
from registrations.models import Evaluation

Inputs = dict[str, dict]

_DECIDED = {FigureVerdict.ACCEPTED.value: Verdict.MET, FigureVerdict.REFUSED.value: Verdict.NOT_MET}


def declared(figure) -> engine.Figure:
    return engine.Figure(
        numerator=figure.numerator,
        denominator=figure.denominator,
        not_applicable=figure.not_applicable,
        answer=figure.answer,
    )


def verified(figure) -> engine.Figure:
    """The figure as the standing body left it: declared, corrected, or missing when refused."""
    if figure.verdict == FigureVerdict.CORRECTED:
        return engine.Figure(
            numerator=figure.verified_numerator,
            denominator=figure.verified_denominator,
            answer=figure.verified_answer,
        )
    if figure.verdict == FigureVerdict.REFUSED:
        return engine.Figure()
    return declared(figure)


def input_of(figure, *, on_verified: bool) -> dict:
    """One figure as the engine gets it, with the standing body's word on it."""
    read = verified if on_verified else declared
    return dict(vars(read(figure))) | {"decision": str(figure.verdict)}


def judge(rules: Iterable[engine.Rule], inputs: Inputs, *, on_verified: bool) -> list[engine.Result]:
    """One result per rule: the engine's and, on verified figures, the standing body's decision on
    the criteria that no number can judge."""
    figures = {code: _figure(values) for code, values in inputs.items()}
    results = engine.evaluate(rules, figures)
    if not on_verified:
        return results
    return [_decided(inputs.get(result.code, {}).get("decision"), result) for result in results]


def _figure(values: Mapping) -> engine.Figure:
    return engine.Figure(
        values["numerator"], values["denominator"], values["not_applicable"], values["answer"]
    )


def _decided(decision, result):
    verdict = _DECIDED.get(decision)
    if result.verdict != Verdict.TO_BE_JUDGED or verdict is None:
        return result
    return replace(result, verdict=verdict, explanation=f"Xét theo minh chứng: {verdict.label.lower()}")


def assess(figures, *, on_verified=False) -> list[engine.Result]:
    """One result per figure of a report, in their order."""
    inputs = {f.criterion.code: input_of(f, on_verified=on_verified) for f in figures}
    return judge([f.criterion.rule() for f in figures], inputs, on_verified=on_verified)


def points_of(criteria, scale) -> dict[str, int | None]:
    """The points that count for these criteria: the scale's if one was issued, else the set's."""
    given = scale.points if scale else {}
    return {c.code: given.get(c.code) if scale else c.points for c in criteria}


def canonical(value) -> str:
    """The text that hashes of plain values stand for (as `core.snapshots` makes it)."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def text_hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def seal(
    *, uid, report_uid, at, on_verified, set_sha256, input_sha256, engine_version, results, summary, score,
    scale_uid,
) -> str:  # fmt: skip
    """SHA-256 of all that an evaluation says; `results` and `summary` are canonical texts, the inputs
    are in by their own hash."""
    said = (
        uid, report_uid, at.astimezone(UTC).isoformat(), on_verified, set_sha256, input_sha256,
        engine_version, results, summary, score, scale_uid or "",
    )  # fmt: skip
    return text_hash("\n".join(map(str, said)))


def seal_of(evaluation: Evaluation) -> str:
    """The seal that the row as it stands would have."""
    return seal(
        uid=evaluation.uid,
        report_uid=evaluation.report.uid,
        at=evaluation.at,
        on_verified=evaluation.on_verified,
        set_sha256=evaluation.set_sha256,
        input_sha256=evaluation.input_sha256,
        engine_version=evaluation.engine_version,
        results=canonical(evaluation.results),
        summary=canonical(evaluation.summary),
        score=evaluation.score,
        scale_uid=evaluation.scale.uid if evaluation.scale else None,
    )


def evaluation_of(report, figures, *, at, on_verified, uid=None) -> Evaluation:
    """What is said of the figures now, not yet stored; `uid` where the row is to be known by a given one."""
    criteria_set = report.period.campaign.criteria_set
    inputs = {f.criterion.code: input_of(f, on_verified=on_verified) for f in figures}
    criteria = [f.criterion for f in figures]
    results = judge([c.rule() for c in criteria], inputs, on_verified=on_verified)
    scale = criteria_set.scale
    evaluation = Evaluation(
        uid=uid or uuid.uuid4(),
        report=report,
        at=at,
        on_verified=on_verified,
        set_sha256=criteria_set.sha256,
        input_sha256=canonical_sha256(inputs),
        engine_version=engine.ENGINE_VERSION,
        inputs=inputs,
        results=[dict(vars(result)) for result in results],
        summary=engine.summarise(results),
        score=scoring.stored(scoring.score(scoring.shares(results, points_of(criteria, scale)))),
        scale=scale,
    )
    evaluation.sha256 = seal_of(evaluation)
    return evaluation


def evaluate(report, *, at, on_verified) -> Evaluation:
    """Store what is said of the figures now; an evaluation never changes, this is a new row."""
    figures = list(report.figures.select_related("criterion"))
    evaluation = evaluation_of(report, figures, at=at, on_verified=on_verified)
    evaluation.save()
    return evaluation
