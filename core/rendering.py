"""Documents rendered by workers: row first, then the task by id, idempotent, with a reason on failure.

A document whose annexes hold long lists is rendered in parts, side by side by as many workers as there
are: its text and each annex are rows and files of their own, bound into one archive when all are ready.
"""

import io
import logging
import uuid
import zipfile
from collections.abc import Callable
from datetime import timedelta

from celery import current_app
from django.db import transaction
from django.db.models import F, Q

from core import clock, files, hints
from core.documents import Document as Printed
from core.documents import (
    Table,
    Unprintable,
    fingerprint,
    render_annex,
    render_docx,
    render_main,
    render_pdf,
    render_xlsx,
)
from core.models import Document, File
from core.models.document import DocumentFormat, DocumentState
from core.transitions import Refused

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
MAX_ATTEMPTS = 3
#: rows of a document's annexes from which on each annex is a file of its own
ROWS_APART = 300
UNDER_WAY = [DocumentState.PENDING, DocumentState.RUNNING]
# An archive's entries must bear a time; this is the first one they can.
NO_TIME = (1980, 1, 1, 0, 0, 0)


class Changed(Exception):
    """What is printed changed while its parts were being rendered; the message is for people."""


# --- Asking ----------------------------------------------------------------------------------


def request(*, kind, title, obj, task, by=None, format=DocumentFormat.PDF) -> Document:
    """Ask for a document of `obj`, rendered after commit by the Celery task named `task`.

    While one of the same kind and format is under way, that one is returned instead.
    """
    with transaction.atomic():
        # Of two requests at once, the second waits here and then finds the first one's row.
        type(obj)._base_manager.select_for_update().get(pk=obj.pk)
        waiting = _of(obj, kind, format).filter(state__in=UNDER_WAY).last()
        if waiting:
            return waiting
        document = Document.objects.create(
            kind=kind,
            title=title,
            object_uid=obj.uid,
            task=task,
            format=format,
            requested_by=by,
            requested_at=clock.now(),
        )
        transaction.on_commit(lambda: hurry(document))
    return document


def latest(obj, kind, format=DocumentFormat.PDF) -> Document | None:
    return _of(obj, kind, format).order_by("-pk").first()


def _of(obj, kind, format):
    return Document.objects.filter(object_uid=obj.uid, kind=kind, format=format, whole=None)


def hurry(document: Document) -> None:
    """Put the task on the queue; if the broker is down the sweep will."""
    arguments = {"document_id": document.pk}
    hints.give(lambda: current_app.send_task(document.task, kwargs=arguments, queue="rendering"))


def retry(document: Document) -> None:
    """Render a failed document again, of its parts only those that failed; attempts begin anew."""
    with transaction.atomic():
        failed = Document.objects.filter(Q(pk=document.pk) | Q(whole=document), state=DocumentState.FAILED)
        if failed.update(state=DocumentState.PENDING, attempts=0, error=""):
            transaction.on_commit(lambda: hurry(document))


# --- Rendering, in a worker ------------------------------------------------------------------


def render(
    document_id: int, compose: Callable[[Document], Printed], seal: Callable[[bytes], bytes] = bytes
) -> None:
    """Render one row. `compose(document)` returns the printed document of `core.documents`; `seal` is what
    is done to the file's bytes before they are stored (a signature of the portal's own).

    Running twice does no harm: only one caller holds the lease, a ready row is left alone.
    """
    document = _claim(document_id)
    if document is None:
        return
    # The claim: void once the lease has run out and another worker has taken the row over.
    claim = Document.objects.filter(pk=document.pk, state=DocumentState.RUNNING, attempts=document.attempts)
    try:
        printed = compose(document.whole or document)
        claim.update(rows=rows_of(printed))
        content_hash = fingerprint(printed, document.part)
        if document.whole and document.whole.content_hash != fingerprint(printed):
            raise Changed("Nội dung đã thay đổi trong lúc tạo văn bản. Hãy tạo lại.")
        made = _made_before(document, content_hash)
        if (
            made is None
            and _is_long(printed)
            and document.format == DocumentFormat.PDF
            and not document.whole
        ):
            _render_in_parts(document, claim, printed, content_hash)
        else:
            _finish(document, claim, content_hash, made or _make(document, claim, printed, seal))
    except OSError as error:
        # A full or absent disk may come back: the sweep tries again, a bounded number of times.
        logger.exception("Rendering %s could not be stored", document.uid)
        if document.attempts < MAX_ATTEMPTS:
            claim.update(state=DocumentState.PENDING, error=_reason(error), lease_until=None)
        else:
            _fail(document, claim, _reason(error))
    except Exception as error:  # whatever it was, the person who waits must read a reason
        logger.exception("Rendering %s failed", document.uid)
        _fail(document, claim, _reason(error))


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
    return Document.objects.select_related("whole").get(pk=document_id) if claimed else None


