"""The parts of a document as WordprocessingML, in the styles of `word_styles`."""

from functools import singledispatch
from xml.sax.saxutils import escape

from core.documents.columns import fitted
from core.documents.measure import (
    ABSTRACT_LIMIT,
    ANNEX_LIMIT,
    BODY_LIMIT,
    POINT,
    SUBJECT_LIMIT,
    balanced,
    width,
)
from core.documents.model import (
    REFERENCE,
    Article,
    Band,
    Block,
    Bullet,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Row,
    Seal,
    Signature,
    Table,
    Total,
)
from core.documents.word_styles import twips

# Shares of the page: boxes 2 and 3 | 1 and 4, and at the end 9b | 7.
BOXES = 0.42, 0.58
CLOSE = 0.47, 0.53
FACT_LABEL = 55
# The rule under issuing body and abstract: a third to a half of the line.
SHORT_RULE = 0.4
NO_BREAK_HYPHEN = "</w:t><w:noBreakHyphen/><w:t>"
STYLE_OF_ALIGN = {"left": "Cell", "center": "CellCenter", "right": "CellRight"}


def main_part(document: Document, room: float) -> str:
    """The document without its annexes; `room` is the width between the margins in mm."""
    abstract = balanced(document.abstract, ABSTRACT_LIMIT)
    pieces = [_boxes(document, room)]
    if not document.is_letter:
        pieces.append(_p("Kind", document.kind))
        if abstract:
            pieces += [_p("Abstract", *abstract), _rule(SHORT_RULE * _longest(abstract, 14), room)]
    if document.authority:
        pieces.append(_p("Authority", document.authority))
    pieces += _addressees(document)
    pieces += [_p("Basis", line) for line in document.basis_lines]
    if document.resolution:
        pieces.append(_p("Resolution", document.resolution))
    closes = bool(document.signature or document.opposite or document.recipients)
    pieces += _blocks(document.blocks, room, keep_last=closes)
    if closes:
        pieces += [_gap(12), _close(document, room)]
    return "".join(pieces)


def annex_part(document: Document, position: int, room: float) -> str:
    annex = document.annexes[position]
    pieces = [
        _p("AnnexLabel", document.annex_label(position)),
        _p("AnnexTitle", *balanced(annex.title, ANNEX_LIMIT)),
    ]
    if annex.caption:
        pieces.append(_p("AnnexCaption", f"({annex.caption})"))
    return "".join(pieces + _blocks(annex.body, room))


# --- Boxes of the first and the last page ----------------------------------------------------


def _boxes(document: Document, room: float) -> str:
    left, right = (room * share for share in BOXES)
    issuing = balanced(document.issuing_body, BODY_LIMIT)
    bodies = _p("ParentBody", document.parent_body) if document.parent_body else ""
    bodies += _p("IssuingBody", *issuing) + _rule(SHORT_RULE * _longest(issuing, 12), left)
    nation = _p("Nation", document.national_name) + _p("Motto", document.motto)
    nation += _rule(width(document.motto, 13, bold=True), right)
    number = _p("Number", document.number_line)
    if document.is_letter:
        number += _p("Subject", *balanced(document.abstract, SUBJECT_LIMIT))
    place = _p("PlaceAndDate", document.place_line)
    rows = _row(_cell(left, bodies), _cell(right, nation)) + _row(_cell(left, number), _cell(right, place))
    return _table((left, right), rows)


def _addressees(document: Document) -> list[str]:
    lines = document.addressee_lines
    match len(lines):
        case 0:
            return []
        case 1:
            return [_p("Addressee", f"Kính gửi: {lines[0]}")]
    return [_p("Addressees", "Kính gửi:"), *(_p("AddresseeLine", line) for line in lines)]


def _close(document: Document, room: float) -> str:
    left, right = (room * share for share in CLOSE)
    recipients = ""
    if document.recipients:
        recipients = _p("Recipients", "Nơi nhận:")
        recipients += "".join(_p("RecipientLine", line) for line in document.recipient_lines)
    beside = _signature(document.opposite) + recipients or _p("RecipientLine", "")
    return _table(
        (left, right),
        _row(_cell(left, beside), _cell(right, _signature(document.signature) or _p("Office", ""))),
    )


def _signature(signature: Signature | None) -> str:
    if signature is None:
        return ""
    return "".join(_p("Office", line) for line in signature.lines) + _p("Signer", signature.name)


# --- Blocks of the body ----------------------------------------------------------------------


def _blocks(blocks: tuple[Block, ...], room: float, *, keep_last: bool = False) -> list[str]:
    """With `keep_last` the last paragraph stays on the page of what follows."""
    pieces = [_block(block, room) for block in blocks]
    if keep_last and pieces and not isinstance(blocks[-1], Table | Facts):
        pieces[-1] = pieces[-1].replace("</w:pPr>", "<w:keepNext/></w:pPr>", 1)
    return pieces


