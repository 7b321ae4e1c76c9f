"""What a dashboard is made of: tables whose numbers are links, each with the chart drawn from it."""

from dataclasses import dataclass, replace

from core.vietnamese import format_number, format_percent


@dataclass(frozen=True)
class Cell:
    """`url` is the list behind the number; a rate, or a number that has no list, has none."""

    text: str
    url: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Row:
    """`segments` are its bar, in thousandths of the width; `percent` stands beside the bar."""

    label: str
    cells: tuple[Cell, ...]
    segments: tuple[dict, ...] = ()
    percent: str = ""
    url: str = ""


@dataclass(frozen=True)
class Block:
    """`name` is where the block stands on its page. Without rows, `empty` says what will stand there."""

    name: str
    title: str
    label_heading: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    legend: tuple[dict, ...] = ()
    chart_caption: str = ""
    note: str = ""
    empty: str = ""

    @property
    def table(self) -> list[tuple[Row, list[tuple[str, Cell]]]]:
        """Each row with its cells, every cell beside its heading."""
        return [(row, list(zip(self.headings, row.cells, strict=True))) for row in self.rows]

    def only(self, *headings: str) -> "Block":
        """The same with these columns alone, for where there is little room."""
        kept = [self.headings.index(heading) for heading in headings] if self.rows else []
        rows = tuple(replace(row, cells=tuple(row.cells[place] for place in kept)) for row in self.rows)
        return replace(self, headings=headings, rows=rows)

    @property
    def drawn(self) -> list[Row]:
        """The rows of the chart: a bar of nothing is none."""
        return [row for row in self.rows if any(segment["number"] for segment in row.segments)]


def count(number: int, url: str = "") -> Cell:
    return Cell(format_number(number), url, number)


def rate(part: int, whole: int) -> str:
    return format_percent(part, whole, threshold=100) if whole else "–"


def bar(*parts: tuple[str, str, int, bool], whole: int = 0) -> tuple[dict, ...]:
    """(label, tone, number, is_faint) of each part of a bar; a full one is `whole`, else their sum."""
    whole = whole or sum(number for _, _, number, _ in parts) or 1
    before, segments = 0, []
    for label, tone, number, is_faint in parts:
        start, end = before * 1000 // whole, (before + number) * 1000 // whole
        at = {"x": start, "width": end - start}
        segments.append({"label": label, "tone": tone, "number": number, "is_faint": is_faint, **at})
        before += number
    return tuple(segments)


def legend_of(rows: tuple[Row, ...]) -> tuple[dict, ...]:
    """The parts of the bars, in the order in which they stand."""
    parts = {s["label"]: {k: s[k] for k in ("label", "tone", "is_faint")} for r in rows for s in r.segments}
    return tuple(parts.values())
