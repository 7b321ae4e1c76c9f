"""A unit among those before and after it: the drawing of its page, and the papers each has left."""

from dataclasses import dataclass

from django.db.models import Count

from awards.enums import DossierState
from awards.models import Award, Dossier
from registrations.models import Registration, Report
from units.models import Unit, UnitSuccession

#: generations drawn on either side; older ones are reached from page to page
GENERATIONS = 2
WIDTH, HEIGHT, GAP_X, GAP_Y = 230, 64, 50, 14
LINE = 27  # letters of a name that fit into a box


@dataclass(frozen=True)
class Box:
    unit: Unit
    x: int
    y: int
    lines: list[str]
    is_self: bool

    @property
    def first_line_y(self) -> int:
        return self.y + 38 - 9 * (len(self.lines) - 1) - 4

    @property
    def text(self) -> list[tuple[int, str]]:
        return [(self.first_line_y + 18 * n, line) for n, line in enumerate(self.lines)]

    @property
    def text_x(self) -> int:
        return self.x + 12


@dataclass(frozen=True)
class Drawing:
    boxes: list[Box]
    #: from the right edge of one box to the left edge of another
    lines: list[tuple[int, int, int, int]]
    width: int
    height: int
    box_width: int = WIDTH
    box_height: int = HEIGHT


def draw(unit: Unit) -> Drawing | None:
    """The unit between its predecessors (left) and successors (right); None when it has neither."""
    links = set()
    columns = [[unit]]
    for end, other, place in (("successor", "predecessor", 0), ("predecessor", "successor", None)):
        frontier, seen = [unit], {unit.pk}
        for _ in range(GENERATIONS):
            steps = UnitSuccession.objects.filter(**{f"{end}__in": frontier}).select_related(other)
            nearby = []
            for step in steps.order_by(f"{other}__sort_name"):
                links.add((step.predecessor_id, step.successor_id))
                kin = getattr(step, other)
                if kin.pk not in seen:
                    seen.add(kin.pk)
                    nearby.append(kin)
            if not nearby:
                break
            columns.insert(0, nearby) if place == 0 else columns.append(nearby)
            frontier = nearby
    if len(columns) == 1:
        return None
    tallest = max(map(len, columns))
    height = tallest * (HEIGHT + GAP_Y) - GAP_Y
    boxes = {}
    for column, units in enumerate(columns):
        top = (height - (len(units) * (HEIGHT + GAP_Y) - GAP_Y)) // 2
        for row, kin in enumerate(units):
            x, y = column * (WIDTH + GAP_X), top + row * (HEIGHT + GAP_Y)
            boxes[kin.pk] = Box(kin, x, y, _wrapped(kin.name), kin.pk == unit.pk)
    lines = [
        (boxes[old].x + WIDTH, boxes[old].y + HEIGHT // 2, boxes[new].x, boxes[new].y + HEIGHT // 2)
        for old, new in sorted(links)
        if old in boxes and new in boxes
    ]
    return Drawing(list(boxes.values()), lines, len(columns) * (WIDTH + GAP_X) - GAP_X, height)


def _wrapped(name: str) -> list[str]:
    """The name on at most two lines."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines if len(lines) <= 2 else [lines[0], lines[1][: LINE - 1].rstrip() + "…"]


@dataclass(frozen=True)
class Papers:
    """What a unit has left, and what of it still waits for somebody to act."""

    unit: Unit
    registrations: int
    reports: int
    awards: int
    pending: list


def papers_of(units) -> list[Papers]:
    """One row for each of the units that has any, in their order."""
    pending = _pending(units)
    counts = [
        _counted(Registration.objects.filter(first_filed_at__isnull=False), units),
        _counted(Report.objects.filter(first_submitted_at__isnull=False), units),
        _counted(Award.objects.filter(decision__state="published"), units),
    ]
    rows = [
        Papers(unit, *(count.get(unit.pk, 0) for count in counts), pending.get(unit.pk, [])) for unit in units
    ]
    return [row for row in rows if row.registrations or row.reports or row.awards or row.pending]


def _counted(rows, units) -> dict[int, int]:
    return dict(rows.filter(unit__in=units).order_by().values_list("unit").annotate(Count("pk")))


def _pending(units) -> dict[int, list]:
    """Drafts, what was returned and what waits on a desk, by unit."""
    open_papers = (
        Registration.objects.filter(state__in=["draft", "filed", "returned"]).select_related("period"),
        Report.objects.filter(state__in=["draft", "submitted", "returned", "contested"]).select_related(
            "period"
        ),
        Dossier.objects.filter(state__in=[DossierState.DRAFT, DossierState.SUBMITTED, DossierState.RETURNED]),
    )
    found = {}
    for papers in open_papers:
        for paper in papers.filter(unit__in=units).select_related("unit").order_by("pk"):
            found.setdefault(paper.unit_id, []).append(paper)
    return found
