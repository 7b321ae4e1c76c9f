"""A real Celery worker process and a real SMTP server, for tests that stop one while the other waits.

The worker runs production's settings on the test database and the test broker; it is bounded by
its context and stopped by its process id. Its tests need `django_db(transaction=True)`: another
process sees only what is committed.
"""

import asyncio
import base64
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path
from threading import Event
from urllib.parse import quote

import redis
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection

from core import hints
from laocai_tdkt.celery import app
from laocai_tdkt.embedded import free_port
from laocai_tdkt.process import Process, wait_until

PATIENCE = 30
QUEUES = ("celery", "rendering")


class MailServer:
    """Keeps what it was given, and does at `DATA` or `EHLO` what the test says.

    `received` lists (recipient, Message-ID) of each mail taken in whole, answered or not.
    """

    def __init__(self):
        self.received: list[tuple[str, str]] = []
        #: recipients refused, with the answer they get
        self.refused: dict[str, str] = {}
        self.answer_to_data = "250 OK"
        #: the command whose answer is held back, from the recipient's mail `hold_for` on if given
        self.hold_at = ""
        self.hold_for = ""
        self.is_holding = Event()

    async def _hold(self, command, recipient=""):
        if self.hold_at == command and self.hold_for in ("", recipient):
            self.is_holding.set()
            # Ends with the connection of the process that is killed.
            await asyncio.sleep(2 * PATIENCE)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        await self._hold("EHLO")
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        (recipient,) = envelope.rcpt_tos
        if self.answer_to_data.startswith("250"):
            self.received.append((recipient, message_from_bytes(envelope.content)["Message-ID"]))
        await self._hold("DATA", recipient)
        return self.answer_to_data

    @property
    def recipients(self) -> list[str]:
        return sorted(recipient for recipient, _ in self.received)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server that answers on `.port` of the loopback address."""
    server = MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    server.port = controller.port
    try:
        yield server
    finally:
        controller.stop()


def _database_url() -> str:
    """The test database, which another process does not know by the environment."""
    of = connection.settings_dict
    return f"postgres://{quote(of['USER'])}:{quote(of['PASSWORD'])}@{of['HOST']}:{of['PORT']}/{of['NAME']}"


def environment(folder: Path, *, role: str, smtp_port: int = 1) -> dict[str, str]:
    """What a process of production's is told; it keeps its files in `folder`/files."""
    return {
        "PATH": os.defpath,
        "DJANGO_SETTINGS_MODULE": "laocai_tdkt.settings.production",
        "DB_ROLE": role,
        "SECRET_KEY": settings.SECRET_KEY,
        "IDENTITY_KEYS": '{"test": "' + base64.b64encode(bytes(32)).decode() + '"}',
        "DATABASE_URL": _database_url(),
        "REDIS_URL": settings.REDIS_URL,
        "FILES_DIR": str(folder / "files"),
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(smtp_port),
    }


@contextmanager
def worker(folder: Path, *, smtp_port: int = 1, **changes: str) -> Iterator[Process]:
    """A worker with one child, in the `environment` of `folder` with `changes`."""
    quick = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    process = Process(
        "worker",
        [
            *(sys.executable, "-m", "celery", "--app", "laocai_tdkt", "worker"),
            *("--queues", ",".join(QUEUES), "--concurrency", "1", "--loglevel", "INFO", *quick),
        ],
        log=folder / "worker.log",
        environment=environment(folder, role="worker", smtp_port=smtp_port) | changes,
        folder=settings.BASE_DIR,
    )
    process.start()
    try:
        yield process
    finally:
        process.stop()


def kill(process: Process) -> None:
    """SIGKILL to the worker and its children: no goodbye, no acknowledgement."""
    process.kill()
    assert not process.is_running


def eventually(is_true, process: Process | None = None) -> None:
    """Wait for what another process does; fails with its last words."""
    assert wait_until(is_true, PATIENCE), process.last_words(60) if process else "it never happened"


def locks_waited_for() -> int:
    """How many connections to the test database stand still because of a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE NOT granted AND datname = current_database()"
        )
        return cursor.fetchone()[0]


def forget_tasks() -> None:
    """Empty the queues of what earlier tests have left; the bindings stay."""
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.delete(*QUEUES, "unacked", "unacked_index")


def waiting_tasks() -> int:
    """How many tasks lie in the queues, taken by no worker."""
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        return sum(broker.llen(queue) for queue in QUEUES)


@contextmanager
def broker_down() -> Iterator[None]:
    """Send this process' tasks to an address where nobody listens."""
    kept = app.conf.broker_write_url, app.pool, app.amqp.producer_pool
    app.conf.broker_write_url, app._pool, app.amqp._producer_pool = "redis://127.0.0.1:1/0", None, None
    try:
        yield
    finally:
        app.conf.broker_write_url, app._pool, app.amqp._producer_pool = kept
        hints._silent_until = 0.0
