from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock, exports
from core.paging import page_of
from core.transitions import Refused
from registrations import checks
from registrations.enums import TONES, ObligationKind, PilotLevel, PilotListState
from registrations.forms.pilot import EndPilotForm, PilotFilterForm, PilotForm, candidates
from registrations.listings import PILOTS
from registrations.models import Obligation, Period, Pilot, PilotList, PilotNorm
from registrations.views.history import told
from registrations.views.movement import asked_period, reasons, show, tabs
from registrations.views.registration import filing_units, posted_uuid, posted_version
from registrations.workflow import pilot as workflow
from units.enums import Kind

_TO_WRITE = (PilotListState.DRAFT, PilotListState.RETURNED)
_SENTENCES = {
    "registrations.pilotlist": {t.action: t.sentence for t in workflow.PILOT_LIST.transitions.values()}
    | workflow.SENTENCES,
    "registrations.pilot": workflow.SENTENCES,
}


@require_safe
def pilot_lists(request):
    """The province's list, and how far those of the districts are; to a district its own."""
    user = request.user
    period = asked_period(request, "pilots_last_day")
    choice = PilotFilterForm({**request.GET.dict(), "year": period.year if period else ""})
    norms = (
        {n.level: n for n in PilotNorm.objects.filter(campaign=period.campaign_id).order_by("-level")}
        if period
        else {}
    )
    owed = Obligation.objects.filter(period=period, kind=ObligationKind.PILOTS, is_waived=False)
    shown = choice.narrow(_with_list(owed.visible_to(user), user), norms.get(PilotLevel.DISTRICT))
    shown = shown.order_by("unit__sort_name", "unit_id").select_related("unit", "period")
    if exports.asked(request):
        named = Pilot.objects.filter(list__in=PilotList.objects.visible_to(user), list__period=period)
        named = named.select_related("list__unit", "unit", "list__period")
        return exports.answer(request, PILOTS, named, filters={"Năm": str(period.year)} if period else {})
    page = page_of(request, shown, noun="huyện, thị xã, thành phố")
    for obligation in page["rows"]:
        _describe(obligation, norms.get(PilotLevel.DISTRICT))
    context = {
        "tabs": tabs("pilot_lists"),
        "period": period,
        "norms": norms.values(),
        "filter": choice,
        "list": page,
        "provincial": _provincial(user, period),
        "startable": _startable(request, period),
        "is_desk": user.has_perm("registrations.view_board"),
    }
    return render(request, "registrations/pilot_lists.html", context)


def _with_list(obligations, user):
    """With uid and state of the list the person may read, and how many of its pilots run today."""
    lists = PilotList.objects.visible_to(user).filter(period=OuterRef("period"), unit=OuterRef("unit"))
    pilots = Pilot.objects.running_on(clock.today()).filter(
        list__period=OuterRef("period"), list__unit=OuterRef("unit")
    )
    counted = pilots.order_by().values("list").annotate(number=Count("pk")).values("number")
    return obligations.annotate(
        list_uid=Subquery(lists.values("uid")[:1]),
        list_state=Subquery(lists.values("state")[:1]),
        filed_at=Subquery(lists.values("filed_at")[:1]),
        running=Coalesce(Subquery(counted), 0),
    )


def _describe(obligation, norm):
    state = obligation.list_state
    obligation.label = PilotListState(state).label if state else "Chưa gửi"
    obligation.tone = TONES[state] if state else ("danger" if obligation.is_overdue else "neutral")
    is_off = bool(norm and state and not norm.holds(obligation.running))
    obligation.warning = f"Cần {norm.wanted}" if is_off else ""


def _provincial(user, period):
    if period is None:
        return None
    visible = PilotList.objects.visible_to(user).filter(period=period, unit__isnull=True)
    found = visible.select_related("period").first()
    if found:
        found.warnings = checks.number_of_pilots(found)
    return found


def _startable(request, period) -> list[dict]:
    """Lists the person may begin: of the province, or of a district of theirs."""
    if period is None:
        return []
    units = [unit for unit in filing_units(request) if unit.kind == Kind.DISTRICT]
    begun = set(PilotList.objects.filter(period=period).values_list("unit", flat=True))
    found = [{"unit": unit.uid, "chooser": unit.name} for unit in units if unit.pk not in begun]
    if None not in begun and request.user.has_perm("registrations.edit_pilotlist", PilotList(period=period)):
        found.insert(0, {"unit": "", "chooser": "Cấp tỉnh"})
    return found


@require_POST
def start_pilot_list(request):
    period = get_object_or_404(Period, uid=posted_uuid(request, "period"))
    chosen = posted_uuid(request, "unit")
    unit = next((u for u in filing_units(request) if u.uid == chosen), None)
    if chosen and (unit is None or unit.kind != Kind.DISTRICT):
        raise Http404
    if not request.user.has_perm("registrations.edit_pilotlist", PilotList(period=period, unit=unit)):
        raise PermissionDenied
    return redirect(workflow.start(period, unit, by=request.user, acting=request.acting_unit))


