"""A list as a file: columns declared once, XLSX and CSV written from them.

Whatever a row holds, text stays text: in XLSX a text cell is never a formula, in CSV a text
that Excel would compute is quoted with an apostrophe.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.utils import timezone
from xlsxwriter import Workbook

from core import clock
from core.vietnamese import nfc

#: what a cell may begin with to be computed rather than shown (the last four as East Asian input types them)
_COMPUTED = tuple("=+-@\t\r\n＝＋－＠")
#: Excel shows no longer text in one cell
LONGEST_TEXT = 32_767
SHEET_NAME_LENGTH = 31
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True)
class Column:
    """A heading and where the value of a row comes from: the names that lead to it, or a function.

    Values are text, whole numbers, truth, dates and instants; None is an empty cell. `words` are the
    labels of a value that is a code.
    """

    heading: str
    value: Callable[[Any], Any] | str
    width: int = 18
    words: Mapping[str, str] | None = field(default=None, hash=False)


@dataclass(frozen=True)
class Listing:
    """A list that can leave the portal. `name`, in ASCII, begins the file's name and stands in the log."""

    name: str
    title: str
    columns: tuple[Column, ...]

    def rows_of(self, queryset, *, at_a_time: int):
        """The rows of a queryset by a cursor of the server. Where every column is named by its fields,
        only those are fetched, and no objects made of them."""
        if all(isinstance(column.value, str) for column in self.columns):
            paths = [column.value.replace(".", "__") for column in self.columns]
            return self._with_words(queryset.values_list(*paths).iterator(chunk_size=at_a_time))
        return self.values_of(queryset.iterator(chunk_size=at_a_time))

    def values_of(self, objects: Iterable) -> Iterator[Sequence]:
        """The cells of each object."""
        readers = [attrgetter(c.value) if isinstance(c.value, str) else c.value for c in self.columns]
        return self._with_words([read(item) for read in readers] for item in objects)

    def _with_words(self, rows: Iterable[Sequence]) -> Iterator[Sequence]:
        coded = [(place, column.words) for place, column in enumerate(self.columns) if column.words]
        if not coded:
            return iter(rows)
        return self._in_words(rows, coded)

    def _in_words(self, rows, coded):
        for row in rows:
            row = list(row)
            for place, words in coded:
                row[place] = words.get(row[place], row[place])
            yield row


def write_xlsx(target, listing: Listing, rows: Iterable[Sequence]) -> int:
    """Write rows of cells to the binary file `target`, one row in memory at a time; returns how many."""
    book = Workbook(target, {"constant_memory": True, "strings_to_urls": False})
    book.set_properties({"title": listing.title, "created": timezone.make_naive(clock.now())})
    sheet = book.add_worksheet(sheet_name(listing.title))
    head = book.add_format(HEAD)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    instant = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    for index, column in enumerate(listing.columns):
        sheet.set_column(index, index, column.width)
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(listing.columns):
        sheet.write_string(0, index, column.heading, head)
    text, number, zone = sheet.write_string, sheet.write_number, timezone.get_current_timezone()
    count = 0
    for count, values in enumerate(rows, start=1):
        for index, value in enumerate(values):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                text(count, index, nfc(value[:LONGEST_TEXT]))
            elif isinstance(value, bool):
                text(count, index, _truth(value))
            elif isinstance(value, int):
                # Excel keeps fifteen digits of a number; a longer one stays whole as text.
                if abs(value) < 10**15:
                    number(count, index, value)
                else:
                    text(count, index, str(value))
            elif isinstance(value, datetime):
                number(count, index, _serial(value.astimezone(zone)), instant)
            else:
                number(count, index, (value - _EPOCH).days, day)
    if count:
        sheet.autofilter(0, 0, count, len(listing.columns) - 1)
    book.close()
    return count


def write_csv(target, listing: Listing, rows: Iterable[Sequence], *, delimiter=";") -> int:
    """Write rows of cells to the binary file `target`; returns how many.

    The mark at the head tells Excel that the text is UTF-8. Fields are parted by semicolons: where the
    comma is the decimal sign, as in Vietnam, that is what Excel splits at. Programs expect the comma.
    """
    stream = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([column.heading for column in listing.columns])
    count = 0
    zone = timezone.get_current_timezone()
    for values in rows:
        writer.writerow([_as_text(value, zone) for value in values])
        count += 1
    stream.detach()
    return count


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: Excel allows 31 characters and not all of them."""
    kept = "".join(" " if char in "[]:*?/\\'" else char for char in title)
    return " ".join(kept.split())[:SHEET_NAME_LENGTH].strip()


HEAD = {
    "bold": True,
    "text_wrap": True,
    "valign": "vcenter",
    "border": 1,
    "border_color": "#B8B2A6",
    "bg_color": "#F3E9DC",
}


def _truth(value: bool) -> str:
    return "Có" if value else "Không"


def _serial(instant: datetime) -> float:
    """A local instant as Excel counts: days since 30/12/1899 and a fraction."""
    seconds = instant.hour * 3600 + instant.minute * 60 + instant.second
    return (instant.date() - _EPOCH).days + seconds / 86_400


def _as_text(value, zone) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{nfc(value)}" if value.startswith(_COMPUTED) else nfc(value)
    if isinstance(value, bool):
        return _truth(value)
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
