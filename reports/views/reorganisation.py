"""Reorganisations: recorded by the administrator, shown with all they change, applied on their day."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock, exports, files
from core.models import Event
from core.transitions import Refused
from registrations import schedule
from registrations.workflow.ended import release_ended_units
from reports import listings
from reports.kinship import papers_of
from units import reorganisation as acts
from units.forms import ReorganisationForm
from units.models import Reorganisation, Unit


def _authorise(request, verb="record"):
    if not request.user.has_perm(f"units.{verb}_reorganisation"):
        raise PermissionDenied


@require_safe
def reorganisations(request):
    """What has been decided and whether the portal lives by it. Open to whoever is logged in."""
    found = Reorganisation.objects.order_by("-effective_on", "code")
    if exports.asked(request):
        return exports.answer(request, listings.REORGANISATIONS, found)
    context = {
        "acts": found,
        "can_record": request.user.has_perm("units.record_reorganisation"),
        "today": clock.today(),
    }
    return render(request, "reports/reorganisations.html", context)


@require_safe
def reorganisation(request, uid):
    return _page(request, get_object_or_404(Reorganisation, uid=uid))


def _page(request, act, *, refused=None, status=200):
    """Who loses and gains what is told to those who may act on it; the units concern everyone."""
    can_apply = request.user.has_perm("units.apply_reorganisation")
    effects = acts.effects_of(act)
    context = {
        "act": act,
        "effects": effects,
        "papers": papers_of(effects.ending) if can_apply else [],
        "can_apply": can_apply and act.applied_at is None,
        "can_cancel": can_apply and act.applied_at is None and act.recorded_by_id is not None,
        "sees_people": can_apply,
        "findings": acts.missing_for_applying(act) if can_apply and not act.applied_at else [],
        "refused": refused,
        "events": Event.objects.filter(case_uid=act.uid),
    }
    return render(request, "reports/reorganisation.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request):
    """Write an act down: a look at what it would change, as often as wanted, then for good."""
    _authorise(request)
    is_sent = request.method == "POST"
    form = ReorganisationForm(request.POST, request.FILES) if is_sent else ReorganisationForm()
    context = {"form": form, "units": _suggestions()}
    if not is_sent:
        return render(request, "reports/reorganise.html", context)
    if not form.is_valid():
        return render(request, "reports/reorganise.html", context, status=422)
    try:
        if "record" in request.POST:
            act = _record(request, form)
            messages.success(request, "Đã ghi nhận. Quyền và hồ sơ chỉ đổi khi áp dụng trên cổng.")
            return redirect("reports:reorganisation", act.uid)
        context |= _preview(request, form)
    except Refused as refused:
        return render(
            request,
            "reports/reorganise.html",
            {**context, "refused": refused.findings},
            status=refused.status,
        )
    return render(request, "reports/reorganise.html", context)


def _suggestions():
    acting = Unit.objects.operating_on(clock.today()).filter(is_predecessor_stub=False)
    return acting.values_list("code", "name")


def _record(request, form):
    upload = form.cleaned_data["document"]
    with transaction.atomic():
        document = files.store(upload, by=request.user) if upload else None
        return acts.record(form.plan(), by=request.user, acting=request.acting_unit, document=document)


def _preview(request, form):
    """What would change, read from the act itself, which is then taken back."""
    with transaction.atomic():
        act = acts.record(form.plan(), by=request.user, acting=request.acting_unit)
        effects = acts.effects_of(act)
        found = {"effects": effects, "papers": papers_of(effects.ending), "sees_people": True}
        transaction.set_rollback(True)
    return found


@require_POST
def apply(request, uid):
    act = get_object_or_404(Reorganisation, uid=uid)
    _authorise(request, "apply")
    try:
        changed = acts.apply(act, by=request.user, acting=request.acting_unit)
    except Refused as refused:
        return _page(request, act, refused=refused, status=refused.status)
    if changed:
        schedule.oblige_open_periods()
        release_ended_units()
        messages.success(request, "Đã áp dụng. Từ bây giờ đơn vị kế thừa làm việc trên cổng.")
    else:
        messages.info(request, "Việc sắp xếp này đã được áp dụng từ trước, không có gì thay đổi.")
    return redirect("reports:reorganisation", act.uid)


@require_POST
def cancel(request, uid):
    act = get_object_or_404(Reorganisation, uid=uid)
    _authorise(request, "cancel")
    acts.cancel(act, by=request.user, acting=request.acting_unit)
    messages.success(request, "Đã hủy ghi nhận; các đơn vị trở lại như trước.")
    return redirect("reports:reorganisations")


@require_safe
def document(request, uid):
    act = get_object_or_404(Reorganisation.objects.select_related("document"), uid=uid)
    if act.document is None:
        raise Http404
    return files.serve(request, act.document, inline=True)
