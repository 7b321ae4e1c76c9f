"""The commendation body's list of a forwarded proposal: narrowed, judged one by one or many at once."""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from awards.enums import ProposalState
from awards.forms.judging import APPROVED, HELD, REFUSED, STANDS, WAITING, HoldForm, JudgementForm, NarrowForm
from awards.views.nominees import possible_duplicates
from awards.views.proposal import back_to, fetch, nominee_of, page
from awards.workflow import judging as workflow
from core import files
from core.paging import page_of
from core.transitions import Refused
from registrations.views.registration import posted_uuid, posted_uuids


@require_POST
def judge(request, uid, nominee):
    proposal = fetch(request, uid)
    nominee = nominee_of(proposal, nominee)
    if not request.user.has_perm("awards.judge_nominee", nominee):
        raise PermissionDenied
    try:
        workflow.judge(
            nominee,
            by=request.user,
            judgement=request.POST.get("judgement", ""),
            reason=request.POST.get("comment", ""),
            acting=request.acting_unit,
        )
    except Refused as refused:
        proposal.refresh_from_db()
        return page(request, proposal, refused=refused, action="judge", status=refused.status)
    return back_to(request, proposal, nominee)


@require_http_methods(["GET", "HEAD", "POST"])
def judging(request, uid):
    """The list; POST judges the ticked nominees, or all that it is narrowed to."""
    proposal = fetch(request, uid)
    if not request.user.has_perm("awards.judge_proposal", proposal):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, proposal)
    ticked = set(posted_uuids(request, "nominee"))
    scope = request.POST.get("scope", "")
    if scope.endswith("all"):
        chosen = NarrowForm(request.GET).narrow(proposal.nominees.all())
    else:
        chosen = proposal.nominees.filter(uid__in=ticked)
    said = {
        "by": request.user,
        "request_key": posted_uuid(request, "request_key") or uuid.uuid4(),
        "acting": request.acting_unit,
    }
    if scope.startswith("hold"):
        return _hold(request, proposal, chosen, ticked, said)
    try:
        batch = workflow.judge_many(
            proposal,
            chosen,
            judgement=request.POST.get("judgement", ""),
            reason=request.POST.get("comment", ""),
            **said,
        )
    except Refused as refused:
        return _refused(request, proposal, refused, ticked=ticked)
    return redirect(batch)


def _hold(request, proposal, chosen, ticked, said):
    form = HoldForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, proposal, hold_form=form, ticked=ticked, status=422)
    values = form.cleaned_data
    try:
        with transaction.atomic():
            file = files.store(values.pop("upload"), by=request.user)
            batch = workflow.hold_many(proposal, chosen, file=file, **values, **said)
    except Refused as refused:
        return _page(request, proposal, refused=refused, hold_form=form, ticked=ticked)
    return redirect(batch)


def _refused(request, proposal, refused, *, ticked):
    """The list once more with the reason; what was typed and ticked is kept."""
    proposal.refresh_from_db()
    form = JudgementForm(request.POST)
    form.is_valid()
    return _page(request, proposal, refused=refused, form=form, ticked=ticked)


def _page(request, proposal, *, refused=None, form=None, hold_form=None, ticked=frozenset(), status=200):
    narrow = NarrowForm(request.GET)
    found = narrow.narrow(proposal.nominees.numbered()).select_related(
        "unit", "dossier__unit", "appraised_by", "judged_by"
    )
    listed = page_of(request, found, noun="đối tượng")
    nominees = list(listed["rows"])
    duplicates = possible_duplicates(request.user, nominees)
    is_open = proposal.state == ProposalState.FORWARDED
    user = request.user
    base = reverse("awards:judging", args=[proposal.uid])
    query = request.GET.copy()
    query.pop("page", None)
    counts = proposal.nominees.aggregate(
        **{name.replace("-", "_"): Count("pk", filter=condition) for name, condition in STANDS.items()}
    )
    tiles = [
        (WAITING, "Chưa xét", "info"),
        (APPROVED, "Đồng ý", "success"),
        (REFUSED, "Không đồng ý", "danger"),
        (HELD, "Tạm dừng", "warning"),
    ]
    context = {
        "proposal": proposal,
        "form": narrow,
        "is_narrowed": any(narrow.cleaned_data.values()),
        "clear_url": base,
        "address": f"{base}?{query.urlencode()}" if query else base,
        "list": listed,
        "rows": [
            {
                "nominee": nominee,
                "duplicates": duplicates[nominee.pk],
                "may_judge": is_open and user.has_perm("awards.judge_nominee", nominee),
                "is_ticked": nominee.uid in ticked,
            }
            for nominee in nominees
        ],
        "tiles": [
            {
                "number": counts[name.replace("-", "_")],
                "label": label,
                "tone": tone,
                "url": f"{base}?stand={name}",
                "active": narrow.cleaned_data.get("stand") == name,
            }
            for name, label, tone in tiles
        ],
        "is_open": is_open,
        "judgement_form": form or JudgementForm(),
        "hold_form": hold_form or HoldForm(),
        "request_key": uuid.uuid4(),
        "refused": refused.findings or [{"message": str(refused), "field": ""}] if refused else [],
        "batches": workflow.batches_of(proposal).select_related("by")[:5],
    }
    return render(request, "awards/judging.html", context, status=refused.status if refused else status)
