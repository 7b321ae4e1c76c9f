import uuid
from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import checks, listings, regime
from awards.documents.bundle import is_complete
from awards.documents.proposal import package_of, printed_on
from awards.enums import KIND_ORDER, DesignatedAct, ProposalState
from awards.forms.dossier import StateFilter
from awards.forms.posting import PostForm
from awards.forms.proposal import ProposalForm, ReturnForm, SignatureForm
from awards.models import Dossier, Nominee, Proposal
from awards.prize import changed_between, preview
from awards.views.acts import Act, available_acts, carry_out, unshown
from awards.views.appraisal import PROPOSAL_ACTS, designate, named_people
from awards.views.history import history
from awards.views.nominees import possible_duplicates
from awards.workflow import order, posting
from awards.workflow import proposal as workflow
from core import clock, exports, files
from core.findings import Finding
from core.paging import page_of
from core.transitions import Refused
from registrations.views.registration import posted_uuid
from units import house


def fetch(request, uid) -> Proposal:
    """The proposal through both doors: not visible is 404, visible without the right is 403."""
    visible = Proposal.objects.visible_to(request.user)
    # The frozen list is as long as the list itself; who prints it reads it.
    related = visible.select_related("campaign", "form", "rule_set", "signed_file__reading")
    proposal = get_object_or_404(related.defer("snapshot"), uid=uid)
    authorise(request, "view", proposal)
    return proposal


def authorise(request, action, proposal):
    if not request.user.has_perm(f"awards.{action}_proposal", proposal):
        raise PermissionDenied


def label_for(user, proposal) -> str:
    return proposal.get_state_display() if user.authority.is_standing_body else proposal.desk_label


def authorise_desk(request):
    """The lists of proposals and decisions are the two bodies' own."""
    authority = request.user.authority
    if not (authority.is_standing_body or authority.is_commendation_body):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request):
    """The list; POST starts a proposal."""
    authorise_desk(request)
    if request.method != "POST":
        return _list(request, ProposalForm())
    if not request.user.has_perm("awards.add_proposal"):
        raise PermissionDenied
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return _list(request, form, status=422)
    proposal = workflow.start(
        **form.chosen_group(), title=form.cleaned_data["title"], by=request.user, acting=request.acting_unit
    )
    messages.success(request, "Đã lập Tờ trình. Hãy chọn đối tượng đưa vào danh sách.")
    return redirect("awards:gather", proposal.uid)


def _list(request, form, *, status=200):
    user = request.user
    labels = [(state.value, label_for(user, Proposal(state=state))) for state in ProposalState]
    narrow_form = StateFilter(request.GET, choices=labels)
    visible = narrow_form.narrow(Proposal.objects.visible_to(user)).select_related("form", "campaign")
    newest_first = visible.annotate(names=Count("nominees")).order_by("-pk")
    if exports.asked(request):
        listing = listings.proposals(partial(label_for, user))
        return exports.answer(request, listing, newest_first, form=narrow_form)
    page = page_of(request, newest_first, noun="Tờ trình")
    context = {
        **page,
        "rows": [{"proposal": p, "label": label_for(user, p)} for p in page["rows"]],
        "form": form if user.has_perm("awards.add_proposal") else None,
        "filter": narrow_form,
    }
    return render(request, "awards/proposals.html", context, status=status)


@require_safe
def proposal(request, uid):
    return page(request, fetch(request, uid))


