"""The printed package of a proposal: how far it is, its files, and once more when it failed."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from awards.documents import package_of
from awards.views.proposal import authorise, fetch
from core import files, printing
from core.models.document import DocumentFormat


@require_safe
def package(request, uid):
    """The fragment that says how far the rendering is."""
    proposal = fetch(request, uid)
    return render(request, "awards/_package.html", {"proposal": proposal, "shown": package_of(proposal)})


@require_POST
def retry_package(request, uid):
    proposal = fetch(request, uid)
    authorise(request, "edit", proposal)
    shown = package_of(proposal)
    if shown["document"]:
        printing.retry(shown)
    return redirect(f"{proposal.get_absolute_url()}#van-ban")


@require_safe
def package_file(request, uid, *, format=DocumentFormat.PDF, part=None):
    shown = package_of(fetch(request, uid))
    file = shown["document"] and printing.file_of(shown, format=format, part=part)
    if not file:
        raise Http404
    return files.serve(request, file, inline=True)
