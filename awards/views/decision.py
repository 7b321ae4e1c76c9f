from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import checks_award, listings
from awards.enums import DecisionState
from awards.forms.decision import AmendForm, CouncilForm, DecisionForm
from awards.forms.dossier import StateFilter
from awards.forms.proposal import SignatureForm
from awards.models import Certificate, Decision, Nominee, Proposal
from awards.papers import OF_DECISION
from awards.prize import changed_between, preview
from awards.views.acts import Act, available_acts, carry_out, unshown
from awards.views.history import history
from awards.views.proposal import authorise_desk, record_signature
from awards.workflow import decision as workflow
from awards.workflow.certificate import REVOKED
from core import clock, exports, files, press
from core.findings import Finding
from core.paging import page_of
from core.transitions import Refused
from units import house


def fetch(request, uid) -> Decision:
    """The decision through both doors: not visible is 404, visible without the right is 403."""
    visible = Decision.objects.visible_to(request.user).select_related(
        "proposal__form",
        "proposal__campaign",
        "proposal__rule_set",
        "signed_file__reading",
        "council_minutes",
        "fund",
        "issued_by",
        "amended_by",
        "published_by",
    )
    decision = get_object_or_404(visible, uid=uid)
    authorise(request, "view", decision)
    return decision


def authorise(request, action, decision):
    if not request.user.has_perm(f"awards.{action}_decision", decision):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def decisions(request):
    """The list; POST starts a draft decision."""
    authorise_desk(request)
    may_start = request.user.has_perm("awards.add_decision")
    proposals = Proposal.objects.awaiting_decision()
    if request.method != "POST":
        chosen = {"proposal": request.GET.get("to-trinh")}
        return _list(request, DecisionForm(proposals=proposals, initial=chosen) if may_start else None)
    if not may_start:
        raise PermissionDenied
    form = DecisionForm(request.POST, proposals=proposals)
    if not form.is_valid():
        return _list(request, form, status=422)
    decision = workflow.start(
        form.cleaned_data["proposal"],
        title=form.cleaned_data["title"],
        kinds=form.cleaned_data["kinds"],
        by=request.user,
        acting=request.acting_unit,
    )
    messages.success(request, "Đã lập dự thảo Quyết định.")
    return redirect(decision)


def _list(request, form, *, status=200):
    narrow_form = StateFilter(request.GET, choices=DecisionState.choices)
    visible = narrow_form.narrow(Decision.objects.visible_to(request.user)).select_related("proposal__form")
    newest_first = visible.annotate(names=Count("nominees")).order_by("-pk")
    if exports.asked(request):
        return exports.answer(request, listings.DECISIONS, newest_first, form=narrow_form)
    page = page_of(request, newest_first, noun="Quyết định")
    context = {**page, "form": form, "filter": narrow_form}
    return render(request, "awards/decisions.html", context, status=status)


@require_safe
def decision(request, uid):
    return _page(request, fetch(request, uid))


