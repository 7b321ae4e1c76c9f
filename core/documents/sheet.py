"""Words printed onto sheets that are printed already: each in a box measured in millimetres.

Sheets("Bằng khen", 420, 297, pages=((Box(60, 128, 300, "Ông Nguyễn Văn A", size=30),),))
"""

from dataclasses import dataclass
from decimal import Decimal

import segno
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from core.documents.measure import width

Millimetres = int | float | Decimal
POINTS_PER_MM = 72 / 25.4
#: a long name is set smaller down to this share of its size, then it takes a second line
SMALLEST = 0.7
RULER_STEP = 10


@dataclass(frozen=True)
class Box:
    """`x`, `y` are its upper left corner and `width` its width in mm; `size` is in pt."""

    x: Millimetres
    y: Millimetres
    width: Millimetres
    text: str
    size: float = 14
    align: str = "center"
    is_bold: bool = False
    is_italic: bool = False
    #: the text is an address, drawn as a QR code as wide as the box
    is_code: bool = False
    #: what stands beside the box on a test sheet
    label: str = ""


@dataclass(frozen=True)
class Sheets:
    """One sheet for each entry of `pages`; with `has_rulers` the boxes and a scale are drawn too."""

    title: str
    width: Millimetres
    height: Millimetres
    pages: tuple[tuple[Box, ...], ...]
    has_rulers: bool = False
    annexes: tuple = ()


def sheets_html(sheets: Sheets) -> str:
    pages = [[_drawn(box) for box in boxes] for boxes in sheets.pages]
    context = {"sheets": sheets, "pages": pages}
    if sheets.has_rulers:
        context |= {
            "across": range(RULER_STEP, int(sheets.width), RULER_STEP),
            "down": range(RULER_STEP, int(sheets.height), RULER_STEP),
        }
    return render_to_string("documents/sheets.html", context)


def _drawn(box: Box) -> dict:
    code = ""
    if box.is_code:
        made = segno.make(box.text, error="m", micro=False)
        code = mark_safe(made.svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None))
    return {"box": box, "size": fitted(box), "code": code}


def fitted(box: Box) -> float:
    """The size in pt at which the text fits the box's width on one line, or the smallest allowed."""
    size, smallest = float(box.size), float(box.size) * SMALLEST
    room = float(box.width) * POINTS_PER_MM
    while size - 0.5 >= smallest and width(box.text, size, bold=box.is_bold) > room:
        size -= 0.5
    return size
