"""The form of a report of figures: saved by a button or by itself, judged while it is typed."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.templatetags.vn import gio_ngay
from core.transitions import Refused
from core.vietnamese import format_number
from core.wording import marks
from criteria.engine import evaluate
from registrations import checks, merging, merging_report, workflow, years
from registrations.forms import ReportForm
from registrations.models import findings_for
from registrations.views import presence
from registrations.views.draft import keep_and_log_in, kept_key
from registrations.views.registration import posted_uuids, posted_version
from registrations.views.report import authorise, due_of, fetch
from registrations.views.verdict import figures_for, jump_in_words, lines_of, tiles_of

WORD_LABELS = {
    "narrative": "Kết quả nổi bật",
    "practices": "Cách làm mới",
    "difficulties": "Khó khăn, vướng mắc",
    "proposals": "Đề xuất",
}
INITIATIVE_LABELS = {
    "name": "tên",
    "authors": "tác giả",
    "effect": "hiệu quả",
    "recognition": "công nhận",
}


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, uid):
    if not request.user.is_authenticated:
        return keep_and_log_in(request, uid)
    report = fetch(request, uid)
    authorise(request, "edit", report)
    if request.method == "POST" and "discard" in request.POST:
        request.session.pop(kept_key(uid), None)
        return redirect("registrations:edit_report", uid)
    if request.method == "POST":
        return _save(request, report)
    if report.state not in workflow.EDITABLE_REPORT:
        messages.info(request, f"Báo cáo đang ở trạng thái “{report.get_state_display()}”, không sửa được.")
        return redirect(report)
    if kept := request.session.get(kept_key(uid)):
        typed = QueryDict(kept)
        version = int(typed["version"]) if typed.get("version", "").isdecimal() else 0
        form = _form(report, data=typed)
        return _edit_page(request, report, form, version=version, is_kept=True)
    return _edit_page(request, report, _form(report, more=request.GET.get("more", "")))


def _form(report, *, stored=None, **kwargs) -> ReportForm:
    stored = stored or workflow.content_of_report(report)
    return ReportForm(stored=stored, criteria=workflow.criteria_of(report), unit=report.unit, **kwargs)


def _save(request, report):
    form, version = _form(report, data=request.POST, files=request.FILES), posted_version(request)
    is_whole = form.has_valid_words()
    content = _chosen(request, report, form.content())
    try:
        is_current = workflow.save_report(
            report,
            by=request.user,
            version=version,
            content=content,
            evidence=form.evidence(),
            removed=posted_uuids(request, "remove"),
            acting=request.acting_unit,
        )
    except Refused as refused:
        report.refresh_from_db()
        return _conflict_page(request, report, content, version, refused=str(refused))
    if not is_current and is_whole:
        return _conflict_page(request, report, content, version)
    if form.errors():
        # What was typed over an older version stays so until it can be compared.
        kept = report.version if is_current else version
        return _edit_page(request, report, form, version=kept, is_saved=is_current, status=422)
    request.session.pop(kept_key(report.uid), None)
    return _saved(request, report)


def _chosen(request, report, content):
    """What was typed, with the saved wording where the conflict page was told to keep it."""
    keys = [
        name.removeprefix("choice-")
        for name, choice in request.POST.items()
        if name.startswith("choice-") and choice == "saved"
    ]
    # Over a newer version than was shown nothing may be chosen unseen.
    if not keys or posted_version(request) != report.version:
        return content
    return merging_report.REPORT.choose(content, workflow.content_of_report(report), keys)


def _saved(request, report):
    if "preview" in request.POST:
        return redirect("registrations:submit_report", report.uid)
    messages.success(request, "Đã lưu; kết quả từng tiêu chí đã được tính lại.")
    page = reverse("registrations:edit_report", args=[report.uid])
    if request.POST.get("more") == "initiatives":
        return HttpResponseRedirect(f"{page}?more=initiatives#initiatives")
    codes = [c.code for c in workflow.criteria_of(report)]
    at = request.POST.get("upload", "")
    return HttpResponseRedirect(f"{page}#{at}" if at in codes else page)


@require_POST
def autosave(request, uid):
    """The same form sent by the page itself, good rows saved beside bad ones; answers are for `draft.js`."""
    report = fetch(request, uid)
    authorise(request, "edit", report)
    form = _form(report, data=request.POST)
    try:
        is_current = workflow.save_report(
            report, by=request.user, version=posted_version(request), content=form.content()
        )
    except Refused as refused:
        return JsonResponse({"refused": str(refused)}, status=409)
    if not is_current:
        return JsonResponse({"conflict": _when(report)}, status=409)
    request.session.pop(kept_key(uid), None)
    said = {"sections": _sections(report), "problems": form.problems}
    return JsonResponse(_state(request, report) | said)


@require_safe
def editors(request, uid):
    """Asked now and then by `draft.js`: who else is here, and whether a newer version is saved."""
    report = fetch(request, uid)
    authorise(request, "edit", report)
    return JsonResponse(_state(request, report))


def _state(request, report) -> dict:
    return {
        "version": report.version,
        "saved": f"Đã lưu {_when(report)}",
        "editors": presence.others(report, request.user),
    }


def _when(report) -> str:
    return f"{gio_ngay(localtime(report.saved_at))}, {report.saved_by}"


@require_POST
def live(request, uid, code):
    """The verdict on the figure of one criterion as it is being typed; nothing is stored."""
    report = fetch(request, uid)
    authorise(request, "edit", report)
    form = _form(report, data=request.POST)
    row = next((row for row in form.rows if row.criterion.code == code), None)
    if row is None:
        raise Http404
    line = _live_line(row, years.last_year(report).get(code), report)
    return render(request, "registrations/_live.html", {"line": line, "report": report})


def _live_line(row, before, report) -> dict:
    line = {"criterion": row.criterion, "before": before, "problems": [], "result": None, "jump": ""}
    # A row half typed is not wrong yet; it is judged as the engine would.
    if row.has_valid_words():
        line["value"] = row.figure()
        (line["result"],) = evaluate([row.criterion.rule()], {row.criterion.code: line["value"]})
        line["bar"] = line["value"].bar
        line["jump"] = jump_in_words(line["value"], before, report.period.campaign)
    else:
        line["problems"] = [m for field in row.asked + row.remarks for m in field.errors]
    return line


def _sections(report) -> list[dict]:
    found = checks.missing_for_submitting(report, workflow.criteria_of(report))
    missing = [f.field for f in found]
    figures = sum(field.startswith("c") for field in missing)
    return [
        {"name": name, "label": label, "url": f"#{name}", "active": False, "missing": count}
        for name, label, count in (
            ("figures", "Số liệu", figures),
            ("results", "Kết quả và cách làm", missing.count("narrative")),
            ("initiatives", "Sáng kiến", 0),
            ("proposals", "Khó khăn, đề xuất", 0),
        )
    ]


def _edit_context(request, report, form, version):
    figures, _ = figures_for(report, is_own=True)
    row_of = {row.criterion.code: row for row in form.rows}
    last = years.last_year(report)
    told = list(findings_for(report.unit, report.period))
    lines = lines_of(report, figures)
    for line in lines:
        code = line["criterion"].code
        line["row"] = row_of[code]
        line["before"] = last.get(code)
        line["jump"] = jump_in_words(line["value"], line["before"], report.period.campaign)
        line["findings"] = [f for f in told if f.criterion and f.criterion.code == code]
        line["problems"] = []
    return {
        "report": report,
        "form": form,
        "version": version,
        "lines": lines,
        "tiles": tiles_of(lines),
        "sections": _sections(report),
        "due": due_of(report),
        "editors": presence.others(report, request.user),
        "campaign": report.period.campaign,
    }


def _edit_page(request, report, form, *, version=None, is_saved=False, is_kept=False, status=200):
    context = _edit_context(request, report, form, report.version if version is None else version)
    wrong = form.errors() if form.words.is_bound else 0
    context |= {"wrong": wrong, "is_saved": is_saved, "is_kept": is_kept}
    return render(request, "registrations/edit_report.html", context, status=status)


def _conflict_page(request, report, mine, version, *, refused=""):
    """Somebody else saved or submitted meanwhile: the changes of both brought together, to choose from."""
    saved = workflow.content_of_report(report)
    merged = merging.merge(workflow.report_at(report, version), mine, saved, merging_report.REPORT)
    words = _Words(report, mine, saved)
    context = _edit_context(request, report, _form(report, stored=merged.content), report.version) | {
        "refused": refused,
        "clashes": words.of(merged.clashes),
        "taken": words.of(merged.taken),
        "own": words.of(merged.own),
    }
    return render(request, "registrations/conflict_report.html", context, status=409)


@dataclass
class _Words:
    """Changes of `merging_report` as `{key, label, mine, saved, marks}`."""

    report: object
    mine: dict
    saved: dict

    def of(self, changes) -> list[dict]:
        criteria = {c.code: c.name for c in workflow.criteria_of(self.report)}
        names = {row["key"]: row["name"] for side in (self.saved, self.mine) for row in side["initiatives"]}
        found = []
        for change in changes:
            mine, saved = _said(change.mine), _said(change.saved)
            label = _label(change.key, criteria, names)
            row = {"key": change.key, "label": label, "mine": mine, "saved": saved}
            found.append(row | {"marks": marks(saved, mine)})
        return found


def _label(key, criteria, names) -> str:
    kind, _, rest = key.partition(":")
    match kind:
        case "words":
            return WORD_LABELS[rest]
        case "figure":
            return criteria[rest]
        case "note":
            return f"{criteria[rest]}, ghi chú"
    initiative, _, part = rest.partition(":")
    return f"Sáng kiến “{names[initiative]}”" + (f", {INITIATIVE_LABELS[part]}" if part else "")


def _said(value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if "numerator" not in value:
        return "; ".join(said for said in value.values() if said)
    said = []
    if value["numerator"] is not None:
        said.append(f"{format_number(value['numerator'])}/{format_number(value['denominator'])}")
    if value["answer"] is not None:
        said.append("Có" if value["answer"] else "Chưa có")
    if value["not_applicable"]:
        said.append(f"không áp dụng: {value['not_applicable']}")
    if value["excluded"] is not None:
        said.append(f"không tính {format_number(value['excluded'])}")
    return "; ".join(said)
