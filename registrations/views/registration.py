import uuid
from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock, files
from core.calendar import last_instant
from core.paging import page_of
from core.transitions import Refused
from registrations import checks, workflow
from registrations.enums import ObligationKind, RegistrationState
from registrations.forms import DraftForm, RegistrationFilterForm, SendForm
from registrations.models import Obligation, Period, Registration
from registrations.views.content import bar, criteria_of, differences, readable
from registrations.views.history import history
from units.enums import Role
from units.middleware import memberships_of

ACTS = {
    "confirm": (workflow.confirm, "Đã xác nhận đăng ký."),
    "return": (workflow.return_, "Đã trả lại đăng ký; đơn vị nhận được thư."),
    "withdraw": (workflow.withdraw, "Đã rút đăng ký."),
    "reopen": (workflow.reopen, "Đã mở lại bản đăng ký để sửa."),
}
SECTIONS = [
    ("general", "Thông tin chung", ("contact_name",)),
    ("objectives", "Mục tiêu", ("objectives",)),
    ("targets", "Chỉ tiêu", ("targets",)),
    ("tasks", "Nhiệm vụ", ("tasks",)),
    ("upload", "Kế hoạch đã ký", ("upload",)),
]


def fetch(request, uid) -> Registration:
    """The registration through both doors: not visible is 404, visible without the right is 403."""
    visible = Registration.objects.visible_to(request.user)
    related = visible.select_related("period__campaign__criteria_set", "unit", "saved_by")
    registration = get_object_or_404(related, uid=uid)
    authorise(request, "view", registration)
    return registration


def authorise(request, action, registration):
    if not request.user.has_perm(f"registrations.{action}_registration", registration):
        raise PermissionDenied


def filing_units(request):
    """The units the person files for today."""
    return [m.unit for m in memberships_of(request) if m.role == Role.FILER]


@require_safe
def registrations(request):
    authority = request.user.authority
    own = Registration.objects.filter(unit__in=authority.own).select_related("period", "unit")
    own = list(own.order_by("-period__year", "unit__sort_name"))
    begun = {(r.period_id, r.unit_id) for r in own}
    periods = list(Period.objects.open_on(clock.today()))
    startable = [
        {"period": period, "unit": unit}
        for period in periods
        for unit in filing_units(request)
        if (period.pk, unit.pk) not in begun
    ]
    context = {"own": own, "startable": startable, "is_filer": bool(filing_units(request))}
    is_desk = authority.is_standing_body or authority.is_commendation_body
    if is_desk or authority.below:
        others = Registration.objects.visible_to(request.user).filter(first_filed_at__isnull=False)
        others = others.exclude(unit__in=authority.own).select_related("period", "unit")
        context["filter"] = RegistrationFilterForm(request.GET)
        context["list"] = page_of(
            request, context["filter"].narrow(others).order_by("-filed_at", "-id"), noun="đăng ký"
        )
    return render(request, "registrations/registrations.html", {**context, "is_desk": is_desk})


@require_POST
def start(request):
    unit = next((u for u in filing_units(request) if str(u.uid) == request.POST.get("unit")), None)
    period = Period.objects.open_on(clock.today()).filter(uid=posted_uuid(request, "period")).first()
    if unit is None or period is None:
        raise Http404
    authorise(request, "edit", Registration(unit=unit, period=period))
    registration = workflow.start(period, unit, by=request.user, acting=request.acting_unit)
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
    # Others read what was filed, not what the unit is changing.
    content = workflow.snapshot(registration) if is_own else versions[0].snapshot
    available = {t.action for t in workflow.REGISTRATION.available(registration, request.user)}
    if clock.today() > registration.period.locks_on:
        available -= {"withdraw", "reopen"}
    context = {
        "registration": registration,
        "label": registration.get_state_display() if is_own else registration.desk_label,
        "content": _readable(registration, content),
        "files": _files(registration, content),
        "versions": versions,
        "steps": _steps(registration, versions),
        "events": history(registration, workflow.REGISTRATION, others={"start": "đã bắt đầu soạn đăng ký"}),
        "available": available,
        "can_edit": "file" in available,
        "is_changing": not is_own and registration.state in ("draft", "returned"),
        "refused": refused.findings or [{"message": str(refused), "field": ""}] if refused else [],
        "refused_action": action,
        "due": _due(registration),
    }
    return render(request, "registrations/registration.html", context, status=status)


def _readable(registration, content):
    fields = registration.period.campaign.fields.all()
    return readable(content, criteria=criteria_of(registration), priority_fields=fields)


def _due(registration):
    """The day the unit's registration is due: its obligation's, which may be extended, else the period's."""
    kind = ObligationKind.REGISTRATION
    owed = Obligation.objects.filter(period=registration.period, unit=registration.unit, kind=kind).first()
    return owed.due if owed else registration.period.last_day


def _files(registration, content):
    stored = {a.file.sha256: a.file for a in registration.attachments.select_related("file")}
    return [_file(registration, stored[a["sha256"]]) for a in content["attachments"]]


def _file(registration, file):
    return {
        "uid": file.uid,
        "name": file.name,
        "size": file.size,
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


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, uid):
    registration = fetch(request, uid)
    authorise(request, "edit", registration)
    if request.method == "POST":
        return _save(request, registration)
    if registration.state not in workflow.REGISTRATION.transitions["file"].sources:
        messages.info(
            request, f"Bản đăng ký đang ở trạng thái “{registration.get_state_display()}”, không sửa được."
        )
        return redirect(registration)
    return _edit_page(request, registration, _draft_form(registration, more="more" in request.GET))


