"""Workers killed again and again, whole or their children alone: each mail once, each document once."""

import os
import re
import signal
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import connection, transaction

from core import clock, outbox, rendering
from core.models import Document, OutboxMail
from core.models.mail import MailState
from core.tasks import sweep
from registrations.tasks import remind
from tests import workers
from tests.core.test_rendering import draft_proposal, finalise
from tests.factories import UserFactory, member_of
from tests.factories_registrations import ObligationFactory, PeriodFactory, ReminderRuleFactory

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]

PEOPLE = 12
#: whose mail is in the server's hands when its worker dies
STRUCK = [1, 4, 5, 9]


@pytest.fixture(autouse=True)
def no_old_tasks():
    workers.forget_tasks()
    yield
    workers.forget_tasks()


@pytest.fixture
def smtp():
    with workers.mail_server() as server:
        yield server


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def address(number: int) -> str:
    return f"nguoi.lap.{number:02d}@laocai.example"


def test_a_worker_killed_at_every_third_mail_sends_no_mail_twice(smtp, tmp_path):
    due = clock.today() + timedelta(days=7)
    period = PeriodFactory(
        opens_on=clock.today() - timedelta(days=30),
        last_day=due,
        locks_on=due + timedelta(days=30),
        report_last_day=due + timedelta(days=60),
    )
    ReminderRuleFactory(days_before=7)
    for number, obligation in enumerate(ObligationFactory.create_batch(PEOPLE, period=period)):
        member_of(obligation.unit, username=f"nguoi.lap.{number:02d}")

    smtp.hold_at = "DATA"
    for struck in STRUCK:
        smtp.hold_for = address(struck)
        smtp.is_holding.clear()
        with workers.worker(tmp_path / str(struck), smtp_port=smtp.port) as worker:
            remind.delay()
            sweep.delay()
            workers.eventually(smtp.is_holding.is_set, worker)
            workers.kill(worker)
    smtp.hold_at = ""
    with workers.worker(tmp_path / "last", smtp_port=smtp.port) as worker:
        remind.delay()
        sweep.delay()
        done = OutboxMail.objects.filter(state=MailState.SENT)
        workers.eventually(lambda: done.count() == PEOPLE - len(STRUCK), worker)
        with time_machine.travel(clock.now() + outbox.LEASE):
            outbox.sweep()
        workers.eventually(lambda: workers.waiting_tasks() == 0, worker)

    assert smtp.recipients == [address(number) for number in range(PEOPLE)]
    parked = OutboxMail.objects.filter(state=MailState.UNCERTAIN).order_by("to")
    assert list(parked.values_list("to", flat=True)) == [address(number) for number in STRUCK]


def test_a_child_killed_alone_gives_its_mail_back_to_the_queue_and_still_it_goes_once(smtp, tmp_path):
    smtp.hold_at = "DATA"
    with workers.worker(tmp_path, smtp_port=smtp.port) as worker:
        mail = outbox.queue(key="k", to=UserFactory(username="nguoi.lap.00"), subject="S", body="B")
        workers.eventually(smtp.is_holding.is_set, worker)
        smtp.hold_at = ""
        (child,) = children_of(worker.pid)
        os.kill(child, signal.SIGKILL)
        # The task comes back at once, to a new child, which must leave the mail alone.
        workers.eventually(lambda: "WorkerLostError" in worker.log.read_text(), worker)
        other = outbox.queue(key="l", to=UserFactory(username="nguoi.lap.01"), subject="S", body="B")
        workers.eventually(lambda: OutboxMail.objects.get(pk=other.pk).state == MailState.SENT, worker)
        workers.eventually(lambda: workers.waiting_tasks() == 0, worker)

    given = re.findall(r"Task core.tasks.deliver_mail\[(\S+)\] received", worker.log.read_text())
    assert (len(given), len(set(given))) == (3, 2)
    assert smtp.recipients == [address(0), address(1)]
    assert OutboxMail.objects.get(pk=mail.pk).state == MailState.SENDING


def test_a_document_whose_child_was_killed_is_printed_once_by_the_next_sweep(tmp_path):
    document = finalise(draft_proposal())
    row = Document.objects.filter(pk=document.pk)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE awards_proposal IN ACCESS EXCLUSIVE MODE")
        with workers.worker(tmp_path / "killed") as worker:
            workers.eventually(lambda: row.get().state == "running", worker)
            (child,) = children_of(worker.pid)
            os.kill(child, signal.SIGKILL)
            workers.eventually(lambda: "WorkerLostError" in worker.log.read_text(), worker)
            workers.eventually(lambda: workers.waiting_tasks() == 0, worker)
    assert (row.get().state, row.get().attempts) == ("running", 1)

    row.update(lease_until=clock.now())  # the lease runs out
    with workers.worker(tmp_path / "next") as worker:
        rendering.sweep()
        rendering.sweep()
        workers.eventually(lambda: row.get().state == "ready", worker)
        workers.eventually(lambda: workers.waiting_tasks() == 0, worker)

    assert row.get().attempts == 2
    kept = [path for path in (tmp_path / "next" / "files").rglob("*") if path.is_file()]
    assert kept == [tmp_path / "next" / "files" / row.get().file.path]
    assert not default_storage.exists(row.get().file.path)
