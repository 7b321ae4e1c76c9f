"""Obligations and reminders: who owes what, who is reminded, and that nobody is reminded twice."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail

from core import outbox
from core.models import OutboxMail, ScheduledRun
from registrations import schedule, tasks, workflow
from registrations.models import Obligation, Reminder
from tests.factories import UnitFactory, member_of
from tests.factories_registrations import (
    HANOI,
    ObligationFactory,
    PeriodFactory,
    ReminderRuleFactory,
    a_filed_registration,
)

LAST_DAY = date(2027, 2, 20)
DAYS = [30, 14, 7, 3, 1, -1]


def _morning(days_before):
    day = LAST_DAY - timedelta(days=days_before)
    return datetime(day.year, day.month, day.day, 7, 30, tzinfo=HANOI)


@pytest.fixture
def owed(world):
    for days in DAYS:
        ReminderRuleFactory(days_before=days)
    return ObligationFactory(period=world.period, unit=world.unit)


@pytest.mark.parametrize("days", DAYS)
def test_each_reminder_goes_on_its_day(world, owed, on_time, days):
    on_time.move_to(_morning(days))
    assert schedule.remind() == 1
    reminder = Reminder.objects.get()
    assert (reminder.rule.days_before, reminder.user, reminder.due) == (days, world.filer, LAST_DAY)
    assert reminder.mail.to == world.filer.email
    assert "23:59 ngày 20/02/2027" in reminder.mail.body


@pytest.mark.parametrize("days", [31, 4, -5])
def test_on_other_days_nothing_goes(owed, on_time, days):
    on_time.move_to(_morning(days))
    assert schedule.remind() == 0
    assert OutboxMail.objects.count() == 0


def test_the_job_run_twice_reminds_once(owed, on_time):
    on_time.move_to(_morning(7))
    assert [schedule.remind(), schedule.remind()] == [1, 0]
    on_time.move_to(_morning(7) + timedelta(hours=4))
    assert schedule.remind() == 0
    assert (OutboxMail.objects.count(), Reminder.objects.count()) == (1, 1)


def test_a_missed_day_is_made_up_for(owed, on_time):
    on_time.move_to(_morning(12))
    assert schedule.remind() == 1
    assert Reminder.objects.get().rule.days_before == 14


def test_a_moved_last_day_is_reminded_of_anew(owed, on_time):
    on_time.move_to(_morning(7))
    schedule.remind()
    owed.due = LAST_DAY + timedelta(days=1)
    owed.save()
    on_time.move_to(_morning(6))
    assert schedule.remind() == 1
    assert "23:59 ngày 21/02/2027" in OutboxMail.objects.latest("id").body


def test_only_filers_of_units_that_still_owe_are_reminded(world, owed, on_time):
    second = member_of(world.unit)
    member_of(world.unit, is_active=False)
    done = UnitFactory()
    ObligationFactory(period=world.period, unit=done)
    a_filed_registration(done, member_of(done))
    waived = UnitFactory()
    member_of(waived)
    ObligationFactory(period=world.period, unit=waived, is_waived=True, waived_reason="Giải thể")
    OutboxMail.objects.all().delete()

    on_time.move_to(_morning(7))
    assert schedule.remind() == 2
    assert set(OutboxMail.objects.values_list("to", flat=True)) == {world.filer.email, second.email}


def test_whoever_files_before_the_mail_leaves_gets_none(world, owed, on_time):
    on_time.move_to(_morning(7))
    schedule.remind()
    waiting = OutboxMail.objects.get()
    registration = a_filed_registration(world.unit, world.filer)

    outbox.deliver(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == "dropped"
    assert mail.outbox == []

    # Withdrawn, it is owed again, and the next reminder does go.
    workflow.withdraw(registration, by=world.filer)
    on_time.move_to(_morning(3))
    schedule.remind()
    outbox.deliver(Reminder.objects.latest("id").mail_id)
    assert [m.to for m in mail.outbox] == [[world.filer.email]]


def test_a_rule_that_has_ended_reminds_nobody(owed, on_time):
    ReminderRuleFactory._meta.model.objects.update(valid_to=LAST_DAY - timedelta(days=8))
    on_time.move_to(_morning(7))
    assert schedule.remind() == 0


def test_the_task_notes_that_it_ran(owed, on_time):
    on_time.move_to(_morning(7))
    tasks.remind()
    run = ScheduledRun.objects.get(job="remind")
    assert (run.began_at, run.outcome) == (_morning(7), "1 thư nhắc")


@pytest.mark.parametrize(
    ("says", "kinds"),
    [
        ({}, {"department", "district"}),
        ({"communes_file": True}, {"department", "district", "commune"}),
        ({"enterprises_file": True}, {"department", "district", "enterprise"}),
    ],
)
def test_who_owes_is_generated_once(on_time, says, kinds):
    UnitFactory(name="Sở Giải thể", valid_to=date(2026, 11, 30))
    UnitFactory(name="Sở Lập sau", valid_from=date(2027, 1, 1))
    UnitFactory()
    UnitFactory(commune=True)
    UnitFactory(enterprise=True)
    period = PeriodFactory(**says)
    assert [schedule.oblige(period), schedule.oblige(period)] == [2 * len(kinds), 0]
    owed = Obligation.objects.values_list("unit__kind", "kind", "due")
    assert set(owed) == {
        (kind, what, due)
        for kind in kinds
        for what, due in [("registration", LAST_DAY), ("annual_report", date(2027, 12, 15))]
    }
