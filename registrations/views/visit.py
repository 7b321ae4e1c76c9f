from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import files, printing
from core.models.document import DocumentFormat
from core.transitions import Refused
from registrations import checks
from registrations.forms.inspection import AnswerForm, FindingForm, RecordForm
from registrations.models import Finding, FindingFile, Inspection, Visit
from registrations.views.history import told
from registrations.views.inspection import SENTENCES
from registrations.views.movement import reasons, show
from registrations.views.registration import posted_uuids
from registrations.workflow import inspection as workflow


def _fetch(request, uid, visit) -> Visit:
    """The visit through both doors."""
    inspections = Inspection.objects.visible_to(request.user)
    visible = Visit.objects.visible_to(request.user).filter(inspection__in=inspections, inspection__uid=uid)
    related = visible.select_related("inspection__period__campaign__criteria_set", "unit")
    found = get_object_or_404(related, uid=visit)
    _authorise(request, "view", found)
    return found


def _authorise(request, action, visit):
    if not request.user.has_perm(f"registrations.{action}_visit", visit):
        raise PermissionDenied


@require_safe
def visit(request, uid, visit):
    return _page(request, _fetch(request, uid, visit))


def _page(request, visit, *, refused=None, action="", at=None, answer=None, status=200):
    """`at` is the finding an act was refused on, `answer` the form as it was typed."""
    user = request.user
    available = {t.action for t in workflow.VISIT.available(visit, user)}
    may_record = _may_record(user, visit)
    findings = [
        _line(user, visit, finding, refused if finding.pk == at else None, action, answer)
        for finding in Finding.objects.visible_to(user)
        .filter(visit=visit)
        .select_related("criterion")
        .prefetch_related(
            "answers__answered_by", files.with_notes("answers__files__file"), files.with_notes("files__file")
        )
    ]
    reads_all = user.has_perm("registrations.print_inspection", visit.inspection)
    is_told = reads_all or visit.state == "communicated"
    is_running = visit.inspection.state == "under_way"
    context = {
        "inspection": visit.inspection,
        "visit": visit,
        "findings": findings,
        "is_told": is_told,
        "may_record": may_record,
        "available": available if is_running else set(),
        "lack": checks.missing_for_communicating(visit) if "communicate" in available else [],
        "refused": reasons(refused) if at is None else [],
        "refused_action": action,
        "events": _events(visit, findings),
        **printed_minutes(visit),
    }
    return render(request, "registrations/visit.html", context, status=status)


def _may_record(user, visit) -> bool:
    is_open = visit.state == "planned" and visit.inspection.state == "under_way"
    return is_open and user.has_perm("registrations.record_visit", visit)


def _line(user, visit, finding, refused, action, answer):
    """One finding with its files, its answers and what the person may do about it."""
    finding.visit = visit
    available = set()
    if visit.inspection.state in ("under_way", "concluded"):
        available = {t.action for t in workflow.FINDING.available(finding, user)}
    answer_form = None
    if "answer" in available:
        is_refused = refused is not None and action == "answer"
        answer_form = answer if is_refused and answer else AnswerForm(auto_id=f"id_a{finding.uid}_%s")
    evidence = [f.file for f in finding.files.all() if f.answer_id is None]
    return {
        "finding": finding,
        "files": [_file(visit, finding, file) for file in evidence],
        "answers": [
            {"answer": a, "files": [_file(visit, finding, f.file) for f in a.files.all()]}
            for a in finding.answers.all()
        ],
        "available": available,
        "accept_name": f"accept-{finding.uid}",
        "reopen_name": f"reopen-{finding.uid}",
        "answer_form": answer_form,
        "refused": reasons(refused),
        "refused_action": action if refused else "",
    }


def _file(visit, finding, file):
    url = reverse("registrations:finding_file", args=[visit.inspection.uid, visit.uid, finding.uid, file.uid])
    return {"uid": file.uid, "name": file.name, "size": file.size, "file": file, "url": url}


def _events(visit, lines):
    about = [visit.uid, *(line["finding"].uid for line in lines)]
    return told(visit.inspection, SENTENCES, about=about)


@require_http_methods(["GET", "HEAD", "POST"])
def record_visit(request, uid, visit):
    visit = _fetch(request, uid, visit)
    _authorise(request, "record", visit)
    initial = {"representatives": visit.representatives, "summary": visit.summary}
    form = RecordForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.record(visit, by=request.user, acting=request.acting_unit, **form.cleaned_data)
        except Refused as refused:
            show(refused, form)
        else:
            messages.success(request, "Đã ghi nhận xét chung.")
            return redirect(visit)
    return _form_page(request, visit, form, "Nhận xét chung")