def rows_of(printed) -> int:
    """How many rows its tables hold: what the log of exports says of it."""
    if not isinstance(printed, Printed):
        return 0
    blocks = [*printed.body, *(block for annex in printed.annexes for block in annex.body)]
    rows = (row for block in blocks if isinstance(block, Table) for row in block.rows)
    return sum(isinstance(row, tuple) for row in rows)


def _is_long(printed: Printed) -> bool:
    tables = [block for annex in printed.annexes for block in annex.body if isinstance(block, Table)]
    return sum(len(table.rows) for table in tables) > ROWS_APART


def _made_before(document: Document, content_hash: str) -> dict | None:
    """What an earlier row of the same object printed, when it says the same; else None."""
    same = Document.objects.filter(
        object_uid=document.object_uid,
        kind=document.kind,
        title=document.title,
        format=document.format,
        part=document.part,
        content_hash=content_hash,
        state=DocumentState.READY,
    )
    earlier = same.order_by("-pk").first()
    if earlier is None:
        return None
    made = {"file": earlier.file, "html": earlier.html, "pages": earlier.pages}
    # The parts stay those of the row that made them; each new row has its own list of them.
    made["parts"] = list(earlier.parts.all())
    return made


def _make(document: Document, claim, printed: Printed, seal: Callable[[bytes], bytes]) -> dict:
    """Render the row's file; says how far it is in the row, and in that of the whole."""

    def progress(done: int, total: int, stage: str) -> None:
        lease = clock.now() + LEASE
        claim.update(done=done, total=total, stage=stage, lease_until=lease)
        if document.whole:
            Document.objects.filter(pk=document.whole_id, state=DocumentState.RUNNING).update(
                stage=stage, lease_until=lease
            )

    if document.format == DocumentFormat.DOCX:
        progress(0, 1, "Dàn bản Word")
        content, content_type, made = render_docx(printed), files.DOCX, {}
        progress(1, 1, "Hoàn thành")
    elif document.format == DocumentFormat.XLSX:
        progress(0, 1, "Dàn bảng tính")
        content, content_type, made = render_xlsx(printed), files.XLSX, {}
        progress(1, 1, "Hoàn thành")
    else:
        if document.part is None:
            rendered = render_pdf(printed, progress=progress)
        elif document.part == 0:
            rendered = render_main(printed, progress=progress)
        else:
            rendered = render_annex(printed, document.part - 1, progress=progress)
        content, content_type = rendered.pdf, files.PDF
        made = {"html": rendered.html, "pages": rendered.pages}
    return made | {"content": seal(content), "content_type": content_type}


def _finish(document: Document, claim, content_hash: str, made: dict) -> None:
    """Write down what was made, unless another worker has taken the row over."""
    parts = made.pop("parts", [])
    with transaction.atomic():
        if claim.select_for_update().first() is None:
            return
        if "content" in made:
            content, content_type = made.pop("content"), made.pop("content_type")
            made["file"] = _store(document, content, content_type)
        _ready(claim, content_hash=content_hash, **made)
        for part in parts:
            part.pk, part.uid, part.whole = None, uuid.uuid4(), document
            part.save(force_insert=True)
        if document.whole:
            _bind(document.whole)


