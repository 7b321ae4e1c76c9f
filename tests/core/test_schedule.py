"""What the clock calls, when, and the note that it did."""

from copy import copy
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from celery.apps.beat import Beat

from core import clock
from core.models import OutboxMail, ScheduledRun
from core.schedule import recorded
from core.tasks import sweep
from laocai_tdkt.celery import app
from registrations import reminders, schedule
from registrations.models import Obligation, Reminder, ReminderRule
from registrations.tasks import oblige, remind
from tests.factories import UserFactory, member_of
from tests.factories_registrations import (
    HANOI,
    ON_TIME,
    ObligationFactory,
    PeriodFactory,
    ReminderRuleFactory,
)


@pytest.fixture
def timetable(tmp_path):
    """What beat itself has in hand when it is started as `celery beat` starts it."""
    kept = app.conf.beat_schedule
    command = Beat(app=app, schedule=str(tmp_path / "schedule"), quiet=True)
    beat = command.Service(
        app=command.app, scheduler_cls=command.scheduler_cls, schedule_filename=command.schedule
    )
    yield beat.scheduler.schedule
    beat.scheduler.close()
    app.conf.beat_schedule = kept


def test_the_timetable_is_exactly_this(timetable):
    said = {
        name: (entry.task, entry.schedule._orig_hour, entry.schedule._orig_minute)
        for name, entry in timetable.items()
    }

    assert said == {
        "celery.backend_cleanup": ("celery.backend_cleanup", "4", "0"),
        "sweep": ("core.tasks.sweep", "*", "*"),
        "oblige": ("registrations.tasks.oblige", 0, 5),
        "remind": ("registrations.tasks.remind", "7-17", 30),
        "bulk_acts": ("registrations.tasks.bulk_acts", "*", "*"),
        "reorganise": ("units.tasks.reorganise", 0, 1),
        "seal": ("core.tasks.seal", "*", "*/5"),
        "publish_head": ("core.tasks.publish_head", 0, 15),
        "remove_orphans": ("core.tasks.remove_orphans", 2, 45),
        "release_open_data": ("reports.tasks.release_open_data", 1, 30),
        "tell_feedback": ("awards.tasks.tell_feedback", "7-17", 45),
    }
    for entry in timetable.values():
        every_day = {"day_of_week": "*", "day_of_month": "*", "month_of_year": "*"}
        assert {field: getattr(entry.schedule, f"_orig_{field}") for field in every_day} == every_day
        assert (entry.args, entry.kwargs) == ((), {})


def test_every_task_of_the_timetable_is_one_the_worker_knows(timetable):
    app.loader.import_default_modules()

    assert [entry.task for entry in timetable.values() if entry.task not in app.tasks] == []


def test_the_clock_of_the_timetable_is_vietnams(timetable):
    morning = copy(timetable["remind"].schedule)
    morning.nowfun = lambda: datetime(2027, 1, 20, 23, 0, tzinfo=UTC)  # 06:00 in Lào Cai

    evening = datetime(2027, 1, 20, 10, 30, tzinfo=UTC)  # 17:30 there, the last run of the day
    assert morning.remaining_estimate(evening) == timedelta(hours=1.5)


@pytest.mark.parametrize(
    ("task", "job", "outcome"),
    [
        (sweep, "sweep", "xong"),
        (oblige, "oblige", "0 nghĩa vụ mới, 0 đơn vị đã kết thúc được miễn"),
        (remind, "remind", "0 thư nhắc"),
    ],
)
def test_each_run_is_noted(db, task, job, outcome):
    with time_machine.travel(ON_TIME, tick=False) as traveller:
        task()
        traveller.shift(60)
        task()

    (run,) = ScheduledRun.objects.all()
    assert (run.job, run.began_at, run.ended_at, run.outcome) == (
        job,
        ON_TIME + timedelta(minutes=1),
        ON_TIME + timedelta(minutes=1),
        outcome,
    )


