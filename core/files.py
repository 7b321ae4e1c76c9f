"""Uploads: refused in words, or stored privately under a name nobody can guess."""

import contextlib
import hashlib
import logging
import unicodedata
from datetime import timedelta
from pathlib import PurePath
from uuid import UUID

import filetype
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Prefetch
from django.http import FileResponse
from django.utils import timezone

from core import clock, guard, outbox, pictures, scanning, signatures
from core.models import AccessLog, Event, File
from core.models.file import ScanState
from core.transitions import Refused
from core.vietnamese import nfc

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
EXTENSIONS = {PDF: "PDF", DOCX: "DOCX", XLSX: "XLSX", ZIP: "ZIP", "image/jpeg": "JPG", "image/png": "PNG"}
#: which reader of `core.guard` looks into them
PAPERS = {PDF: "pdf", DOCX: "office", XLSX: "office"}
_ALSO = {"image/jpeg": "JPEG"}
#: how a Word or Excel document with a password begins: it is no longer a ZIP
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
NAME_LENGTH = 200
logger = logging.getLogger(__name__)
EXTRACT = "xac-minh"


NOT_KEPT = "Cổng không ghi được tệp (máy chủ hết chỗ lưu hoặc kho tệp đang gián đoạn)."
NOT_READ = (
    "Cổng không lấy được tệp “{name}” từ kho tệp. Hãy thử lại sau ít phút; nếu vẫn không được, "
    "hãy báo quản trị viên, kèm mã tệp {uid}."
)
WITHHELD = (
    "Tệp này được giữ lại, không ai tải được: người tải lên đã khai đây là tài liệu bí mật nhà nước. "
    "Hãy liên hệ người phụ trách bảo vệ bí mật nhà nước của đơn vị."
)


class FileRefused(Exception):
    """An upload that is not stored; the message says why and what to do."""


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".replace(".", ",") + " MB"


def _detect(head: bytes, tail: bytes) -> str | None:
    if head.startswith(b"%PDF-"):
        return PDF if b"%%EOF" in tail else "broken/pdf"
    if head.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in head + tail:
        return "locked/office"
    kind = filetype.guess(head)
    return kind.mime if kind else None


def _safe_name(name: str, content_type: str) -> str:
    """A name to show and to offer for download: one line, no folders, and the ending of what it is.

    The ending decides what the reader's machine does with the file, so it must not be the uploader's
    to choose: a PDF named "thu.hta" is kept as "thu.hta.pdf".
    """
    ending = EXTENSIONS.get(content_type, "")
    # Controls and marks of direction can make one name look like another.
    visible = "".join(c for c in nfc(name).replace("\\", "/") if unicodedata.category(c)[0] != "C")
    path = PurePath(" ".join(visible.split()))
    stem, suffix = path.name, path.suffix
    if ending and suffix[1:].upper() in (ending, _ALSO.get(content_type)):
        stem = path.stem
    else:
        suffix = f".{ending.lower()}" if ending else ""
    return (stem[: NAME_LENGTH - len(suffix)].strip() or "tep") + suffix