def _page(request, decision, *, refused=None, action="", forms=None, status=200):
    """`forms`: those that did not hold, by the name of their act."""
    forms, user = forms or {}, request.user
    prefetch_related_objects([decision.proposal], "rule_set__bases")
    available = {t.action for t in workflow.DECISION.available(decision, user)}
    reasons = refused.findings or [Finding(str(refused))] if refused else []
    acts = available_acts(_acts(decision, available), available, refused=reasons, action=action)
    in_order = decision.nominees.numbered().select_related("unit", "award")
    listed = page_of(request, in_order, noun="đối tượng")
    counts = dict(decision.nominees.order_by().values_list("kind").annotate(Count("pk")))
    day = decision.signed_on or clock.today()
    received_on = clock.local_date(decision.proposal.forwarded_at)
    prizes = preview(decision.proposal.form, counts, day, received_on=received_on)
    amounts = {line.kind: line.prize.amount for line in prizes.lines}
    is_published = decision.state == DecisionState.PUBLISHED
    may_edit = decision.state == DecisionState.DRAFT and user.has_perm("awards.edit_decision", decision)
    may_strike = decision.state in (DecisionState.SUBMITTED, DecisionState.ISSUED) and user.has_perm(
        "awards.strike_decision", decision
    )
    waiting = workflow.undecided(decision.proposal) if may_edit else Nominee.objects.none()
    context = {
        "decision": decision,
        "acts": acts,
        "refused": unshown(acts, reasons, action),
        "list": listed,
        "rows": [
            {
                "nominee": nominee,
                "amount": nominee.award.prize_amount if is_published else amounts[nominee.kind],
            }
            for nominee in listed["rows"]
        ],
        "prizes": prizes,
        "prizes_changed": "" if is_published else changed_between(decision.proposal.form, received_on, day),
        "prize_caption": (
            f"Tiền thưởng theo ngày ký {day:%d/%m/%Y}"
            if decision.signed_on
            else "Tiền thưởng dự kiến, nếu ký hôm nay"
        ),
        "fund_warnings": [] if is_published else checks_award.warnings_of_prizes(decision),
        "is_published": is_published,
        "may_edit": may_edit,
        "may_strike": may_strike,
        "waiting": waiting.count(),
        "strikes": decision.strikes.select_related("nominee__unit", "struck_by"),
        "cited": house.cited(decision.proposal.rule_set.bases.all(), day, decision, decision.proposal),
        "needs_council": decision.proposal.rule_set.needs_council_minutes,
        "council_form": forms.get("note_council") or (CouncilForm() if may_edit else None),
        "issue_form": forms.get("issue") or (SignatureForm() if "issue" in available else None),
        "amend_form": forms.get("amend") or (AmendForm(decision=decision) if "amend" in available else None),
        "waits_for_another": decision.state == DecisionState.ISSUED and "publish" not in available,
        "register": _register(user, decision) if is_published else None,
        "events": history(decision),
        "printed": press.links(user, decision, *OF_DECISION),
    }
    return render(request, "awards/decision.html", context, status=status)


def _register(user, decision) -> dict:
    """How far the certificates of a published decision are."""
    certificates = Certificate.objects.filter(award__decision=decision)
    return {
        "may_keep": user.has_perm("awards.keep_register_decision", decision),
        "entered": certificates.count(),
        "handed": certificates.filter(handed_on__isnull=False).count(),
        "missing": decision.awards.filter(certificate__isnull=True).exclude(state__in=REVOKED).count(),
    }


def _acts(decision, available):
    def url(name):
        return reverse(f"awards:{name}", args=[decision.uid])

    return [
        Act(
            "submit",
            "Trình ký",
            url("submit_decision"),
            "send",
            "primary",
            text="Ghi nhận dự thảo đã được trình Chủ tịch Ủy ban nhân dân tỉnh, ngoài cổng này.",
            missing=_blocking(decision) if "submit" in available else [],
        ),
        Act(
            "return",
            "Trả lại dự thảo",
            url("return_decision"),
            "return",
            comment_label="Lý do Chủ tịch trả lại",
        ),
        Act(
            "publish",
            "Công bố",
            url("publish"),
            "open",
            "primary",
            text="Danh sách hiện ngay trên trang công khai và trong dữ liệu mở; các đơn vị đề nghị nhận "
            "thư và đọc được kết quả của mình. Việc công bố không rút lại được, chỉ đính chính hoặc hủy bỏ.",
            confirm="Công bố Quyết định này cho mọi người?",
        ),
    ]


def _blocking(decision) -> list[Finding]:
    """Warnings of the fund stand apart on the page and stop nobody."""
    return [finding for finding in checks_award.missing_for_deciding(decision) if finding.blocks]


#: action → (workflow function, whether it takes a comment, what is said afterwards)
ACTS = {
    "submit": (workflow.submit, False, "Đã ghi nhận trình dự thảo Quyết định."),
    "return": (workflow.return_, True, "Đã trả lại dự thảo để sửa."),
    "publish": (workflow.publish, False, "Đã công bố Quyết định. Kết quả đã có trên trang công khai."),
}


@require_POST
def cite_anyway(request, uid, code):
    decision = fetch(request, uid)
    authorise(request, "edit", decision)
    basis = get_object_or_404(decision.proposal.rule_set.bases, code=code)
    workflow.cite_anyway(
        decision, basis, reason=request.POST.get("comment", ""), by=request.user, acting=request.acting_unit
    )
    messages.success(request, "Đã ghi lý do viện dẫn.")
    return redirect(f"{decision.get_absolute_url()}#can-cu")


