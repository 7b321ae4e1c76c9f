from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core import clock, files, press, printing
from core.documents.preview import preview_of
from core.models import Export
from core.models.document import DocumentFormat, DocumentState


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request, kind, uid):
    """The paper's own page; POST prints it, or prints it again from what the rows say now."""
    offer, obj = press.fetch(request.user, kind, uid)
    if request.method == "POST":
        press.ask(offer, obj, by=request.user)
        return redirect(f"{offer.url(obj)}#van-ban")
    shown = press.card(offer, obj)
    made = shown["document"]
    is_ready = made is not None and made.state == DocumentState.READY
    context = {
        **_shown(offer, obj, shown),
        "is_outdated": is_ready and press.is_outdated(offer, obj, made),
        "page": offer.page_of(obj),
        "preview": preview_of(offer.compose(obj, clock.today())) if offer.is_report else None,
    }
    return render(request, "core/paper.html", context)


def _shown(offer, obj, shown) -> dict:
    return shown | {"offer": offer, "object": obj, "url": offer.url(obj)}


@require_safe
def progress(request, kind, uid):
    """The fragment that says how far the rendering is."""
    offer, obj = press.fetch(request.user, kind, uid)
    return render(request, "core/_paper.html", _shown(offer, obj, press.card(offer, obj)))


@require_safe
def file(request, kind, uid, *, format=DocumentFormat.PDF, part=None):
    offer, obj = press.fetch(request.user, kind, uid)
    shown = press.card(offer, obj)
    found = printing.file_of(shown, format=format, part=part)
    if found is None:
        raise Http404
    if offer.is_report and request.method == "GET":
        rows = printing.row_of(shown, format).rows
        about = str(offer.page_of(obj))
        Export.record_paper(request, kind=kind, title=offer.name, file_format=format, about=about, rows=rows)
    return files.serve(request, found, inline=format == DocumentFormat.PDF)
