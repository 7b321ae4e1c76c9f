"""The figures of a report by Excel: the template with its criteria, and its way back in."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import importing
from registrations import workflow
from registrations.figure_sheet import FigureIntake
from registrations.views.report import authorise, fetch


def _intake(request, uid) -> FigureIntake:
    report = fetch(request, uid)
    authorise(request, "edit", report)
    return FigureIntake(report, by=request.user, acting=request.acting_unit)


@require_safe
def template(request, uid):
    return importing.template_of(_intake(request, uid))


@require_http_methods(["GET", "HEAD", "POST"])
def import_figures(request, uid):
    intake = _intake(request, uid)
    report = intake.report
    if report.state not in workflow.EDITABLE_REPORT:
        label = report.get_state_display()
        messages.info(request, f"Báo cáo đang ở trạng thái “{label}”, không nhập được.")
        return redirect(report)
    edit_url = reverse("registrations:edit_report", args=[uid])
    context = {
        "trail": [
            ("Báo cáo số liệu", reverse("registrations:reports")),
            (report.title, report.get_absolute_url()),
            ("Soạn", edit_url),
            ("Nhập từ Excel", ""),
        ],
        "intro": f"{report.unit.name} · Mẫu đã có sẵn các tiêu chí và số liệu đang lưu.",
        "template_url": reverse("registrations:figures_template", args=[uid]),
    }
    return importing.respond(request, intake, context=context, done_url=edit_url)
