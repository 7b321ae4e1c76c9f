"""The lines of a verdict page: each criterion with its figure, bar, result and evidence."""

from django.urls import reverse

from criteria.enums import Verdict
from registrations import workflow
from registrations.enums import FigureVerdict, ReportState

FIGURE_FIELDS = ("numerator", "denominator", "answer", "not_applicable", "note")
WORDS = ("narrative", "initiatives", "difficulties")
TONES = {
    FigureVerdict.PENDING: "neutral",
    FigureVerdict.ACCEPTED: "success",
    FigureVerdict.CORRECTED: "warning",
    FigureVerdict.REFUSED: "danger",
}


def figures_for(report, *, is_own: bool):
    """The figures with `readable_evidence`, and the words, as this reader may see them.

    Others than the unit read what was submitted, not what it is changing after a return.
    """
    figures = list(report.figures.select_related("criterion").prefetch_related("evidence__file"))
    words = {name: getattr(report, name) for name in WORDS}
    is_live = is_own or report.state in (ReportState.SUBMITTED, ReportState.VERIFIED)
    for figure in figures:
        evidence = figure.evidence.all()
        if is_live:
            figure.readable_evidence = [e for e in evidence if not e.is_removed]
        else:
            said = report.snapshot["figures"][figure.criterion.code]
            for name in FIGURE_FIELDS:
                setattr(figure, name, said[name])
            figure.readable_evidence = [e for e in evidence if e.file.sha256 in said["evidence"]]
    if not is_live:
        words = {name: report.snapshot[name] for name in WORDS}
    return figures, words


def lines_of(report, figures, *, on_verified=False) -> list[dict]:
    read = workflow.verified if on_verified else workflow.declared
    results = workflow.assess(figures, on_verified=on_verified)
    return [
        {
            "criterion": figure.criterion,
            "figure": figure,
            "value": read(figure),
            "result": result,
            "bar": read(figure).bar,
            "tone": TONES[figure.verdict],
            "files": [
                {
                    "uid": e.file.uid,
                    "name": e.file.name,
                    "size": e.file.size,
                    "url": reverse("registrations:evidence", args=[report.uid, e.file.uid]),
                }
                for e in figure.readable_evidence
            ],
        }
        for figure, result in zip(figures, results, strict=True)
    ]


def tiles_of(lines) -> list[dict]:
    """How many of each verdict there are, for `components/stat_tiles.html`."""
    verdicts = [line["result"].verdict for line in lines]
    return [{"number": verdicts.count(v), "label": v.label, "tone": v.tone} for v in Verdict if v in verdicts]
