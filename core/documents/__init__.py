"""Administrative documents laid out as Decree 30/2020/NĐ-CP demands, as PDF and as DOCX.

Say what the document is in plain values, and render it in a task:

    from core.documents import Annex, Band, Column, Document, Paragraph, Signature, Table, render_pdf

    names = Table(
        columns=(Column("STT", 10, "center"), Column("Tên tập thể", 90), Column("Ghi chú", 40)),
        rows=(Band("I. TẬP THỂ"), ("1", "Ủy ban nhân dân huyện Bảo Thắng", "")),
    )
    document = Document(
        parent_body="UBND tỉnh Lào Cai".upper(),
        issuing_body="Sở Thông tin và Truyền thông".upper(),
        symbol="TTr-STTTT",  # number and day stay None until the clerk has given them
        year=2026,
        place="Lào Cai",
        kind="TỜ TRÌNH",
        abstract="Về việc đề nghị tặng Bằng khen",
        addressees=("Ủy ban nhân dân tỉnh Lào Cai",),
        bases=("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",),
        body=(Paragraph("Sở Thông tin và Truyền thông đề nghị tặng Bằng khen cho 01 tập thể."),),
        signature=Signature(("GIÁM ĐỐC",)),
        recipients=("Như trên", "Lưu: VT, CNTT"),
        annexes=(Annex("DANH SÁCH TẬP THỂ ĐỀ NGHỊ TẶNG BẰNG KHEN", (names,)),),
    )
    rendered = render_pdf(document, progress=lambda done, total, stage: ...)
    rendered.pdf, rendered.pages, rendered.html
    word = render_docx(document)
"""

import hashlib
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from core.documents.model import (
    Annex,
    Article,
    Band,
    Block,
    Bullet,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Progress,
    Rendered,
    Seal,
    Signature,
    Table,
    Total,
    Unprintable,
)
from core.documents.sheet import Box, Sheets

__all__ = [
    "Annex",
    "Article",
    "Band",
    "Block",
    "Box",
    "Bullet",
    "Column",
    "Document",
    "Facts",
    "Heading",
    "Paragraph",
    "Progress",
    "Rendered",
    "Seal",
    "Sheets",
    "Signature",
    "Table",
    "Total",
    "Unprintable",
    "fingerprint",
    "render_annex",
    "render_docx",
    "render_main",
    "render_pdf",
    "render_xlsx",
]

# Whatever may change the bytes of a file without a change of its words.
_RENDERER = ("weasyprint", "pydyf", "python-docx", "xlsxwriter", "fonttools", "segno")


def _silent(done: int, total: int, stage: str) -> None:
    """The progress of a rendering that nobody watches."""


def render_pdf(document: Document | Sheets, *, progress: Progress = _silent) -> Rendered:
    """The whole document with its annexes as one file, or the sheets. Raises `Unprintable`."""
    # Importing WeasyPrint costs 0.4 s and much memory, which only a worker should pay.
    from core.documents import pdf

    return pdf.render_pdf(document, progress)


def render_main(document: Document, *, progress: Progress = _silent) -> Rendered:
    """The document without its annexes, when each of them is a file of its own."""
    from core.documents import pdf

    return pdf.render_main(document, progress)


def render_annex(document: Document, position: int, *, progress: Progress = _silent) -> Rendered:
    """One annex (from 0) as a file of its own, so that long annexes can be rendered side by side."""
    from core.documents import pdf

    return pdf.render_annex(document, position, progress)


def render_docx(document: Document) -> bytes:
    """The same document for Word and LibreOffice, annexes included. Raises `Unprintable`."""
    from core.documents import word

    return word.render_docx(document)


def render_xlsx(document: Document) -> bytes:
    """Its tables as a workbook, text as text and figures as numbers."""
    from core.documents import excel

    return excel.render_xlsx(document)


def fingerprint(document: Document | Sheets, part: int | None = None) -> str:
    """SHA-256 of all that decides the bytes: what the document (or its part 0, the text, or n, the nth
    annex) says, and the renderer. Equal fingerprints are equal files."""
    said: tuple = (document,)
    if part == 0:
        said = (replace(document, annexes=()),)
    elif part:
        label = document.annex_label(part - 1)
        said = (document.title, document.issuing_body, document.mark, label, document.annexes[part - 1])
    return hashlib.sha256(repr((_renderer(), said)).encode()).hexdigest()


@cache
def _renderer() -> str:
    """The renderer's version: its own files and the packages it stands on, none of them imported."""
    here = Path(__file__).parent
    files = [*here.glob("*.py"), *here.glob("*.css"), *here.parent.glob("fonts/*.ttf")]
    files += (settings.BASE_DIR / "templates" / "documents").glob("*.html")
    digest = hashlib.sha256("".join(f"{name} {version(name)}\n" for name in _RENDERER).encode())
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()
