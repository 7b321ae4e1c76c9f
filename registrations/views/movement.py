"""What the pages of launches, pilots and inspections have in common."""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.findings import Finding
from registrations.models import Period

_TABS = (
    ("launches", "Phát động"),
    ("pilot_lists", "Chỉ đạo điểm"),
    ("inspections", "Kiểm tra"),
)


@require_safe
def movement(request):
    """The way in from the menu."""
    return redirect("registrations:launches")


def tabs(current) -> list[dict]:
    """For `components/tabs.html`."""
    return [
        {"label": label, "url": reverse(f"registrations:{name}"), "active": name == current, "count": None}
        for name, label in _TABS
    ]


def asked_period(request, milestone) -> Period | None:
    """The period of the year asked for, else the newest that has opened; of those that have `milestone`."""
    periods = Period.objects.exclude(**{milestone: None}).select_related("campaign")
    year = request.GET.get("year", "")
    found = periods.filter(year=int(year)).first() if year.isdecimal() and len(year) == 4 else None
    return found or periods.filter(opens_on__lte=clock.today()).first() or periods.last()


def show(refused, form) -> None:
    """Put the reasons of a refusal at the fields they name; a right that is missing goes on as it is."""
    if refused.status == 403:
        raise refused
    for finding in refused.findings:
        form.add_error(finding.field if finding.field in form.fields else None, finding.message)
    if not refused.findings:
        form.add_error(None, str(refused))


def reasons(refused) -> list:
    """What a refused act has to say, for `components/findings.html`."""
    if refused is None:
        return []
    return refused.findings or [Finding(str(refused))]
