"""Documents rendered by workers: row first, then the task by id, idempotent, with a reason on failure."""

import hashlib
import logging
from datetime import timedelta

from celery import current_app
from django.db import transaction
from django.db.models import F, Q

from core import clock, files, hints
from core.documents import Unprintable, render_pdf
from core.models import Document
from core.models.document import DocumentState

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
MAX_ATTEMPTS = 3


def request(*, kind, title, obj, task, by=None) -> Document:
    """Ask for a document of `obj`, rendered after commit by the Celery task named `task`.

    While one of the same kind is under way, that one is returned instead.
    """
    with transaction.atomic():
        # Of two requests at once, the second waits here and then finds the first one's row.
        type(obj)._base_manager.select_for_update().get(pk=obj.pk)
        waiting = Document.objects.filter(
            object_uid=obj.uid, kind=kind, state__in=[DocumentState.PENDING, DocumentState.RUNNING]
        ).last()
        if waiting:
            return waiting
        document = Document.objects.create(
            kind=kind, title=title, object_uid=obj.uid, task=task, requested_by=by, requested_at=clock.now()
        )
        transaction.on_commit(lambda: hurry(document))
    return document


def latest(obj, kind) -> Document | None:
    return Document.objects.filter(object_uid=obj.uid, kind=kind).order_by("-pk").first()


def hurry(document: Document) -> None:
    """Put the task on the queue; if the broker is down the sweep will."""
    arguments = {"document_id": document.pk}
    hints.give(lambda: current_app.send_task(document.task, kwargs=arguments, queue="rendering"))


def render(document_id: int, compose) -> None:
    """Render one row. `compose(document)` returns the printed document of `core.documents`.

    Running twice does no harm: only one caller holds the lease, a ready row is left alone.
    """
    document = _claim(document_id)
    if document is None:
        return
    # The claim: void once the lease has run out and another worker has taken the row over.
    claim = Document.objects.filter(pk=document.pk, state=DocumentState.RUNNING, attempts=document.attempts)

    def progress(done: int, total: int, stage: str = "") -> None:
        claim.update(done=done, total=total, stage=stage, lease_until=clock.now() + LEASE)

    try:
        rendered = render_pdf(compose(document), progress=progress)
        with transaction.atomic():
            if claim.select_for_update().first() is None:
                return
            file = files.store_bytes(
                rendered.pdf, name=f"{document.title}.pdf", content_type=files.PDF, by=document.requested_by
            )
            claim.update(
                state=DocumentState.READY,
                file=file,
                html=rendered.html,
                pages=rendered.pages,
                content_hash=hashlib.sha256(rendered.html.encode()).hexdigest(),
                ready_at=clock.now(),
                lease_until=None,
                error="",
            )
    except Exception as error:  # whatever it was, the person who waits must read a reason
        logger.exception("Rendering %s failed", document.uid)
        claim.update(state=DocumentState.FAILED, error=_reason(error), lease_until=None)


def _reason(error: Exception) -> str:
    """For the person who waits: the words of an error made for people, and no others."""
    if isinstance(error, Unprintable):
        return str(error)[:255]
    return "Lỗi ngoài dự kiến khi tạo văn bản. Hãy thử lại; nếu vẫn lỗi, hãy báo quản trị viên."


def _claim(document_id: int) -> Document | None:
    now = clock.now()
    free = Q(state=DocumentState.PENDING) | Q(state=DocumentState.RUNNING, lease_until__lte=now)
    claimed = (
        Document.objects.filter(pk=document_id)
        .filter(free)
        .update(
            state=DocumentState.RUNNING, lease_until=now + LEASE, attempts=F("attempts") + 1, stage="Chuẩn bị"
        )
    )
    return Document.objects.get(pk=document_id) if claimed else None


def retry(document: Document) -> None:
    """Render a failed document again; the count of attempts begins anew."""
    changed = Document.objects.filter(pk=document.pk, state=DocumentState.FAILED).update(
        state=DocumentState.PENDING, attempts=0, error=""
    )
    if changed:
        transaction.on_commit(lambda: hurry(document))


def sweep() -> None:
    """Pick up what a dead worker or broker lost; give up in words after `MAX_ATTEMPTS`."""
    now = clock.now()
    lost = Document.objects.filter(state=DocumentState.RUNNING, lease_until__lte=now)
    lost.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=DocumentState.FAILED, error="Tiến trình tạo văn bản dừng giữa chừng nhiều lần", lease_until=None
    )
    stale = Q(state=DocumentState.PENDING, requested_at__lte=now - timedelta(minutes=1))
    for document in Document.objects.filter(stale | Q(pk__in=lost.values("pk")))[:100]:
        hurry(document)
