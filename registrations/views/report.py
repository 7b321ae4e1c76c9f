import uuid

from csp.constants import SELF
from csp.decorators import csp_replace
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock, exports, files, press
from core.calendar import last_instant
from core.transitions import Refused
from registrations import checks, workflow
from registrations.enums import FigureVerdict, ObligationKind, ReportState
from registrations.forms import ReportFilterForm, SendForm
from registrations.listings import REPORTS
from registrations.models import FigureAnswer, Obligation, Period, Report
from registrations.models.report import UNDER_REVIEW
from registrations.papers import RESULTS
from registrations.views.filed import filed_reports
from registrations.views.history import history
from registrations.views.registration import filing_units, posted_uuid
from registrations.views.verdict import (
    failing,
    figures_for,
    in_context,
    lines_of,
    removed_evidence,
    tiles_of,
)

#: in the order of the year
KINDS = (ObligationKind.SIX_MONTH_REPORT, ObligationKind.ANNUAL_REPORT)
SENTENCES = {
    "start": "đã bắt đầu soạn báo cáo",
    "attach": "đã thêm minh chứng cho tiêu chí",
    "detach": "đã gỡ minh chứng của tiêu chí",
    "import_figures": "đã nhập số liệu từ Excel",
    "judge": "đã kết luận về tiêu chí",
    "accept": "đã chấp nhận các số liệu không có cảnh báo",
    "assign": "đã giao thẩm định cho",
}


def fetch(request, uid) -> Report:
    """The report through both doors: not visible is 404, visible without the right is 403."""
    visible = Report.objects.visible_to(request.user)
    related = visible.select_related("period__campaign__criteria_set", "unit", "saved_by", "submitted_by")
    report = get_object_or_404(related, uid=uid)
    authorise(request, "view", report)
    return report


def authorise(request, action, report):
    if not request.user.has_perm(f"registrations.{action}_report", report):
        raise PermissionDenied


@require_safe
def reports(request):
    authority = request.user.authority
    own = Report.objects.filter(unit__in=authority.own).select_related("period", "unit")
    own = list(own.order_by("-period__year", "unit__sort_name"))
    begun = {(r.period_id, r.unit_id, r.kind) for r in own}
    startable = [
        {"period": period, "unit": unit, "kind": kind, "label": kind.label, "due": period.dues[kind]}
        for period in Period.objects.filter(opens_on__lte=clock.today()).order_by("-year")[:2]
        for unit in filing_units(request)
        for kind in KINDS
        if kind in period.dues and (period.pk, unit.pk, kind) not in begun
    ]
    context = {"own": own, "startable": startable, "is_filer": bool(filing_units(request))}
    is_desk = authority.is_standing_body or authority.is_commendation_body
    if is_desk or authority.below:
        others = Report.objects.visible_to(request.user).filter(first_submitted_at__isnull=False)
        others = others.exclude(unit__in=authority.own)
        context["filter"] = ReportFilterForm(request.GET)
        narrowed = context["filter"].narrow(others).order_by("-submitted_at", "-id")
        if exports.asked(request):
            whole = narrowed.select_related("period", "unit")
            return exports.answer(request, REPORTS, whole, form=context["filter"])
        context["list"] = filed_reports(request, narrowed)
    return render(request, "registrations/reports.html", {**context, "is_desk": is_desk})


@require_POST
def start(request):
    unit = next((u for u in filing_units(request) if str(u.uid) == request.POST.get("unit")), None)
    period = Period.objects.filter(uid=posted_uuid(request, "period"), opens_on__lte=clock.today()).first()
    kind = request.POST.get("kind", ObligationKind.ANNUAL_REPORT.value)
    if unit is None or period is None or kind not in KINDS or kind not in period.dues:
        raise Http404
    authorise(request, "edit", Report(unit=unit, period=period))
    report = workflow.start_report(
        period, unit, kind=ObligationKind(kind), by=request.user, acting=request.acting_unit
    )
    return redirect("registrations:edit_report", report.uid)


@require_safe
def report(request, uid):
    return page(request, fetch(request, uid))


