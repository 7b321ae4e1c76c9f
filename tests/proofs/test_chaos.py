"""Filings, renderings and mails while web, workers, broker and database are killed at random.

    make chaos                                        500 filings, 200 renderings, 2,000 mails
    make chaos FILINGS=40 RENDERINGS=20 MAILS=120     the same, smaller

Only processes that the proof itself has started are killed, by their ids, on the loopback address.
"""

import os
import random
import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
import redis
import time_machine
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core import files, hints, outbox, rendering
from core.models import Document, File, OutboxMail
from core.models.document import DocumentState
from core.models.mail import MailState
from laocai_tdkt import embedded
from laocai_tdkt.celery import app
from laocai_tdkt.process import wait_until
from registrations.models import RegistrationVersion
from tests import workers
from tests.filers import BEGINS, children_of, durable_server, files_in, web_server, with_drafts

pytestmark = pytest.mark.prove

FILINGS, RENDERINGS, MAILS = (
    int(os.environ.get(name) or count)
    for name, count in (("FILINGS", 500), ("RENDERINGS", 200), ("MAILS", 2000))
)
SEED = int(os.environ.get("SEED") or 20)
AT_ONCE = 10
BATCH = 40
#: a printed plan is two documents, PDF and Word
FORMATS = 2
#: seconds between two blows
PAUSE = (2, 6)
#: of each kind, before the storm may end
BLOWS = 4
#: the whole, on a machine that others use too
SECONDS = 3000
UNDER_WAY = [DocumentState.PENDING, DocumentState.RUNNING]


@pytest.fixture
def broker(settings, tmp_path):
    """A broker of the proof's own, to be killed; this process' hints go to it too."""
    server = embedded.Valkey(
        embedded.home() / f"test-{os.getpid()}" / "chaos", tmp_path / "valkey.log", is_throwaway=True
    )
    server.start()
    settings.REDIS_URL = server.url
    kept = app.conf.broker_write_url, app.pool, app.amqp.producer_pool
    app.conf.broker_write_url, app._pool, app.amqp._producer_pool = server.url, None, None
    try:
        yield server
    finally:
        app.conf.broker_write_url, app._pool, app.amqp._producer_pool = kept
        hints._silent_until = 0.0
        server.stop()


@pytest.fixture
def database(django_db_blocker, tmp_path):
    with durable_server(django_db_blocker, tmp_path) as server:
        yield server


def come_what_may(act):
    """Do it again until the database lets it happen, as people and machines do."""
    while True:
        try:
            return act()
        except DatabaseError:
            connection.close()
            time.sleep(0.5)


class Killer:
    """Strikes one of the processes after the other until it is told to rest, and starts them again.

    Its thread lives on until the end: Linux ends a child together with the thread that started it.
    """

    def __init__(self, *, database, broker, web, crew):
        self.blows = {
            "web": lambda: os.kill(random.choice(children_of(web)), signal.SIGKILL),
            "worker": lambda: self._worker(random.choice(crew)),
            "broker": lambda: self._server(broker, signal.SIGKILL),
            # "Immediate shutdown": nothing is finished, the next start recovers from the log.
            "database": lambda: self._server(database, signal.SIGQUIT),
        }
        self.struck, self.failed = Counter(), []
        self._rests, self._at_rest, self._ends = threading.Event(), threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._strike)

    @staticmethod
    def _worker(worker):
        workers.kill(worker)
        worker.start()

    @staticmethod
    def _server(server, blow):
        os.kill(server.process.pid, blow)
        assert wait_until(lambda: not server.process.is_running, 30)
        server.process.start()
        assert wait_until(server.answers, 90), server.process.last_words()

    def _strike(self):
        chance, round_ = random.Random(SEED), []
        while not self._rests.wait(chance.uniform(*PAUSE)):
            round_ = round_ or chance.sample(list(self.blows), len(self.blows))
            name = round_.pop()
            try:
                self.blows[name]()
                self.struck[name] += 1
            except Exception as error:  # told at the end, not lost with the thread
                self.failed.append(f"{name}: {error!r}")
        self._at_rest.set()
        self._ends.wait()

    def __enter__(self):
        self._thread.start()
        return self

    def has_struck_all(self) -> bool:
        return all(self.struck[name] >= BLOWS for name in self.blows)

    def rest(self):
        self._rests.set()
        self._at_rest.wait()

    def __exit__(self, *exception):
        self.rest()
        self._ends.set()
        self._thread.join()