def _store(document: Document, content: bytes, content_type: str) -> File:
    ending = files.EXTENSIONS[content_type].lower()
    return files.store_bytes(
        content, name=f"{document.title}.{ending}", content_type=content_type, by=document.requested_by
    )


def _ready(rows, **made) -> None:
    rows.update(state=DocumentState.READY, ready_at=clock.now(), lease_until=None, error="", **made)


def _render_in_parts(document: Document, claim, printed: Printed, content_hash: str) -> None:
    """Hand each part to a worker; the one that finishes the last part binds them."""
    labels = ["văn bản chính", *(printed.annex_label(at) for at in range(len(printed.annexes)))]
    with transaction.atomic():
        if claim.select_for_update().first() is None:
            return
        # What is printed may have changed since an attempt that failed.
        if document.content_hash != content_hash:
            document.parts.all().delete()
        claim.update(content_hash=content_hash, done=0, total=len(labels), stage="Chờ dàn trang các phần")
        for number, label in enumerate(labels):
            part, _ = document.parts.get_or_create(
                part=number,
                defaults={
                    "kind": document.kind,
                    "title": f"{document.title}-{number:02} {label}",
                    "object_uid": document.object_uid,
                    "task": document.task,
                    "requested_by": document.requested_by,
                    "requested_at": document.requested_at,
                },
            )
            if part.state == DocumentState.PENDING:
                transaction.on_commit(lambda part=part: hurry(part))
        _bind(document)


def _bind(whole: Document) -> None:
    """Tell how many parts are there; when all are, put them into one archive. In a transaction."""
    row = Document.objects.filter(pk=whole.pk, state=DocumentState.RUNNING)
    if row.select_for_update().first() is None:
        return
    parts = list(whole.parts.order_by("part").select_related("file"))
    ready = [part for part in parts if part.state == DocumentState.READY]
    failed = next((part for part in parts if part.state == DocumentState.FAILED), None)
    row.update(done=len(ready), total=len(parts))
    if failed:
        row.update(state=DocumentState.FAILED, error=failed.error, lease_until=None)
    elif len(ready) == len(parts):
        file = _store(whole, _archive(ready), files.ZIP)
        _ready(row, file=file, pages=sum(part.pages for part in ready), stage="Hoàn thành")


def _archive(parts: list[Document]) -> bytes:
    """The files of the parts; PDFs are packed already, and the same parts are the same bytes."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as entries:
        for part in parts:
            entries.writestr(zipfile.ZipInfo(part.file.name, NO_TIME), files.read(part.file))
    return archive.getvalue()


def _fail(document: Document, claim, reason: str) -> None:
    with transaction.atomic():
        failed = claim.update(state=DocumentState.FAILED, error=reason, lease_until=None)
        if failed and document.whole:
            _bind(document.whole)


def _reason(error: Exception) -> str:
    """For the person who waits: the words of an error made for people, and no others."""
    if isinstance(error, Unprintable | Changed | Refused):
        return str(error)[:255]
    if isinstance(error, OSError):
        return f"{files.NOT_KEPT} Hãy báo quản trị viên kiểm tra dung lượng máy chủ, rồi tạo lại."
    return "Lỗi ngoài dự kiến khi tạo văn bản. Hãy thử lại; nếu vẫn lỗi, hãy báo quản trị viên."


# --- By the clock ----------------------------------------------------------------------------


def sweep() -> None:
    """Pick up what a dead worker or broker lost; give up in words after `MAX_ATTEMPTS`."""
    now = clock.now()
    lost = Document.objects.filter(state=DocumentState.RUNNING, lease_until__lte=now)
    # A whole waits for its parts, however long the queue; they are swept by themselves.
    lost = lost.exclude(parts__state__in=UNDER_WAY)
    for document in lost.filter(attempts__gte=MAX_ATTEMPTS).select_related("whole"):
        claim = lost.filter(pk=document.pk)
        _fail(document, claim, "Tiến trình tạo văn bản dừng giữa chừng nhiều lần")
    stale = Q(state=DocumentState.PENDING, requested_at__lte=now - timedelta(minutes=1))
    for document in Document.objects.filter(stale | Q(pk__in=lost.values("pk")))[:100]:
        hurry(document)
