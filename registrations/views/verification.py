"""The verification desk: the queue, who verifies what, and one report figure by figure."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core import exports, files
from core.paging import page_of
from core.transitions import Refused
from registrations import checks, workflow
from registrations.enums import FigureVerdict, ReportState
from registrations.flags import flags_of
from registrations.forms import JudgeForm
from registrations.forms.verification import QueueForm
from registrations.listings import QUEUE
from registrations.models import Report
from registrations.views.history import history
from registrations.views.report import SENTENCES, authorise, fetch
from registrations.views.verdict import figures_for, in_context, lines_of
from units.enums import Function
from units.models import UnitFunction

ACTS = {
    "verify": ("verify", workflow.verify, "Đã hoàn tất thẩm định số liệu."),
    "return": ("return", workflow.return_report, "Đã trả lại báo cáo; đơn vị nhận được thư."),
}


def reports_for(user):
    """The reports under review that the person may judge."""
    found = Report.objects.on_desk().exclude(unit__in=user.conflicted_units)
    if user.authority.is_standing_body:
        return found
    # The commendation body judges the standing body's own, and nothing else.
    return found.filter(unit=UnitFunction.holder(Function.STANDING_BODY))


@require_safe
@permission_required("registrations.view_verification", raise_exception=True)
def verification(request):
    user = request.user
    people, load = workflow.verifiers(), workflow.workload()
    form = QueueForm(request.GET, user=user, people=people)
    narrowed = form.narrow(Report.objects.on_desk()).in_turn()
    narrowed = narrowed.select_related("period", "unit", "assigned_to").annotate(
        total=Count("figures"), judged=Count("figures", filter=~Q(figures__verdict=FigureVerdict.PENDING))
    )
    if exports.asked(request):
        return exports.answer(request, QUEUE, narrowed, form=form)
    page = page_of(request, narrowed, noun="báo cáo")
    for report in page["rows"]:
        report.conflict = checks.conflict_with(user, report.unit)
        report.may_verify = user.has_perm("registrations.verify_report", report)
    context = {
        "filter": form,
        "list": page,
        "people": [{"person": person, "load": load[person.pk]} for person in people],
        "unassigned": Report.objects.on_desk().filter(assigned_to=None).count(),
        "next_url": _next_url(user),
        "can_assign": user.has_perm("registrations.assign_report"),
    }
    return render(request, "registrations/verification.html", context)


def _chosen(request):
    """The ticked reports, as far as the person may read them; at most a page of them."""
    uids = [uid for uid in request.POST.getlist("report") if len(uid) == 36]
    try:
        return list(Report.objects.on_desk().filter(uid__in=uids).in_turn().select_related("unit", "period"))
    except ValueError as wrong:
        raise Http404 from wrong


@require_POST
@permission_required("registrations.view_verification", raise_exception=True)
def act_on_chosen(request):
    """Accept what is not flagged in the ticked reports, or give them to one person; a result for each."""
    reports = _chosen(request)
    if request.POST.get("act") == "accept":
        rows = [_tried(report, lambda r: _accepted(r, request)) for report in reports]
        title = "Chấp nhận số liệu không có cảnh báo"
    else:
        person = next((p for p in workflow.verifiers() if str(p.uid) == request.POST.get("to")), None)
        if person is None:
            raise Refused("Hãy chọn người thẩm định trong danh sách, rồi gửi lại.", status=422)
        rows = [_tried(report, lambda r: _assigned(r, person, request)) for report in reports]
        title = f"Giao cho {person.full_name}"
    return _results(request, title, rows)


def _tried(report, act) -> dict:
    try:
        words, is_done = act(report)
    except Refused as refused:
        words, is_done = str(refused), False
    return {"report": report, "words": words, "is_done": is_done}


def _accepted(report, request):
    done = workflow.accept_rest(report, by=request.user, acting=request.acting_unit)
    if done:
        return f"Đã chấp nhận {done} số liệu.", True
    return "Không còn số liệu nào chấp nhận được cùng lúc; mở báo cáo để xem từng số.", False


def _assigned(report, person, request):
    is_new = workflow.assign(report, to=person, by=request.user, acting=request.acting_unit)
    return ("Đã giao.", True) if is_new else ("Đã giao cho người này từ trước.", False)


@require_POST
def share_out(request):
    """Give out evenly what nobody has yet."""
    found = workflow.share_out(Report.objects.on_desk(), by=request.user, acting=request.acting_unit)
    rows = [{"report": report, "words": words, "is_done": done} for report, words, done in found]
    return _results(request, "Chia đều báo cáo chưa giao", rows)


def _results(request, title, rows):
    context = {"title": title, "rows": rows, "done": sum(row["is_done"] for row in rows)}
    return render(request, "registrations/verification_results.html", context)


@require_POST
def take(request, uid):
    """Take a report under review for oneself."""
    report = fetch(request, uid)
    workflow.assign(report, to=request.user, by=request.user, acting=request.acting_unit)
    return redirect("registrations:verify_desk", report.uid)


#: of the desk, as its help sheet tells them; `static/js/desk.js` hears them
KEYS = (
    ("j", "Số liệu sau"),
    ("k", "Số liệu trước"),
    ("1 2 3", "Chọn kết luận"),
    ("Ctrl + Enter", "Ghi kết luận"),
    ("m", "Mở minh chứng kế tiếp"),
    ("n", "Báo cáo tiếp theo"),
    ("?", "Mở, đóng bảng này"),
)


@require_safe
@permission_required("registrations.view_verification", raise_exception=True)
def desk(request, uid):
    return _page(request, fetch(request, uid))


def _page(request, report, *, refused=None, action="", judged=None, status=200):
    user = request.user
    available = {t.action for t in workflow.REPORT.available(report, user)}
    can_judge = "verify" in available and report.is_annual
    figures, words = figures_for(report, is_own=False)
    lines = in_context(report, lines_of(report, figures), user)
    _complete(report, lines, can_judge=can_judge, judged=judged)
    waiting = [line for line in lines if line["figure"].verdict == FigureVerdict.PENDING]
    context = {
        "report": report,
        "words": words,
        "flagged": [line for line in lines if line["flags"]],
        "unflagged": [line for line in lines if not line["flags"]],
        "acceptable": sum(not line["flags"] for line in waiting) if can_judge else 0,
        "judged": len(lines) - len(waiting),
        "total": len(lines),
        "conflict": checks.conflict_with(user, report.unit),
        "can_judge": can_judge,
        "can_return": "return" in available,
        "can_take": can_judge and report.assigned_to_id != user.pk,
        "missing": checks.missing_for_verifying(report) if can_judge else [],
        "viewed": _viewed(request, lines),
        "keys": KEYS,
        "next_url": _next_url(user, report),
        "refused": refused.findings or [{"message": str(refused), "field": ""}] if refused else [],
        "refused_action": action,
        "events": history(report, workflow.REPORT, others=SENTENCES),
    }
    return render(request, "registrations/verify.html", context, status=status)


def _complete(report, lines, *, can_judge, judged) -> None:
    """Beside each line: its flags, what the unit has answered, and the form for the word on it."""
    is_contested = report.state == ReportState.CONTESTED
    flags = flags_of(report)
    contested = workflow.contested_figures(report) if is_contested else set()
    answers: dict[int, list] = {}
    for figure in report.figures.prefetch_related("answers__answered_by", "answers__evidence"):
        answers[figure.pk] = list(figure.answers.all())
    for line in lines:
        figure = line["figure"]
        line["flags"] = list(flags.get(figure.criterion.code, []))
        if figure.pk in contested:
            line["flags"].insert(0, "Đơn vị kiến nghị")
        line["answers"] = answers[figure.pk]
        is_open = not is_contested or figure.pk in contested
        if can_judge and is_open:
            is_refused = judged is not None and judged.figure.pk == figure.pk
            line["form"] = judged if is_refused else JudgeForm(figure=figure)
            line["open"] = is_refused


def _viewed(request, lines) -> dict | None:
    """The paper that is shown beside the figures: chosen by `?tep=`, else the first of what waits for a word.

    Its line is unfolded, as is the first that waits. Only what a browser shows is opened there.
    """
    asked = request.GET.get("tep", "")
    chosen, waiting = None, None
    for line in sorted(lines, key=lambda line: not line["flags"]):
        is_waiting = "form" in line and line["figure"].verdict == FigureVerdict.PENDING
        for file in line["files"]:
            file["is_shown"] = file["file"].content_type == files.PDF
            if file["is_shown"] and str(file["uid"]) == asked:
                chosen = (line, file)
            elif file["is_shown"] and is_waiting and waiting is None:
                waiting = (line, file)
    found = chosen or waiting
    if found is None:
        return None
    line, file = found
    line["unfolded"] = file["is_viewed"] = True
    return file | {"criterion": line["criterion"]}


def _next_url(user, report=None) -> str:
    """The report after this one in the person's turn: his own first, else what nobody has taken."""
    found = reports_for(user)
    mine = found.filter(assigned_to=user)
    queue = (
        mine if mine.exclude(pk=report.pk if report else None).exists() else found.filter(assigned_to=None)
    )
    uids = list(queue.in_turn().values_list("uid", flat=True))
    if report is not None and report.uid in uids:
        at = uids.index(report.uid)
        uids = uids[at + 1 :] + uids[:at]
    return reverse("registrations:verify_desk", args=[uids[0]]) if uids else ""


