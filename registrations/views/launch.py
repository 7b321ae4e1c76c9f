from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import exports, files
from core.paging import page_of
from core.transitions import Refused
from core.vietnamese import format_percent
from registrations.enums import ObligationKind
from registrations.forms.launch import STAGES, LaunchFilterForm, LaunchForm
from registrations.listings import LAUNCHES
from registrations.models import Launch, Obligation, Period
from registrations.views.history import told
from registrations.views.movement import asked_period, reasons, show, tabs
from registrations.views.registration import posted_version
from registrations.workflow import launch as workflow
from units.enums import KINDS_OF_TIER, Tier
from units.models import Unit

DONE, LATE, MISSING = STAGES
_MET = Q(met_at__isnull=False)
_IN_STAGE = {DONE: _MET, LATE: _MET & Q(met_at__date__gt=F("due")), MISSING: ~_MET}
_TONES = {DONE: "success", LATE: "warning", MISSING: "danger"}
#: who launches (plan VI)
_TIERS = (Tier.PROVINCIAL, Tier.DISTRICT)


@require_safe
def launches(request):
    """Who has launched the movement and who has not; to a unit its own launch and those below it."""
    period = asked_period(request, "launch_last_day")
    choice = LaunchFilterForm({**request.GET.dict(), "year": period.year if period else ""})
    choice.is_valid()
    owed = Obligation.objects.filter(period=period, kind=ObligationKind.LAUNCH, is_waived=False)
    owed = owed.visible_to(request.user)
    shown = choice.narrow(owed).filter(_IN_STAGE.get(choice.cleaned_data.get("stage"), Q()))
    shown = _with_launch(shown).order_by("unit__sort_name", "unit_id").select_related("unit", "period")
    if exports.asked(request):
        return exports.answer(request, LAUNCHES, shown, form=choice)
    page = page_of(request, shown, noun="đơn vị")
    for obligation in page["rows"]:
        obligation.stage = MISSING if not obligation.met_at else LATE if obligation.is_late else DONE
        obligation.label, obligation.tone = STAGES[obligation.stage], _TONES[obligation.stage]
        obligation.can_record = obligation.launch_uid is None and _may_record(
            request.user, period, obligation.unit
        )
    context = {
        "tabs": tabs("launches"),
        "period": period,
        "filter": choice,
        "list": page,
        "board": _board(owed, period) if request.user.has_perm("registrations.view_board") else None,
    }
    return render(request, "registrations/launches.html", context)


def _with_launch(obligations):
    recorded = Launch.objects.in_force().filter(period=OuterRef("period"), unit=OuterRef("unit"))
    return obligations.annotate(
        launch_uid=Subquery(recorded.values("uid")[:1]),
        launched_on=Subquery(recorded.values("launched_on")[:1]),
        launch_form=Subquery(recorded.values("form")[:1]),
        document_number=Subquery(recorded.values("document_number")[:1]),
    )


def _board(owed, period) -> dict:
    """Numbers by tier against the 100 % the plan wants; each opens its list."""
    counted = {
        row["unit__kind"]: row
        for row in owed.order_by()
        .values("unit__kind")
        .annotate(
            total=Count("pk"),
            done=Count("pk", filter=_IN_STAGE[DONE]),
            late=Count("pk", filter=_IN_STAGE[LATE]),
        )
    }
    here = f"{reverse('registrations:launches')}?year={period.year}" if period else ""
    rows = []
    for tier in _TIERS:
        of_tier = [counted[kind] for kind in KINDS_OF_TIER[tier] if kind in counted]
        if of_tier:
            sums = {key: sum(row[key] for row in of_tier) for key in ("total", "done", "late")}
            rows.append(_board_row(tier.label, f"{here}&tier={tier}", sums))
    totals = {key: sum(row[key] for row in rows) for key in ("total", "done", "late")}
    return {"rows": rows, "all": _board_row("Tất cả", here, totals)}


def _board_row(label, url, sums):
    total, done = sums["total"], sums["done"]
    missing = total - done
    return {
        **sums,
        "label": label,
        "missing": missing,
        "percent": done * 100 // total if total else None,
        "figure": f"{format_percent(done, total, threshold=100)} ({done}/{total})" if total else "–",
        "tone": "success" if total and not missing else "warning",
        "url": f"{url}#danh-sach",
        "done_url": f"{url}&stage={DONE}#danh-sach",
        "late_url": f"{url}&stage={LATE}#danh-sach",
        "missing_url": f"{url}&stage={MISSING}#danh-sach",
    }


