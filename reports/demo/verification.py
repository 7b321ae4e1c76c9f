"""The verification desk as it stands: some reports assigned, some refused, one contested."""

from datetime import datetime, timedelta

from core import clock
from core.models import File
from registrations import workflow
from registrations.enums import FigureVerdict
from registrations.models import FigureEvidence, Period, Report
from reports.demo.papers import paper
from reports.demo.texts import TEXTS
from reports.demo.world import World

#: how many of the reports that wait are shown with evidence, and how many of those are judged
SHOWN, JUDGED = 8, 3
CONTEST = "Đơn vị đã đối chiếu lại sổ theo dõi, số đã khai là đúng (minh họa)."


def verify_some(world: World, period: Period, now: datetime) -> None:
    """Of the reports that wait: two refused in part and still open to contest, one of them contested."""
    desk, lead = world.people["demo.stttt"], world.people["demo.stttt.ld"]
    waiting = list(Report.objects.on_desk().filter(period=period).in_turn().select_related("unit", "period"))
    waiting = [r for r in waiting if desk.has_perm("registrations.verify_report", r)][:SHOWN]
    _attach(waiting)
    with clock.played_at(now - timedelta(days=3)):
        for number, report in enumerate(waiting[: SHOWN - 2]):
            to = (desk, lead)[number % 2]
            workflow.assign(report, to=to, by=lead, acting=world.standing_body)
    with clock.played_at(now - timedelta(days=1, hours=2)):
        for report in waiting[:JUDGED]:
            _verify(report, world)
    with clock.played_at(now - timedelta(hours=3)):
        for report in waiting[:1]:
            _contest(report, world)


def _attach(reports) -> None:
    """A file to every figure but the last of each report, as a careful unit has it."""
    evidence = []
    for report in reports:
        figures = list(report.figures.select_related("criterion"))
        for figure in figures[:-1]:
            file = paper(
                "minh-chung.pdf",
                "figure",
                report.uid,
                figure.criterion.code,
                by=report.submitted_by,
                at=report.saved_at,
            )
            evidence.append(FigureEvidence(figure=figure, file=file))
    File.objects.bulk_create([e.file for e in evidence])
    for row in evidence:
        row.file_id = row.file.pk
    FigureEvidence.objects.bulk_create(evidence)


def _verify(report, world) -> None:
    """One figure refused, the others accepted."""
    desk, acting = world.people["demo.stttt"], world.standing_body
    figures = list(report.figures.select_related("criterion"))
    for number, figure in enumerate(figures):
        is_refused = number == len(figures) - 1
        workflow.judge_figure(
            figure,
            by=desk,
            acting=acting,
            verdict=FigureVerdict.REFUSED if is_refused else FigureVerdict.ACCEPTED,
            comment=TEXTS["refused"] if is_refused else "",
        )
    workflow.verify(report, by=desk, acting=acting)


def _contest(report, world) -> None:
    filer = world.filer(report.unit)
    refused = report.figures.filter(verdict=FigureVerdict.REFUSED).values_list("criterion__code", flat=True)
    answers = {code: {"is_contested": True, "text": CONTEST, "uploads": []} for code in refused}
    workflow.contest(report, by=filer, acting=report.unit, answers=answers)