def page(
    request,
    proposal,
    *,
    refused=None,
    action="",
    sign_form=None,
    post_form=None,
    named_form=None,
    return_form=None,
    status=200,
):
    user = request.user
    prefetch_related_objects([proposal], "rule_set__bases")
    available = {t.action for t in workflow.PROPOSAL.available(proposal, user)}
    sees_whole = user.has_perm("awards.view_whole_proposal", proposal)
    in_order = proposal.nominees.numbered().select_related(
        "unit", "dossier__unit", "appraised_by", "judged_by"
    )
    if not sees_whole:
        # Named to judge some of them: the others are none of his business.
        in_order = in_order.filter(dossier__in=_named_to_judge(user))
    listed = page_of(request, in_order, noun="đối tượng")
    nominees = list(listed["rows"])
    duplicates = possible_duplicates(user, nominees)
    reasons = refused.findings or [Finding(str(refused))] if refused else []
    if "return" in available:
        return_form = return_form or ReturnForm(dossiers=_dossiers_of(proposal))
    acts = available_acts(_acts(proposal, available, return_form), available, refused=reasons, action=action)
    is_judging = proposal.state == ProposalState.FORWARDED
    counts = dict(proposal.nominees.order_by().values_list("kind").annotate(Count("pk")))
    is_standing_body = user.authority.is_standing_body
    shown = package_of(proposal) if sees_whole else {"document": None}
    context = {
        "sees_whole": sees_whole,
        "shown": shown,
        "is_complete": is_complete(shown),
        "orders": order.ORDERS,
        "kinds": quotas_of(proposal, counts),
        "posting": proposal.postings.first() if is_standing_body else None,
        "waiting_comments": posting.waiting(proposal).count() if is_standing_body else 0,
        "posting_rule": checks.posting_rule_of(proposal) if "post" in available else None,
        "post_form": post_form or (_post_form(proposal) if "post" in available else None),
        "dossiers": _dossiers_of(proposal) if _may_rework(user, proposal) else [],
        "consultations": proposal.consultations.order_by("-pk"),
        "may_consult": user.has_perm("awards.consult_proposal", proposal),
        **named_people(user, proposal, PROPOSAL_ACTS, named_form),
        "proposal": proposal,
        "label": label_for(user, proposal),
        "acts": acts,
        "refused": unshown(acts, reasons, action),
        "lead_missing": _lead_missing(user, proposal, available),
        "may_edit": proposal.state == ProposalState.DRAFT and user.has_perm("awards.edit_proposal", proposal),
        "may_drop": proposal.state in (ProposalState.DRAFT, ProposalState.POSTED)
        and user.has_perm("awards.edit_proposal", proposal),
        "is_judging": is_judging,
        "may_judge_list": user.has_perm("awards.judge_proposal", proposal),
        "list": listed,
        "page_number": request.GET.get("page", ""),
        "rows": [
            {
                "nominee": nominee,
                "duplicates": duplicates[nominee.pk],
                "may_judge": is_judging and user.has_perm("awards.judge_nominee", nominee),
            }
            for nominee in nominees
        ],
        "prizes": preview(proposal.form, counts, clock.today(), received_on=_received_on(proposal)),
        "changes_of_law": _changes_of_law(proposal),
        "cited": house.cited(proposal.rule_set.bases.all(), printed_on(proposal), proposal),
        "judged": proposal.nominees.exclude(judgement="").count(),
        "sign_form": sign_form or (SignatureForm() if "sign" in available else None),
        "events": history(proposal),
    }
    return render(request, "awards/proposal.html", context, status=status)


def _received_on(proposal):
    return clock.local_date(proposal.forwarded_at) if proposal.forwarded_at else None


def _changes_of_law(proposal) -> list[str]:
    """What parts the day of the list from today: other rules before it is forwarded, other prizes after."""
    received_on = _received_on(proposal)
    if received_on is None:
        said = regime.changed_since(proposal)
    else:
        said = changed_between(proposal.form, received_on, clock.today())
    return [said] if said else []


def _named_to_judge(user):
    named = user.designations.filter(ended_at__isnull=True, act=DesignatedAct.JUDGE)
    return named.values("dossier")


def quotas_of(proposal, counts) -> list[dict]:
    """How many of each kind are listed, and what the quota of the kind leaves."""
    room = checks.quota_room(proposal.campaign, proposal.form)
    lines = []
    for kind in sorted(KIND_ORDER, key=KIND_ORDER.get):
        if counts.get(kind) or kind in room:
            number, used = room.get(kind, (None, 0))
            left = None if number is None else number - used
            lines.append({"label": kind.label, "count": counts.get(kind, 0), "quota": number, "left": left})
    return lines


def _post_form(proposal):
    rule = checks.posting_rule_of(proposal)
    return PostForm(usual=rule.working_days if rule else None)


def _may_rework(user, proposal) -> bool:
    is_lead = user.has_perm("awards.post_proposal", proposal)
    return proposal.state == ProposalState.DRAFT and is_lead


def _dossiers_of(proposal):
    """The dossiers the list draws from, for whoever may bring one back to work."""
    listed = Dossier.objects.filter(nominees__proposal=proposal).select_related("unit")
    return listed.annotate(names=Count("nominees")).order_by("unit__sort_name", "pk")


def _acts(proposal, available, return_form=None):
    def url(name):
        return reverse(f"awards:{name}", args=[proposal.uid])

    return [
        Act(
            "finalise",
            "Chốt danh sách",
            url("finalise"),
            "lock",
            "primary",
            text="Danh sách được giữ nguyên từ lúc này và bộ Tờ trình được tạo để in, ký.",
            missing=checks.missing_for_finalising(proposal) if "finalise" in available else [],
        ),
        Act(
            "forward",
            "Chuyển trình",
            url("forward"),
            "send",
            "primary",
            text="Cơ quan thi đua - khen thưởng thấy Tờ trình từ lúc này.",
            request_key=uuid.uuid4(),
            confirm="Chuyển trình Tờ trình này?",
        ),
        Act(
            "approve",
            "Duyệt danh sách",
            url("approve"),
            "check",
            "primary",
            text="Mỗi đối tượng nhận kết quả đã xét. Đối tượng đang tạm dừng được tách ra.",
            missing=checks.missing_for_approving(proposal) if "approve" in available else [],
        ),
        Act(
            "return",
            "Trả lại Tờ trình",
            url("return_proposal"),
            "return",
            "danger",
            form=return_form,
        ),
    ]


