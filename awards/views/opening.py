"""Times in which the standing body takes dossiers besides the final review."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from awards.forms.dossier import OpeningForm
from awards.models import AwardForm, FormOpening
from awards.workflow import opening as workflow
from core.paging import page_of


@require_http_methods(["GET", "HEAD", "POST"])
def openings(request):
    authority = request.user.authority
    if not (authority.is_standing_body or authority.is_commendation_body):
        raise PermissionDenied
    may_open = request.user.has_perm("awards.open_awardform")
    if request.method != "POST":
        return _page(request, OpeningForm() if may_open else None)
    if not may_open:
        raise PermissionDenied
    form = OpeningForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    workflow.open_form(by=request.user, acting=request.acting_unit, **form.cleaned_data)
    messages.success(request, "Đã mở đợt nhận hồ sơ.")
    return redirect("awards:openings")


def _page(request, form, *, status=200):
    rows = FormOpening.objects.select_related("form", "campaign", "opened_by")
    context = {
        "list": page_of(request, rows, noun="đợt"),
        "forms": AwardForm.objects.order_by("route", "code"),
        "form": form,
    }
    return render(request, "awards/openings.html", context, status=status)
