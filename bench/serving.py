"""Web servers to be measured: the portal as production runs it, and beside it a bare Django project."""

import contextlib
import os
import re
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from bench.portal import portal

AT_ONCE = 2


@dataclass
class Site:
    """One web server on the loopback address, and what a browser of it sends."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)

    def seconds(self, paths: Iterable[str], *, expected=200, **headers) -> float:
        """How long requests for these paths take, shared by `AT_ONCE` browsers, each on one connection."""
        paths = list(paths)
        shares = [paths[n::AT_ONCE] for n in range(AT_ONCE)]
        began = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda share: self._ask(share, expected, headers), shares))
        return time.perf_counter() - began

    def _ask(self, paths, expected, headers):
        """Prepared bytes on one socket, and of each answer its status and its length alone: a client
        that does more takes the processor from the server it measures."""
        told = {"Host": "127.0.0.1"} | self.headers | headers
        rest = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        server = None
        for path in paths:
            server = server or socket.create_connection(("127.0.0.1", self.port), timeout=60)
            server.sendall(f"GET {path} HTTP/1.1\r\n{rest}\r\n".encode())
            status, is_last = _read_one(server)
            if status != expected:
                raise SystemExit(f"{path} answered {status}, {expected} was expected")
            if is_last:
                server.close()
                server = None
        if server:
            server.close()

    def answer(self, path, **headers):
        browser = HTTPConnection("127.0.0.1", self.port, timeout=60)
        browser.request("GET", path, headers=self.headers | headers)
        answer = browser.getresponse()
        answer.read()
        browser.close()
        return answer


_LENGTH = re.compile(rb"\r\nContent-Length: (\d+)", re.IGNORECASE)
_LAST = re.compile(rb"\r\nConnection: close", re.IGNORECASE)


def _read_one(server: socket.socket) -> tuple[int, bool]:
    """The status of one answer, read to its end, and whether the server closes after it."""
    read = b""
    while (end := read.find(b"\r\n\r\n")) < 0:
        read += _more(server)
    head = read[: end + 2]
    status, length = int(head[9:12]), _LENGTH.search(head)
    if length is None and status != 304:
        # In pieces, of which the last is empty: so the floor answers, which counts no bytes.
        while not read.endswith(b"\r\n0\r\n\r\n"):
            read += _more(server)
    else:
        left = (int(length[1]) if status != 304 else 0) - (len(read) - end - 4)
        while left > 0:
            left -= len(_more(server))
    return status, bool(_LAST.search(head))


def _more(server) -> bytes:
    return server.recv(262_144) or sys.exit("The server closed in the middle of an answer")


#: as the web server in front says it
FRONT = {"Host": "localhost", "X-Forwarded-Proto": "https"}


@contextlib.contextmanager
def sites() -> Iterator[tuple[Site, Site]]:
    """The portal and the floor on one empty database, both under gunicorn with the portal's own settings
    of it: two processes, kept connections. Django is ready in this process too, to fill the database."""
    with _told() as told, _gunicorn("laocai_tdkt.wsgi", told) as ours, _gunicorn("bench.bare", told) as floor:
        yield Site(ours, FRONT), Site(floor)


@contextlib.contextmanager
def sites_of_two_sizes(fill: Callable, grow: Callable) -> Iterator[tuple[Site, Site, Site]]:
    """As `sites`, and in the middle one more: the portal as it was after `fill` and before `grow`, on a
    database and a cache of its own, so that both sizes can be asked in the same minute.

    One process each: with two it is chance whether both browsers come to the same one, which halves the rate.
    """
    with _told() as told:
        told["WEB_CONCURRENCY"] = "1"
        fill()
        earlier = told | _copied(told)
        grow()
        with (
            _gunicorn("laocai_tdkt.wsgi", told) as ours,
            _gunicorn("laocai_tdkt.wsgi", earlier) as small,
            _gunicorn("bench.bare", told) as floor,
        ):
            yield Site(ours, FRONT), Site(small, FRONT), Site(floor)


@contextlib.contextmanager
def _told() -> Iterator[dict[str, str]]:
    """What processes on a portal of their own are told."""
    with portal(), tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        told = production(Path(folder))
        with _files_in(told["FILES_DIR"]):
            yield told


def _copied(told) -> dict[str, str]:
    """The names of a database with the same rows, and of an empty cache."""
    from django.db import connection

    name = f"{connection.settings_dict['NAME']}_small"
    connection.close()
    with connection._nodb_cursor() as cursor:
        source = connection.settings_dict["NAME"]
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    address = urlsplit(told["DATABASE_URL"])
    return {
        "DATABASE_URL": address._replace(path=f"/{name}").geturl(),
        "REDIS_URL": told["REDIS_URL"].rpartition("/")[0] + "/1",
    }


def _files_in(folder: str):
    """This process looks for files where the measured one keeps them."""
    from django.conf import settings
    from django.test import override_settings

    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}}
    return override_settings(STORAGES=settings.STORAGES | {"default": kept})


def production(folder: Path) -> dict[str, str]:
    """What a process of production's is told."""
    from django.conf import settings

    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DB_ROLE": "web",
        "SECRET_KEY": settings.SECRET_KEY,
        "IDENTITY_KEYS": '{"bench": "YmVuY2gta2V5LWJlbmNoLWtleS1iZW5jaC1rZXktMDE="}',
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "REDIS_URL": os.environ["REDIS_URL"],
        "FILES_DIR": str(folder / "files"),
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": "1",
    }


@contextlib.contextmanager
def _gunicorn(application, told) -> Iterator[int]:
    from django.conf import settings

    from laocai_tdkt.embedded import free_port
    from laocai_tdkt.process import Process, wait_until

    port = free_port()
    process = Process(
        application,
        [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"],
        log=Path(told["FILES_DIR"]).with_name(f"{port}.log"),
        environment=told,
        folder=settings.BASE_DIR,
    )
    process.start()
    try:
        if not wait_until(lambda: _answers(port), 60):
            raise SystemExit(process.last_words())
        yield port
    finally:
        process.stop()


def _answers(port) -> bool:
    with contextlib.suppress(OSError):
        browser = HTTPConnection("127.0.0.1", port, timeout=5)
        browser.request("GET", "/song/")
        return bool(browser.getresponse().status)
    return False
