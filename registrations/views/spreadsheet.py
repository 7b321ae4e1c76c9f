"""The plan of a draft by Excel: the template of its tier, and its way back in."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import importing
from registrations import workflow
from registrations.spreadsheets import PlanIntake
from registrations.views.registration import authorise, fetch


def _intake(request, uid) -> PlanIntake:
    registration = fetch(request, uid)
    authorise(request, "edit", registration)
    return PlanIntake(registration, by=request.user, acting=request.acting_unit)


@require_safe
def template(request, uid):
    return importing.template_of(_intake(request, uid))


@require_http_methods(["GET", "HEAD", "POST"])
def import_plan(request, uid):
    intake = _intake(request, uid)
    registration = intake.registration
    if registration.state not in workflow.EDITABLE:
        label = registration.get_state_display()
        messages.info(request, f"Bản đăng ký đang ở trạng thái “{label}”, không nhập được.")
        return redirect(registration)
    edit_url = reverse("registrations:edit", args=[uid])
    context = {
        "trail": [
            ("Đăng ký thi đua", reverse("registrations:registrations")),
            (f"Năm {registration.period.year}", registration.get_absolute_url()),
            ("Soạn", edit_url),
            ("Nhập từ Excel", ""),
        ],
        "intro": f"{registration.unit.name} · Tệp thay toàn bộ chỉ tiêu và nhiệm vụ của bản nháp.",
        "template_url": reverse("registrations:plan_template", args=[uid]),
    }
    return importing.respond(request, intake, context=context, done_url=edit_url)
