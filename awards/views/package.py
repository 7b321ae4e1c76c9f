"""The printed package of a proposal: how far it is, its files, and once more when it failed."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from awards.documents import bundle as bundles
from awards.documents.proposal import package_of
from awards.views.proposal import authorise, fetch
from awards.workflow import proposal as workflow
from core import files, printing
from core.models import AccessLog
from core.models.document import DocumentFormat


@require_POST
def cite_anyway(request, uid, code):
    proposal = fetch(request, uid)
    authorise(request, "edit", proposal)
    basis = get_object_or_404(proposal.rule_set.bases, code=code)
    workflow.cite_anyway(
        proposal, basis, reason=request.POST.get("comment", ""), by=request.user, acting=request.acting_unit
    )
    messages.success(request, "Đã ghi lý do viện dẫn.")
    return redirect(f"{proposal.get_absolute_url()}#can-cu")


def fetch_whole(request, uid):
    """The papers hold every name: not for someone named to judge a few of them."""
    proposal = fetch(request, uid)
    authorise(request, "view_whole", proposal)
    return proposal


@require_safe
def package(request, uid):
    """The fragment that says how far the rendering is."""
    proposal = fetch_whole(request, uid)
    shown = package_of(proposal)
    context = {"proposal": proposal, "shown": shown, "is_complete": bundles.is_complete(shown)}
    return render(request, "awards/_package.html", context)


@require_POST
def retry_package(request, uid):
    proposal = fetch(request, uid)
    authorise(request, "edit", proposal)
    shown = package_of(proposal)
    if shown["document"]:
        printing.retry(shown)
    return redirect(f"{proposal.get_absolute_url()}#van-ban")


@require_safe
def bundle(request, uid):
    """Everything that goes to the other body on paper or through its portal, in one archive."""
    proposal = fetch_whole(request, uid)
    shown = package_of(proposal)
    if not bundles.is_complete(shown):
        raise Http404
    AccessLog.record(request, "download", object_uid=proposal.uid, detail=f"{proposal.reference}.zip")
    name = f"To-trinh-{proposal.reference}.zip"
    archive = bundles.bundle(proposal, shown)
    response = FileResponse(archive, as_attachment=True, filename=name, content_type=files.ZIP)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def package_file(request, uid, *, format=DocumentFormat.PDF, part=None):
    shown = package_of(fetch_whole(request, uid))
    file = shown["document"] and printing.file_of(shown, format=format, part=part)
    if not file:
        raise Http404
    return files.serve(request, file, inline=True)
