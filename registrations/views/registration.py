import uuid
from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core import clock, exports, files, press
from core.models import EventPayload
from core.transitions import Refused
from registrations import workflow
from registrations.enums import ApprovalState, ObligationKind, RegistrationState
from registrations.forms import RegistrationFilterForm
from registrations.listings import REGISTRATIONS
from registrations.models import ApprovalSetting, Obligation, Period, Registration
from registrations.papers import FILED, OF_REGISTRATION
from registrations.views.content import readable_of
from registrations.views.filed import filed_registrations
from registrations.views.history import history
from registrations.views.obligation import standing_of
from units.middleware import filing_units, memberships_of
from units.models import Unit

ACTS = {
    "confirm": (workflow.confirm, "Đã xác nhận đăng ký."),
    "return": (workflow.return_, "Đã trả lại đăng ký; đơn vị nhận được thư."),
    "withdraw": (workflow.withdraw, "Đã rút đăng ký."),
    "reopen": (workflow.reopen, "Đã mở lại bản đăng ký để sửa."),
    "leave_on_paper": (workflow.leave_on_paper, "Đã bỏ bản nhập; đơn vị soạn tiếp bản nháp của mình."),
}
#: what the history says of acts that change no state of the registration
OTHER_ACTS = {
    "start": "đã bắt đầu soạn đăng ký",
    "copy": "đã chép từ bản đăng ký năm trước",
    "import_plan": "đã nhập chỉ tiêu, nhiệm vụ từ Excel",
    "enter_on_paper": "đã mở để nhập đăng ký từ bản giấy",
    "leave_on_paper": "đã bỏ bản nhập từ bản giấy",
    "ask_head": "đã trình thủ trưởng duyệt",
    "approve": "đã duyệt để nộp",
    "send_back": "đã yêu cầu sửa trước khi nộp",
    "take_back": "đã thôi trình bản trước để trình lại",
}


#: what the list of one's own says of a registration
_SHOWN_OF_OWN = ("uid", "state", "reference", "filed_at", "is_late", "period__year", "unit__name")


def fetch(request, uid) -> Registration:
    """The registration through both doors: not visible is 404, visible without the right is 403."""
    visible = Registration.objects.visible_to(request.user)
    related = visible.select_related("period__campaign", "unit", "saved_by")
    registration = get_object_or_404(related, uid=uid)
    authorise(request, "view", registration)
    return registration


def authorise(request, action, registration):
    if not request.user.has_perm(f"registrations.{action}_registration", registration):
        raise PermissionDenied


@require_safe
def registrations(request):
    authority = request.user.authority
    own = Registration.objects.filter(unit__in=authority.own).select_related("period", "unit")
    own = list(own.only(*_SHOWN_OF_OWN).order_by("-period__year", "unit__sort_name"))
    begun = {(r.period_id, r.unit_id) for r in own}
    units = filing_units(request)
    periods = list(Period.objects.open_on(clock.today())) if units else []
    startable = [
        {"period": period, "unit": unit}
        for period in periods
        for unit in units
        if (period.pk, unit.pk) not in begun
    ]
    context = {
        "own": own,
        "startable": startable,
        "is_filer": bool(units),
        "through": _through_districts(units, periods),
    }
    is_desk = authority.is_standing_body or authority.is_commendation_body
    if is_desk or authority.below:
        others = Registration.objects.visible_to(request.user).filter(first_filed_at__isnull=False)
        others = others.exclude(unit__in=authority.own)
        context["filter"] = RegistrationFilterForm(request.GET)
        narrowed = context["filter"].narrow(others).order_by("-filed_at", "-id")
        if exports.asked(request):
            whole = narrowed.select_related("period", "unit")
            return exports.answer(request, REGISTRATIONS, whole, form=context["filter"])
        context["list"] = filed_registrations(request, narrowed)
    context |= {
        "is_desk": is_desk,
        "is_standing_body": authority.is_standing_body,
        "approval_settings": _approval_settings(request),
    }
    return render(request, "registrations/registrations.html", context)


