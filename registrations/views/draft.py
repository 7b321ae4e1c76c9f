"""The form of a registration: saved by a button or by itself, and never at the cost of anybody's words."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.templatetags.vn import gio_ngay
from core.transitions import Refused
from registrations import checks, merging, workflow
from registrations.forms import DraftForm
from registrations.models import RegistrationAttachment
from registrations.views import presence
from registrations.views.content import bar, criteria_of, in_words
from registrations.views.registration import (
    authorise,
    due_of,
    fetch,
    file_row,
    posted_uuid,
    posted_uuids,
    posted_version,
)

#: anchor, label, and the findings that belong to the section
SECTIONS = [
    ("paper", "Văn bản giấy", ("paper_number", "received_on")),
    ("general", "Thông tin chung", ("contact_name",)),
    ("objectives", "Mục tiêu", ("objectives",)),
    ("targets", "Chỉ tiêu", ("targets",)),
    ("tasks", "Nhiệm vụ", ("tasks",)),
    ("upload", "Kế hoạch đã ký", ("upload",)),
]
#: characters of a form that are kept for whoever has to log in again; more is no registration
KEPT_WORDS = 200_000


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, uid):
    if not request.user.is_authenticated:
        return keep_and_log_in(request, uid)
    registration = fetch(request, uid)
    authorise(request, "edit", registration)
    if request.method == "POST" and "discard" in request.POST:
        request.session.pop(kept_key(uid), None)
        return redirect("registrations:edit", uid)
    if request.method == "POST":
        return _save(request, registration)
    if registration.state not in workflow.EDITABLE:
        messages.info(
            request, f"Bản đăng ký đang ở trạng thái “{registration.get_state_display()}”, không sửa được."
        )
        return redirect(registration)
    if kept := request.session.get(kept_key(uid)):
        typed = QueryDict(kept)
        version = int(typed["version"]) if typed.get("version", "").isdecimal() else 0
        form = draft_form(registration, data=typed)
        return _edit_page(request, registration, form, version=version, is_kept=True)
    form = draft_form(registration, more=request.GET.get("more", ""))
    return _edit_page(request, registration, form)


def kept_key(uid) -> str:
    """Under which the session keeps what was typed into the draft `uid`."""
    return f"typed-{uid}"


def keep_and_log_in(request, uid):
    """The session has expired under the person's hands: the words wait until the person is back."""
    words = request.POST.urlencode() if request.method == "POST" else ""
    if words and len(words) <= KEPT_WORDS:
        request.session[kept_key(uid)] = words
    return redirect_to_login(request.path)


def draft_form(registration, *, content=None, paper=None, **kwargs):
    if registration.is_on_paper and paper is None:
        paper = {n: getattr(registration, n) for n in ("channel", "paper_number", "received_on")}
    return DraftForm(
        content=content or workflow.content_of(registration),
        criteria=criteria_of(registration),
        priority_fields=registration.period.campaign.fields.all(),
        paper=paper if registration.is_on_paper else None,
        **kwargs,
    )


def _save(request, registration):
    form = draft_form(registration, data=request.POST, files=request.FILES)
    is_valid, uploads = form.has_valid_words(), form.uploads()
    content = _chosen(request, registration, form.content()) if is_valid else None
    version = posted_version(request)
    try:
        is_current = _store(
            request,
            registration,
            version,
            content,
            uploads=uploads,
            removed=posted_uuids(request, "remove"),
            paper=form.paper_values() if is_valid else None,
        )
    except Refused as refused:
        registration.refresh_from_db()
        return _conflict_page(request, registration, form, content, version, refused=str(refused))
    if is_valid and not is_current:
        return _conflict_page(request, registration, form, content, version)
    if not is_valid or form.upload.errors:
        # Words typed over an older version stay so until they can be compared.
        version = registration.version if is_current else version
        return _edit_page(request, registration, form, version=version, is_saved=is_valid, status=422)
    request.session.pop(kept_key(registration.uid), None)
    if "preview" in request.POST:
        return redirect("registrations:file", registration.uid)
    if "copy" in request.POST:
        return _copy(request, registration)
    messages.success(request, "Đã lưu bản nháp.")
    page = reverse("registrations:edit", args=[registration.uid])
    more = {"tasks": "?more=tasks#id_tasks", "free": "?more=free#id_free"}
    return redirect(page + more.get(request.POST.get("more"), ""))


def _store(request, registration, version, content, **rest) -> bool:
    """Save; a version that only differs in files or other things than words is no conflict."""
    saved = {"by": request.user, "content": content}
    if workflow.save_draft(registration, version=version, **saved, **rest):
        return True
    if content is None:
        return False
    earlier = workflow.draft_at(registration, version)
    stored = workflow.content_of(registration)
    if earlier is None or workflow.without_keys(earlier) != workflow.without_keys(stored):
        return False
    rest["uploads"] = ()  # are stored already
    return workflow.save_draft(registration, version=registration.version, **saved, **rest)


def _chosen(request, registration, content):
    """What was typed, with the saved wording where the conflict page was told to keep it."""
    keys = [
        name.removeprefix("choice-")
        for name, choice in request.POST.items()
        if name.startswith("choice-") and choice == "saved"
    ]
    # Over a newer version than was shown nothing may be chosen unseen.
    if not keys or posted_version(request) != registration.version:
        return content
    return merging.choose(content, workflow.content_of(registration), keys)


