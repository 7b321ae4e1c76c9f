from dataclasses import dataclass, field

from core.spreadsheets.columns import Column

#: sheets that a template has beside those that are read
GUIDE, LISTS = "Hướng dẫn", "Danh mục"


@dataclass(frozen=True)
class Sheet:
    """One sheet of a spreadsheet people fill in: the template and the reader are made from it."""

    name: str
    columns: tuple[Column, ...]
    help: str = ""
    max_rows: int = 5000
    #: values of the rows the template begins with, by column name
    prefilled: tuple[dict, ...] = field(default=(), hash=False)

    @property
    def example(self) -> dict | None:
        """The example row: what the columns show, the first one marked."""
        if not any(column.example for column in self.columns):
            return None
        first, *others = self.columns
        return {first.name: f"{EXAMPLE_MARK} {first.example}", **{c.name: c.example for c in others}}


#: begins the first cell of the example row; a row that still has it is not taken in
EXAMPLE_MARK = "VÍ DỤ:"


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where; about the whole file when there is no sheet."""

    sheet: str
    cell: str
    reason: str

    def __str__(self):
        place = ", ".join(part for part in (self.sheet and f"Sheet “{self.sheet}”", self.place) if part)
        return f"{place}: {self.reason}" if place else self.reason

    @property
    def place(self) -> str:
        return f"ô {self.cell}" if self.cell else ""


class SpreadsheetInvalid(Exception):
    """A file that is not taken in; carries everything that is wrong with it."""

    def __init__(self, faults: list[Fault]):
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
