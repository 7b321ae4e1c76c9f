"""The working calendar: public holidays as the State counts them, corrected day by day.

Days in force decide when a supplement is due and what is suggested for a last day that is
not worked; no milestone is moved by a change here.
"""

from dataclasses import replace
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.calendar import corrections, holiday_name, is_working_day, weekday
from core.findings import Finding
from core.models import Holiday
from registrations import checks
from registrations.forms import HolidayForm, YearForm
from registrations.models import Period
from registrations.workflow import holidays as calendar


@require_safe
def holidays(request):
    """All days off of one year that are not plain weekends, and the weekend days that are worked."""
    choice = YearForm(request.GET)
    year = (choice.is_valid() and choice.cleaned_data["nam"]) or clock.today().year
    user = request.user
    context = {
        "choice": YearForm({"nam": year}),
        "year": year,
        "days": _days(year),
        "touched": _touched(year),
        "can_add": user.has_perm("core.add_holiday"),
        "can_change": user.has_perm("core.change_holiday"),
    }
    return render(request, "registrations/holidays.html", context)


def _touched(year) -> list[Finding]:
    """The milestones of the year's period that fall on a day off."""
    return [
        replace(found, field="")
        for period in Period.objects.filter(year=year)
        for found in checks.days_off(period)
    ]


def _days(year) -> list[dict]:
    known = corrections()
    day, rows = date(year, 1, 1), []
    while day.year == year:
        name = known[day].name if day in known else holiday_name(day, known)
        if name:
            rows.append(
                {
                    "day": day,
                    "weekday": weekday(day),
                    "name": name,
                    "is_worked": is_working_day(day, known),
                    "row": known.get(day),
                }
            )
        day += timedelta(days=1)
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("core.change_holiday", raise_exception=True)
def edit_holiday(request, pk=None):
    holiday = get_object_or_404(Holiday, pk=pk) if pk else Holiday()
    form = HolidayForm(request.POST or None, instance=holiday)
    if request.method == "POST" and form.is_valid():
        stored = calendar.save(form.instance, by=request.user, acting=request.acting_unit)
        messages.success(request, f"Đã lưu ngày {stored.day:%d/%m/%Y}.")
        return redirect(f"/lich-nghi/?nam={stored.day.year}")
    context = {"form": form, "holiday": holiday}
    return render(request, "registrations/edit_holiday.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required("core.delete_holiday", raise_exception=True)
def remove_holiday(request, pk):
    holiday = get_object_or_404(Holiday, pk=pk)
    calendar.remove(holiday, by=request.user, acting=request.acting_unit)
    messages.success(request, f"Ngày {holiday.day:%d/%m/%Y} lại theo lịch chung.")
    return redirect(f"/lich-nghi/?nam={holiday.day.year}")
