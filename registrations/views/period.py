from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.calendar import corrections, day_bounds, is_working_day, last_instant, why_off
from core.transitions import Refused
from registrations import checks, workflow
from registrations.enums import PeriodState
from registrations.forms import NewPeriodForm, PeriodForm, ReasonForm
from registrations.models import Campaign, Obligation, Period
from registrations.models.campaign import MILESTONES
from registrations.views.history import changes_of

SENTENCES = {
    "open": "đã lập kỳ",
    "change": "đã điều chỉnh kỳ",
    "oblige": "đã lập danh sách đơn vị phải nộp",
    "publish_progress": "đã công bố tiến độ của kỳ",
}
TONES = {
    PeriodState.UPCOMING: "neutral",
    PeriodState.OPEN: "success",
    PeriodState.LATE: "warning",
    PeriodState.LOCKED: "neutral",
}


def fetch(request, year, permission="registrations.view_period") -> Period:
    period = get_object_or_404(Period.objects.select_related("campaign"), year=year)
    if not request.user.has_perm(permission, period):
        raise PermissionDenied
    return period


@require_safe
def period(request, year):
    """The year for everyone: its milestones to the second, and what the own units owe in it."""
    shown = fetch(request, year)
    user = request.user
    own = Obligation.objects.filter(period=shown, unit__in=user.authority.own)
    context = {
        "period": shown,
        "tone": TONES[shown.state],
        "milestones": milestones(shown),
        "line": line(shown),
        "own": own.with_extension().select_related("unit", "period").order_by("due"),
        "can_change": user.has_perm("registrations.change_period", shown),
        "next_year": _next_year(user, shown),
        "days_off": checks.days_off(shown) if user.has_perm("registrations.change_period", shown) else [],
        "owed": shown.obligations.filter(is_waived=False).aggregate(
            tasks=Count("pk"), units=Count("unit", distinct=True)
        ),
        "events": changes_of(shown, SENTENCES),
    }
    return render(request, "registrations/period.html", context)


def _next_year(user, shown) -> int | None:
    """The year that can be opened from this one."""
    year = shown.year + 1
    is_open = Period.objects.filter(year=year).exists()
    return year if user.has_perm("registrations.add_period") and not is_open else None


def milestones(period) -> list[dict]:
    """The days of the period in their order, today among them, for `registrations/_milestones.html`."""
    today, known = clock.today(), corrections()
    rows = []
    for name in MILESTONES:
        day = getattr(period, name)
        if day:
            label = period._meta.get_field(name).verbose_name
            opens = name == "opens_on"
            rows.append(
                {
                    "day": day,
                    "label": f"{label[:1].upper()}{label[1:]}",
                    "at": day_bounds(day)[0] if opens else last_instant(day),
                    "off": "" if opens or is_working_day(day, known) else why_off(day, known),
                    "is_past": day < today,
                    "is_today": False,
                }
            )
    rows.sort(key=lambda row: row["day"])
    place = sum(row["is_past"] for row in rows)
    return [*rows[:place], {"day": today, "is_today": True}, *rows[place:]]


#: how long the drawn line is, in its own units
LENGTH = 1000


def line(period) -> dict:
    """The year as a line from 0 to `LENGTH`: the time on time, the time taken late, marks, today."""
    days = [getattr(period, name) for name in MILESTONES if getattr(period, name)]
    first, last = min(days), max(days)
    span = max((last - first).days, 1)

    def at(day):
        return (min(max(day, first), last) - first).days * LENGTH // span

    opens, closes, locks = at(period.opens_on), at(period.last_day), at(period.locks_on)
    return {
        "first": first,
        "last": last,
        "opens": opens,
        "on_time": closes - opens,
        "closes": closes,
        "late": locks - closes,
        "marks": sorted({at(day) for day in days}),
        "today": at(clock.today()) if first <= clock.today() <= last else None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("registrations.add_period", raise_exception=True)
def new_period(request, uid):
    campaign = get_object_or_404(Campaign, uid=uid)
    return _new(request, Period(campaign=campaign, year=_first_free_year(campaign)))


def _first_free_year(campaign) -> int:
    taken = set(campaign.periods.values_list("year", flat=True))
    years = range(campaign.first_year, campaign.last_year + 1)
    return next((year for year in years if year not in taken), campaign.last_year)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("registrations.add_period", raise_exception=True)
def next_period(request, year):
    """The next year from this one, every day a year later; the form warns of days off."""
    return _new(request, workflow.next_period(fetch(request, year)), earlier=year)


def _new(request, new, *, earlier=None):
    data = request.POST if request.method == "POST" else None
    form = NewPeriodForm(data, instance=new)
    if data is not None and form.is_valid():
        stored = workflow.open_period(form.instance, by=request.user, acting=request.acting_unit)
        messages.success(request, f"Đã lập kỳ năm {stored.year}.")
        return redirect(stored)
    days_off = checks.days_off(new) if earlier and data is None else []
    context = {"period": new, "form": form, "earlier": earlier, "days_off": days_off}
    return render(request, "registrations/edit_period.html", context, status=422 if data else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_period(request, year):
    """Type the days, see what hangs on them, then do it with a reason: three answers of one address."""
    edited = fetch(request, year, "registrations.change_period")
    if request.method != "POST":
        form = PeriodForm(instance=edited, initial={"version": edited.version})
        return _edit_page(request, edited, form)
    form = PeriodForm(request.POST, instance=fetch(request, year))
    if not form.is_valid():
        return _edit_page(request, edited, form, status=422)
    if "back" in request.POST:
        return _edit_page(request, edited, form)
    said = {"version": form.cleaned_data["version"] or 0, "by": request.user}
    try:
        reason = ReasonForm(request.POST if "apply" in request.POST else None)
        if "apply" in request.POST and reason.is_valid():
            workflow.change_period(
                edited, form.values, acting=request.acting_unit, **reason.cleaned_data, **said
            )
            messages.success(request, f"Đã điều chỉnh kỳ năm {edited.year}.")
            return redirect(edited)
        consequences = workflow.preview_change(edited, form.values, **said)
    except Refused as refused:
        if refused.status != 422:
            raise
        for finding in refused.findings or [refused]:
            form.add_error(getattr(finding, "field", "") or None, getattr(finding, "message", str(refused)))
        return _edit_page(request, edited, form, status=422)
    context = {
        "period": edited,
        "form": form,
        "reason": reason,
        "consequences": consequences,
        # The fields are not on this page: words alone, without their links.
        "days_off": [replace(finding, field="") for finding in checks.days_off(form.instance)],
    }
    status = 422 if reason.errors else 200
    return render(request, "registrations/change_period.html", context, status=status)


def _edit_page(request, edited, form, *, status=200):
    context = {"period": edited, "form": form, "earlier": None, "days_off": checks.days_off(edited)}
    return render(request, "registrations/edit_period.html", context, status=status)
