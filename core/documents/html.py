"""The document model → semantic HTML, without a style in it: all of the look is in documents.css."""

from collections.abc import Iterable
from functools import singledispatch
from itertools import groupby

import segno
from django.template.loader import render_to_string
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from core.documents.columns import fitted
from core.documents.measure import ABSTRACT_LIMIT, ANNEX_LIMIT, BODY_LIMIT, SUBJECT_LIMIT, balanced
from core.documents.model import (
    REFERENCE,
    Article,
    Band,
    Block,
    Bullet,
    Document,
    Facts,
    Heading,
    Paragraph,
    Row,
    Seal,
    Table,
    Total,
    clean,
)


def main_part(document: Document) -> str:
    """The document itself, without its annexes."""
    context = {
        "document": document,
        "issuing_body": _lines(document.issuing_body, BODY_LIMIT),
        "abstract": _lines(document.abstract, SUBJECT_LIMIT if document.is_letter else ABSTRACT_LIMIT),
        "bases": [_text(line) for line in document.basis_lines],
        "body": _blocks(document.blocks),
    }
    return render_to_string("documents/_document.html", context)


def annex_part(document: Document, position: int) -> str:
    annex = document.annexes[position]
    context = {
        "label": document.annex_label(position),
        "title": _lines(annex.title, ANNEX_LIMIT),
        "caption": annex.caption,
        "body": _blocks(annex.body),
    }
    return render_to_string("documents/_annex.html", context)


def page(document: Document, *parts: str) -> str:
    """A whole HTML page of the given parts, its text cleaned as `Document.words` has it."""
    context = {"document": document, "parts": [mark_safe(part) for part in parts]}
    return clean(render_to_string("documents/page.html", context))


def _lines(text: str, limit: int) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in balanced(text, limit)))


def _text(text: str) -> SafeString:
    """Running text in which numbers of acts ("152/2025/NĐ-CP") are not broken over two lines."""
    return mark_safe(REFERENCE.sub(r'<span class="whole">\g<0></span>', escape(text)))


def _blocks(blocks: tuple[Block, ...]) -> SafeString:
    """Neighbouring bullets make one list."""
    pieces = []
    for kind, group in groupby(blocks, key=type):
        inner = _joined(map(_block, group))
        pieces.append(format_html("<ul>{}</ul>", inner) if kind is Bullet else inner)
    return _joined(pieces)


def _joined(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("\n", "{}", ((piece,) for piece in pieces))


@singledispatch
def _block(block: Block) -> SafeString:
    raise TypeError(f"not a block of a document: {block!r}")


@_block.register
def _(block: Paragraph) -> SafeString:
    return format_html("<p>{}</p>", _text(block.text))


@_block.register
def _(block: Heading) -> SafeString:
    # The title of the document is the h1.
    return format_html("<h{0}>{1}</h{0}>", block.level + 1, block.text)


@_block.register
def _(block: Bullet) -> SafeString:
    return format_html("<li>{}</li>", _text(block.line))


@_block.register
def _(block: Article) -> SafeString:
    return format_html("<p><strong>{}</strong> {}</p>", block.label, _text(block.text))


@_block.register
def _(block: Facts) -> SafeString:
    row = '<tr><th scope="row">{}:</th><td>{}</td></tr>'
    return format_html('<table class="facts">{}</table>', format_html_join("\n", row, block.pairs))


@_block.register
def _(block: Seal) -> SafeString:
    code = segno.make(block.address, error="m").svg_inline(
        omitsize=True, border=0, svgclass="qr", lineclass=None, unit=None
    )
    drawn = mark_safe(
        code.replace("<svg ", format_html('<svg role="img" aria-label="{}" ', f"Mã QR: {block.address}"), 1)
    )
    lines = format_html_join("", "<p>{}</p>", ((line,) for line in block.lines))
    return format_html('<div class="seal"><div class="seal-code">{}</div><div>{}</div></div>', drawn, lines)


@_block.register
def _(block: Table) -> SafeString:
    aligns = [column.align for column in block.columns]
    return format_html(
        '<table class="ruled"><colgroup>{}</colgroup>\n'
        "<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody></table>",
        format_html_join(
            "",
            '<col width="{}%">',
            ((f"{100 * share:.4f}",) for share in fitted(block)),
        ),
        format_html_join("", '<th scope="col">{}</th>', ((column.title,) for column in block.columns)),
        _joined(_row(row, aligns) for row in block.rows),
    )


def _row(row: Row | Band | Total, aligns: list[str]) -> SafeString:
    match row:
        case Band(text):
            return format_html('<tr class="band"><th colspan="{}">{}</th></tr>', len(aligns), text)
        case Total(label, values):
            span = len(aligns) - len(values)
            head = format_html('<tr class="total"><th colspan="{}">{}</th>', span, label)
            return head + _cells(values, aligns[span:]) + SafeString("</tr>")
    return SafeString("<tr>") + _cells(row, aligns) + SafeString("</tr>")


def _cells(values: tuple[str, ...], aligns: list[str]) -> SafeString:
    return format_html_join("", '<td class="{}">{}</td>', zip(aligns, values, strict=True))