def check(upload, *, accept=(PDF,)) -> str:
    """The content type found in the bytes of `upload`; raises `FileRefused`.

    What was found stays on `upload` (`content_type_found`, `mention`): reading a paper costs a process.
    """
    if getattr(upload, "content_type_found", None) in accept:
        return upload.content_type_found
    wanted = ", ".join(EXTENSIONS[a] for a in accept)
    limit = settings.UPLOAD_MAX_BYTES
    if not upload.size:
        raise FileRefused(f"Tệp “{upload.name}” rỗng (0 byte). Hãy chọn lại tệp {wanted}.")
    if upload.size > limit:
        raise FileRefused(
            f"Tệp “{upload.name}” nặng {_megabytes(upload.size)}, vượt mức {_megabytes(limit)} cho phép. "
            "Hãy giảm dung lượng (ví dụ quét ở 200 dpi) rồi tải lại."
        )
    upload.seek(0)
    head = upload.read(8192)
    upload.seek(max(0, upload.size - 2048))
    found = _detect(head, upload.read())
    upload.seek(0)
    if found == "broken/pdf":
        raise FileRefused(f"Tệp “{upload.name}” bị hỏng hoặc tải lên chưa hết. Hãy mở thử rồi tải lại.")
    if found == "locked/office":
        raise FileRefused(f"Tệp “{upload.name}” {guard.TROUBLES['encrypted']}")
    if found not in accept:
        raise FileRefused(
            f"Nội dung của “{upload.name}” không phải là tệp {wanted}, dù tên tệp có thể ghi như vậy. "
            f"Hãy xuất hoặc quét văn bản thành tệp {wanted} rồi tải lại."
        )
    try:
        upload.mention = guard.examine(upload, PAPERS[found]) if found in PAPERS else ""
    except guard.Stopped as stopped:
        raise FileRefused(f"Tệp “{upload.name}” {stopped}") from stopped
    if found in (pictures.JPEG, pictures.PNG):
        upload.picture = _bare(upload, found)
    upload.content_type_found = found
    return found


def _bare(upload, content_type: str) -> bytes:
    try:
        return pictures.bare(upload.read(), content_type)
    except pictures.TooLarge:
        raise FileRefused(
            f"Ảnh “{upload.name}” có quá nhiều điểm ảnh (trên {pictures.MEGAPIXELS} triệu). "
            "Hãy thu nhỏ ảnh rồi tải lại."
        ) from None
    except pictures.Broken:
        raise FileRefused(
            f"Tệp “{upload.name}” bị hỏng hoặc tải lên chưa hết. Hãy mở thử rồi tải lại."
        ) from None
    finally:
        upload.seek(0)


def store(upload, *, by, accept=(PDF,)) -> File:
    """Check `upload` and keep it; raises `FileRefused`, and `Refused` when there is no room for it."""
    content_type = check(upload, accept=accept)
    # Of a picture what is seen is kept: where and with what it was taken is nobody's business.
    kept = ContentFile(upload.picture) if hasattr(upload, "picture") else upload
    digest = hashlib.sha256()
    for chunk in kept.chunks():
        digest.update(chunk)
    kept.seek(0)
    try:
        file = _keep(
            kept,
            upload.name,
            content_type,
            kept.size,
            digest.hexdigest(),
            by,
            mention=upload.mention,
            scan_state=scanning.first_state(),
        )
    except OSError as error:
        logger.exception("An upload could not be stored")
        raise Refused(f"{NOT_KEPT} Hãy tải lại tệp sau ít phút.", status=503) from error
    scanning.ask(file)
    if content_type == PDF:
        signatures.ask(file)
    return file


def store_bytes(content: bytes, *, name: str, content_type: str, by=None) -> File:
    """Keep bytes the portal itself has produced."""
    sha256 = hashlib.sha256(content).hexdigest()
    return _keep(ContentFile(content), name, content_type, len(content), sha256, by)


def _keep(content, name, content_type, size, sha256, by, *, mention="", scan_state=ScanState.CLEAN) -> File:
    file = File(
        name=_safe_name(name, content_type),
        content_type=content_type,
        size=size,
        sha256=sha256,
        uploaded_by=by,
        uploaded_at=clock.now(),
        mention=mention,
        scan_state=scan_state,
    )
    # Bytes first: a row without its bytes would be a lie, bytes without a row only take room.
    try:
        default_storage.save(file.path, content)
    except OSError:
        # A full disk keeps a part of the file: nobody would ever look for it.
        with contextlib.suppress(OSError):
            default_storage.delete(file.path)
        raise
    file.save()
    return file


#: bytes this young may still get their row
UNSETTLED = timedelta(days=1)


def remove_orphans(*, older_than: timedelta = UNSETTLED) -> int:
    """Remove bytes that no row speaks of: of an act undone, or of a process killed between the two."""
    before, removed = timezone.now() - older_than, 0
    for folder in default_storage.listdir("")[0]:
        paths = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
        known = {file.path for file in File.objects.filter(uid__in=_uids(paths)).only("uid")}
        for path in set(paths) - known:
            # By the machine's own clock, as its storage tells the time.
            if default_storage.get_modified_time(path) < before:
                default_storage.delete(path)
                removed += 1
    return removed


