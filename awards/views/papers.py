"""What of a dossier several pages show: its papers, its checklist, what was asked to be supplemented."""

from collections import defaultdict

from django.db.models import Count
from django.urls import reverse

from awards import checklist, checks
from awards.models import DossierDocument
from core.models import SignatureReading


def papers_of(dossier) -> dict:
    """The dossier's own papers, and the checklist of its rule set; those of nominees are on their pages."""
    documents = dossier.documents.filter(is_removed=False, nominee__isnull=True)
    documents = documents.select_related("file__reading")
    rule_set = checks.rule_set_of(dossier)
    return {
        "rule_set": rule_set,
        "checklist": _checklist(dossier, rule_set) if rule_set else [],
        "documents": [_paper(dossier, d) for d in documents.order_by("kind", "pk")],
    }


def _checklist(dossier, rule_set):
    """The lines, each with what the signatures on its papers say, verdicts counted; none of them blocks."""
    papers = DossierDocument.objects.filter(dossier=dossier, is_removed=False, file__reading__isnull=False)
    found = papers.order_by().values_list(
        "kind", "nominee__kind", "file__reading__state", "file__reading__verdict"
    )
    counts = defaultdict(list)
    for kind, of, state, verdict, number in found.annotate(Count("pk")):
        reading = SignatureReading(state=state, verdict=verdict)
        counts[kind, of or ""].append({"label": reading.label, "tone": reading.tone, "number": number})
    lines = checklist.lines_of(dossier, rule_set)
    for line in lines:
        line.signatures = counts[line.requirement.kind, line.requirement.nominee_kind]
    return lines


def nominee_papers(dossier, nominee) -> list[dict]:
    documents = dossier.documents.filter(is_removed=False, nominee=nominee).select_related("file__reading")
    return [_paper(dossier, d) for d in documents.order_by("kind", "pk")]


def open_request(dossier) -> dict | None:
    """What the desk has asked for and still waits for, item by item."""
    asked = dossier.supplement_requests.filter(closed_at__isnull=True).first()
    if asked is None:
        return None
    return {"request": asked, "items": list(asked.items.select_related("nominee"))}


def past_requests(dossier) -> list:
    return list(
        dossier.supplement_requests.filter(closed_at__isnull=False)
        .select_related("requested_by")
        .prefetch_related("items__nominee")
        .order_by("-number")
    )


def _paper(dossier, document) -> dict:
    note = document.get_kind_display()
    if document.is_certified:
        note = f"{note}, có xác nhận của cấp trình"
    return {
        "name": document.file.name,
        "size": document.file.size,
        "file": document.file,
        "note": note,
        "url": reverse("awards:dossier_file", args=[dossier.uid, document.file.uid]),
        "remove_url": reverse("awards:remove_document", args=[dossier.uid, document.file.uid]),
    }