def _through_districts(units, periods) -> list[dict]:
    """The communes that file through these districts in the periods, each with its registration or None."""
    found = []
    for period in periods:
        for district in units:
            communes = list(workflow.communes_through(period, district))
            if communes:
                of_unit = {
                    r.unit_id: r for r in Registration.objects.filter(period=period, unit__in=communes)
                }
                rows = [_row_through(commune, of_unit.get(commune.pk), district) for commune in communes]
                found.append({"period": period, "district": district, "rows": rows})
    return found


def _row_through(commune, registration, district):
    """What a commune drafts by itself the district does not open before it is filed."""
    is_open = registration and (registration.through_id == district.pk or registration.first_filed_at)
    return {"unit": commune, "registration": registration, "is_open": bool(is_open)}


def _approval_settings(request) -> list[dict]:
    """Of the units whose way of working the person decides: whether the head approves first."""
    units = {m.unit.pk: m.unit for m in memberships_of(request) if request.user.authority.runs(m.unit.pk)}
    if not units:
        return []
    required = set(
        ApprovalSetting.objects.filter(unit__in=units, is_required=True).values_list("unit_id", flat=True)
    )
    return [{"unit": unit, "is_required": pk in required} for pk, unit in units.items()]


@require_POST
def start(request):
    units = {unit.pk: unit for unit in filing_units(request)}
    of_his = Q(pk__in=units) | Q(parent__in=units)
    unit = Unit.objects.filter(of_his, uid=posted_uuid(request, "unit")).first()
    period = Period.objects.open_on(clock.today()).filter(uid=posted_uuid(request, "period")).first()
    if unit is None or period is None:
        raise Http404
    through = None if unit.pk in units else units[unit.parent_id]
    authorise(request, "edit", Registration(unit=unit, period=period, through=through))
    registration = workflow.start(period, unit, by=request.user, through=through, acting=request.acting_unit)
    return redirect("registrations:edit", registration.uid)


def posted_uuid(request, name):
    """The UUID posted under `name`, None when there is none."""
    return next(iter(posted_uuids(request, name)), None)


def posted_uuids(request, name):
    """All well-formed UUIDs posted under `name`."""
    found = []
    for text in request.POST.getlist(name):
        with suppress(ValueError):
            found.append(uuid.UUID(text))
    return found


def posted_version(request) -> int:
    """The version the page was opened at; 0, which is none, when it is not said."""
    posted = request.POST.get("version", "")
    return int(posted) if posted.isdecimal() else 0


@require_safe
def registration(request, uid):
    return _page(request, fetch(request, uid))


def _page(request, registration, *, refused=None, action="", status=200):
    is_own = registration.unit_id in request.user.authority.own
    versions = list(registration.versions.select_related("filed_by").order_by("-number"))
    is_entering = registration.is_on_paper and request.user.authority.is_standing_body
    # Others read what was filed, not what the unit is changing.
    reads_draft = _reads_draft(request, registration)
    content = workflow.snapshot(registration) if reads_draft else versions[0].snapshot
    available = {t.action for t in workflow.REGISTRATION.available(registration, request.user)}
    if clock.today() > registration.period.locks_on:
        available -= {"withdraw", "reopen"}
    standing = standing_of(registration.period, registration.unit, ObligationKind.REGISTRATION)
    context = {
        "registration": registration,
        "label": registration.get_state_display() if reads_draft else registration.desk_label,
        "content": readable_of(registration, content),
        "files": files_of(registration, content),
        "versions": versions,
        "steps": _steps(registration, versions),
        "events": history(registration, workflow.REGISTRATION, others=OTHER_ACTS),
        "available": available,
        "can_edit": "file" in available,
        "is_changing": not reads_draft and registration.state in ("draft", "returned"),
        "refused": refused.findings or [{"message": str(refused), "field": ""}] if refused else [],
        "refused_action": action,
        "due": _due(registration, standing["obligation"]),
        "standing": standing,
        "is_own": is_own,
        "printed": [
            *press.links(request.user, registration, *OF_REGISTRATION),
            *(press.links(request.user, versions[0], FILED) if versions else []),
        ],
        "can_leave_paper": is_entering and registration.state in workflow.EDITABLE,
        **_approval(request, registration),
    }
    return render(request, "registrations/registration.html", context, status=status)


def _reads_draft(request, registration) -> bool:
    return request.user.has_perm("registrations.view_draft_registration", registration)