@contextmanager
def sweeping():
    """What beat does every minute, done every two seconds, while the database answers."""
    stop = threading.Event()

    def sweep():
        while not stop.wait(2):
            with suppress(DatabaseError):
                outbox.sweep()
                rendering.sweep()
            connection.close()

    thread = threading.Thread(target=sweep)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def queue_mails(people):
    """In transactions of `BATCH`, each tried until it is committed; how many were acknowledged."""
    acknowledged = 0
    for first in range(0, MAILS, BATCH):
        numbers = range(first, min(first + BATCH, MAILS))

        def act(numbers=numbers):
            # Whether a commit whose answer was lost took place is seen by the first key of the batch.
            if OutboxMail.objects.filter(key=f"chaos-{numbers[0]}").exists():
                return
            with transaction.atomic():
                outbox.queue_all(
                    {
                        "key": f"chaos-{n}",
                        "to": people[n % len(people)].user,
                        "subject": f"Thư {n}",
                        "body": "Kính gửi",
                    }
                    for n in numbers
                )

        come_what_may(act)
        acknowledged += len(numbers)
        time.sleep(0.3)
    connection.close()
    return acknowledged


def print_plan(person, port) -> int:
    """Ask on the page of the paper until the portal says that it is being made; how often it took."""
    address = f"/van-ban/dang-ky-thi-dua/{person.registration.uid}/"
    for attempt in range(1, 200):
        status, _ = person.post(port, address, {})
        if status == 302:
            return attempt
        assert status == "refused" or status >= 500, f"{person.user} got {status}"
        time.sleep(0.5)
    raise AssertionError(f"{person.user} never got an answer")


def waiting() -> int:
    mails = OutboxMail.objects.filter(state__in=[MailState.QUEUED, MailState.SENDING])
    return mails.count() + Document.objects.filter(state__in=UNDER_WAY).count()


def let_all_end() -> bool:
    """Sweep until nothing moves; what a killed worker held waits for its lease, which then runs out."""

    def is_at_rest():
        outbox.sweep()
        rendering.sweep()
        time.sleep(2)
        held = OutboxMail.objects.filter(state=MailState.SENDING).count()
        held += Document.objects.filter(state=DocumentState.RUNNING).count()
        return waiting() == held and workers.waiting_tasks() == 0

    for _ in range(3):
        assert wait_until(is_at_rest, SECONDS / 3), f"{waiting()} still wait"
        # Whoever is alive has long ended what he holds.
        time.sleep(5)
        with time_machine.travel(timezone.now() + max(outbox.LEASE, rendering.LEASE) + timedelta(minutes=1)):
            outbox.sweep()
            rendering.sweep()
        if wait_until(lambda: waiting() == 0, 120):
            return True
    return False


def orphans() -> list[str]:
    known = {file.path for file in File.objects.only("uid")}
    root = Path(default_storage.location)
    found = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    assert known - found == set(), "rows without their bytes"
    return sorted(found - known)


