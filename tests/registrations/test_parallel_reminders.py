"""Two runs of the reminder job at the very same time, each on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from core import clock
from core.models import OutboxMail
from registrations import reminders
from registrations.models import Reminder
from tests.factories import member_of
from tests.factories_registrations import ObligationFactory, PeriodFactory, ReminderRuleFactory

UNITS = 12


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_queue_nothing_twice(monkeypatch):
    monkeypatch.setattr(reminders, "BATCH", 2)
    today = clock.today()
    due = today + timedelta(days=7)
    days = {"opens_on": today, "last_day": due, "locks_on": due, "report_last_day": due}
    period = PeriodFactory(**days)
    ReminderRuleFactory(days_before=7)
    for obligation in ObligationFactory.create_batch(UNITS, period=period):
        member_of(obligation.unit)
    both = Barrier(2)

    def run(_):
        try:
            planned = reminders.plan(today)
            both.wait(timeout=30)
            return len(planned.mails), reminders.queue_plan(planned)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        (planned, first), (planned_too, second) = pool.map(run, range(2))

    assert (planned, planned_too, first + second) == (UNITS, UNITS, UNITS)
    assert (OutboxMail.objects.count(), Reminder.objects.count()) == (UNITS, UNITS)