def _fetch(request, uid) -> PilotList:
    visible = PilotList.objects.visible_to(request.user).select_related("period__campaign", "unit")
    pilot_list = get_object_or_404(visible, uid=uid)
    _authorise(request, "view", pilot_list)
    return pilot_list


def _authorise(request, action, pilot_list):
    if not request.user.has_perm(f"registrations.{action}_pilotlist", pilot_list):
        raise PermissionDenied


@require_safe
def pilot_list(request, uid):
    return _page(request, _fetch(request, uid))


def _page(request, pilot_list, *, refused=None, action="", status=200):
    user = request.user
    available = {t.action for t in workflow.PILOT_LIST.available(pilot_list, user)}
    pilots = list(pilot_list.pilots.select_related("unit").prefetch_related("fields"))
    is_free = pilot_list.state in _TO_WRITE
    context = {
        "pilot_list": pilot_list,
        "due": _due(pilot_list),
        "norm": pilot_list.norm,
        "pilots": pilots,
        "available": available,
        "missing": [f for f in checks.missing_for_sending_pilots(pilot_list) if f.blocks],
        "warnings": checks.number_of_pilots(pilot_list),
        "may_write": ("file" in available) if is_free else ("change" in available),
        "is_free": is_free,
        "file_label": "Chốt danh sách" if pilot_list.unit_id is None else "Gửi danh sách",
        "file_text": "Sau đó mỗi thay đổi cần lý do và được lưu vào lịch sử.",
        "end_form": EndPilotForm(auto_id=False),
        "refused": reasons(refused),
        "refused_action": action,
        "events": told(pilot_list, _SENTENCES),
    }
    return render(request, "registrations/pilot_list.html", context, status=status)


def _due(pilot_list):
    owed = Obligation.objects.filter(
        period=pilot_list.period, unit=pilot_list.unit, kind=ObligationKind.PILOTS
    ).first()
    return owed.due if owed else pilot_list.period.pilots_last_day


@require_POST
def act(request, uid, action):
    pilot_list = _fetch(request, uid)
    _authorise(request, action, pilot_list)
    words = {"by": request.user, "acting": request.acting_unit}
    try:
        if action == "return":
            workflow.return_(pilot_list, comment=request.POST.get("comment", ""), **words)
        else:
            perform = {"file": workflow.file, "note": workflow.note}[action]
            perform(pilot_list, version=posted_version(request), **words)
    except Refused as refused:
        pilot_list.refresh_from_db()
        return _page(request, pilot_list, refused=refused, action=action, status=refused.status)
    messages.success(request, _DONE[action])
    return redirect(pilot_list)


_DONE = {
    "file": "Đã gửi danh sách chỉ đạo điểm.",
    "note": "Đã ghi nhận danh sách.",
    "return": "Đã trả lại danh sách; đơn vị nhận được thư.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def edit_pilot(request, uid, pilot=None):
    """Add a pilot unit to the list, or change one."""
    pilot_list = _fetch(request, uid)
    _authorise(request, "edit", pilot_list)
    changed = get_object_or_404(pilot_list.pilots, uid=pilot) if pilot else None
    form = PilotForm(request.POST or None, pilot_list=pilot_list, pilot=changed)
    if request.method == "POST" and form.is_valid():
        try:
            saved = workflow.save_pilot(
                pilot_list,
                by=request.user,
                acting=request.acting_unit,
                values=form.values(),
                fields=form.cleaned_data["priority_fields"],
                pilot=changed,
                comment=form.cleaned_data.get("comment", ""),
            )
        except Refused as refused:
            show(refused, form)
        else:
            messages.success(request, f"Đã lưu {saved.label}.")
            return redirect(pilot_list)
    context = {
        "pilot_list": pilot_list,
        "pilot": changed,
        "form": form,
        "candidates": candidates(pilot_list).select_related("parent"),
    }
    return render(request, "registrations/edit_pilot.html", context, status=422 if form.errors else 200)


@require_POST
def remove_pilot(request, uid, pilot):
    return _strike(request, uid, pilot, workflow.remove_pilot, {}, "Đã bỏ khỏi danh sách.")


@require_POST
def end_pilot(request, uid, pilot):
    _authorise(request, "edit", _fetch(request, uid))
    form = EndPilotForm(request.POST)
    if not form.is_valid():
        raise Refused("Hãy ghi ngày có thật, ví dụ 20/02/2027.", status=422)
    words = {"last_day": form.cleaned_data["last_day"], "comment": request.POST.get("comment", "")}
    return _strike(request, uid, pilot, workflow.end_pilot, words, "Đã ghi ngày thôi chỉ đạo điểm.")


def _strike(request, uid, pilot, perform, words, done):
    pilot_list = _fetch(request, uid)
    _authorise(request, "edit", pilot_list)
    struck = get_object_or_404(pilot_list.pilots.select_related("list", "unit"), uid=pilot)
    try:
        perform(struck, by=request.user, acting=request.acting_unit, **words)
    except Refused as refused:
        pilot_list.refresh_from_db()
        return _page(request, pilot_list, refused=refused, status=refused.status)
    messages.success(request, done)
    return redirect(pilot_list)
