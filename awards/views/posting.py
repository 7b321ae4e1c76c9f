"""A list posted for comment: the public's pages of it, and the desk that answers what was said."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.enums import CommentState
from awards.forms.posting import CommentForm, PostForm
from awards.models import Comment, Posting
from awards.views.proposal import authorise, fetch, page
from awards.workflow import posting as workflow
from core import throttle
from core.paging import page_of
from core.transitions import Refused
from core.vietnamese import search_key

HOUR = 3600
#: comments from one address within an hour: an office shares one
COMMENTS = 10


# --- What the public reads --------------------------------------------------------------------
# These pages know `Posting` and the lines copied into it; never a nominee, never a proposal.


@login_not_required
@require_safe
def postings(request):
    rows = Posting.objects.open().order_by("last_day", "pk")
    return render(request, "awards/postings.html", {"rows": rows})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def posting(request, uid):
    """The posted list with the form to comment on it; once its time is over, no name of it any more."""
    found = get_object_or_404(Posting, uid=uid)
    if not found.is_open:
        status = 410 if request.method == "POST" else 200
        return render(request, "awards/posting_over.html", {"posting": found}, status=status)
    if request.method != "POST":
        form = CommentForm(posting=found, initial={"about": _uuid(request.GET.get("ve"))})
        return _posted(request, found, form)
    if not throttle.is_allowed(request, "posting-comment", times=COMMENTS, seconds=HOUR):
        return throttle.too_often(request)
    form = CommentForm(request.POST, posting=found)
    if not form.is_valid():
        return _posted(request, found, form, status=422)
    said = form.cleaned_data
    if said["website"]:
        # A machine filled what people do not see: it is thanked and forgotten.
        return redirect(found)
    kept = workflow.comment(
        found, author=said["author"], contact=said["contact"], text=said["text"], name=said["about"]
    )
    return redirect("awards:comment_receipt", found.uid, kept.uid)


def _posted(request, found, form, *, status=200):
    typed = request.GET.get("q", "").strip()
    names = found.names.all()
    if typed:
        names = names.filter(search_name__contains=search_key(typed))
    about = found.names.filter(uid=_uuid(form["about"].value())).first()
    context = {"posting": found, "form": form, "about": about, "q": typed}
    context["list"] = page_of(request, names, noun="đối tượng")
    return render(request, "awards/posting.html", context, status=status)


def _uuid(text) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(text or ""))
    except ValueError:
        return None


@login_not_required
@never_cache
@require_safe
def comment_receipt(request, uid, comment):
    """Where one's comment stands, for whoever has its address; the answer is read here."""
    kept = Comment.objects.select_related("posting", "name")
    found = get_object_or_404(kept, uid=comment, posting__uid=uid)
    return render(request, "awards/comment_receipt.html", {"comment": found, "posting": found.posting})


# --- The desk ---------------------------------------------------------------------------------


@require_POST
def post(request, uid):
    proposal = fetch(request, uid)
    authorise(request, "post", proposal)
    form = PostForm(request.POST)
    if not form.is_valid():
        return page(request, proposal, post_form=form, status=422)
    try:
        posting = workflow.post(proposal, by=request.user, acting=request.acting_unit, **form.cleaned_data)
    except Refused as refused:
        if refused.status != 422:
            raise
        for finding in refused.findings:
            form.add_error(finding.field if finding.field in form.fields else None, finding.message)
        proposal.refresh_from_db()
        return page(request, proposal, post_form=form, status=422)
    messages.success(request, f"Đã niêm yết công khai đến hết ngày {posting.last_day:%d/%m/%Y}.")
    return redirect(proposal)


@require_safe
def comments(request, uid):
    """Every comment on the lists of this proposal, those without an answer first."""
    proposal = fetch(request, uid)
    if not request.user.authority.is_standing_body:
        raise PermissionDenied
    return _comments(request, proposal)


def _comments(request, proposal, *, refused=(), at=None, typed="", status=200):
    found = Comment.objects.filter(posting__proposal=proposal)
    found = found.select_related("name", "answered_by", "posting")
    listed = page_of(request, found.order_by(F("answered_at").asc(nulls_first=True), "pk"), noun="góp ý")
    context = {
        "proposal": proposal,
        "list": listed,
        "waiting": workflow.waiting(proposal).count(),
        "refused": refused,
        "refused_at": at,
        "typed": typed,
        "received": CommentState.RECEIVED,
    }
    return render(request, "awards/comments.html", context, status=status)


@require_POST
def settle(request, uid, comment, *, action):
    proposal = fetch(request, uid)
    found = get_object_or_404(Comment, uid=comment, posting__proposal=proposal)
    text = request.POST.get("comment", "")
    try:
        workflow.settle(found, action, text=text, by=request.user, acting=request.acting_unit)
    except Refused as refused:
        if refused.status == 403:
            raise
        return _comments(
            request,
            proposal,
            refused=refused.findings or [{"message": str(refused), "field": ""}],
            at=found.pk,
            typed=text,
            status=refused.status,
        )
    messages.success(request, f"{found.reference}: đã ghi.")
    return redirect("awards:comments", proposal.uid)
