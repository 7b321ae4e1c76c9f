"""ClamAV's protocol against a daemon of the test's own: nothing is downloaded before it was found clean."""

import contextlib
import socket
import struct
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from core import files, scanning
from core.models import OutboxMail
from core.models.file import ScanState
from core.transitions import Refused
from tests import papers
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
#: what the daemon of these tests takes for a virus, inside an otherwise harmless paper
MARK = "EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


class Daemon:
    """Answers INSTREAM as clamd does; `answer` replaces what it would say."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.answer = None
        threading.Thread(target=self._serve, daemon=True).start()

    def stop(self):
        # Closing alone leaves the thread that waits for a connection with one more to take.
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    @property
    def url(self):
        return f"tcp://127.0.0.1:{self.socket.getsockname()[1]}"

    def _serve(self):
        while True:
            try:
                talk, _ = self.socket.accept()
            except OSError:
                return
            with talk, talk.makefile("rb") as heard:
                assert heard.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack("!I", heard.read(4))[0]:
                    content += heard.read(size)
                found = b"stream: Eicar-Signature FOUND" if MARK.encode() in content else b"stream: OK"
                talk.sendall((self.answer or found) + b"\0")


@pytest.fixture
def daemon(settings):
    daemon = Daemon()
    settings.CLAMAV_URL = daemon.url
    yield daemon
    daemon.stop()


def kept(content):
    user = UserFactory()
    return files.store(SimpleUploadedFile("ke-hoach.pdf", content), by=user), user


def served(file, user):
    request = RequestFactory().get("/")
    request.user = user
    try:
        return b"".join(files.serve(request, file).streaming_content)
    except Refused as refused:
        return (refused.status, str(refused))


def scanned(file):
    scanning.scan(file.pk)
    file.refresh_from_db()
    return file.scan_state


def test_a_clean_file_waits_then_opens(daemon):
    content = papers.pdf()
    file, user = kept(content)
    assert served(file, user) == (409, "Tệp “ke-hoach.pdf” đang được quét mã độc. Hãy thử lại sau vài phút.")
    assert scanned(file) == ScanState.CLEAN
    assert served(file, user) == content


def test_an_infected_file_never_opens_and_its_uploader_is_told_once(daemon):
    file, user = kept(papers.pdf(MARK) + f"\n%{MARK}\n%%EOF".encode())
    assert [scanned(file), scanned(file)] == [ScanState.INFECTED] * 2
    assert served(file, user)[0] == 403
    assert list(OutboxMail.objects.values_list("recipient", "subject")) == [
        (user.pk, "Một tệp đã nộp bị chặn vì có mã độc")
    ]


@pytest.mark.parametrize("answer", [b"stream: size limit exceeded. ERROR", b"UNKNOWN COMMAND", b""])
def test_what_the_daemon_does_not_answer_stays_closed(daemon, answer):
    daemon.answer = answer or b" "
    file, user = kept(papers.pdf())
    assert scanned(file) == ScanState.PENDING
    assert served(file, user)[0] == 409


def test_a_daemon_that_is_down_keeps_nobody_from_filing_and_is_asked_again(daemon, monkeypatch):
    daemon.stop()
    file, _ = kept(papers.pdf())
    assert scanned(file) == ScanState.PENDING
    asked = []
    monkeypatch.setattr(scanning, "_hurry", asked.append)
    scanning.sweep()
    assert asked == [file.pk]


def test_without_a_daemon_nothing_waits():
    content = papers.pdf()
    file, user = kept(content)
    assert served(file, user) == content
