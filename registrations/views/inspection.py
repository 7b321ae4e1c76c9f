from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock, exports, files, printing
from core.models.document import DocumentFormat
from core.paging import page_of
from core.transitions import Refused
from registrations import checks
from registrations.enums import FindingKind, FindingState
from registrations.forms.inspection import (
    ConclusionForm,
    DecisionForm,
    InspectionFilterForm,
    InspectionForm,
    MemberForm,
    PlanForm,
    VisitForm,
)
from registrations.listings import INSPECTIONS
from registrations.models import Finding, Inspection, InspectionPlan, Period, Visit
from registrations.views.history import told
from registrations.views.movement import reasons, show, tabs
from registrations.views.registration import posted_version
from registrations.workflow import inspection as workflow

_TO_REMEDY = ~Q(findings__kind=FindingKind.GOOD) & ~Q(findings__state=FindingState.CLOSED)
SENTENCES = {
    "registrations.inspection": {t.action: t.sentence for t in workflow.INSPECTION.transitions.values()}
    | {"plan": "đã đưa vào kế hoạch", "edit": "đã sửa thông tin đợt kiểm tra"},
    "registrations.inspectionmember": {
        "add_member": "đã đưa vào đoàn:",
        "remove_member": "đã đưa ra khỏi đoàn:",
    },
    "registrations.visit": {t.action: t.sentence for t in workflow.VISIT.transitions.values()}
    | {
        "add_visit": "đã đưa vào chương trình:",
        "remove_visit": "đã bỏ khỏi chương trình:",
        "record": "đã ghi nhận xét về",
    },
    "registrations.finding": {t.action: t.sentence for t in workflow.FINDING.transitions.values()}
    | {
        "add_finding": "đã ghi một phát hiện tại",
        "change_finding": "đã sửa một phát hiện tại",
        "remove_finding": "đã bỏ một phát hiện tại",
    },
}


@require_safe
def inspections(request):
    """The year's plan and its inspections; to a unit those announced to it, to a team its own."""
    user = request.user
    choice = InspectionFilterForm(request.GET)
    visits = Visit.objects.visible_to(user)
    visible = Inspection.objects.visible_to(user).select_related("period")
    shown = choice.narrow(visible, visits).annotate(number_of_visits=Count("visits"))
    shown = shown.order_by("-period__year", "-starts_on", "-pk")
    if exports.asked(request):
        return exports.answer(request, INSPECTIONS, shown, form=choice)
    reads_plans = user.has_perm("registrations.view_inspectionplan")
    plans = InspectionPlan.objects.select_related("period", "file").order_by("-period__year")
    context = {
        "tabs": tabs("inspections"),
        "filter": choice,
        "list": page_of(request, shown, noun="đợt kiểm tra"),
        "plans": plans[:3] if reads_plans else [],
        "reads_plans": reads_plans,
        "plannable": _plannable() if user.has_perm("registrations.plan_inspection") else [],
    }
    return render(request, "registrations/inspections.html", context)


def _plannable() -> list[Period]:
    """The years inspections are planned for: this one, and the next once its period is open."""
    today = clock.today()
    return list(Period.objects.filter(opens_on__lte=today, year__gte=today.year).order_by("year"))


@require_http_methods(["GET", "HEAD", "POST"])
def plan_inspection(request, year):
    period = get_object_or_404(Period, year=year)
    if not request.user.has_perm("registrations.plan_inspection"):
        raise PermissionDenied
    form = InspectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        planned = workflow.plan(period, by=request.user, acting=request.acting_unit, values=form.cleaned_data)
        messages.success(request, "Đã đưa đợt kiểm tra vào kế hoạch. Tiếp theo: lập đoàn và chương trình.")
        return redirect(planned)
    return _form_page(request, form, heading="Lập đợt kiểm tra", subtitle=str(period))


