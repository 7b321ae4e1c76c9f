"""Reminders to 5,000 people while the worker is killed again and again and units go on filing."""

import time
from datetime import timedelta
from functools import partial
from random import Random

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock, outbox
from core.models import OutboxMail
from core.models.mail import MailState
from core.tasks import sweep
from registrations import reminders
from registrations.models import Obligation, Reminder
from registrations.tasks import remind
from tests import workers
from tests.factories import LONG_AGO
from tests.factories_registrations import PeriodFactory, ReminderRuleFactory, a_full_draft, file
from units.enums import Kind, Role
from units.models import Membership, Unit, User

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]

PEOPLE = 5000
KILLS = 5
FILING = 40
#: longer than this nothing is moving any more, even on a machine that others use too
SECONDS = 2400
SEED = 20270220


@pytest.fixture(autouse=True)
def no_old_tasks():
    workers.forget_tasks()
    yield
    workers.forget_tasks()


@pytest.fixture
def owing():
    """5,000 units with one filer each, all of whom owe their registration in seven days."""
    due = clock.today() + timedelta(days=7)
    period = PeriodFactory(
        opens_on=clock.today() - timedelta(days=30),
        last_day=due,
        locks_on=due + timedelta(days=30),
        report_last_day=due + timedelta(days=60),
    )
    ReminderRuleFactory(days_before=7)
    names = [f"Công ty minh họa số {number:04d}" for number in range(PEOPLE)]
    units = Unit.objects.bulk_create(
        Unit(
            code=f"MH{number:04d}",
            name=name,
            search_name=name.lower(),
            sort_name=name,
            kind=Kind.ENTERPRISE,
            valid_from=LONG_AGO,
            is_invented=True,
        )
        for number, name in enumerate(names)
    )
    users = User.objects.bulk_create(
        User(
            username=f"nguoi.{number:04d}",
            email=f"nguoi.{number:04d}@laocai.example",
            full_name="Nguyễn Văn Thử",
            password="!",
        )
        for number in range(PEOPLE)
    )
    Membership.objects.bulk_create(
        Membership(user=user, unit=unit, role=Role.FILER, valid_from=LONG_AGO)
        for user, unit in zip(users, units, strict=True)
    )
    Obligation.objects.bulk_create(
        Obligation(period=period, unit=unit, kind="registration", due=due, reason="thử") for unit in units
    )
    return list(zip(users, units, strict=True))


class Filing:
    """Units that file, a few at a time; notes whose mail had not been taken up when his filing stood."""

    def __init__(self, owing, rng):
        chosen = rng.sample(owing, FILING)
        self.waiting = [(user, a_full_draft(unit, user)) for user, unit in chosen]
        OutboxMail.objects.all().delete()
        self.must_get_none, self.filed = set(), set()

    def a_few(self, number):
        for user, registration in self.waiting[:number]:
            file(registration, user)
            # From this instant the filing stands. A mail that no worker has taken up must not go.
            taken_up = OutboxMail.objects.filter(key__startswith="reminder-", recipient=user)
            if not taken_up.exclude(state=MailState.QUEUED).exists():
                self.must_get_none.add(user.email)
            self.filed.add(user.email)
        del self.waiting[:number]


def test_no_one_gets_two_and_who_files_meanwhile_gets_none(owing, tmp_path, capsys):
    rng = Random(SEED)
    filing = Filing(owing, rng)
    queries, planning = _cost_of_planning()
    began = time.monotonic()
    kills = []
    with workers.mail_server() as smtp:
        reminded = _received_of(smtp)
        for number in range(KILLS):
            with workers.worker(tmp_path / str(number), smtp_port=smtp.port) as worker:
                remind.delay()
                sweep.delay()
                _until(partial(_is_at_work, number, smtp, rng.randrange(PEOPLE // 16)), began, worker)
                filing.a_few(FILING // (KILLS + 1))
                time.sleep(rng.random())
                workers.kill(worker)
                kills.append((len(reminded()), Reminder.objects.count()))
        with workers.worker(tmp_path / "last", smtp_port=smtp.port) as worker:
            remind.delay()
            sweep.delay()
            filing.a_few(FILING)
            _until(_all_told, began, worker)
        with time_machine.travel(clock.now() + outbox.LEASE):
            outbox.sweep()
        took = time.monotonic() - began
        received = reminded()

    states = dict(_states())
    parked = {mail.to for mail in _reminding().filter(state=MailState.UNCERTAIN)}
    everybody = {user.email for user, _ in owing}
    with capsys.disabled():
        print(
            f"\n{PEOPLE} recipients, planned in {planning:.1f} s with {queries} queries; "
            f"worker killed at (received, queued): {kills}\n"
            f"received {len(received)}, of them distinct {len(set(received))}; states {states}; "
            f"filed meanwhile {len(filing.filed)}, of them before their mail was taken up "
            f"{len(filing.must_get_none)}; {took:.0f} s, {len(received) / took:.0f} mails a second"
        )
    assert len(received) == len(set(received))
    assert filing.must_get_none & set(received) == set()
    assert len(filing.must_get_none) >= FILING // 2
    assert len(parked) <= KILLS
    assert everybody - set(received) - parked - filing.filed == set()
    assert Reminder.objects.count() == _reminding().count()
    assert took < SECONDS


def _cost_of_planning():
    began = time.monotonic()
    with CaptureQueriesContext(connection) as captured:
        planned = reminders.plan(clock.today())
    assert len(planned.mails) == PEOPLE
    return len(captured), time.monotonic() - began


def _received_of(smtp):
    """Whom a reminder has reached, receipts of filings left out."""

    def recipients():
        reminding = set(_reminding().values_list("message_id", flat=True))
        return [recipient for recipient, message_id in list(smtp.received) if message_id in reminding]

    return recipients


def _reminding():
    return OutboxMail.objects.filter(key__startswith="reminder-")


def _states():
    for state in MailState:
        if number := _reminding().filter(state=state).count():
            yield state.value, number


def _is_at_work(number, smtp, more) -> bool:
    """Killed first while mails are still being queued, then anywhere among the sending."""
    return len(smtp.received) > number * PEOPLE // 8 + more if number else Reminder.objects.exists()


def _all_told() -> bool:
    """Nothing waits any more; the sweep, which beat calls every minute, brings back lost tasks."""
    if workers.waiting_tasks() == 0:
        outbox.sweep()
    return not _reminding().filter(state=MailState.QUEUED).exists()


def _until(is_true, began, worker):
    while not is_true():
        assert time.monotonic() - began < SECONDS, worker.last_words(60)
        time.sleep(0.2)
