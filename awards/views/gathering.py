"""The list of a proposal while it is put together: who comes into it, in which order, who leaves it."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from awards.enums import KIND_ORDER, ProposalState
from awards.forms.appraisal import NomineeFilterForm
from awards.models import Dossier, Nominee
from awards.views.proposal import authorise, back_to, fetch, nominee_of, page, quotas_of
from awards.workflow import order
from awards.workflow import proposal as workflow
from core.findings import Finding
from core.paging import PER_PAGE, page_of
from core.transitions import Refused
from registrations.views.registration import posted_uuid, posted_uuids


@require_http_methods(["GET", "HEAD", "POST"])
def gather(request, uid):
    """Nominees that wait for a proposal of this kind; POST puts the ticked ones, or all that the filter
    leaves, into the list, or says that they are not chosen."""
    proposal = fetch(request, uid)
    authorise(request, "edit", proposal)
    filter_form = NomineeFilterForm(request.GET, by_state=False)
    if request.method != "POST":
        if proposal.state != ProposalState.DRAFT:
            return redirect(proposal)
        return _gather(request, proposal, filter_form)
    if request.POST.get("which") == "all":
        chosen = filter_form.narrow(workflow.waiting_for(proposal))
    else:
        chosen = Nominee.objects.filter(uid__in=posted_uuids(request, "nominee"))
    act = workflow.gather
    words = {"request_key": posted_uuid(request, "request_key")}
    if request.POST.get("act") == "leave_out":
        act = workflow.leave_out
        words["comment"] = request.POST.get("comment", "")
    elif not chosen.exists():
        finding = Finding("Hãy đánh dấu ít nhất một đối tượng đang chờ.")
        return _gather(request, proposal, filter_form, refused=[finding], status=422)
    try:
        batch = act(proposal, chosen, by=request.user, acting=request.acting_unit, **words)
    except Refused as refused:
        if refused.status != 422:
            raise
        return _gather(request, proposal, filter_form, refused=refused.findings, status=422)
    return redirect(batch)


def _gather(request, proposal, filter_form, *, refused=(), status=200):
    waiting = filter_form.narrow(workflow.waiting_for(proposal))
    counts = dict(proposal.nominees.order_by().values_list("kind").annotate(Count("pk")))
    context = {
        "proposal": proposal,
        "filter": filter_form,
        "kinds": quotas_of(proposal, counts),
        "request_key": uuid.uuid4(),
        "refused": refused,
        **page_of(request, waiting.in_order().select_related("unit", "dossier__unit"), noun="đối tượng"),
    }
    return render(request, "awards/gather.html", context, status=status)


@require_POST
def drop(request, uid, nominee):
    proposal = fetch(request, uid)
    authorise(request, "edit", proposal)
    nominee = nominee_of(proposal, nominee)
    workflow.drop(proposal, nominee, by=request.user, acting=request.acting_unit)
    messages.success(request, f"Đã đưa {nominee.name} ra khỏi danh sách.")
    return redirect(proposal)


@require_POST
def move(request, uid, nominee, *, up):
    proposal = fetch(request, uid)
    authorise(request, "edit", proposal)
    nominee = nominee_of(proposal, nominee)
    order.step(proposal, nominee, up=up, by=request.user)
    return back_to(request, proposal, nominee)


@require_POST
def place(request, uid, nominee):
    """Put a nominee at a place of its kind, typed or dragged to."""
    proposal = fetch(request, uid)
    authorise(request, "edit", proposal)
    nominee = nominee_of(proposal, nominee)
    typed = request.POST.get("place", "").strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 7):
        raise Refused("Hãy ghi thứ tự bằng số, ví dụ 12.", status=422)
    order.move(proposal, nominee, to=int(typed), by=request.user)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({})
    rank = KIND_ORDER[nominee.kind]
    earlier = [kind for kind, other in KIND_ORDER.items() if other < rank]
    before = proposal.nominees.filter(kind__in=earlier).count()
    of_kind = proposal.nominees.filter(kind=nominee.kind).count()
    at = before + max(1, min(int(typed), of_kind))
    query = f"?{urlencode({'page': (at - 1) // PER_PAGE + 1})}" if at > PER_PAGE else ""
    return redirect(f"{proposal.get_absolute_url()}{query}#id_n{nominee.uid}")


@require_POST
def arrange(request, uid):
    proposal = fetch(request, uid)
    authorise(request, "edit", proposal)
    order.arrange(proposal, request.POST.get("order", ""), by=request.user, acting=request.acting_unit)
    messages.success(request, "Đã sắp xếp lại danh sách.")
    return redirect(proposal)


@require_POST
def rework(request, uid, dossier):
    """Bring one dossier of the draft back to work."""
    proposal = fetch(request, uid)
    authorise(request, "edit", proposal)
    found = get_object_or_404(Dossier.objects.visible_to(request.user).select_related("unit"), uid=dossier)
    try:
        workflow.rework(
            proposal,
            found,
            comment=request.POST.get("comment", ""),
            by=request.user,
            acting=request.acting_unit,
        )
    except Refused as refused:
        if refused.status == 403:
            raise
        return page(request, proposal, refused=refused, action="rework", status=refused.status)
    messages.success(request, f"Hồ sơ {found.reference} đã trở lại bàn thẩm định.")
    return redirect(proposal)