def _lead_missing(user, proposal, available) -> str:
    """Why the next act is not on the page of someone of the body whose turn it is."""
    authority = user.authority
    if proposal.state == ProposalState.SIGNED and authority.is_standing_body and "forward" not in available:
        return "Một lãnh đạo không tham gia thẩm định đối tượng nào trong danh sách sẽ chuyển trình."
    waits = proposal.state == ProposalState.FORWARDED and authority.is_commendation_body
    if waits and "approve" not in available:
        return "Sau khi xét đủ, một lãnh đạo không thẩm định, không xét đối tượng nào sẽ duyệt danh sách."
    return ""


def nominee_of(proposal, uid) -> Nominee:
    return get_object_or_404(proposal.nominees.select_related("dossier", "proposal"), uid=uid)


def back_to(request, proposal, nominee):
    """To the same page of the list, at the nominee's row."""
    number = request.GET.get("page", "")
    query = f"?{urlencode({'page': number})}" if number.isdecimal() else ""
    return redirect(f"{proposal.get_absolute_url()}{query}#id_n{nominee.uid}")


@require_POST
def designate_for_proposal(request, uid):
    proposal = fetch(request, uid)

    def again(form):
        return page(request, proposal, named_form=form, status=422)

    return designate(request, proposal, acts=PROPOSAL_ACTS, again=again) or redirect(proposal)


#: action → (workflow function, whether it takes a key, what is said afterwards)
ACTS = {
    "finalise": (workflow.finalise, False, "Đã chốt danh sách; bộ Tờ trình đang được tạo."),
    "forward": (workflow.forward, True, "Đã chuyển trình cơ quan thi đua - khen thưởng."),
    "approve": (workflow.approve, False, "Đã duyệt danh sách. Có thể lập dự thảo Quyết định."),
}


@require_POST
def act(request, uid, action):
    proposal = fetch(request, uid)
    authorise(request, action, proposal)
    perform, takes_key, done = ACTS[action]
    words = {}
    if takes_key:
        words["request_key"] = posted_uuid(request, "request_key") or uuid.uuid4()
    try:
        perform(proposal, by=request.user, acting=request.acting_unit, **words)
    except Refused as refused:
        proposal.refresh_from_db()
        return page(request, proposal, refused=refused, action=action, status=refused.status)
    messages.success(request, done)
    return redirect(proposal)


@require_POST
def return_(request, uid):
    """Back to the standing body, with the ticked dossiers; what was typed and ticked stays when refused."""
    proposal = fetch(request, uid)
    authorise(request, "return", proposal)
    form = ReturnForm(request.POST, dossiers=_dossiers_of(proposal))
    if not form.is_valid() and proposal.state == ProposalState.FORWARDED:
        return page(request, proposal, return_form=form, status=422)
    said = form.cleaned_data

    def act():
        workflow.return_(
            proposal,
            by=request.user,
            comment=said.get("comment", ""),
            dossiers=list(said.get("dossiers", ())),
            acting=request.acting_unit,
        )

    try:
        is_done = carry_out(form, act)
    except Refused as refused:
        proposal.refresh_from_db()
        return page(request, proposal, refused=refused, action="return", status=refused.status)
    if not is_done:
        proposal.refresh_from_db()
        return page(request, proposal, return_form=form, status=422)
    messages.success(request, "Đã trả lại Tờ trình; cơ quan thường trực nhận được thư.")
    # It is out of the commendation body's sight now.
    return redirect("awards:proposals")


@require_POST
def sign(request, uid):
    proposal = fetch(request, uid)
    authorise(request, "sign", proposal)
    form = SignatureForm(request.POST, request.FILES)
    if form.is_valid() and record_signature(form, workflow.sign, proposal, request):
        messages.success(request, f"Đã ghi nhận Tờ trình số {proposal.number}.")
        return redirect(proposal)
    proposal.refresh_from_db()
    return page(request, proposal, sign_form=form, status=422)


def record_signature(form, record, obj, request) -> bool:
    """Store the scan and call `record` in one transaction; findings go to the fields they name."""
    said = form.cleaned_data
    try:
        with transaction.atomic():
            record(
                obj,
                by=request.user,
                acting=request.acting_unit,
                number=said["number"],
                signed_on=said["signed_on"],
                signer=said["signer"],
                signed_file=files.store(said["upload"], by=request.user),
            )
    except Refused as refused:
        if refused.status != 422:
            raise
        if not refused.findings:
            form.add_error(None, str(refused))
        for finding in refused.findings:
            form.add_error(finding.field or None, finding.message)
        return False
    return True


@require_safe
def signed_file(request, uid):
    file = fetch(request, uid).signed_file
    if file is None:
        raise Http404
    return files.serve(request, file, inline=True)
