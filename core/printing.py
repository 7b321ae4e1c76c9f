"""What a page shows of one printed document: its PDF with its parts, the Word file beside it.

`templates/components/document.html` shows it; the page's own addresses are `…/` for the PDF, `…/word/`
and `…/<part>/` under one base, so that each page keeps its own doors.
"""

from core import rendering
from core.models import File
from core.models.document import DocumentFormat, DocumentState


def card(obj, kind, *, since=None) -> dict:
    """The latest document of `obj` in both formats; none that was asked for before `since`."""
    document, word = (rendering.latest(obj, kind, format) for format in DocumentFormat)
    if document is None or (since and document.requested_at < since):
        return {"document": None, "word": None, "parts": [], "progress": "", "is_under_way": False}
    if word and word.requested_at < document.requested_at:
        word = None
    parts = list(document.parts.select_related("file").order_by("part"))
    steps = f"{document.done}/{document.total}" if document.total else ""
    return {
        "document": document,
        "word": word,
        "parts": parts,
        "progress": steps and (f"đã xong {steps} tệp" if parts else f"bước {steps}"),
        "is_under_way": document.is_under_way or bool(word and word.is_under_way),
    }


def file_of(shown: dict, *, format=DocumentFormat.PDF, part: int | None = None) -> File | None:
    """The file behind one of the card's links, None while it is not there."""
    row = shown["word"] if format == DocumentFormat.DOCX else shown["document"]
    if part is not None:
        row = next((row for row in shown["parts"] if row.part == part), None)
    return row.file if row and row.state == DocumentState.READY else None


def retry(shown: dict) -> None:
    """Render again what failed, in whichever format."""
    for row in (shown["document"], shown["word"]):
        if row:
            rendering.retry(row)
