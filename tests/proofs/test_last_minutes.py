"""300 filers file in the last ten minutes, while the database and the workers die and come back."""

import math
import os
import shutil
import signal
import sys
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import pytest
import time_machine
from django.conf import settings as configured
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from core import clock, files, outbox
from core.models import OutboxMail, VerificationCode
from core.models.mail import MailState
from laocai_tdkt import embedded
from laocai_tdkt.process import Process, wait_until
from registrations import workflow
from registrations.models import (
    Obligation,
    Registration,
    RegistrationTarget,
    RegistrationTask,
    RegistrationVersion,
)
from registrations.verification import RECEIPT
from tests import workers
from tests.factories import LONG_AGO
from tests.factories_registrations import HANOI, PeriodFactory, a_pdf
from units.enums import Kind, Role
from units.models import Membership, Unit, User

pytestmark = pytest.mark.prove

#: how many file: one after the other, 20 at a time, through the restart, 20 at a time, one after the other
ALONE, TOGETHER, THROUGH = 25, 95, 60
FILERS = 2 * ALONE + 2 * TOGETHER + THROUGH
AT_ONCE = 20
#: how much slower than a fair queue of that many the slowest twentieth may be
SLACK = 1.5
#: when the first of them opens his draft; the period of `PeriodFactory` ends with this day
BEGINS = datetime(2027, 2, 20, 23, 50, tzinfo=HANOI)
#: a browser's token, which only has to come back the same in the form
TOKEN = "a" * 32
#: longer than this nothing is moving any more, even on a machine that others use too
SECONDS = 1200


@pytest.fixture
def server(django_db_blocker, tmp_path):
    """A PostgreSQL of the proof's own that really writes to the disk, to be crashed; migrated, empty."""
    server = embedded.Postgres(
        # Beside the run's other servers, so that the next run removes what a killed one leaves.
        embedded.home() / f"test-{os.getpid()}" / "durable",
        tmp_path / "postgres.log",
        is_throwaway=False,
    )
    with django_db_blocker.unblock():
        connection.close()
        kept = dict(connection.settings_dict)
        try:
            server.start()
            own = {"NAME": embedded.DATABASE, "USER": embedded.DATABASE, "PASSWORD": server.password}
            connection.settings_dict |= own | {"HOST": "127.0.0.1", "PORT": server.port}
            call_command("migrate", verbosity=0, interactive=False)
            yield server
        finally:
            connection.close()
            connection.settings_dict |= kept
            ContentType.objects.clear_cache()
            server.stop()
            shutil.rmtree(server.folder)


@pytest.fixture
def shift(settings, tmp_path):
    """Seconds that every clock of the proof runs ahead."""
    settings.CLOCK_SHIFT_SECONDS = round((BEGINS - timezone.now()).total_seconds())
    storages = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        }
    }
    settings.STORAGES = storages
    workers.forget_tasks()
    yield settings.CLOCK_SHIFT_SECONDS
    workers.forget_tasks()