@require_POST
def act(request, uid, action):
    decision = fetch(request, uid)
    authorise(request, action, decision)
    perform, takes_comment, done = ACTS[action]
    words = {"comment": request.POST.get("comment", "")} if takes_comment else {}
    try:
        perform(decision, by=request.user, acting=request.acting_unit, **words)
    except Refused as refused:
        decision.refresh_from_db()
        return _page(request, decision, refused=refused, action=action, status=refused.status)
    messages.success(request, done)
    return redirect(decision)


@require_POST
def issue(request, uid):
    decision = fetch(request, uid)
    authorise(request, "issue", decision)
    form = SignatureForm(request.POST, request.FILES)
    if form.is_valid() and record_signature(form, workflow.issue, decision, request):
        messages.success(request, f"Đã ghi nhận Quyết định số {decision.number}.")
        return redirect(decision)
    decision.refresh_from_db()
    return _page(request, decision, forms={"issue": form}, status=422)


@require_POST
def amend(request, uid):
    decision = fetch(request, uid)
    authorise(request, "amend", decision)
    form = AmendForm(request.POST, request.FILES, decision=decision)

    def act():
        said = form.cleaned_data
        scan = said["upload"] and files.store(said["upload"], by=request.user)
        workflow.amend(
            decision,
            by=request.user,
            acting=request.acting_unit,
            number=said["number"],
            signed_on=said["signed_on"],
            signer=said["signer"],
            signed_file=scan or None,
        )

    if form.is_valid() and carry_out(form, act):
        messages.success(request, "Đã sửa dữ liệu ban hành.")
        return redirect(decision)
    decision.refresh_from_db()
    return _page(request, decision, forms={"amend": form}, status=422)


@require_POST
def note_council(request, uid):
    decision = fetch(request, uid)
    authorise(request, "edit", decision)
    form = CouncilForm(request.POST, request.FILES)

    def act():
        workflow.note_council(
            decision,
            by=request.user,
            acting=request.acting_unit,
            met_on=form.cleaned_data["met_on"],
            minutes=files.store(form.cleaned_data["upload"], by=request.user),
        )

    if form.is_valid() and carry_out(form, act):
        messages.success(request, "Đã ghi biên bản họp Hội đồng.")
        return redirect(decision)
    return _page(request, decision, forms={"note_council": form}, status=422)


def _nominee(decision, uid) -> Nominee:
    return get_object_or_404(decision.nominees.select_related("dossier"), uid=uid)


@require_POST
def drop(request, uid, nominee):
    decision = fetch(request, uid)
    authorise(request, "edit", decision)
    nominee = _nominee(decision, nominee)
    workflow.drop(decision, nominee, by=request.user, acting=request.acting_unit)
    messages.success(request, f"Đã đưa {nominee.name} ra khỏi dự thảo; còn chờ Quyết định khác.")
    return redirect(decision)


@require_POST
def gather(request, uid):
    """Put every approved nominee of the proposal that is in no decision into the draft."""
    decision = fetch(request, uid)
    authorise(request, "edit", decision)
    waiting = workflow.undecided(decision.proposal)
    count = workflow.gather(decision, waiting, by=request.user, acting=request.acting_unit)
    messages.success(request, f"Đã đưa {count} đối tượng vào dự thảo.")
    return redirect(decision)


@require_POST
def strike(request, uid, nominee):
    decision = fetch(request, uid)
    authorise(request, "strike", decision)
    nominee = _nominee(decision, nominee)
    try:
        workflow.strike(
            decision,
            nominee,
            by=request.user,
            comment=request.POST.get("comment", ""),
            acting=request.acting_unit,
        )
    except Refused as refused:
        decision.refresh_from_db()
        return _page(request, decision, refused=refused, action="strike", status=refused.status)
    messages.success(request, f"Đã ghi nhận Chủ tịch gạch tên {nominee.name}.")
    return redirect(decision)


@require_safe
def council_file(request, uid):
    decision = fetch(request, uid)
    if decision.council_minutes is None:
        raise Http404
    return files.serve(request, decision.council_minutes, inline=True)


@require_safe
def decision_file(request, uid):
    decision = fetch(request, uid)
    if decision.signed_file is None:
        raise Http404
    return files.serve(request, decision.signed_file, inline=True)