@require_POST
def act(request, uid, action):
    report = fetch(request, uid)
    verb, perform, done = ACTS[action]
    authorise(request, verb, report)
    words = {"comment": request.POST.get("comment", "")} if action == "return" else {}
    try:
        perform(report, by=request.user, acting=request.acting_unit, **words)
    except Refused as refused:
        report.refresh_from_db()
        return _page(request, report, refused=refused, action=action, status=refused.status)
    messages.success(request, done)
    following = _next_url(request.user, report) if "next" in request.POST else ""
    return redirect(following or report)


@require_POST
def accept_rest(request, uid):
    report = fetch(request, uid)
    authorise(request, "verify", report)
    done = workflow.accept_rest(report, by=request.user, acting=request.acting_unit)
    said = f"Đã chấp nhận {done} số liệu." if done else "Không còn số liệu nào chấp nhận được cùng lúc."
    messages.success(request, said)
    return redirect("registrations:verify_desk", report.uid)


@require_POST
def judge(request, uid, code):
    report = fetch(request, uid)
    authorise(request, "verify", report)
    figure = get_object_or_404(report.figures.select_related("criterion"), criterion__code=code)
    form = JudgeForm(request.POST, figure=figure)
    if form.is_valid():
        try:
            workflow.judge_figure(figure, by=request.user, acting=request.acting_unit, **form.cleaned_data)
        except Refused as refused:
            if not refused.findings:
                raise
            for finding in refused.findings:
                form.add_error(finding.field, finding.message)
        else:
            address = reverse("registrations:verify_desk", args=[report.uid])
            return redirect(f"{address}#{_next_code(report, code)}")
    return _page(request, report, judged=form, status=422)


def _next_code(report, code) -> str:
    """The next figure that waits for a word, the flagged ones first; the same one when none does."""
    waiting = report.figures.filter(verdict=FigureVerdict.PENDING)
    codes = list(waiting.values_list("criterion__code", flat=True))
    flagged = flags_of(report)
    return next((c for c in codes if c in flagged), codes[0] if codes else code)
