"""A unit over all years, in one picture and the table it stands for."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from criteria.enums import Verdict
from registrations.eligibility import eligibility_of
from registrations.models import Campaign, Report
from registrations.years import History, history_of
from units.models import Unit

#: of the heat map, in units of its SVG: on a wide screen names and ratios, on a phone codes and marks
ROW, HEAD = 34, 44
NAME, CELL = 320, 92
CODE, MARK = 84, 44
GAP = 4
#: of a sparkline
WIDTH, HEIGHT = 120, 28
#: of a letter of a criterion's name, on the whole
LETTER = 8
MARKS = {
    Verdict.MET: "✓",
    Verdict.NOT_MET: "✗",
    Verdict.NOT_APPLICABLE: "–",
    Verdict.MISSING: "?",
    Verdict.TO_BE_JUDGED: "…",
}


@dataclass(frozen=True)
class Cell:
    x: int
    y: int
    tone: str
    mark: str
    title: str
    text_x: int

    @property
    def text_y(self) -> int:
        return self.y + 22


@require_safe
def years(request, uid):
    unit = get_object_or_404(Unit, uid=uid)
    if not request.user.has_perm("registrations.view_years", unit):
        raise PermissionDenied
    history = history_of(unit, Report.objects.visible_to(request.user))
    campaigns = Campaign.objects.filter(periods__reports__in=[c.report for c in history.columns]).distinct()
    return render(
        request,
        "registrations/years.html",
        {
            "unit": unit,
            "history": history,
            "lines": [
                {
                    "row": row,
                    "spark": _spark(row),
                    "cells": list(zip(history.columns, row.cells, strict=True)),
                }
                for row in history.rows
            ],
            "drawings": [
                {"class": "d-none d-md-block", **_draw(history, NAME, CELL)},
                {"class": "d-md-none", **_draw(history, CODE, MARK)},
            ],
            "eligibilities": [eligibility_of(unit, c) for c in campaigns.order_by("-first_year")],
            "marks": [{"mark": mark, "verdict": verdict} for verdict, mark in MARKS.items()],
            "has_predecessors": any(column.is_predecessor for column in history.columns),
        },
    )


def _draw(history: History, name: int, cell: int) -> dict:
    """The heat map: criteria down, reports across; `name` and `cell` are the widths of its columns."""
    is_narrow = name == CODE
    if not is_narrow:
        name = max(name, LETTER * max((len(row.criterion.name) for row in history.rows), default=0))
    cells = []
    for down, row in enumerate(history.rows):
        for across, said in enumerate(row.cells):
            if said:
                column = history.columns[across]
                verdict = said.result.verdict
                title = f"{row.criterion.name}, năm {column.year}: {said.result.explanation}"
                x, y = name + across * cell, HEAD + down * ROW
                mark = MARKS[verdict] if is_narrow else f"{MARKS[verdict]} {said.result.percent}"
                cells.append(Cell(x, y, verdict.tone, mark, title, x + (cell - GAP) // 2))
    names = [
        {
            "y": HEAD + down * ROW + 22,
            "text": row.criterion.code if is_narrow else row.criterion.name,
        }
        for down, row in enumerate(history.rows)
    ]
    heads = [
        {"x": name + across * cell + (cell - GAP) // 2, "text": column.year, "is_old": column.is_predecessor}
        for across, column in enumerate(history.columns)
    ]
    return {
        "cells": cells,
        "names": names,
        "heads": heads,
        "width": name + len(history.columns) * cell,
        "height": HEAD + len(history.rows) * ROW,
        "cell_width": cell - GAP,
        "cell_height": ROW - GAP,
    }


def _spark(row) -> dict | None:
    """The ratios of one criterion as a line; None when there are not two of them."""
    bars = [(n, said.bar) for n, said in enumerate(row.cells) if said and said.bar]
    if len(bars) < 2 or row.criterion.threshold is None:
        return None
    step = WIDTH // (len(row.cells) - 1)
    points = [(n * step, _height(bar)) for n, bar in bars]
    return {
        "points": " ".join(f"{x},{y}" for x, y in points),
        "last": points[-1],
        "threshold": _height(f"{row.criterion.threshold}.00"),
        "width": WIDTH,
        "height": HEIGHT,
    }


def _height(bar: str) -> int:
    """From a percentage such as "94.99" to the line's height from the top."""
    hundredths = int(bar.replace(".", ""))
    return HEIGHT - hundredths * HEIGHT // 10_000