def _fetch(request, uid) -> Launch:
    visible = Launch.objects.visible_to(request.user).select_related(
        "period__campaign", "unit", "file__reading", "recorded_by"
    )
    launch = get_object_or_404(visible, uid=uid)
    if not request.user.has_perm("registrations.view_launch", launch):
        raise PermissionDenied
    return launch


def _may_record(user, period, unit) -> bool:
    return user.has_perm("registrations.record_launch", Launch(period=period, unit=unit))


@require_safe
def launch(request, uid):
    return _page(request, _fetch(request, uid))


def _page(request, launch, *, refused=None, status=200):
    user = request.user
    in_force = launch.withdrawn_at is None
    owed = Obligation.objects.filter(
        period=launch.period, unit=launch.unit, kind=ObligationKind.LAUNCH
    ).first()
    context = {
        "launch": launch,
        "due": owed.due if owed else launch.period.launch_last_day,
        "can_correct": in_force and user.has_perm("registrations.correct_launch", launch),
        "can_withdraw": in_force and user.has_perm("registrations.withdraw_launch", launch),
        "refused": reasons(refused),
        "events": told(launch, {"registrations.launch": workflow.SENTENCES}),
    }
    return render(request, "registrations/launch.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def record_launch(request, year, unit):
    period = get_object_or_404(Period, year=year)
    owed = Obligation.objects.visible_to(request.user).filter(period=period, kind=ObligationKind.LAUNCH)
    unit = get_object_or_404(Unit.objects.filter(pk__in=owed.values("unit")), uid=unit)
    if not _may_record(request.user, period, unit):
        raise PermissionDenied
    recorded = Launch.objects.in_force().filter(period=period, unit=unit).first()
    if recorded and request.method != "POST":
        return redirect(recorded)
    form = _form(request, unit)
    if request.method == "POST" and form.is_valid():
        try:
            launch = workflow.record(
                period,
                unit,
                by=request.user,
                acting=request.acting_unit,
                values=form.values(),
                upload=form.cleaned_data["upload"],
            )
        except Refused as refused:
            show(refused, form)
        else:
            messages.success(request, f"Đã ghi nhận {unit.name} phát động phong trào.")
            return redirect(launch)
    return _form_page(request, form, period, unit)


def _form(request, unit, launch=None):
    files_itself = request.user.authority.files_for(unit.pk)
    on_behalf = launch.received_on is not None if launch else not files_itself
    return LaunchForm(request.POST or None, request.FILES or None, on_behalf=on_behalf, launch=launch)


def _form_page(request, form, period, unit, launch=None):
    context = {"form": form, "period": period, "unit": unit, "launch": launch}
    return render(request, "registrations/edit_launch.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_launch(request, uid):
    launch = _fetch(request, uid)
    if not request.user.has_perm("registrations.correct_launch", launch):
        raise PermissionDenied
    form = _form(request, launch.unit, launch)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.correct(
                launch,
                by=request.user,
                acting=request.acting_unit,
                version=posted_version(request),
                values=form.values(),
                reason=form.cleaned_data["reason"],
                upload=form.cleaned_data["upload"],
            )
        except Refused as refused:
            show(refused, form)
        else:
            messages.success(request, "Đã sửa thông tin phát động.")
            return redirect(launch)
    return _form_page(request, form, launch.period, launch.unit, launch)


@require_POST
def withdraw_launch(request, uid):
    launch = _fetch(request, uid)
    if not request.user.has_perm("registrations.withdraw_launch", launch):
        raise PermissionDenied
    try:
        workflow.withdraw(
            launch, by=request.user, acting=request.acting_unit, reason=request.POST.get("comment", "")
        )
    except Refused as refused:
        launch.refresh_from_db()
        return _page(request, launch, refused=refused, status=refused.status)
    messages.success(request, "Đã rút bản ghi. Đơn vị lại được tính là chưa phát động.")
    return redirect(launch)


@require_safe
def launch_file(request, uid):
    return files.serve(request, _fetch(request, uid).file, inline=True)
