"""The document model → a workbook: what it is on the first sheet, each of its tables on a sheet of its own.

Text stays text, whatever it begins with. A cell of a column of figures that is a whole number is a number, so
that it can be summed; a share stays as it is printed.
"""

import io
import re
from collections.abc import Iterator

from django.utils import timezone
from xlsxwriter import Workbook

from core import clock
from core.documents.model import Band, Bullet, Document, Heading, Paragraph, Table, Total, clean
from core.spreadsheets.listing import HEAD, LONGEST_TEXT, SHEET_NAME_LENGTH, sheet_name

_WHOLE = re.compile(r"[+-]?\d{1,3}(\.\d{3}){0,4}")
_CELL = {"border": 1, "border_color": "#B8B2A6", "text_wrap": True, "valign": "top"}
#: a share of a printed page in characters of a column
_CHARACTERS_PER_SHARE = 0.62


def render_xlsx(document: Document) -> bytes:
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # The day it was asked for, not the second it was made: the same document is the same bytes.
    created = timezone.make_naive(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    book.set_properties({"title": clean(document.title), "created": created})
    formats = {
        "head": book.add_format(HEAD),
        "title": book.add_format({"bold": True, "font_size": 13, "text_wrap": True}),
        "bold": book.add_format({"bold": True, "text_wrap": True}),
        "words": book.add_format({"text_wrap": True, "valign": "top"}),
        "text": book.add_format(_CELL),
        "number": book.add_format(_CELL | {"num_format": "#,##0"}),
        "band": book.add_format(_CELL | {"bold": True}),
        "total": book.add_format(_CELL | {"bold": True, "num_format": "#,##0"}),
    }
    _cover(book, document, formats)
    names: set[str] = set()
    for title, table in _tables(document):
        _sheet(book.add_worksheet(_unique(title, names)), title, table, formats)
    book.close()
    return target.getvalue()


def _cover(book, document, formats) -> None:
    sheet = book.add_worksheet("Nội dung")
    sheet.set_column(0, 0, 110)
    lines = [
        (document.issuing_body, "bold"),
        (document.number_line, "words"),
        (document.place_line, "words"),
        (f"{document.kind} {document.abstract}".strip(), "title"),
        *((f"Kính gửi: {line}", "words") for line in document.addressees),
    ]
    for block in document.blocks:
        match block:
            case Heading(text):
                lines.append((text, "bold"))
            case Paragraph(text):
                lines.append((text, "words"))
            case Bullet():
                lines.append((block.line, "words"))
    lines += [(document.mark, "words")] if document.mark else []
    for number, (text, look) in enumerate(line for line in lines if line[0].strip()):
        sheet.write_string(number, 0, clean(text)[:LONGEST_TEXT], formats[look])


def _tables(document) -> Iterator[tuple[str, Table]]:
    """Each table with the heading it stands under."""
    title = document.abstract
    for block in document.body:
        if isinstance(block, Heading):
            title = block.text
        elif isinstance(block, Table):
            yield title, block
    for annex in document.annexes:
        for block in annex.body:
            if isinstance(block, Table):
                yield annex.title, block


def _unique(title: str, taken: set[str]) -> str:
    name = sheet_name(clean(title)) or "Bảng"
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{sheet_name(clean(title))[: SHEET_NAME_LENGTH - 4]} ({number})"
    taken.add(name.casefold())
    return name


def _sheet(sheet, title, table: Table, formats) -> None:
    whole = sum(column.width for column in table.columns)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, max(8, 180 * column.width / whole * _CHARACTERS_PER_SHARE))
        sheet.write_string(2, place, clean(column.title), formats["head"])
    sheet.write_string(0, 0, clean(title), formats["bold"])
    sheet.freeze_panes(3, 0)
    last = len(table.columns) - 1
    for number, row in enumerate(table.rows, start=3):
        match row:
            case Band(text):
                sheet.merge_range(number, 0, number, last, "", formats["band"])
                sheet.write_string(number, 0, clean(text), formats["band"])
            case Total(label, values):
                first = len(table.columns) - len(values)
                for place in range(first):
                    sheet.write_blank(number, place, None, formats["total"])
                sheet.write_string(number, 0, clean(label), formats["total"])
                for place, text in enumerate(values, start=first):
                    _cell(sheet, number, place, text, formats["total"], formats["total"])
            case _:
                for place, text in enumerate(row):
                    is_figure = table.columns[place].align == "right"
                    number_format = formats["number"] if is_figure else None
                    _cell(sheet, number, place, text, formats["text"], number_format)


def _cell(sheet, row, place, text, look, number_look) -> None:
    text = clean(text)[:LONGEST_TEXT]
    if not text:
        sheet.write_blank(row, place, None, look)
    elif number_look is not None and _WHOLE.fullmatch(text):
        sheet.write_number(row, place, int(text.replace(".", "")), number_look)
    else:
        sheet.write_string(row, place, text, look)
