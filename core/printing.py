"""What a page shows of one printed document: its PDF with its parts, the Word file beside it.

`templates/components/document.html` shows it; the page's own addresses are `…/` for the PDF, `…/word/`
and `…/<part>/` under one base, so that each page keeps its own doors.
"""

from core import rendering
from core.models import Document, File
from core.models.document import DocumentFormat, DocumentState


def card(obj, kind, *, since=None) -> dict:
    """The latest document of `obj` in its formats; none that was asked for before `since`."""
    document, *others = (rendering.latest(obj, kind, format) for format in DocumentFormat)
    if document is None or (since and document.requested_at < since):
        return {
            "document": None,
            "word": None,
            "excel": None,
            "parts": [],
            "progress": "",
            "is_under_way": False,
        }
    # What was made of an earlier wording does not stand beside the file of today.
    word, excel = (row if row and row.requested_at >= document.requested_at else None for row in others)
    parts = list(document.parts.select_related("file").order_by("part"))
    steps = f"{document.done}/{document.total}" if document.total else ""
    return {
        "document": document,
        "word": word,
        "excel": excel,
        "parts": parts,
        "progress": steps and (f"đã xong {steps} tệp" if parts else f"bước {steps}"),
        "is_under_way": any(row.is_under_way for row in (document, word, excel) if row),
    }


def row_of(shown: dict, format=DocumentFormat.PDF) -> Document | None:
    names = {DocumentFormat.DOCX: "word", DocumentFormat.XLSX: "excel"}
    return shown[names.get(format, "document")]


def file_of(shown: dict, *, format=DocumentFormat.PDF, part: int | None = None) -> File | None:
    """The file behind one of the card's links, None while it is not there."""
    row = row_of(shown, format)
    if part is not None:
        row = next((row for row in shown["parts"] if row.part == part), None)
    return row.file if row and row.state == DocumentState.READY else None


def retry(shown: dict) -> None:
    """Render again what failed, in whichever format."""
    for row in (shown["document"], shown["word"], shown["excel"]):
        if row:
            rendering.retry(row)
