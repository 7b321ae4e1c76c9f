"""The document model → DOCX, for the clerk who completes it in Word or LibreOffice.

The same words, boxes and measures as the PDF, in real styles and real tables. The body is written as
WordprocessingML in one go, since a list of two thousand rows would take minutes cell by cell;
python-docx keeps the package, its parts and its properties.
"""

import io
import zipfile
from typing import NamedTuple
from xml.sax.saxutils import escape

import docx
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from core.documents.measure import unprintable
from core.documents.model import Document, Unprintable, clean
from core.documents.word_body import annex_part, main_part
from core.documents.word_styles import settings_element, styles_element, twips

PAGE_WIDTH, PAGE_HEIGHT = 210, 297
# The page number of 13 pt stands in the middle of the upper margin, the mark in that of the lower one.
HEADER, FOOTER = 7.2, 8.2
# What a new document of python-docx brings along and ours has no use for is left out.
PARTS = {RELATION.STYLES, RELATION.SETTINGS, RELATION.HEADER, RELATION.FOOTER}
PACKAGE_PARTS = {RELATION.OFFICE_DOCUMENT, RELATION.CORE_PROPERTIES}
# A zip entry must bear a time; this is the first one a zip can tell.
NO_TIME = (1980, 1, 1, 0, 0, 0)


class Margins(NamedTuple):
    """In mm; the decree allows 20-25 above and below, 30-35 on the left, 15-20 on the right."""

    top: float = 20
    right: float = 15
    bottom: float = 20
    left: float = 30


MARGINS = Margins()


def render_docx(document: Document, margins: Margins = MARGINS) -> bytes:
    """The whole document with its annexes, each a section with pages of its own count."""
    if missing := unprintable(clean(" ".join([*document.words(), document.mark]))):
        raise Unprintable(missing)
    room = PAGE_WIDTH - margins.left - margins.right
    parts = [main_part(document, room)]
    parts += [annex_part(document, position, room) for position in range(len(document.annexes))]
    word = docx.Document()
    _leave_out(word.part.rels, PARTS)
    _leave_out(word.part.package.rels, PACKAGE_PARTS)
    _replace(word.styles.element, styles_element())
    _replace(word.settings.element, settings_element())
    _set_properties(word, document)
    section = _section(_margin_texts(word, document.mark), margins)
    # A section ends with a paragraph that carries its measures, the last one with the body itself.
    end = '<w:p><w:pPr><w:pStyle w:val="End"/>{}</w:pPr></w:p>'
    body = end.format(section).join(parts) + end.format("") + section
    _replace(word.element.body, parse_xml(f"<w:body {nsdecls('w', 'r')}>{clean(body)}</w:body>"))
    return _same_bytes(word)


def _leave_out(relations, kept: set[str]) -> None:
    for key, relation in list(relations.items()):
        if relation.reltype not in kept:
            del relations[key]


def _replace(old, new) -> None:
    for child in list(old):
        old.remove(child)
    for child in list(new):
        old.append(child)


def _set_properties(word: Word, document: Document) -> None:
    _replace(word.core_properties._element, [])
    properties = word.core_properties
    # The format allows 255 letters.
    properties.title = clean(document.title)[:255]
    properties.author = clean(document.issuing_body)[:255]
    properties.language = "vi-VN"


def _margin_texts(word: Word, mark: str) -> str:
    """The page number from the second page on and the mark on every page; returns the references."""
    section = word.sections[0]
    number = (
        '<w:p><w:pPr><w:pStyle w:val="PageNumber"/></w:pPr>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    none = '<w:p><w:pPr><w:pStyle w:val="PageNumber"/></w:pPr></w:p>'
    stamp = f'<w:p><w:pPr><w:pStyle w:val="Mark"/></w:pPr><w:r><w:t>{escape(clean(mark))}</w:t></w:r></w:p>'
    section.different_first_page_header_footer = True
    for place, text in (
        (section.header, number),
        (section.first_page_header, none),
        (section.footer, stamp),
        (section.first_page_footer, stamp),
    ):
        place.is_linked_to_previous = False
        _replace(place._element, parse_xml(f"<w:hdr {nsdecls('w')}>{text}</w:hdr>"))
    references = section._sectPr.xpath("w:headerReference | w:footerReference")
    return "".join(
        f'<w:{reference.tag.partition("}")[2]} w:type="{reference.get(qn("w:type"))}"'
        f' r:id="{reference.rId}"/>'
        for reference in references
    )


def _section(references: str, margins: Margins) -> str:
    top, right, bottom, left = map(twips, margins)
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{twips(PAGE_WIDTH)}" w:h="{twips(PAGE_HEIGHT)}"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
        f' w:header="{twips(HEADER)}" w:footer="{twips(FOOTER)}" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:cols w:space="720"/><w:titlePg/></w:sectPr>'
    )


def _same_bytes(word: Word) -> bytes:
    """The package written without the time of the day, so that the same document gives the same bytes."""
    made, kept = io.BytesIO(), io.BytesIO()
    word.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(kept, "w") as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, NO_TIME), source.read(name), zipfile.ZIP_DEFLATED)
    return kept.getvalue()