def _approval(request, registration):
    """The head's word, for those who draft."""
    if registration.state not in workflow.EDITABLE or not _reads_draft(request, registration):
        return {"approval": None}
    approval = registration.approvals.last()
    if approval is None:
        return {"approval": None}
    is_current = approval.version == registration.version
    may_decide = request.user.has_perm("registrations.approve_headapproval", approval)
    return {
        "approval": approval,
        "approval_is_current": is_current,
        "approval_comment": _comment_on(approval),
        "can_decide": may_decide and is_current and approval.state == ApprovalState.ASKED,
    }


def _comment_on(approval) -> str:
    said = EventPayload.objects.filter(event__object_uid=approval.uid, event__act="send_back").last()
    return said.comment if said else ""


def due_of(registration):
    """The day the unit's registration is due: its obligation's, which may be extended, else the period's."""
    kind = ObligationKind.REGISTRATION
    owed = Obligation.objects.filter(period=registration.period, unit=registration.unit, kind=kind).first()
    return _due(registration, owed)


def _due(registration, owed: Obligation | None):
    return owed.due if owed else registration.period.last_day


def files_of(registration, content):
    stored = {a.file.sha256: a.file for a in registration.attachments.select_related("file__reading")}
    return [file_row(registration, stored[a["sha256"]]) for a in content["attachments"]]


def file_row(registration, file):
    return {
        "uid": file.uid,
        "name": file.name,
        "size": file.size,
        "file": file,
        "url": reverse("registrations:attachment", args=[registration.uid, file.uid]),
    }


def _steps(registration, versions):
    """Where the registration stands, for `components/stepper.html`."""
    state, last = registration.state, versions[0] if versions else None
    filed = {"label": "Nộp", "state": "todo"}
    if last:
        filed = {
            "label": "Nộp",
            "state": "done",
            "who": str(last.filed_by),
            "when": f"{_local(last.filed_at)}",
        }
    review = {"label": "Cơ quan thường trực xét", "state": "todo"}
    confirmed = {"label": "Xác nhận", "state": "todo"}
    drafting = {"label": "Soạn", "state": "done"}
    if state == RegistrationState.DRAFT:
        drafting |= {"state": "current", "who": str(registration.saved_by)}
        filed = {"label": "Nộp", "state": "todo"}
    elif state == RegistrationState.WITHDRAWN:
        return [drafting, {"label": "Đã rút", "state": "current", "when": "Mở lại để sửa và nộp"}]
    elif state == RegistrationState.FILED:
        review["state"] = "current"
    elif state == RegistrationState.RETURNED:
        review["state"] = "done"
        supplement = f"Hạn: {registration.supplement_due:%d/%m/%Y}"
        return [
            drafting,
            filed,
            review,
            {"label": "Bổ sung", "state": "current", "when": supplement},
            confirmed,
        ]
    else:
        review["state"] = "done"
        confirmed |= {"state": "done", "when": f"{_local(registration.confirmed_at)}"}
    return [drafting, filed, review, confirmed]


def _local(instant):
    return f"{clock.local_date(instant):%d/%m/%Y}"


@require_POST
def act(request, uid, action):
    registration = fetch(request, uid)
    authorise(request, action, registration)
    perform, done = ACTS[action]
    words = {}
    if action == "return":
        words["comment"] = request.POST.get("comment", "")
    if action == "confirm":
        read = request.POST.get("version", "")
        words["version"] = int(read) if read.isdecimal() else registration.version
    try:
        perform(registration, by=request.user, acting=request.acting_unit, **words)
    except Refused as refused:
        registration.refresh_from_db()
        return _page(request, registration, refused=refused, action=action, status=refused.status)
    messages.success(request, done)
    return redirect(registration)


@require_safe
def attachment(request, uid, file):
    registration = fetch(request, uid)
    attachment = get_object_or_404(registration.attachments.select_related("file"), file__uid=file)
    if not _reads_draft(request, registration):
        # Others read what was filed, not what lies in the unit's draft.
        snapshots = registration.versions.values_list("snapshot", flat=True)
        if attachment.file.sha256 not in {a["sha256"] for s in snapshots for a in s["attachments"]}:
            raise Http404
    return files.serve(request, attachment.file, inline="xem" in request.GET)
