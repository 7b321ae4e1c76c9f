from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import exports, files
from core.calendar import last_instant
from core.paging import page_of
from core.transitions import Refused
from registrations import listings, workflow
from registrations.enums import ObligationKind
from registrations.forms import AddObligationForm, ExtendForm, ObligationFilterForm
from registrations.models import Launch, Obligation, Period, PilotList, Registration, ReminderLetter, Report
from registrations.views.history import changes_of
from registrations.workflow.obligation import SENTENCES

ACTS = {
    "waive": (workflow.waive, "Đã miễn cho đơn vị."),
    "restore": (workflow.restore, "Đơn vị lại phải nộp."),
    "end_extension": (workflow.end_extension, "Đã kết thúc gia hạn."),
}
#: what meets an obligation, where it is no report
PAPERS = {
    ObligationKind.REGISTRATION: Registration,
    ObligationKind.LAUNCH: Launch,
    ObligationKind.PILOTS: PilotList,
}


def state_of(obligation) -> tuple[str, str]:
    """How an obligation stands today: words and tone."""
    if obligation.is_waived:
        return "Được miễn", "neutral"
    if obligation.met_at:
        return ("Nộp muộn", "warning") if obligation.is_late else ("Đã nộp đúng hạn", "success")
    return ("Quá hạn, chưa nộp", "danger") if obligation.is_overdue else ("Chưa nộp", "info")


@require_safe
def obligations(request, year):
    """Who owes what in the year: to the desks everyone, to a unit its own and those below it."""
    period = get_object_or_404(Period.objects.select_related("campaign"), year=year)
    visible = Obligation.objects.visible_to(request.user).filter(period=period).with_extension()
    choice = ObligationFilterForm(request.GET)
    shown = choice.narrow(visible).select_related("unit", "period")
    shown = shown.order_by("unit__sort_name", "unit_id", "due")
    if exports.asked(request):
        return exports.answer(request, listings.obligations(lambda o: state_of(o)[0]), shown, form=choice)
    page = page_of(request, shown, noun="việc")
    for obligation in page["rows"]:
        obligation.label, obligation.tone = state_of(obligation)
    context = {
        "period": period,
        "filter": choice,
        "list": page,
        "can_correct": request.user.has_perm("registrations.correct_obligation", period),
    }
    return render(request, "registrations/obligations.html", context)


def _fetch(request, uid) -> Obligation:
    visible = Obligation.objects.visible_to(request.user).with_extension()
    related = visible.select_related("period__campaign", "unit", "added_by")
    obligation = get_object_or_404(related, uid=uid)
    if not request.user.has_perm("registrations.view_obligation", obligation):
        raise PermissionDenied
    return obligation


@require_safe
def obligation(request, uid):
    return _page(request, _fetch(request, uid))


def _page(request, shown, *, refused=None, action="", status=200):
    label, tone = state_of(shown)
    user = request.user
    context = {
        "obligation": shown,
        "label": label,
        "tone": tone,
        "last_instant": last_instant(shown.due),
        "common": shown.period.dues.get(shown.kind),
        "extension": shown.extensions.in_force().select_related("granted_by", "document__reading").first(),
        "paper": _paper(user, shown),
        "covered": list(workflow.communes_through(shown.period, shown.unit, shown.kind)),
        "reminders": shown.reminders.select_related("user", "mail").order_by("-id")[:5],
        "letters": ReminderLetter.objects.signed().filter(rows__obligation=shown),
        "events": changes_of(shown, SENTENCES),
        "can_correct": user.has_perm("registrations.correct_obligation", shown),
        "can_be_extended": not shown.is_waived and (shown.met_at is None or shown.is_late),
        "can_extend": user.has_perm("registrations.extend_obligation", shown),
        "refused": (refused.findings or [{"message": str(refused), "field": ""}]) if refused else [],
        "refused_action": action,
    }
    return render(request, "registrations/obligation.html", context, status=status)


def _paper(user, obligation):
    """What the unit has begun or filed for it, if the person may read that."""
    model = PAPERS.get(obligation.kind, Report)
    of_kind = {"kind": obligation.kind} if model is Report else {}
    if model is Launch:
        of_kind = {"withdrawn_at": None}
    papers = model.objects.visible_to(user)
    return papers.filter(period=obligation.period, unit=obligation.unit, **of_kind).first()


def standing_of(period, unit, kind) -> dict:
    """For the page of a paper: the obligation it meets, its extension and the communes it covers.

    Shown by `registrations/_owed.html`.
    """
    found = Obligation.objects.filter(period=period, unit=unit, kind=kind).order_by("pk").first()
    if found is None:
        return {"obligation": None, "extension": None, "covered": []}
    found.period, found.unit = period, unit
    extension = found.extensions.in_force().first()
    covered = list(workflow.communes_through(period, unit, kind))
    return {"obligation": found, "extension": extension, "covered": covered}


@require_POST
def act(request, uid, action):
    changed = _fetch(request, uid)
    permission = "extend" if action == "end_extension" else "correct"
    if not request.user.has_perm(f"registrations.{permission}_obligation", changed):
        raise PermissionDenied
    perform, done = ACTS[action]
    try:
        perform(changed, by=request.user, acting=request.acting_unit, reason=_reason(request))
    except Refused as refused:
        return _page(request, _fetch(request, uid), refused=refused, action=action, status=refused.status)
    messages.success(request, done)
    return redirect(changed)


def _reason(request) -> str:
    reason = request.POST.get("comment", "").strip()
    if not reason:
        raise Refused("Cần ghi lý do.", status=422)
    if len(reason) > 200:
        raise Refused("Lý do dài quá 200 ký tự. Hãy rút gọn.", status=422)
    return reason


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request, uid):
    extended = _fetch(request, uid)
    if not request.user.has_perm("registrations.extend_obligation", extended):
        raise PermissionDenied
    form = ExtendForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.extend(extended, by=request.user, acting=request.acting_unit, **form.cleaned_data)
        except Refused as refused:
            if not refused.findings:
                raise
            for finding in refused.findings:
                form.add_error(finding.field or None, finding.message)
        else:
            messages.success(request, "Đã gia hạn; đơn vị nhận được thư.")
            return redirect(extended)
    common = extended.period.dues.get(extended.kind, extended.due)
    context = {"obligation": extended, "form": form, "common": common}
    return render(request, "registrations/extend.html", context, status=422 if form.errors else 200)


@require_safe
def extension_document(request, uid, file):
    obligation = _fetch(request, uid)
    found = get_object_or_404(obligation.extensions.select_related("document"), document__uid=file)
    return files.serve(request, found.document)


@require_http_methods(["GET", "HEAD", "POST"])
def add_obligation(request, year):
    period = get_object_or_404(Period, year=year)
    if not request.user.has_perm("registrations.correct_obligation", period):
        raise PermissionDenied
    form = AddObligationForm(request.POST or None, period=period)
    if request.method == "POST" and form.is_valid():
        try:
            added = workflow.add_obligation(
                period, by=request.user, acting=request.acting_unit, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error("unit", str(refused))
        else:
            messages.success(request, f"Đã bổ sung {added.unit.name}.")
            return redirect(added)
    candidates = form.candidates().select_related("parent")
    context = {"period": period, "form": form, "candidates": candidates}
    return render(request, "registrations/add_obligation.html", context, status=422 if form.errors else 200)