def _copy(request, registration):
    source = get_object_or_404(workflow.copy_sources(registration), uid=posted_uuid(request, "copy"))
    copied = workflow.copy(
        registration, source, by=request.user, version=registration.version, acting=request.acting_unit
    )
    year = source.period.year
    if copied.parts:
        messages.success(
            request, f"Đã chép từ năm {year}: {', '.join(copied.parts)}. Hãy đọc lại và sửa cho năm nay."
        )
    else:
        messages.info(request, f"Không có gì để chép thêm từ năm {year}.")
    if copied.kept:
        messages.info(request, f"Giữ nguyên phần đơn vị đã ghi: {', '.join(copied.kept)}.")
    if copied.dropped:
        gone = ", ".join(copied.dropped)
        messages.warning(request, f"Không chép được mức của tiêu chí không còn áp dụng: {gone}.")
    return redirect("registrations:edit", registration.uid)


@require_POST
def autosave(request, uid):
    """The same words sent by the page itself; answers are for `draft.js`."""
    registration = fetch(request, uid)
    authorise(request, "edit", registration)
    form = draft_form(registration, data=request.POST)
    if not form.has_valid_words():
        return JsonResponse({"problems": form.problems}, status=422)
    try:
        is_current = _store(
            request, registration, posted_version(request), form.content(), paper=form.paper_values()
        )
    except Refused as refused:
        return JsonResponse({"refused": str(refused)}, status=409)
    if not is_current:
        return JsonResponse({"conflict": _saved(registration)}, status=409)
    request.session.pop(kept_key(uid), None)
    return JsonResponse(_state(request, registration) | {"sections": _sections(registration)})


@require_safe
def editors(request, uid):
    """Asked now and then by `draft.js`: who else is here, and whether a newer version is saved."""
    registration = fetch(request, uid)
    authorise(request, "edit", registration)
    return JsonResponse(_state(request, registration))


def _state(request, registration) -> dict:
    return {
        "version": registration.version,
        "saved": f"Đã lưu {_saved(registration)}",
        "editors": presence.others(registration, request.user),
    }


def _saved(registration) -> str:
    return f"{gio_ngay(localtime(registration.saved_at))}, {registration.saved_by}"


def _sections(registration) -> list[dict]:
    missing = [f.field for f in checks.missing_for_asking(registration)]
    sections = SECTIONS if registration.is_on_paper else SECTIONS[1:]
    return [
        {
            "name": name,
            "label": "Bản quét" if name == "upload" and registration.is_on_paper else label,
            "url": f"#{name}",
            "active": False,
            "missing": sum(missing.count(f) for f in fields),
        }
        for name, label, fields in sections
    ]


def edit_context(request, registration, form, version=None):
    sources = [] if registration.is_on_paper else list(workflow.copy_sources(registration))
    last_year = _last_year(registration, sources)
    for target in form.targets:
        target.bar = bar(target["level"].value() or "")
        target.last_level = last_year["levels"].get(target.criterion.code, "") if last_year else ""
    attachments = RegistrationAttachment.objects.filter(registration=registration, is_removed=False)
    return {
        "registration": registration,
        "form": form,
        "version": registration.version if version is None else version,
        "files": [file_row(registration, a.file) for a in attachments.select_related("file__reading")],
        "sections": _sections(registration),
        "due": due_of(registration),
        "sources": sources,
        "last_year": last_year,
        "editors": presence.others(registration, request.user),
    }


def _last_year(registration, sources) -> dict | None:
    """What was filed the year before, for the side of the form: the unit's own, else a predecessor's."""
    own = [source for source in sources if source.unit_id == registration.unit_id]
    source = next(iter(own or sources), None)
    if source is None:
        return None
    filed = source.versions.last().snapshot
    return {
        "source": source,
        "year": source.period.year,
        "objectives": filed["objectives"],
        "levels": {target["criterion"]: target["level"] for target in filed["targets"]},
        "tasks": filed["tasks"],
    }


def _edit_page(request, registration, form, *, version=None, is_saved=False, is_kept=False, status=200):
    context = edit_context(request, registration, form, version)
    context |= {"is_saved": is_saved, "is_kept": is_kept}
    return render(request, "registrations/edit.html", context, status=status)


def _conflict_page(request, registration, form, content, version, *, refused=""):
    """Somebody else saved or filed meanwhile: the changes of both brought together, to choose from."""
    saved = workflow.content_of(registration)
    mine = content or saved
    merged = merging.merge(workflow.draft_at(registration, version), mine, saved)
    shown = draft_form(registration, content=merged.content, paper=_typed_paper(form))
    context = edit_context(request, registration, shown) | {
        "refused": refused,
        "clashes": in_words(merged.clashes, registration, mine, saved),
        "taken": in_words(merged.taken, registration, mine, saved),
        "own": in_words(merged.own, registration, mine, saved),
    }
    return render(request, "registrations/conflict.html", context, status=409)


def _typed_paper(form):
    return form.paper_values() if form.paper and form.paper.is_valid() else None