def page(request, report, *, refused=None, action="", status=200):
    is_own = report.unit_id in request.user.authority.own
    available = {t.action for t in workflow.REPORT.available(report, request.user)}
    is_on_desk = not is_own and bool({"verify", "return"} & available)
    # Until the desk has finished, what it thinks of single figures is its own.
    shows_judging = is_on_desk or report.state not in UNDER_REVIEW
    figures, words = figures_for(report, is_own=is_own)
    on_verified = report.state == ReportState.VERIFIED
    lines = lines_of(report, figures, on_verified=on_verified)
    in_context(report, lines, request.user)
    context = {
        "report": report,
        "is_own": is_own,
        "label": report.get_state_display() if is_own else report.desk_label,
        "words": words,
        "lines": lines,
        "tiles": tiles_of(lines),
        "failing": failing(lines),
        "on_verified": on_verified,
        "sees_years": request.user.has_perm("registrations.view_years", report.unit),
        "removed": removed_evidence(report) if is_own else [],
        "shows_judging": shows_judging,
        "is_on_desk": is_on_desk,
        "refused_figures": [line for line in lines if line["figure"].verdict == FigureVerdict.REFUSED],
        "answers": answers_of(report) if shows_judging or is_own else [],
        "evaluation": report.evaluations.last(),
        "events": history(
            report,
            workflow.REPORT,
            others=SENTENCES,
            hidden=() if is_on_desk else ("assign",) if shows_judging else ("judge", "accept", "assign"),
        ),
        "available": available,
        "can_edit": "submit" in available,
        "can_contest": "contest" in available and report.may_still_be_contested,
        "is_changing": not is_own and report.state == ReportState.RETURNED,
        "refused": refused.findings or [{"message": str(refused), "field": ""}] if refused else [],
        "refused_action": action,
        "due": due_of(report),
        "printed": press.links(request.user, report, RESULTS),
    }
    return render(request, "registrations/report.html", context, status=status)


def answers_of(report):
    """What the unit has answered to refusals, newest first."""
    answers = FigureAnswer.objects.filter(figure__report=report).order_by("-answered_at", "id")
    return answers.select_related("figure__criterion", "answered_by").prefetch_related(
        files.with_notes("evidence__file")
    )


def due_of(report):
    """The day the report is due: its obligation's, which may be extended, else the period's."""
    owed = Obligation.objects.filter(period=report.period, unit=report.unit, kind=report.kind).first()
    return owed.due if owed else report.period.dues.get(report.kind)


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request, uid):
    report = fetch(request, uid)
    authorise(request, "submit", report)
    if request.method == "POST":
        form = SendForm(request.POST)
        if not form.is_valid():
            raise Refused("Yêu cầu nộp không đầy đủ. Hãy mở lại trang xem trước rồi nộp.")
        try:
            workflow.submit_report(report, by=request.user, acting=request.acting_unit, **form.cleaned_data)
        except Refused as refused:
            if not refused.findings:
                raise
            key = form.cleaned_data["request_key"]
            return _preview_page(request, report, key, findings=refused.findings, status=refused.status)
        return redirect(report)
    if report.state not in workflow.REPORT.transitions["submit"].sources:
        return redirect(report)
    criteria = workflow.criteria_of(report)
    findings = checks.missing_for_submitting(report, criteria)
    return _preview_page(request, report, uuid.uuid4(), findings=findings)


def _preview_page(request, report, request_key, *, findings, status=200):
    figures, words = figures_for(report, is_own=True)
    lines = in_context(report, lines_of(report, figures), request.user)
    due = report.supplement_due or due_of(report)
    context = {
        "report": report,
        "words": words,
        "lines": lines,
        "tiles": tiles_of(lines),
        "failing": failing(lines),
        "findings": findings,
        "is_refused": status != 200,
        "request_key": request_key,
        "last_instant": last_instant(due),
        "is_supplement": bool(report.supplement_due),
        "is_past_due": clock.today() > due,
    }
    return render(request, "registrations/submit_report.html", context, status=status)


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def evidence(request, uid, file):
    """A piece of evidence; the verification desk shows it inside its own page, no other site may."""
    report = fetch(request, uid)
    figures, _ = figures_for(report, is_own=report.unit_id in request.user.authority.own)
    readable = {e.file.uid: e.file for figure in figures for e in figure.readable_evidence}
    if file not in readable:
        raise Http404
    return files.serve(request, readable[file], inline="xem" in request.GET)
