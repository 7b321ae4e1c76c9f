"""Uploads are scanned by ClamAV's daemon where one is configured; before it found them clean, none opens.

The row is the truth, the task a hint: what a dead worker or scanner left waiting is asked about by the
next sweep.
"""

import logging
import socket
import struct
from contextlib import closing
from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction

from core import hints, outbox
from core.models import File
from core.models.file import ScanState

logger = logging.getLogger(__name__)
SWEPT_AT_ONCE = 200
_CHUNK = 1 << 16
_PATIENCE_SECONDS = 60


class ScannerSilent(Exception):
    """The daemon cannot be reached, or did not give an answer we know."""


def first_state() -> ScanState:
    """The state an upload begins in."""
    return ScanState.PENDING if settings.CLAMAV_URL else ScanState.CLEAN


def ask(file: File) -> None:
    """Have a stored upload scanned after commit."""
    if file.scan_state == ScanState.PENDING:
        transaction.on_commit(lambda: _hurry(file.pk))


def _hurry(file_id: int) -> None:
    hints.give(lambda: current_app.send_task("core.tasks.scan_file", kwargs={"file_id": file_id}))


def scan(file_id: int) -> None:
    """Ask about one file and keep the answer; a silent scanner leaves it waiting for the next sweep."""
    file = File.objects.filter(pk=file_id, scan_state=ScanState.PENDING).first()
    if file is None:
        return
    try:
        with default_storage.open(file.path) as stored:
            found = verdict(stored)
    except ScannerSilent:
        logger.exception("The scanner is silent; file %s waits", file.uid)
        return
    with transaction.atomic():
        state = ScanState.INFECTED if found else ScanState.CLEAN
        decided = File.objects.filter(pk=file.pk, scan_state=ScanState.PENDING).update(scan_state=state)
        if found and decided:
            _tell(file)


def verdict(stored) -> str:
    """The name of what was found in an open file, "" when it is clean; raises ScannerSilent."""
    try:
        with closing(_connect()) as daemon:
            daemon.sendall(b"zINSTREAM\0")
            while chunk := stored.read(_CHUNK):
                daemon.sendall(struct.pack("!I", len(chunk)) + chunk)
            daemon.sendall(struct.pack("!I", 0))
            answer = daemon.makefile("rb").read(4096).rstrip(b"\0\n").decode(errors="replace")
    except OSError as error:
        raise ScannerSilent(str(error)) from error
    if answer.endswith("FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    if answer == "stream: OK":
        return ""
    raise ScannerSilent(answer)


def _connect() -> socket.socket:
    """`settings.CLAMAV_URL` is `unix:///run/clamav/clamd.ctl` or `tcp://clamav:3310`."""
    where = urlsplit(settings.CLAMAV_URL)
    if where.scheme == "unix":
        daemon = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        daemon.settimeout(_PATIENCE_SECONDS)
        daemon.connect(where.path)
        return daemon
    return socket.create_connection((where.hostname, where.port or 3310), timeout=_PATIENCE_SECONDS)


def _tell(file: File) -> None:
    if file.uploaded_by is None:
        return
    outbox.queue(
        key=f"infected-{file.pk}",
        to=file.uploaded_by,
        subject="Một tệp đã nộp bị chặn vì có mã độc",
        body=(
            f"Kính gửi {file.uploaded_by},\n\n"
            f"Tệp “{file.name}” có mã độc. Cổng đã chặn tệp này, không ai mở hoặc tải được.\n"
            "Hãy quét mã độc trên máy, lập lại tệp rồi nộp thay tệp cũ.\n\n"
            "Cổng thi đua chuyển đổi số tỉnh Lào Cai\n"
        ),
    )


def sweep() -> None:
    """Ask again about what is still waiting."""
    if not settings.CLAMAV_URL:
        # Whoever takes the scanner away answers for what it has not seen.
        return
    waiting = File.objects.filter(scan_state=ScanState.PENDING).order_by("pk")
    for file_id in waiting.values_list("pk", flat=True)[:SWEPT_AT_ONCE]:
        _hurry(file_id)
