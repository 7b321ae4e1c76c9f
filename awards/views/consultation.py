"""Opinions asked of other offices about nominees of a dossier or of a proposal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.forms.appraisal import NomineeFilterForm
from awards.forms.consultation import AskForm, ReplyForm, SendForm
from awards.models import Consultation, Dossier
from awards.papers import CONSULTATION_LETTER
from awards.views.dossier import fetch as fetch_dossier
from awards.views.history import history
from awards.views.proposal import fetch as fetch_proposal
from awards.workflow import consultation as workflow
from core import files, press
from core.findings import Finding
from core.paging import page_of
from core.transitions import Refused
from registrations.views.registration import posted_uuids


@require_http_methods(["GET", "HEAD", "POST"])
def of_dossier(request, uid):
    return _ask(request, fetch_dossier(request, uid), "dossier")


@require_http_methods(["GET", "HEAD", "POST"])
def of_proposal(request, uid):
    return _ask(request, fetch_proposal(request, uid), "proposal")


def _ask(request, case, name):
    """What was asked in this case; POST drafts another letter about the ticked nominees."""
    if not request.user.has_perm(f"awards.consult_{name}", case):
        raise PermissionDenied
    if request.method != "POST":
        return _list(request, case, AskForm())
    form = AskForm(request.POST)
    if not form.is_valid():
        return _list(request, case, form, status=422)
    chosen = list(workflow.askable(case).filter(uid__in=posted_uuids(request, "nominee")))
    try:
        asked = workflow.ask(case, chosen, by=request.user, acting=request.acting_unit, **form.words())
    except Refused as refused:
        if refused.status != 422:
            raise
        for finding in refused.findings:
            field = finding.field if finding.field in form.fields else None
            form.add_error(field, finding.message)
        return _list(request, case, form, status=422)
    messages.success(request, "Đã lập công văn xin ý kiến. Hãy in, ký, gửi rồi ghi nhận ngày gửi.")
    return redirect(asked)


def _list(request, case, form, *, status=200):
    filter_form = NomineeFilterForm(request.GET, by_state=False)
    narrowed = filter_form.narrow(workflow.askable(case)).select_related("unit")
    context = {
        "case": case,
        "is_dossier": isinstance(case, Dossier),
        "form": form,
        "filter": filter_form,
        "list": page_of(request, narrowed, noun="đối tượng"),
        "chosen": {str(uid) for uid in posted_uuids(request, "nominee")},
        "consultations": case.consultations.order_by("-pk"),
    }
    return render(request, "awards/consultations.html", context, status=status)


def _fetch(request, uid) -> Consultation:
    """Through the door of its case, then its own."""
    visible = Consultation.objects.visible_to(request.user)
    found = get_object_or_404(visible.select_related("dossier", "proposal", "unit"), uid=uid)
    if not request.user.has_perm("awards.view_consultation", found):
        raise PermissionDenied
    return found


@require_safe
def consultation(request, uid):
    return _page(request, _fetch(request, uid))


def _page(request, found, *, send_form=None, reply_form=None, refused=(), status=200):
    user = request.user
    available = {t.action for t in workflow.CONSULTATION.available(found, user)}
    nominees = list(found.nominees.in_order().select_related("unit"))
    opinions = {o.nominee_id: o for o in found.opinions.all()}
    if "answer" in available and reply_form is None:
        reply_form = ReplyForm(nominees=nominees)
    context = {
        "consultation": found,
        "case": found.case,
        "rows": [
            {
                "nominee": n,
                "opinion": opinions.get(n.pk),
                "view": reply_form[f"view_{n.uid}"] if reply_form else None,
                "words": reply_form[f"words_{n.uid}"] if reply_form else None,
            }
            for n in nominees
        ],
        "available": available,
        "send_form": send_form or SendForm(),
        "reply_form": reply_form,
        "refused": refused,
        "papers": press.links(user, found, CONSULTATION_LETTER),
        "events": history(found.case, only=found),
    }
    return render(request, "awards/consultation.html", context, status=status)


@require_POST
def send(request, uid):
    found = _fetch(request, uid)
    form = SendForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, send_form=form, status=422)
    said = form.cleaned_data
    letter = files.store(said["upload"], by=request.user) if said["upload"] else None
    try:
        workflow.send(
            found,
            number=said["number"],
            sent_on=said["sent_on"],
            letter=letter,
            by=request.user,
            acting=request.acting_unit,
        )
    except Refused as refused:
        return _refused(request, found, refused, form, "send_form")
    messages.success(request, f"Đã ghi nhận. Hạn trả lời: hết ngày {found.due_on:%d/%m/%Y}.")
    return redirect(found)


@require_POST
def answer(request, uid):
    found = _fetch(request, uid)
    form = ReplyForm(request.POST, request.FILES, nominees=found.nominees.in_order())
    if not form.is_valid():
        return _page(request, found, reply_form=form, status=422)
    said = form.cleaned_data
    reply = files.store(said["upload"], by=request.user) if said["upload"] else None
    try:
        workflow.answer(
            found,
            number=said["number"],
            replied_on=said["replied_on"],
            views=form.views(),
            reply=reply,
            by=request.user,
            acting=request.acting_unit,
        )
    except Refused as refused:
        return _refused(request, found, refused, form, "reply_form")
    messages.success(request, "Đã ghi nhận văn bản trả lời.")
    return redirect(found)


def _refused(request, found, refused, form, name):
    if refused.status != 422:
        raise refused
    for finding in refused.findings:
        form.add_error(finding.field if finding.field in form.fields else None, finding.message)
    found.refresh_from_db()
    return _page(request, found, status=422, **{name: form})


@require_POST
def cancel(request, uid):
    found = _fetch(request, uid)
    try:
        workflow.cancel(
            found, comment=request.POST.get("comment", ""), by=request.user, acting=request.acting_unit
        )
    except Refused as refused:
        found.refresh_from_db()
        reasons = refused.findings or [Finding(str(refused))]
        return _page(request, found, refused=reasons, status=refused.status)
    messages.success(request, "Đã hủy việc xin ý kiến này.")
    return redirect(found)


@require_safe
def file(request, uid, *, which):
    kept = getattr(_fetch(request, uid), which)
    if kept is None:
        raise Http404
    return files.serve(request, kept, inline=True)