@singledispatch
def _block(block: Block, room: float) -> str:
    raise TypeError(f"not a block of a document: {block!r}")


@_block.register
def _(block: Paragraph, room: float) -> str:
    return _p("Text", block.text)


@_block.register
def _(block: Heading, room: float) -> str:
    return _p("Section" if block.level == 1 else "Subsection", block.text)


@_block.register
def _(block: Bullet, room: float) -> str:
    return _p("Text", block.line)


@_block.register
def _(block: Article, room: float) -> str:
    label = f"<w:r><w:rPr><w:b/></w:rPr>{_text(block.label)}</w:r>"
    return f'<w:p><w:pPr><w:pStyle w:val="Text"/></w:pPr>{label}<w:r>{_text(f" {block.text}")}</w:r></w:p>'


@_block.register
def _(block: Facts, room: float) -> str:
    widths = FACT_LABEL, room - FACT_LABEL
    rows = (
        _row(_cell(widths[0], _p("Fact", f"{label}:")), _cell(widths[1], _p("Fact", *value.split("\n"))))
        for label, value in block.pairs
    )
    return _gap(8) + _table(widths, "".join(rows))


@_block.register
def _(block: Seal, room: float) -> str:
    return "".join(_p("Text", line) for line in block.lines)


@_block.register
def _(block: Table, room: float) -> str:
    widths = [room * share for share in fitted(block)]
    heads = (_head(w, _p("TableHead", column.title)) for w, column in zip(widths, block.columns, strict=True))
    rows = [_row(*heads, is_header=True)]
    rows += [_table_row(row, block.columns, widths) for row in block.rows]
    return _gap(8) + _table(widths, "".join(rows), style="Ruled")


def _table_row(row: Row | Band | Total, columns: tuple[Column, ...], widths: list[float]) -> str:
    match row:
        case Band(text):
            return _row(_middle(sum(widths), _p("Band", text), span=len(widths)))
        case Total(label, values):
            span = len(widths) - len(values)
            head = _middle(sum(widths[:span]), _p("Total", label), span=span)
            return _row(
                head,
                *(
                    _middle(w, _p("TotalRight" if column.align == "right" else "Total", value))
                    for w, column, value in zip(widths[span:], columns[span:], values, strict=True)
                ),
            )
    return _row(
        *(
            _middle(w, _p(STYLE_OF_ALIGN[column.align], *value.split("\n")))
            for w, column, value in zip(widths, columns, row, strict=True)
        )
    )


# --- WordprocessingML ------------------------------------------------------------------------


def _p(style: str, *lines: str) -> str:
    """A paragraph; more than one line is broken by hand."""
    text = "<w:br/>".join(_text(line) for line in lines)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{text}</w:r></w:p>'


def _text(text: str) -> str:
    """Text in which numbers of acts ("152/2025/NĐ-CP") are not broken over two lines."""
    whole = REFERENCE.sub(lambda found: found[0].replace("-", NO_BREAK_HYPHEN), escape(text))
    return f'<w:t xml:space="preserve">{whole}</w:t>'


def _rule(length: float, room: float) -> str:
    """A centred rule, `length` pt long in a box of `room` mm: the upper border of an indented paragraph."""
    indent = max(0, twips((room - length * POINT) / 2))
    return (
        '<w:p><w:pPr><w:pStyle w:val="Rule"/><w:pBdr>'
        '<w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
        f'<w:ind w:left="{indent}" w:right="{indent}"/></w:pPr></w:p>'
    )


def _gap(points: float) -> str:
    """Room before a table, which has none of its own; it also keeps two tables from becoming one."""
    return (
        '<w:p><w:pPr><w:pStyle w:val="Gap"/>'
        f'<w:spacing w:line="{round(points * 20)}" w:lineRule="exact"/></w:pPr></w:p>'
    )


def _table(widths, rows: str, style: str = "TableNormal") -> str:
    grid = "".join(f'<w:gridCol w:w="{twips(w)}"/>' for w in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(*cells: str, is_header: bool = False) -> str:
    """A row that is never split over two pages; a header is repeated on each."""
    header = "<w:tblHeader/>" if is_header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(cells)}</w:tr>"


def _middle(room: float, content: str, *, span: int = 1) -> str:
    """A cell of a ruled table, its text in the middle of the row's height."""
    return _cell(room, content, '<w:vAlign w:val="center"/>', span=span)


def _head(room: float, content: str) -> str:
    """With less room beside the title, so that "STT" fits a narrow column."""
    margins = '<w:tcMar><w:left w:w="20" w:type="dxa"/><w:right w:w="20" w:type="dxa"/></w:tcMar>'
    return _cell(room, content, f'{margins}<w:vAlign w:val="center"/>')


def _cell(room: float, content: str, align: str = "", *, span: int = 1) -> str:
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(room)}" w:type="dxa"/>{spans}{align}</w:tcPr>{content}</w:tc>'


def _longest(lines: list[str], size: float) -> float:
    return max(width(line, size, bold=True) for line in lines)
