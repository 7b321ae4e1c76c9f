"""Giấy khen of the units themselves: recorded with number, day and file; read by who looks for duplicates."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import history, listings
from awards.forms.recorded import RecordedAwardForm, RecordForm
from awards.models import RecordedDecision
from awards.spreadsheets.recorded import RecordedIntake
from awards.workflow import recording as workflow
from core import exports, files, importing
from core.paging import page_of
from core.transitions import Refused
from units.middleware import filing_units
from units.models import Unit


def fetch(request, uid) -> RecordedDecision:
    visible = RecordedDecision.objects.visible_to(request.user).select_related(
        "unit", "form", "file", "recorded_by"
    )
    return get_object_or_404(visible, uid=uid)


@require_http_methods(["GET", "HEAD", "POST"])
def recorded_decisions(request):
    """The list; POST records one."""
    units = filing_units(request)
    if request.method != "POST":
        return _list(request, RecordForm(units=units) if units else None)
    if not units:
        raise PermissionDenied
    form = RecordForm(request.POST, request.FILES, units=units)
    if form.is_valid():
        said = dict(form.cleaned_data)
        try:
            decision = workflow.record(said.pop("unit"), by=request.user, acting=request.acting_unit, **said)
        except Refused as refused:
            if refused.status != 422:
                raise
            for finding in refused.findings or ():
                form.add_error(finding.field, finding.message)
            if not refused.findings:
                form.add_error("form", str(refused))
        else:
            messages.success(
                request, "Đã ghi nhận Quyết định. Hãy thêm tập thể, cá nhân được tặng Giấy khen."
            )
            return redirect(decision)
    return _list(request, form, status=422)


def _list(request, form, *, status=200):
    visible = RecordedDecision.objects.visible_to(request.user).select_related("unit", "form")
    rows = visible.annotate(names=Count("awards")).order_by("-signed_on", "-pk")
    if exports.asked(request):
        return exports.answer(request, listings.RECORDED, rows)
    context = {"list": page_of(request, rows, noun="Quyết định"), "form": form}
    return render(request, "awards/recorded_decisions.html", context, status=status)


@require_safe
def recorded_decision(request, uid):
    return _page(request, fetch(request, uid))


def _page(request, decision, *, form=None, refused=None, status=200):
    may_record = decision.cancelled_at is None and request.user.has_perm(
        "awards.record_recordeddecision", decision
    )
    context = {
        "decision": decision,
        "list": page_of(request, decision.awards.select_related("subject").order_by("pk"), noun="tên"),
        "may_record": may_record,
        "form": (form or RecordedAwardForm(decision=decision)) if may_record else None,
        "refused": refused.findings if refused else [],
    }
    return render(request, "awards/recorded_decision.html", context, status=status)


@require_POST
def add_recorded_award(request, uid):
    decision = fetch(request, uid)
    if not request.user.has_perm("awards.record_recordeddecision", decision):
        raise PermissionDenied
    form = RecordedAwardForm(request.POST, decision=decision)
    if not form.is_valid():
        return _page(request, decision, form=form, status=422)
    award = workflow.add_award(decision, by=request.user, values=form.values(), acting=request.acting_unit)
    messages.success(request, f"Đã thêm {award.name}.")
    return redirect(decision)


def _intake(request, uid) -> RecordedIntake:
    decision = fetch(request, uid)
    if not request.user.has_perm("awards.record_recordeddecision", decision):
        raise PermissionDenied
    return RecordedIntake(decision, by=request.user, acting=request.acting_unit)


@require_safe
def recorded_template(request, uid):
    return importing.template_of(_intake(request, uid))


@require_http_methods(["GET", "HEAD", "POST"])
def import_recorded_awards(request, uid):
    intake = _intake(request, uid)
    decision = intake.decision
    if decision.cancelled_at is not None:
        messages.info(request, "Quyết định này đã được gỡ, không nhập được.")
        return redirect(decision)
    address = decision.get_absolute_url()
    context = {
        "trail": [
            ("Giấy khen", reverse("awards:recorded_decisions")),
            (f"Số {decision.number}", address),
            ("Nhập từ Excel", ""),
        ],
        "intro": f"{decision.unit.name} · Tệp thêm và sửa tên; ai không có trong tệp vẫn giữ nguyên.",
        "template_url": reverse("awards:recorded_template", args=[uid]),
    }
    return importing.respond(request, intake, context=context, done_url=address)


@require_POST
def remove_recorded_award(request, uid, award):
    decision = fetch(request, uid)
    found = get_object_or_404(decision.awards.select_related("decision"), uid=award)
    if not request.user.has_perm("awards.record_recordeddecision", decision):
        raise PermissionDenied
    workflow.remove_award(found, by=request.user, acting=request.acting_unit)
    messages.success(request, f"Đã bỏ {found.name}.")
    return redirect(decision)


@require_POST
def cancel_recorded_decision(request, uid):
    decision = fetch(request, uid)
    if not request.user.has_perm("awards.cancel_recordeddecision", decision):
        raise PermissionDenied
    try:
        workflow.cancel(
            decision, by=request.user, reason=request.POST.get("comment", ""), acting=request.acting_unit
        )
    except Refused as refused:
        return _page(request, decision, refused=refused, status=refused.status)
    messages.success(request, "Đã gỡ Quyết định khỏi sổ; lý do được lưu.")
    return redirect(decision)


@require_safe
def recorded_file(request, uid):
    return files.serve(request, fetch(request, uid).file, inline=True)


@require_safe
def unit_history(request, uid):
    """What a unit has been commended for, its predecessors included."""
    unit = get_object_or_404(Unit, uid=uid)
    authority = request.user.authority
    if not (authority.reads(unit.pk) or authority.is_standing_body or authority.is_commendation_body):
        raise PermissionDenied
    context = {"unit": unit, "history": history.of_unit(unit)}
    return render(request, "awards/unit_history.html", context)
