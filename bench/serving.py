"""Web servers to be measured: the portal as production runs it, and beside it a bare Django project."""

import contextlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from bench.portal import portal

AT_ONCE = 2


@dataclass
class Site:
    """One web server on the loopback address, and what a browser of it sends."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)

    def seconds(self, path: str, requests: int, *, expected=200, at_once=AT_ONCE, **headers) -> float:
        """How long that many requests take, shared by `at_once` browsers, each on one connection."""
        each = requests // at_once
        began = time.perf_counter()
        with ThreadPoolExecutor(at_once) as pool:
            list(pool.map(lambda _: self._ask(path, each, expected, headers), range(at_once)))
        return (time.perf_counter() - began) * requests / (each * at_once)

    def _ask(self, path, times, expected, headers):
        browser = HTTPConnection("127.0.0.1", self.port, timeout=60)
        for _ in range(times):
            browser.request("GET", path, headers=self.headers | headers)
            answer = browser.getresponse()
            answer.read()
            if answer.status != expected:
                raise SystemExit(f"{path} answered {answer.status}, {expected} was expected")
        browser.close()

    def answer(self, path):
        browser = HTTPConnection("127.0.0.1", self.port, timeout=60)
        browser.request("GET", path, headers=self.headers)
        answer = browser.getresponse()
        answer.read()
        browser.close()
        return answer


@contextlib.contextmanager
def sites() -> Iterator[tuple[Site, Site]]:
    """The portal and the floor on one empty database, both under gunicorn with the portal's own settings
    of it: two processes, kept connections. Django is ready in this process too, to fill the database."""
    with portal(), tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        told = production(Path(folder))
        with (
            _files_in(told["FILES_DIR"]),
            _gunicorn("laocai_tdkt.wsgi", told, folder) as ours,
            _gunicorn("bench.bare", told, folder) as floor,
        ):
            # As the web server in front says it.
            yield Site(ours, {"Host": "localhost", "X-Forwarded-Proto": "https"}), Site(floor)


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
def _gunicorn(application, told, folder) -> Iterator[int]:
    from django.conf import settings

    from laocai_tdkt.embedded import free_port
    from laocai_tdkt.process import Process, wait_until

    port = free_port()
    process = Process(
        application,
        [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"],
        log=Path(folder) / f"{application}.log",
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


def side_by_side(ours, floor, *, rounds: int) -> tuple[float, float]:
    """Seconds of both, each a function of no argument that returns them, in turn; the medians of `rounds`
    after one that does not count."""
    pairs = [(ours(), floor()) if n % 2 else (floor(), ours())[::-1] for n in range(rounds + 1)]
    return tuple(statistics.median(column) for column in zip(*pairs[1:], strict=True))
