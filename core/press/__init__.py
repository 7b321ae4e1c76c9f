"""Papers that pages offer for printing: each is asked for, watched and downloaded at one address.

An app says in its `papers.py` what it offers; nothing here knows what the papers are about:

    press.offer("to-trinh", "Tờ trình và danh sách", Dossier, "awards.view_dossier", submission)

The page of the object shows `press.links(…)` through `components/papers.html`. Every paper is rendered by
one task (`core.tasks.render_paper`), on request, in PDF and Word (a report in Excel too), from what its rows
say at that moment.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from core import clock, printing, rendering
from core.documents import Document as Printed
from core.documents import fingerprint
from core.models.document import PAPER_FORMATS, DocumentFormat
from core.transitions import Refused

TASK = "core.tasks.render_paper"


@dataclass(frozen=True)
class Offer:
    """One kind of paper.

    `door` names the attribute that leads to the object whose page offers the paper ("" is the object
    itself): who may see that page may print. `fits` refuses objects and readers it is not for; what was
    printed before `since` is no longer shown.
    """

    kind: str
    name: str
    model: type
    permission: str
    compose: Callable[[Any, date], Printed]
    door: str = ""
    fits: Callable[[Any, Any], bool] = lambda user, obj: True
    since: Callable[[Any], datetime | None] = lambda obj: None
    formats: tuple[DocumentFormat, ...] = PAPER_FORMATS
    #: a report of figures: its page shows what it will say, and each file that leaves is written down
    is_report: bool = False
    #: what the page of the paper says of it instead of the decree's layout
    note: str = ""

    def page_of(self, obj):
        """The object whose page offers the paper."""
        return attrgetter(self.door)(obj) if self.door else obj

    def url(self, obj) -> str:
        return reverse("press:paper", args=[self.kind, obj.uid])


OFFERS: dict[str, Offer] = {}


def offer(kind, name, model, permission, compose, **more) -> None:
    OFFERS[kind] = Offer(kind, name, model, permission, compose, **more)


def links(user, obj, *kinds: str) -> list[dict]:
    """The papers of these kinds that `obj` has for this reader of its page."""
    offers = (OFFERS[kind] for kind in kinds)
    return [{"name": o.name, "url": o.url(obj)} for o in offers if o.fits(user, obj)]


def fetch(user, kind: str, uid) -> tuple[Offer, Any]:
    """The paper through the doors of the page that offers it: not visible is 404, without the right 403."""
    found = OFFERS.get(kind)
    obj = found and found.model._base_manager.filter(uid=uid).first()
    if obj is None:
        raise Http404
    page = found.page_of(obj)
    visible = getattr(type(page).objects, "visible_to", None)
    if visible and not visible(user).filter(pk=page.pk).exists():
        raise Http404
    if not user.has_perm(found.permission, page):
        raise PermissionDenied
    if not found.fits(user, obj):
        raise Http404
    return found, obj


def card(found: Offer, obj) -> dict:
    """What is printed of it (`core.printing.card`)."""
    return printing.card(obj, found.kind, since=found.since(obj))


def ask(found: Offer, obj, *, by) -> None:
    """Print it in its formats, as its rows are when the worker takes it up."""
    title = f"{found.name}, {found.page_of(obj)}"[:200]
    for format in found.formats:
        rendering.request(kind=found.kind, title=title, obj=obj, task=TASK, by=by, format=format)


def is_outdated(found: Offer, obj, document) -> bool:
    """Whether the rows say something else now than what stands in the file."""
    try:
        return document.content_hash != fingerprint(found.compose(obj, clock.today()))
    except Refused:
        return True


def compose(document) -> Printed:
    found = OFFERS[document.kind]
    obj = found.model._base_manager.get(uid=document.object_uid)
    return found.compose(obj, clock.local_date(document.requested_at))