def _draft_form(registration, **kwargs):
    return DraftForm(
        content=workflow.content_of(registration),
        criteria=criteria_of(registration),
        priority_fields=registration.period.campaign.fields.all(),
        **kwargs,
    )


def _save(request, registration):
    form = _draft_form(registration, data=request.POST, files=request.FILES)
    is_valid, uploads = form.has_valid_words(), form.uploads()
    content = form.content() if is_valid else None
    version = posted_version(request)
    try:
        is_current = workflow.save_draft(
            registration,
            by=request.user,
            version=version,
            content=content,
            uploads=uploads,
            removed=posted_uuids(request, "remove"),
        )
    except Refused as refused:
        registration.refresh_from_db()
        return _conflict_page(request, registration, form, content, refused=str(refused))
    if is_valid and not is_current:
        return _conflict_page(request, registration, form, content)
    if not is_valid or form.upload.errors:
        # Words typed over an older version stay so until they can be compared.
        version = registration.version if is_current else version
        return _edit_page(request, registration, form, version=version, is_saved=is_valid, status=422)
    if "preview" in request.POST:
        return redirect("registrations:file", registration.uid)
    messages.success(request, "Đã lưu bản nháp.")
    page = reverse("registrations:edit", args=[registration.uid])
    return redirect(f"{page}?more=1#id_tasks" if "more" in request.POST else page)


def _edit_context(registration, form, version=None):
    findings = checks.missing_for_filing(registration)
    missing = [f.field for f in findings]
    for target in form.targets:
        target.bar = bar(target["level"].value() or "")
    attachments = registration.attachments.filter(is_removed=False).select_related("file")
    return {
        "registration": registration,
        "form": form,
        "version": registration.version if version is None else version,
        "files": [_file(registration, a.file) for a in attachments],
        "sections": [
            {
                "label": label,
                "url": f"#{name}",
                "active": False,
                "missing": sum(missing.count(f) for f in fields),
            }
            for name, label, fields in SECTIONS
        ],
        "due": _due(registration),
        "last_year": _last_year(registration),
    }


def _edit_page(request, registration, form, *, version=None, is_saved=False, status=200):
    context = _edit_context(registration, form, version) | {"is_saved": is_saved}
    return render(request, "registrations/edit.html", context, status=status)


def _last_year(registration):
    earlier = Registration.objects.filter(unit=registration.unit, period__year=registration.period.year - 1)
    return earlier.filter(first_filed_at__isnull=False).prefetch_related("tasks").first()


def _conflict_page(request, registration, form, content, *, refused=""):
    """Somebody else saved or filed meanwhile: both wordings side by side, the typed one in the form."""
    saved = workflow.content_of(registration)
    context = _edit_context(registration, form) | {
        "refused": refused,
        "differences": differences(_readable(registration, saved), _readable(registration, content or saved)),
    }
    return render(request, "registrations/conflict.html", context, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
def file(request, uid):
    registration = fetch(request, uid)
    authorise(request, "file", registration)
    if request.method == "POST":
        form = SendForm(request.POST)
        if not form.is_valid():
            raise Refused("Yêu cầu nộp không đầy đủ. Hãy mở lại trang xem trước rồi nộp.")
        try:
            receipt = workflow.file(
                registration, by=request.user, acting=request.acting_unit, **form.cleaned_data
            )
        except Refused as refused:
            if not refused.findings:
                raise
            key = form.cleaned_data["request_key"]
            return _preview_page(request, registration, key, findings=refused.findings, status=refused.status)
        return redirect(receipt)
    if registration.state not in workflow.REGISTRATION.transitions["file"].sources:
        return redirect(registration)
    return _preview_page(
        request, registration, uuid.uuid4(), findings=checks.missing_for_filing(registration)
    )


def _preview_page(request, registration, request_key, *, findings, status=200):
    content = workflow.snapshot(registration)
    due = registration.supplement_due or _due(registration)
    context = {
        "registration": registration,
        "content": _readable(registration, content),
        "files": _files(registration, content),
        "findings": findings,
        "is_refused": status != 200,
        "request_key": request_key,
        "due": due,
        "last_instant": last_instant(due),
        "is_supplement": bool(registration.supplement_due),
        "is_past_due": clock.today() > due,
    }
    return render(request, "registrations/file.html", context, status=status)


@require_safe
def receipt(request, uid, number):
    registration = fetch(request, uid)
    version = get_object_or_404(registration.versions.select_related("filed_by"), number=number)
    return render(request, "registrations/receipt.html", {"registration": registration, "version": version})


@require_safe
def attachment(request, uid, file):
    registration = fetch(request, uid)
    attachment = get_object_or_404(registration.attachments.select_related("file"), file__uid=file)
    if registration.unit_id not in request.user.authority.own:
        # Others read what was filed, not what lies in the unit's draft.
        snapshots = registration.versions.values_list("snapshot", flat=True)
        if attachment.file.sha256 not in {a["sha256"] for s in snapshots for a in s["attachments"]}:
            raise Http404
    return files.serve(request, attachment.file, inline="xem" in request.GET)
