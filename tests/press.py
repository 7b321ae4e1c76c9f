"""Papers printed as people print them, and read as an office reads them."""

import io

from docx import Document as Word
from docx.oxml.ns import qn

from core import files
from core.documents import render_docx, render_pdf
from core.models import Document
from core.models.document import PAPER_FORMATS
from core.press import compose
from core.tasks import render_paper
from tests import archive, layout
from units.models import UnitFunction


def printed(client, kind, obj) -> Document:
    """Ask for the paper on its page, do the worker's part, and return the row of its PDF."""
    assert client.post(f"/van-ban/{kind}/{obj.uid}/").status_code == 302
    for row in Document.objects.filter(state="pending"):
        render_paper(document_id=row.pk)
    rows = Document.objects.filter(object_uid=obj.uid, kind=kind, format__in=PAPER_FORMATS)
    pdf, word = rows.order_by("-pk")[:2][::-1]
    assert [(row.format, row.state, row.error) for row in (pdf, word)] == [
        ("pdf", "ready", ""),
        ("docx", "ready", ""),
    ]
    return pdf


def held_to_the_decree(row) -> str:
    """The words of a printed paper, once both its files are orderly and the same when printed again."""
    document = compose(row)
    pdf = files.read(row.file)
    assert not (faults := layout.faults(pdf, document) + archive.faults(pdf)), faults
    assert render_pdf(document).pdf == pdf
    word = render_docx(document)
    assert render_docx(document) == word
    assert _said(Word(io.BytesIO(word))) == "".join(document.words())
    return " ".join(document.words())


def _said(word) -> str:
    signs = {qn("w:t"): lambda node: node.text or "", qn("w:noBreakHyphen"): lambda node: "-"}
    return layout.squeeze("".join(signs[node.tag](node) for node in word.element.body.iter(*signs)))


def expected(words: str, **numbers) -> str:
    """The words as they stand once the bodies of today and the numbers of this run are put in."""
    names = {}
    for key, function in (("standing", "standing_body"), ("commendation", "commendation_body")):
        names[key] = UnitFunction.holder(function).name
        names[key.upper()] = names[key].upper()
    return " ".join(words.format(**names, **numbers).split())
