"""The figures and words of a report before it is submitted: begun, saved, kept to compare with."""

from django.db import transaction

from core import clock, files
from core.models import Event
from core.transitions import Refused
from registrations.enums import ObligationKind, ReportState
from registrations.models import Figure, FigureEvidence, Initiative, Report, ReportDraft

EDITABLE_REPORT = (ReportState.DRAFT, ReportState.RETURNED)
#: how many of the latest saved drafts of a report are kept to compare with
KEPT_DRAFTS = 200
REPORT_WORDS = ("narrative", "practices", "difficulties", "proposals")
#: what a unit says of one criterion
FIGURE_FIELDS = ("numerator", "denominator", "answer", "not_applicable", "excluded", "note")
INITIATIVE_PARTS = ("name", "authors", "effect", "recognition")


def criteria_of(report):
    """The criteria the report answers: those of the unit's tier in the campaign's set."""
    return report.period.campaign.criteria_set.criteria.filter(tier=report.unit.tier)


def start_report(period, unit, *, by, kind=ObligationKind.ANNUAL_REPORT, acting=None) -> Report:
    with transaction.atomic():
        now = clock.now()
        report, created = Report.objects.get_or_create(
            period=period, unit=unit, kind=kind, defaults={"created_at": now, "saved_at": now, "saved_by": by}
        )
        if created:
            Figure.objects.bulk_create(Figure(report=report, criterion=c) for c in criteria_of(report))
            keep_report(report)
            Event.record("start", report, by=by, acting=acting, after=report.state)
    return report


def content_of_report(report) -> dict:
    """What the unit has written, as plain values; `save_report` takes the same shape."""
    return {
        "figures": {
            f.criterion.code: {name: getattr(f, name) for name in FIGURE_FIELDS}
            for f in report.figures.select_related("criterion")
        },
        "initiatives": [
            {"key": str(i.key), **{part: getattr(i, part) for part in INITIATIVE_PARTS}}
            for i in report.initiatives.all()
        ],
        **{name: getattr(report, name) for name in REPORT_WORDS},
    }


def report_snapshot(report) -> dict:
    """All that is submitted, as plain values."""
    content = content_of_report(report)
    for figure in report.figures.select_related("criterion").prefetch_related("evidence__file"):
        kept = [e.file.sha256 for e in figure.evidence.all() if not e.is_removed]
        content["figures"][figure.criterion.code]["evidence"] = kept
    return {
        "unit": {"uid": str(report.unit.uid), "code": report.unit.code, "name": report.unit.name},
        "year": report.period.year,
        "kind": str(report.kind),
        **content,
        "initiatives": [{part: i[part] for part in INITIATIVE_PARTS} for i in content["initiatives"]],
    }


def save_report(
    report, *, by, version: int, content: dict | None, evidence=(), removed=(), acting=None
) -> bool:
    """Save what was written over version `version`, in the shape of `content_of_report`.

    False when somebody else has changed words or figures since: then only the files are kept,
    for a file more overwrites nobody's work. Content None keeps only the files too.
    `evidence` are pairs (criterion code, upload), `removed` uids of files to take away.
    """
    with transaction.atomic():
        draft = Report.objects.select_for_update().get(pk=report.pk)
        if not by.has_perm("registrations.edit_report", draft):
            raise Refused("Bạn không có quyền sửa báo cáo này.", status=403)
        if draft.state not in EDITABLE_REPORT:
            raise Refused(f"Không sửa được: báo cáo đang ở trạng thái “{draft.get_state_display()}”.")
        stored = content_of_report(draft)
        is_current = version == draft.version or report_at(draft, version) == stored
        is_changed = _attach(draft, evidence, by, acting)
        if is_current:
            is_changed |= _remove(draft, removed, by, acting)
            if content is not None and content != stored:
                _write(draft, content, stored)
                is_changed = True
        if is_changed:
            draft.version += 1
            draft.saved_at, draft.saved_by = clock.now(), by
            draft.save()
            keep_report(draft)
    report.refresh_from_db()
    return is_current


def _attach(draft, evidence, by, acting) -> bool:
    for code, upload in evidence:
        figure = draft.figures.get(criterion__code=code)
        file = files.store(upload, by=by, accept=tuple(files.EXTENSIONS))
        FigureEvidence.objects.create(figure=figure, file=file)
        _record_file("attach", draft, figure, file, by, acting)
    return bool(evidence)


def _remove(draft, removed, by, acting) -> bool:
    """The file stays stored and in the history; it only is no evidence any more."""
    rows = FigureEvidence.objects.filter(figure__report=draft, file__uid__in=removed, is_removed=False)
    rows = list(rows.select_related("file", "figure__criterion"))
    for row in rows:
        row.is_removed, row.removed_at, row.removed_by = True, clock.now(), by
        row.save()
        _record_file("detach", draft, row.figure, row.file, by, acting)
    return bool(rows)


def _record_file(act, draft, figure, file, by, acting) -> None:
    data = {"criterion": figure.criterion.code, "file": str(file.uid), "sha256": file.sha256}
    Event.record(act, draft, by=by, acting=acting, data=data)


def _write(draft, content, stored) -> None:
    """Put the words into a locked draft, which the caller saves, and the rest into its rows."""
    for name in REPORT_WORDS:
        setattr(draft, name, content[name])
    for figure in draft.figures.select_related("criterion"):
        code = figure.criterion.code
        if content["figures"][code] != stored["figures"][code]:
            Figure.objects.filter(pk=figure.pk).update(**content["figures"][code])
    if content["initiatives"] != stored["initiatives"]:
        draft.initiatives.all().delete()
        Initiative.objects.bulk_create(
            Initiative(report=draft, position=n, **row) for n, row in enumerate(content["initiatives"])
        )


def keep_report(draft) -> None:
    """Remember the draft as it now stands, for whoever still writes over an older version."""
    ReportDraft.objects.create(
        report=draft,
        version=draft.version,
        content=content_of_report(draft),
        saved_at=draft.saved_at,
        saved_by=draft.saved_by,
    )
    draft.drafts.filter(version__lte=draft.version - KEPT_DRAFTS).delete()


def report_at(report, version: int) -> dict | None:
    """What stood in the report at `version`; None when it is no longer kept."""
    kept = report.drafts.filter(version__lte=version).last()
    return kept.content if kept else None