def _form_page(request, form, *, heading, subtitle, inspection=None, **more):
    context = {
        "units": (),
        "is_multipart": False,
        "text": "",
        "version": None,
        **more,
        "form": form,
        "heading": heading,
        "subtitle": subtitle,
        "inspection": inspection,
        "back": inspection.get_absolute_url() if inspection else reverse("registrations:inspections"),
    }
    return render(request, "registrations/edit_inspection.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def record_plan(request, year):
    period = get_object_or_404(Period, year=year)
    if not request.user.has_perm("registrations.record_inspectionplan"):
        raise PermissionDenied
    plan = InspectionPlan.objects.filter(period=period).select_related("file").first()
    form = PlanForm(request.POST or None, request.FILES or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        workflow.record_plan(period, by=request.user, acting=request.acting_unit, **form.cleaned_data)
        messages.success(request, "Đã ghi kế hoạch kiểm tra.")
        return redirect("registrations:inspections")
    return _form_page(
        request, form, heading=f"Kế hoạch kiểm tra năm {year}", subtitle="Bản đã ký", is_multipart=True
    )


@require_safe
def plan_file(request, year):
    if not request.user.has_perm("registrations.view_inspectionplan"):
        raise PermissionDenied
    plan = get_object_or_404(InspectionPlan.objects.select_related("file"), period__year=year)
    return files.serve(request, plan.file, inline=True)


def fetch(request, uid) -> Inspection:
    """The inspection through both doors: not visible is 404, visible without the right is 403."""
    visible = Inspection.objects.visible_to(request.user)
    related = visible.select_related("period__campaign__criteria_set", "decision_file__reading")
    inspection = get_object_or_404(related, uid=uid)
    authorise(request, "view", inspection)
    return inspection


def authorise(request, action, inspection):
    if not request.user.has_perm(f"registrations.{action}_inspection", inspection):
        raise PermissionDenied


@require_safe
def inspection(request, uid):
    return _page(request, fetch(request, uid))


def _page(request, inspection, *, refused=None, action="", conclusion=None, status=200):
    user = request.user
    visits = list(
        Visit.objects.visible_to(user)
        .filter(inspection=inspection)
        .select_related("unit")
        .annotate(found=Count("findings"), waiting=Count("findings", filter=_TO_REMEDY))
        .order_by("on", "pk")
    )
    reads_all = user.has_perm("registrations.print_inspection", inspection)
    for visit in visits:
        visit.inspection = inspection
        # What the team has written reaches the unit with the results.
        visit.is_told = reads_all or visit.state == "communicated"
    available = {t.action for t in workflow.INSPECTION.available(inspection, user)}
    context = {
        "inspection": inspection,
        "visits": visits,
        "members": inspection.members.select_related("unit").order_by("pk"),
        "available": available,
        "may_edit": inspection.state in ("planned", "under_way")
        and user.has_perm("registrations.edit_inspection", inspection),
        "reads_all": reads_all,
        "closing_lack": checks.missing_for_closing(inspection) if "close" in available else [],
        "conclusion": conclusion or (ConclusionForm() if "conclude" in available else None),
        "refused": reasons(refused),
        "refused_action": action,
        "events": _events(user, inspection, visits, reads_all),
        **printed_report(inspection),
    }
    return render(request, "registrations/inspection.html", context, status=status)


def _events(user, inspection, visits, reads_all):
    if reads_all:
        return told(inspection, SENTENCES)
    findings = Finding.objects.visible_to(user).filter(visit__inspection=inspection)
    about = [inspection.uid, *(v.uid for v in visits if v.is_told), *findings.values_list("uid", flat=True)]
    return told(inspection, SENTENCES, about=about)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_inspection(request, uid):
    edited = fetch(request, uid)
    authorise(request, "edit", edited)
    form = InspectionForm(request.POST or None, instance=edited)
    # Words typed over an older version stay so, until the person has seen the newer one.
    version = posted_version(request) if request.method == "POST" else edited.version
    if request.method == "POST" and form.is_valid():
        try:
            workflow.edit(
                edited,
                by=request.user,
                acting=request.acting_unit,
                version=version,
                values=form.cleaned_data,
            )
        except Refused as refused:
            show(refused, form)
            version = fetch(request, uid).version
        else:
            messages.success(request, "Đã sửa đợt kiểm tra.")
            return redirect(edited)
    stored = fetch(request, uid)
    return _form_page(
        request,
        form,
        heading="Sửa đợt kiểm tra",
        subtitle=str(stored),
        inspection=stored,
        version=version,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def start_inspection(request, uid):
    started = fetch(request, uid)
    authorise(request, "start", started)
    form = DecisionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.start(started, by=request.user, acting=request.acting_unit, **form.cleaned_data)
        except Refused as refused:
            started.refresh_from_db()
            show(refused, form)
        else:
            messages.success(request, "Đã bắt đầu; đơn vị được kiểm tra và thành viên đoàn nhận được thư.")
            return redirect(started)
    return _form_page(
        request,
        form,
        heading="Ra quyết định, bắt đầu kiểm tra",
        subtitle=str(started),
        inspection=started,
        is_multipart=True,
        text="Quyết định được ký và lấy số ngoài cổng. Từ lúc này đơn vị được kiểm tra thấy chương trình.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_member(request, uid):
    return _add(request, uid, MemberForm, workflow.add_member, "Thêm thành viên đoàn")


@require_http_methods(["GET", "HEAD", "POST"])
def add_visit(request, uid):
    return _add(request, uid, VisitForm, workflow.add_visit, "Thêm đơn vị được kiểm tra")


def _add(request, uid, form_class, add, heading):
    inspection = fetch(request, uid)
    authorise(request, "edit", inspection)
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.values() if form_class is MemberForm else form.cleaned_data
        try:
            add(inspection, by=request.user, acting=request.acting_unit, values=values)
        except Refused as refused:
            inspection.refresh_from_db()
            show(refused, form)
        else:
            messages.success(request, "Đã thêm.")
            return redirect(inspection)
    units = form.fields["unit"].candidates.select_related("parent")
    return _form_page(
        request, form, heading=heading, subtitle=str(inspection), inspection=inspection, units=units
    )


@require_POST
def remove_member(request, uid, member):
    inspection = fetch(request, uid)
    authorise(request, "edit", inspection)
    removed = get_object_or_404(inspection.members.select_related("inspection"), uid=member)
    workflow.remove_member(removed, by=request.user, acting=request.acting_unit)
    messages.success(request, f"Đã đưa {removed.name} ra khỏi đoàn.")
    return redirect(inspection)


@require_POST
def remove_visit(request, uid, visit):
    inspection = fetch(request, uid)
    authorise(request, "edit", inspection)
    removed = get_object_or_404(inspection.visits.select_related("inspection", "unit"), uid=visit)
    workflow.remove_visit(removed, by=request.user, acting=request.acting_unit)
    messages.success(request, f"Đã bỏ {removed.unit.name} khỏi chương trình.")
    return redirect(inspection)


_DONE = {
    "conclude": "Đã kết thúc đợt kiểm tra. Có thể tạo báo cáo kết quả.",
    "close": "Đã đóng đợt kiểm tra.",
    "cancel": "Đã hủy đợt kiểm tra.",
}


@require_POST
def act(request, uid, action):
    inspection = fetch(request, uid)
    authorise(request, action, inspection)
    words = {"by": request.user, "acting": request.acting_unit}
    form = ConclusionForm(request.POST)
    try:
        if action == "conclude":
            workflow.conclude(inspection, conclusion=request.POST.get("conclusion", ""), **words)
        elif action == "cancel":
            workflow.cancel(inspection, comment=request.POST.get("comment", ""), **words)
        else:
            workflow.close(inspection, **words)
    except Refused as refused:
        inspection.refresh_from_db()
        return _page(
            request,
            inspection,
            refused=refused,
            action=action,
            conclusion=form if action == "conclude" else None,
            status=refused.status,
        )
    messages.success(request, _DONE[action])
    return redirect(inspection)


@require_safe
def decision_file(request, uid):
    shown = get_object_or_404(
        Inspection.objects.visible_to(request.user).filter(decision_file__isnull=False), uid=uid
    )
    authorise(request, "view", shown)
    return files.serve(request, shown.decision_file, inline=True)


def _authorised_to_print(request, uid) -> Inspection:
    printed = fetch(request, uid)
    authorise(request, "print", printed)
    return printed


def printed_report(inspection) -> dict:
    return printing.card(inspection, workflow.REPORT) | {"name": "báo cáo kết quả kiểm tra"}


@require_POST
def print_report(request, uid):
    """Make the report anew, as things stand now."""
    printed = _authorised_to_print(request, uid)
    workflow.print_report(printed, by=request.user)
    return redirect(f"{printed.get_absolute_url()}#van-ban")


@require_safe
def report_progress(request, uid):
    """How far the report is; the fragment asks until it is there."""
    printed = _authorised_to_print(request, uid)
    return render(
        request,
        "registrations/_inspection_report.html",
        {"inspection": printed, **printed_report(printed)},
    )


@require_safe
def report_file(request, uid, format=DocumentFormat.PDF):
    file = printing.file_of(printed_report(_authorised_to_print(request, uid)), format=format)
    if file is None:
        raise Http404
    return files.serve(request, file, inline=True)