def _form_page(request, visit, form, heading, finding=None, kept=()):
    context = {
        "visit": visit,
        "inspection": visit.inspection,
        "form": form,
        "heading": heading,
        "finding": finding,
        "files": kept,
    }
    return render(request, "registrations/edit_visit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_finding(request, uid, visit, finding=None):
    """Add a finding, or change one the unit has not read yet."""
    visit = _fetch(request, uid, visit)
    _authorise(request, "record", visit)
    changed = get_object_or_404(visit.findings.select_related("criterion"), uid=finding) if finding else None
    form = FindingForm(request.POST or None, request.FILES or None, visit=visit, finding=changed)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.save_finding(
                visit,
                by=request.user,
                acting=request.acting_unit,
                values=form.values(),
                finding=changed,
                upload=form.cleaned_data["upload"],
                removed=posted_uuids(request, "remove"),
            )
        except Refused as refused:
            show(refused, form)
        else:
            messages.success(request, "Đã lưu phát hiện.")
            return redirect(visit)
    kept = [_file(visit, changed, f.file) for f in changed.files.filter(answer=None)] if changed else []
    return _form_page(request, visit, form, "Sửa phát hiện" if changed else "Ghi phát hiện", changed, kept)


def _finding(request, visit, uid) -> Finding:
    """A finding of the visit that the person sees."""
    visible = Finding.objects.visible_to(request.user).filter(visit=visit)
    found = get_object_or_404(visible.select_related("criterion"), uid=uid)
    found.visit = visit
    if not request.user.has_perm("registrations.view_finding", found):
        raise PermissionDenied
    return found


@require_POST
def remove_finding(request, uid, visit, finding):
    visit = _fetch(request, uid, visit)
    _authorise(request, "record", visit)
    workflow.remove_finding(_finding(request, visit, finding), by=request.user, acting=request.acting_unit)
    messages.success(request, "Đã bỏ phát hiện.")
    return redirect(visit)


_DONE = {
    "communicate": "Đã thông báo kết quả; đơn vị nhận được thư.",
    "recall": "Đã thu lại kết quả để sửa; đơn vị nhận được thư.",
    "answer": "Đã gửi trả lời; đoàn kiểm tra nhận được thư.",
    "accept": "Đã chấp nhận việc khắc phục.",
    "reopen": "Đã yêu cầu làm tiếp; đơn vị nhận được thư.",
}


@require_POST
def act(request, uid, visit, action):
    visit = _fetch(request, uid, visit)
    _authorise(request, action, visit)
    words = {"by": request.user, "acting": request.acting_unit}
    try:
        if action == "recall":
            workflow.recall(visit, comment=request.POST.get("comment", ""), **words)
        else:
            workflow.communicate(visit, **words)
    except Refused as refused:
        visit.refresh_from_db()
        return _page(request, visit, refused=refused, action=action, status=refused.status)
    messages.success(request, _DONE[action])
    return redirect(visit)


@require_POST
def act_on_finding(request, uid, visit, finding, action):
    visit = _fetch(request, uid, visit)
    finding = _finding(request, visit, finding)
    if not request.user.has_perm(f"registrations.{action}_finding", finding):
        raise PermissionDenied
    words = {"by": request.user, "acting": request.acting_unit}
    form = AnswerForm(request.POST, request.FILES, auto_id=f"id_a{finding.uid}_%s")
    try:
        if action != "answer":
            perform = {"accept": workflow.accept, "reopen": workflow.reopen}[action]
            perform(finding, comment=request.POST.get("comment", ""), **words)
        elif form.is_valid():
            workflow.answer(finding, **form.cleaned_data, **words)
        else:
            raise Refused("Chưa gửi được. Hãy xem lại ô trả lời.", status=422)
    except Refused as refused:
        visit.refresh_from_db()
        return _page(
            request, visit, refused=refused, action=action, at=finding.pk, answer=form, status=refused.status
        )
    messages.success(request, _DONE[action])
    return redirect(f"{visit.get_absolute_url()}#{finding.uid}")


@require_safe
def finding_file(request, uid, visit, finding, file):
    finding = _finding(request, _fetch(request, uid, visit), finding)
    found = get_object_or_404(FindingFile.objects.select_related("file"), finding=finding, file__uid=file)
    return files.serve(request, found.file, inline=True)


def printed_minutes(visit) -> dict:
    return printing.card(visit, workflow.MINUTES) | {"name": "biên bản kiểm tra"}


def _printable(request, uid, visit) -> Visit:
    """A unit reads the minutes once it reads the results."""
    printed = _fetch(request, uid, visit)
    _authorise(request, "print", printed)
    return printed


@require_POST
def print_minutes(request, uid, visit):
    printed = _printable(request, uid, visit)
    workflow.print_minutes(printed, by=request.user)
    return redirect(f"{printed.get_absolute_url()}#van-ban")


@require_safe
def minutes_progress(request, uid, visit):
    printed = _printable(request, uid, visit)
    context = {"visit": printed, "inspection": printed.inspection, **printed_minutes(printed)}
    return render(request, "registrations/_minutes.html", context)


@require_safe
def minutes_file(request, uid, visit, format=DocumentFormat.PDF):
    file = printing.file_of(printed_minutes(_printable(request, uid, visit)), format=format)
    if file is None:
        raise Http404
    return files.serve(request, file, inline=True)
