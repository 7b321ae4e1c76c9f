"""How the width of a table is shared out: as its form has it, then moved to the columns with the most words.

A list whose long column is narrow runs over a third more pages than it needs; a clerk would draw the line
elsewhere. Only columns of words, those set to the left, give and take.
"""

from collections.abc import Iterator
from functools import lru_cache

from core.documents.measure import POINT, width
from core.documents.model import Column, Row, Table

#: mm between the margins of the page (documents.css)
ROOM = 165
LETTERS, PADDING = 13, 4  # pt
#: mm moved at once; the smaller ones find what the larger jump over
STEPS = 48, 24, 12, 6, 3
#: no column falls under this part of what its form gives it
LEAST = 0.6
#: rows that are measured, evenly spaced: the others of a long list are like them
MEASURED = 120

#: lines of all rows, each as high as its longest cell, and of all cells, which decide between equals
Height = tuple[int, int]


def fitted(table: Table) -> list[float]:
    """The width of each column in parts of the whole, 0 to 1; the same for the same table."""
    whole = sum(column.width for column in table.columns)
    widths = [ROOM * column.width / whole for column in table.columns]
    words = [place for place, column in enumerate(table.columns) if column.align == "left"]
    rows = [row for row in table.rows if isinstance(row, tuple)]
    measured = rows[:: -(-len(rows) // MEASURED) or 1]
    least = {place: max(LEAST * widths[place], _longest(table.columns, measured, place)) for place in words}
    height = _height(measured, words, widths)
    for step in STEPS:
        while move := _best_move(measured, words, widths, least, step, height):
            widths, height = move
    return [share / ROOM for share in widths]


def _best_move(rows, words, widths, least, step, height) -> tuple[list[float], Height] | None:
    """The widths and the height after the move of `step` mm that saves most; None if none does."""
    found = None
    for moved in _moves(words, widths, least, step):
        after = _height(rows, words, moved)
        if after < height:
            found, height = moved, after
    return found and (found, height)


def _moves(words, widths, least, step) -> Iterator[list[float]]:
    """To each column from every other, and from all others by what they can spare."""
    for taker in words:
        spare = {place: max(0, widths[place] - least[place]) for place in words if place != taker}
        together = sum(spare.values())
        shared = (
            [{place: step * room / together for place, room in spare.items()}] if together >= step else []
        )
        for given in [{place: step} for place, room in spare.items() if room >= step] + shared:
            moved = [own - given.get(place, 0) for place, own in enumerate(widths)]
            moved[taker] += step
            yield moved


def _height(rows: list[Row], words: list[int], widths: list[float]) -> Height:
    lines = [[_lines(row[place], round(widths[place], 3)) for place in words] for row in rows]
    return sum(max(row, default=1) for row in lines), sum(map(sum, lines))


@lru_cache(maxsize=50_000)
def _lines(text: str, room: float) -> int:
    """The lines of a text in a cell of `room` mm."""
    room = room / POINT - 2 * PADDING
    space = width(" ", LETTERS)
    count = 0
    for paragraph in text.split("\n"):
        count, used = count + 1, 0.0
        for word in _lengths(paragraph):
            if not used:
                used = word
            elif used + space + word <= room:
                used += space + word
            else:
                count, used = count + 1, word
            # A word longer than the line is broken where the line ends.
            broken, used = divmod(used, room)
            count += int(broken)
    return count


@lru_cache(maxsize=5_000)
def _lengths(text: str) -> tuple[float, ...]:
    return tuple(width(word, LETTERS) for word in text.split())


def _longest(columns: tuple[Column, ...], rows: list[Row], place: int) -> float:
    """mm that the longest word of a column needs, its heading's included."""
    heading = max((width(word, LETTERS, bold=True) for word in columns[place].title.split()), default=0)
    longest = max((word for row in rows for word in _lengths(row[place])), default=0)
    return (max(heading, longest) + 2 * PADDING) * POINT