@dataclass
class Filer:
    """One person in front of his preview page, with what his browser sends and what came of it."""

    user: User
    registration: Registration
    session: str = field(default_factory=lambda: SessionStore()._get_new_session_key())
    request_key: uuid.UUID = field(default_factory=uuid.uuid4)
    receipt: str = ""
    seconds: float = 0.0
    #: what he met before the receipt: a broken connection or the status of an answer
    met: list = field(default_factory=list)

    def file(self, port: int) -> str:
        """Press the button until a receipt comes, as he would; returns its address."""
        while True:
            began = time.monotonic()
            status, location = self._post(port)
            self.seconds = time.monotonic() - began
            if status == 302:
                return location
            assert status == "refused" or status >= 500, f"{self.user} got {status}"
            self.met.append(status)
            time.sleep(0.3)

    def _post(self, port):
        address = f"{self.registration.get_absolute_url()}nop/"
        body = {
            "version": self.registration.version,
            "request_key": self.request_key,
            "csrfmiddlewaretoken": TOKEN,
        }
        headers = {
            "Host": "localhost",
            # As the web server in front says it.
            "X-Forwarded-Proto": "https",
            "Referer": f"https://localhost{address}",
            "Cookie": f"__Host-sessionid={self.session}; __Host-csrftoken={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        browser = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            browser.request("POST", address, urlencode(body), headers)
            answer = browser.getresponse()
            return answer.status, answer.headers["Location"]
        except (OSError, HTTPException):
            return "refused", None
        finally:
            browser.close()


@pytest.fixture
def filers(server, shift):
    """300 people of 300 units, logged in, each with a whole draft and its plan uploaded."""
    period = PeriodFactory()
    names = [f"Cơ quan minh họa số {n:03d}" for n in range(FILERS)]
    units = Unit.objects.bulk_create(
        Unit(
            code=f"MH{n:03d}",
            name=name,
            search_name=name.lower(),
            sort_name=name,
            kind=Kind.DEPARTMENT,
            valid_from=LONG_AGO,
        )
        for n, name in enumerate(names)
    )
    users = User.objects.bulk_create(
        User(username=f"nguoi.{n:03d}", email=f"nguoi.{n:03d}@laocai.example", full_name="Nguyễn Văn Thử")
        for n in range(FILERS)
    )
    Membership.objects.bulk_create(
        Membership(user=user, unit=unit, role=Role.FILER, valid_from=LONG_AGO)
        for user, unit in zip(users, units, strict=True)
    )
    Obligation.objects.bulk_create(
        Obligation(period=period, unit=unit, kind="registration", due=period.last_day, reason="thử")
        for unit in units
    )
    people = [
        Filer(user, registration)
        for user, registration in zip(users, _drafts(period, units, users), strict=True)
    ]
    _log_in(people)
    # One paper is looked into, which costs a process; each draft stores its own copy.
    plan = a_pdf()
    for person in people:
        workflow.save_draft(person.registration, by=person.user, version=1, content=None, uploads=[plan])
    # What reading the signatures would cost now has been paid by the time people file.
    workers.forget_tasks()
    return people


def _drafts(period, units, users) -> list[Registration]:
    drafts = Registration.objects.bulk_create(
        Registration(
            period=period,
            unit=unit,
            contact_name="Trần Thị Bình",
            objectives="Mọi thủ tục hành chính được giải quyết trực tuyến.",
            created_at=clock.now(),
            saved_at=clock.now(),
            saved_by=user,
        )
        for unit, user in zip(units, users, strict=True)
    )
    criteria = list(period.campaign.criteria_set.criteria.filter(tier=units[0].tier))
    RegistrationTarget.objects.bulk_create(
        RegistrationTarget(registration=draft, criterion=criterion, level="98 %", position=position)
        for draft in drafts
        for position, criterion in enumerate(criteria)
    )
    RegistrationTask.objects.bulk_create(
        RegistrationTask(registration=draft, name=f"Nhiệm vụ {n}", product="Kho dữ liệu", position=n)
        for draft in drafts
        for n in range(5)
    )
    return drafts


def _log_in(people) -> None:
    """The sessions that the log-in page would have made; 300 hashed passwords are not what is measured."""
    store = SessionStore()
    Session.objects.bulk_create(
        Session(
            session_key=person.session,
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.user.pk),
                    BACKEND_SESSION_KEY: configured.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: person.user.get_session_auth_hash(),
                }
            ),
            expire_date=store.get_expiry_date(),
        )
        for person in people
    )


@contextmanager
def _web(folder, **changes):
    """The web server as production starts it."""
    port = embedded.free_port()
    process = Process(
        "web",
        [sys.executable, "-m", "gunicorn", "laocai_tdkt.wsgi", "--bind", f"127.0.0.1:{port}"],
        log=folder / "web.log",
        environment=workers.environment(folder, role="web") | changes,
        folder=configured.BASE_DIR,
    )
    process.start()
    try:
        workers.eventually(lambda: len(_children(process)) == 2, process)
        yield process, port
    finally:
        process.stop()


def _children(process) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


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
        os.kill(_children(web)[0], signal.SIGKILL)
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
        _web(tmp_path, **changes) as (web, port),
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
