"""Widths, line breaks and letters of our font: what a renderer must know before anything is laid out.

Times New Roman, which the decree names and every office has, and Tinos, which we may ship, have the same
widths; what is measured in one holds for the other.
"""

from functools import cache
from pathlib import Path
from textwrap import wrap

from fontTools.ttLib import TTFont

from core.vietnamese import NO_BREAK_SPACE, bind

FONTS = Path(__file__).resolve().parent.parent / "fonts"
#: mm
POINT = 25.4 / 72
WHOLE_WORDS = {"break_long_words": False, "break_on_hyphens": False}

# Letters that surely fit on one line of the box.
BODY_LIMIT, SUBJECT_LIMIT, ABSTRACT_LIMIT, ANNEX_LIMIT = 24, 32, 70, 50


def balanced(text: str, limit: int) -> list[str]:
    """A centred text broken as a clerk does it: no more lines than needed, of about one length."""
    bound = bind(text)
    lines = wrap(bound, limit, **WHOLE_WORDS)
    while limit > 1 and len(shorter := wrap(bound, limit - 1, **WHOLE_WORDS)) == len(lines):
        lines, limit = shorter, limit - 1
    return [line.replace(NO_BREAK_SPACE, " ") for line in lines]


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The length in pt of a line of upright text in `size` pt; a letter our font lacks counts as an em."""
    advances, unit = _advances("Bold" if bold else "Regular")
    return sum(advances.get(letter, unit) for letter in text) * size / unit


def unprintable(text: str) -> set[str]:
    """The characters our font lacks: a layout would take them silently from a font of the machine."""
    return {letter for letter in set(text) - {"\n", "\r"} if ord(letter) not in _letters()}


@cache
def _advances(face: str) -> tuple[dict[str, int], int]:
    with TTFont(FONTS / f"Tinos-{face}.ttf", lazy=True) as font:
        metrics = font["hmtx"]
        advances = {chr(code): metrics[name][0] for code, name in font.getBestCmap().items()}
        return advances, font["head"].unitsPerEm


@cache
def _letters() -> frozenset[int]:
    faces = []
    for path in FONTS.glob("Tinos-*.ttf"):
        with TTFont(path, lazy=True) as font:
            faces.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*faces)
