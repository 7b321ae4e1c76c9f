"""Where the standing body's lead sees what the public would read, and publishes it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from awards.models import PublicRecord
from core import clock
from registrations.models import Period
from reports import progress, workflow
from reports.views.public import progress_shown


def _periods():
    return Period.objects.filter(opens_on__lte=clock.today()).select_related("campaign").order_by("-year")


@require_safe
def publishing(request):
    if not request.user.has_perm("reports.publish_progress"):
        raise PermissionDenied
    periods = list(_periods())
    period = next(
        (p for p in periods if str(p.year) == request.GET.get("nam")), periods[0] if periods else None
    )
    context = {
        "period": period,
        "tabs": [
            {"label": f"Năm {p.year}", "url": f"?nam={p.year}", "active": p == period} for p in periods[:8]
        ],
        "shown": progress_shown(progress.figures_of(period)) if period else None,
        "published": PublicRecord.objects.progress().filter(uid=period.uid).first() if period else None,
    }
    return render(request, "reports/publish_progress.html", context)


@require_POST
def publish(request, uid):
    period = get_object_or_404(_periods(), uid=uid)
    workflow.publish_progress(period, by=request.user, acting=request.acting_unit)
    messages.success(request, f"Đã công bố tiến độ năm {period.year}.")
    return redirect(f"{reverse('reports:publish_progress')}?nam={period.year}")
