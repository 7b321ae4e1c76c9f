"""300 filers file in the last ten minutes, while the database and the workers die and come back."""

import math
import os
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from statistics import median

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from core import files, outbox
from core.models import OutboxMail, VerificationCode
from core.models.mail import MailState
from laocai_tdkt.process import wait_until
from registrations.models import (
    RegistrationVersion,
)
from registrations.verification import RECEIPT
from tests import workers
from tests.filers import BEGINS, children_of, durable_server, files_in, web_server, with_drafts

pytestmark = pytest.mark.prove

#: how many file: one after the other, 20 at a time, through the restart, 20 at a time, one after the other
ALONE, TOGETHER, THROUGH = 25, 95, 60
FILERS = 2 * ALONE + 2 * TOGETHER + THROUGH
AT_ONCE = 20
#: how much slower than a fair queue of that many the slowest twentieth may be
SLACK = 1.5
#: longer than this nothing is moving any more, even on a machine that others use too
SECONDS = 1200


@pytest.fixture
def server(django_db_blocker, tmp_path):
    with durable_server(django_db_blocker, tmp_path) as server:
        yield server


@pytest.fixture
def shift(settings, tmp_path):
    """Seconds that every clock of the proof runs ahead."""
    settings.CLOCK_SHIFT_SECONDS = round((BEGINS - timezone.now()).total_seconds())
    files_in(settings, tmp_path)
    workers.forget_tasks()
    yield settings.CLOCK_SHIFT_SECONDS
    workers.forget_tasks()


@pytest.fixture
def filers(server, shift):
    return with_drafts(FILERS)


def _file_all(people, port, *, at_once) -> list[float]:
    """The seconds that each filing took."""
    with ThreadPoolExecutor(at_once) as pool:
        for person, receipt in zip(people, pool.map(lambda p: p.file(port), people), strict=True):
            person.receipt = receipt
    return [person.seconds for person in people]


def _file_through_restart(people, port, server, web, worker) -> float:
    """Crash the database, one web process and the worker under the filing; the seconds until all are back."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = [pool.submit(person.file, port) for person in people]
        assert wait_until(lambda: sum(a.done() for a in answers) > len(people) // 4, 60)
        began = time.monotonic()
        # "Immediate shutdown": nothing is finished, the next start recovers from the log.
        os.kill(server.process.pid, signal.SIGQUIT)
        os.kill(children_of(web)[0], signal.SIGKILL)
        workers.kill(worker)
        assert wait_until(lambda: not server.process.is_running, 30)
        server.process.start()
        worker.start()
        assert wait_until(server.answers, 60), server.process.last_words()
        _wait_for_worker(worker, starts=2)
        took = time.monotonic() - began
        for person, answer in zip(people, answers, strict=True):
            person.receipt = answer.result()
    connection.close()
    return took


def _wait_for_worker(worker, *, starts):
    assert wait_until(lambda: worker.log.read_text().count(" ready.") == starts, 60), worker.last_words(60)


def _p95(seconds) -> float:
    return sorted(seconds)[math.ceil(0.95 * len(seconds)) - 1]


def test_every_acknowledged_filing_is_there_once_with_its_receipt(filers, server, shift, tmp_path, capsys):
    began = time.monotonic()
    waiting = iter(filers)

    def next_(number):
        return [next(waiting) for _ in range(number)]

    changes = {"DJANGO_SETTINGS_MODULE": "tests.proofs.shifted", "CLOCK_SHIFT_SECONDS": str(shift)}
    with (
        workers.mail_server() as smtp,
        web_server(tmp_path, **changes) as (web, port),
        workers.worker(tmp_path, smtp_port=smtp.port, **changes) as worker,
    ):
        _wait_for_worker(worker, starts=1)
        alone = _file_all(next_(ALONE), port, at_once=1)
        together = _file_all(next_(TOGETHER), port, at_once=AT_ONCE)
        through = next_(THROUGH)
        window = _file_through_restart(through, port, server, web, worker)
        together += _file_all(next_(TOGETHER), port, at_once=AT_ONCE)
        alone += _file_all(next_(ALONE), port, at_once=1)
        last_requests = [person.seconds for person in through]
        met = {person.user: list(person.met) for person in filers if person.met}
        with ThreadPoolExecutor(AT_ONCE) as pool:
            again = list(pool.map(lambda person: person.file(port), filers))
        all_told = wait_until(_all_told, 90)
        assert all_told, worker.last_words()
        with time_machine.travel(timezone.now() + outbox.LEASE):
            outbox.sweep()
    took = time.monotonic() - began

    one, many = median(alone), _p95(together)
    uncertain = set(_receipt_mails().filter(state=MailState.UNCERTAIN).values_list("to", flat=True))
    answers = Counter(status for statuses in met.values() for status in statuses)
    with capsys.disabled():
        print(
            f"\n{FILERS} filed in {took:.0f} s; one at a time: median {one * 1000:.0f} ms of {len(alone)}; "
            f"{AT_ONCE} at a time: median {median(together) * 1000:.0f} ms, 95th percentile "
            f"{many * 1000:.0f} ms of {len(together)} = {many / one:.1f} × the median at one "
            f"(allowed {AT_ONCE * SLACK:.0f})\n"
            f"restart of database, a web process and worker: {window:.1f} s; {THROUGH} filed through it, "
            f"{len(met)} of them met {dict(answers)} and pressed again; "
            f"their last requests: median {median(last_requests) * 1000:.0f} ms, "
            f"longest {max(last_requests) * 1000:.0f} ms\n"
            f"mails of receipt received {len(smtp.received)}, parked as uncertain {len(uncertain)}"
        )
    _check_filings(filers)
    assert again == [person.receipt for person in filers]
    assert met, "the restart hit nobody"
    assert met.keys() <= {person.user for person in through}
    assert len(smtp.recipients) == len(set(smtp.recipients))
    assert {person.user.email for person in filers} - set(smtp.recipients) - uncertain == set()
    assert len(uncertain) <= 1
    assert many <= AT_ONCE * SLACK * one
    assert took < SECONDS


def _check_filings(filers):
    """Each acknowledged filing stands once, in time, with the receipt that was answered."""
    versions = RegistrationVersion.objects.select_related("registration__period").order_by("registration")
    versions = {version.registration_id: version for version in versions}
    assert RegistrationVersion.objects.count() == len(versions) == FILERS
    for person in filers:
        version = versions[person.registration.pk]
        assert person.receipt == version.get_absolute_url()
        assert (version.request_key, version.filed_by_id) == (person.request_key, person.user.pk)
        assert (version.number, version.is_late, version.registration.state) == (1, False, "filed")
        assert BEGINS <= version.filed_at < BEGINS + timedelta(minutes=10)
        (named,) = version.snapshot["attachments"]
        (attached,) = version.registration.attachments.select_related("file")
        assert attached.file.sha256 == named["sha256"]
        assert len(files.read(attached.file)) == named["size"]
    references = sorted(version.registration.reference for version in versions.values())
    assert references == [f"DK-2027-{n:05d}" for n in range(1, FILERS + 1)]
    codes = VerificationCode.objects.filter(kind=RECEIPT).values_list("object_uid", flat=True)
    assert sorted(codes) == sorted(version.uid for version in versions.values())


def _receipt_mails():
    return OutboxMail.objects.filter(key__startswith="registration-filed-")


def _all_told() -> bool:
    """Nothing waits any more; the sweep, which beat calls every minute, brings back lost hints."""
    if workers.waiting_tasks():
        return False
    outbox.sweep()
    time.sleep(1)
    return not _receipt_mails().filter(state=MailState.QUEUED).exists()
