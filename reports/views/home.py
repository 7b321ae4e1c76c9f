"""Home of a person who has logged in: what awaits him first, then where the year stands."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from awards.models import Award, Dossier
from core import clock
from registrations.enums import ObligationKind
from registrations.models import Obligation, Period, Registration, Report
from reports import todo
from reports.dashboards import awards, movement
from reports.views.dashboards import NAMES, pages_of, papers_of


def _when(instant):
    return instant or ""


def _year_line(unit, period) -> list[dict]:
    """The year as four stations of the unit: registration, annual report, dossier, result."""
    registration = Registration.objects.filter(unit=unit, period=period).first()
    report = Report.objects.filter(unit=unit, period=period, kind=ObligationKind.ANNUAL_REPORT).first()
    dossier = Dossier.objects.filter(unit=unit, first_submitted_at__year=period.year).first()
    award = Award.objects.filter(
        unit=unit, decision__signed_on__year=period.year, decision__state="published"
    ).first()
    stations = [
        ("Đăng ký thi đua", registration and registration.first_filed_at, registration),
        ("Báo cáo năm", report and report.first_submitted_at, report),
        ("Hồ sơ khen thưởng", dossier and dossier.first_submitted_at, dossier),
        ("Kết quả", award and award.decision.published_at, None),
    ]
    steps, lit = [], False
    for label, done_at, _ in stations:
        state = "done" if done_at else ("todo" if lit else "current")
        lit = lit or not done_at
        steps.append({"label": label, "state": state, "when": _when(done_at)})
    return steps


def _history(unit) -> list[dict]:
    """What the unit has filed, year by year, newest first."""
    by_year = {}
    for registration in Registration.objects.filter(unit=unit).select_related("period", "unit"):
        by_year.setdefault(registration.period.year, {})["registration"] = registration
    annual = Report.objects.filter(unit=unit, kind=ObligationKind.ANNUAL_REPORT)
    for report in annual.select_related("period", "unit"):
        by_year.setdefault(report.period.year, {})["report"] = report
    return [{"year": year, **found} for year, found in sorted(by_year.items(), reverse=True)]


def _sentence(unit, period) -> Obligation | None:
    """The obligation the greeting speaks of: registration of the period that is open."""
    return (
        Obligation.objects.filter(unit=unit, period=period, kind=ObligationKind.REGISTRATION, is_waived=False)
        .select_related("period")
        .first()
    )


def _state(user, year) -> dict | None:
    """Where the period stands, for those who have a dashboard of it."""
    pages = pages_of(user)
    if not pages:
        return None
    tiles = movement.tiles(year)
    if user.authority.is_commendation_body:
        tiles = awards.tiles(user) + tiles
    return {
        "tiles": tiles,
        "pages": [{"label": NAMES[name], "url": reverse(name)} for name in pages],
        "papers": papers_of(user, year),
    }


@require_safe
def home(request):
    unit = request.acting_unit or None
    period = Period.objects.open_on(clock.today()).select_related("campaign").order_by("-year").first()
    files = unit is not None and request.user.authority.files_for(unit.pk)
    context = {"todos": todo.of(request.user, unit), "period": period, "unit": unit, "files": files}
    context["state"] = _state(request.user, period.year) if period else None
    context["has_ended"] = unit is not None and unit.has_ended
    if files and period:
        context |= {
            "obligation": _sentence(unit, period),
            "steps": _year_line(unit, period),
            "history": _history(unit),
        }
    return render(request, "reports/home.html", context)