def test_a_run_that_fails_has_begun_and_not_ended(db):
    @recorded("job")
    def fails():
        raise ZeroDivisionError

    ScheduledRun.objects.create(job="job", began_at=ON_TIME, ended_at=ON_TIME, outcome="xong")
    later = ON_TIME + timedelta(hours=1)
    with time_machine.travel(later, tick=False), pytest.raises(ZeroDivisionError):
        fails()

    run = ScheduledRun.objects.get()
    assert (run.began_at, run.ended_at, run.outcome) == (later, None, "")


# --- Reminders -------------------------------------------------------------------------------

DUE = date(2027, 2, 20)
RULES = [30, 14, 7, 3, 1, -1]


@pytest.fixture
def owing(db):
    """A unit with two filers that owes its registration by 20/02/2027, under the plan's six rules."""
    with time_machine.travel(ON_TIME, tick=False):
        for days in RULES:
            ReminderRuleFactory(days_before=days)
        obligation = ObligationFactory(period=PeriodFactory())
        member_of(obligation.unit, username="an")
        member_of(obligation.unit, username="binh")
    return obligation


def remind_on(day: date) -> int:
    with time_machine.travel(datetime(day.year, day.month, day.day, 7, 30, tzinfo=HANOI), tick=False):
        return schedule.remind()


def days_reminded(user="an") -> list[int]:
    reminders = Reminder.objects.filter(user__username=user).order_by("id")
    return list(reminders.values_list("rule__days_before", flat=True))


def test_each_filer_is_reminded_on_each_day_of_the_plan_and_no_other(owing):
    sent = {}
    for days_left in range(40, -10, -1):
        queued = remind_on(DUE - timedelta(days=days_left)) + remind_on(DUE - timedelta(days=days_left))
        if queued:
            sent[days_left] = queued

    assert sent == {30: 2, 14: 2, 7: 2, 3: 2, 1: 2, -1: 2}
    assert (days_reminded("an"), days_reminded("binh")) == (RULES, RULES)
    assert OutboxMail.objects.count() == 12


@pytest.mark.parametrize(
    ("last_day_up", "rules"),
    [
        (31, []),
        (30, [30]),
        (29, [30]),
        (28, [30]),
        (27, []),
        (5, [7]),
        (4, []),
        (2, [3]),
        (1, [1]),  # not the rule of 3 days too, though it is open
        (0, [1]),
        (-1, [-1]),
        (-3, [-1]),
        (-4, []),
    ],
)
def test_after_an_outage_only_the_nearest_reminder_goes_and_none_too_late(owing, last_day_up, rules):
    remind_on(DUE - timedelta(days=last_day_up))

    assert days_reminded() == rules


def test_whoever_owes_nothing_is_not_reminded(owing):
    others = {
        "met": ObligationFactory(met_at=ON_TIME),
        "waived": ObligationFactory(is_waived=True, waived_reason="Giải thể"),
        "of_report": ObligationFactory(of_report=True, due=DUE),
        "left": ObligationFactory(),
        "no filer": ObligationFactory(),
    }
    for name, obligation in others.items():
        if name != "no filer":
            member_of(obligation.unit, username=name, is_active=name != "left")
    UserFactory(username="nobody")

    remind_on(DUE - timedelta(days=7))

    assert sorted(Reminder.objects.values_list("user__username", flat=True)) == ["an", "binh"]


def test_a_rule_that_has_ended_reminds_nobody(owing):
    ReminderRule.objects.filter(days_before=7).update(valid_to=DUE - timedelta(days=8))

    assert (remind_on(DUE - timedelta(days=7)), remind_on(DUE - timedelta(days=3))) == (0, 2)


def test_a_day_that_was_moved_is_reminded_of_anew(owing):
    remind_on(DUE - timedelta(days=7))
    Obligation.objects.filter(pk=owing.pk).update(due=DUE + timedelta(days=7))
    remind_on(DUE)

    assert days_reminded() == [7, 7]
    assert len(set(OutboxMail.objects.values_list("key", flat=True))) == 4


def test_whoever_files_meanwhile_gets_nothing(owing):
    remind_on(DUE - timedelta(days=7))
    mail = OutboxMail.objects.first()
    assert "Sở" in reminders.still_due(mail).body
    Obligation.objects.filter(pk=owing.pk).update(met_at=clock.now())
    assert reminders.still_due(mail) is None