def test_nothing_acknowledged_is_lost_and_no_mail_goes_twice(settings, database, broker, tmp_path, capsys):
    began = time.monotonic()
    random.seed(SEED)
    settings.CLOCK_SHIFT_SECONDS = round((BEGINS - timedelta(hours=8) - timezone.now()).total_seconds())
    files_in(settings, tmp_path)
    people = with_drafts(FILINGS)
    shifted = {
        "DJANGO_SETTINGS_MODULE": "tests.proofs.shifted",
        "CLOCK_SHIFT_SECONDS": str(settings.CLOCK_SHIFT_SECONDS),
        "FILES_DIR": str(tmp_path / "files"),
    }
    with (
        workers.mail_server() as smtp,
        web_server(tmp_path, **shifted) as (web, port),
        workers.worker(tmp_path / "one", smtp_port=smtp.port, **shifted) as one,
        workers.worker(tmp_path / "two", smtp_port=smtp.port, **shifted) as two,
        Killer(database=database, broker=broker, web=web, crew=[one, two]) as killer,
    ):
        storm = time.monotonic()
        with sweeping(), ThreadPoolExecutor(AT_ONCE + 2) as pool:
            mails = pool.submit(queue_mails, people)
            filings = [pool.submit(person.file, port) for person in people]
            printers = [people[n % len(people)] for n in range(RENDERINGS // FORMATS)]
            printed = [pool.submit(print_plan, person, port) for person in printers]
            for person, filing in zip(people, filings, strict=True):
                person.receipt = filing.result()
            attempts = [paper.result() for paper in printed]
            acknowledged = mails.result()
            assert wait_until(killer.has_struck_all, SECONDS / 6), killer.struck
            storm = time.monotonic() - storm
            killer.rest()
        assert wait_until(lambda: one.is_running and two.is_running, 30)
        # What this process held of servers that are no more.
        connection.close()
        with suppress(redis.RedisError):
            workers.waiting_tasks()
        all_ended = let_all_end()
        left = orphans()
        removed = files.remove_orphans(older_than=timedelta(0))

        versions = dict(RegistrationVersion.objects.values_list("request_key", "registration__state"))
        lost = [person for person in people if person.request_key not in versions]
        states = Counter(OutboxMail.objects.values_list("state", flat=True))
        queued = OutboxMail.objects.filter(key__startswith="chaos-").count()
        told = Counter(message for _, message in smtp.received)
        repeated = [message for message, count in told.items() if count > 1]
        unknown = OutboxMail.objects.filter(state=MailState.UNCERTAIN).count()
        documents = Counter(Document.objects.values_list("state", flat=True))
        sent = set(OutboxMail.objects.filter(state=MailState.SENT).values_list("message_id", flat=True))
        met = Counter(status for person in people for status in person.met)
        filed, orphaned = RegistrationVersion.objects.count(), orphans()
    with capsys.disabled():
        print(
            f"\n{FILINGS} filings, {len(documents) and sum(documents.values())} renderings, "
            f"{acknowledged} mails and {FILINGS} receipts by mail in {storm:.0f} s of killing, "
            f"{time.monotonic() - began:.0f} s in all, seed {SEED}\n"
            f"killed: {dict(killer.struck)}; filers met {dict(met)} and pressed again; "
            f"papers asked for {sum(attempts)} times\n"
            f"acknowledged and lost: {len(lost)} filings, {acknowledged - queued} mails\n"
            f"mails: {dict(states)}; received {len(smtp.received)}, repeated {len(repeated)}, "
            f"parked as uncertain {unknown}\n"
            f"documents: {dict(documents)}\n"
            f"files without a row: {len(left)} after the storm, {len(left) - removed} after the nightly sweep"
        )
    assert killer.failed == []
    assert (lost, acknowledged, queued) == ([], MAILS, MAILS)
    assert len(versions) == filed == FILINGS
    assert all_ended
    assert repeated == []
    assert set(states) <= {MailState.SENT, MailState.UNCERTAIN}
    # What is said to have been sent, was; what was received and not noted is among the uncertain.
    assert sent - told.keys() == set()
    assert len(told.keys() - sent) <= unknown
    assert set(documents) == {DocumentState.READY}
    assert sum(documents.values()) >= min(RENDERINGS, FORMATS * FILINGS)
    assert orphaned == []
    assert time.monotonic() - began < SECONDS