def _uids(paths) -> list[UUID]:
    found = []
    for path in paths:
        with contextlib.suppress(ValueError):
            found.append(UUID(PurePath(path).name))
    return found


def answer_about_secrecy(file: File, *, is_secret: bool, by, acting=None) -> None:
    """Record what the uploader says of a file that mentions secrecy; a secret one is withheld from all.

    (Luật Bảo vệ bí mật nhà nước 2018, điều 5: no secrets on systems like this one.)
    """
    with transaction.atomic():
        locked = File.objects.select_for_update().get(pk=file.pk)
        if not locked.asks_about_secrecy:
            raise Refused("Câu hỏi về độ mật của tệp này đã được trả lời.")
        act, field = (
            ("declare_secret", "declared_secret_at") if is_secret else ("declare_open", "declared_open_at")
        )
        setattr(locked, field, clock.now())
        locked.save(update_fields=[field])
        Event.record(act, locked, by=by, acting=acting, data={"mention": locked.mention})
        if is_secret:
            _tell_administrators(locked, by)


def _tell_administrators(file: File, by) -> None:
    for user in get_user_model().objects.filter(is_superuser=True, is_active=True):
        outbox.queue(
            key=f"secret-{file.uid}-{user.pk}",
            to=user,
            subject="Cổng thi đua: một tệp được khai là tài liệu mật",
            body=(
                f"Kính gửi {user},\n\n"
                f"{by} cho biết một tệp đã tải lên cổng là tài liệu bí mật nhà nước. Cổng đã giữ tệp lại, "
                f"không ai tải được nữa. Mã tệp: {file.uid}.\n"
                "Hãy báo người phụ trách bảo vệ bí mật nhà nước để xử lý theo quy định.\n\n"
                "Cổng thi đua chuyển đổi số tỉnh Lào Cai\n"
            ),
        )


def with_notes(lookup: str) -> Prefetch:
    """Prefetch files with all that `{% file_notes %}` says of each, in one query."""
    return Prefetch(lookup, File.objects.select_related("reading"))


def read(file: File) -> bytes:
    with default_storage.open(file.path) as stored:
        return stored.read()


def why_withheld(file: File) -> str:
    """Why nobody gets the file now, in words; "" when nothing stands in the way."""
    if file.scan_state == ScanState.PENDING:
        return f"Tệp “{file.name}” đang được quét mã độc. Hãy thử lại sau vài phút."
    if file.scan_state == ScanState.INFECTED:
        return f"Tệp “{file.name}” có mã độc nên đã bị chặn. Hãy nộp tệp khác thay tệp này."
    return WITHHELD if file.declared_secret_at else ""


def serve(request, file: File, *, inline=False):
    """Answer with a file the caller has already authorised, or with `?xac-minh` with what the portal states
    of its signatures (`core.signatures.extract`): one door for both.

    Raises `Refused` while the file has not been scanned, and for ever when something was found in it or
    its uploader has said that it is secret.
    """
    if why := why_withheld(file):
        raise Refused(why, status=409 if file.scan_state == ScanState.PENDING else 403)
    if EXTRACT in request.GET:
        from core.signatures import extract

        return extract.answer(request, file)
    return send(request, file, inline=inline)


def send(request, file: File, *, inline=False) -> FileResponse:
    """The bytes; the download is logged. Raises `Refused` while the store does not give them."""
    try:
        stored = default_storage.open(file.path)
    except OSError as error:
        logger.exception("The bytes of a file could not be read")
        raise Refused(NOT_READ.format(name=file.name, uid=file.uid), status=503) from error
    AccessLog.record(request, "download", object_uid=file.uid, detail=file.name)
    response = FileResponse(
        stored,
        as_attachment=not (inline and file.content_type == PDF),
        filename=file.name,
        content_type=file.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
