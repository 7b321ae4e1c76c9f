"""Whom a day's plan reminds, of what and why; one mail a day; nothing twice."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core import outbox
from core.models import Event, Holiday, OutboxMail
from registrations import reminders, schedule
from registrations.enums import Audience
from registrations.models import Obligation, Reminder, ReminderPreference, ReminderRule
from tests.factories import UnitFactory, member_of
from tests.factories_registrations import ObligationFactory, ReminderRuleFactory
from tests.registrations.pages import form_with
from tests.registrations.reminding import WEEK_BEFORE, planned, rules, second_unit
from units.enums import Role

# --- Whom, when, why -------------------------------------------------------------------------


def test_each_audience_is_reminded_for_its_own_reason(world, owed):
    rules((7, Audience.HEADS), (7, Audience.PARENT), (7, Audience.STANDING_BODY))
    head = member_of(world.unit, Role.HEAD)

    found = {item.user: item.why for mail in reminders.plan(date(2027, 2, 13)).mails for item in mail.items}

    parent = world.unit.parent.name
    rule = "quy tắc nhắc trước hạn 7 ngày"
    assert found == {
        world.filer: f"là người lập hồ sơ của Xã Bản Phiệt; {rule}",
        head: f"là thủ trưởng của Xã Bản Phiệt; {rule}",
        world.district: f"là người lập hồ sơ của {parent}, cấp trên của Xã Bản Phiệt; {rule}",
        world.standing: f"thuộc cơ quan thường trực phong trào; {rule}",
        world.standing_lead: f"thuộc cơ quan thường trực phong trào; {rule}",
    }


def test_who_is_two_things_is_told_once(world, owed):
    rules((7, Audience.HEADS), (7, Audience.PARENT))
    world.filer.memberships.create(unit=world.unit, role=Role.HEAD, valid_from=date(2020, 1, 1))
    assert planned(date(2027, 2, 13)) == [
        (world.filer.username, ["Xã Bản Phiệt"]),
        (world.district.username, ["Xã Bản Phiệt"]),
    ]


def test_a_holiday_moves_a_rule_that_minds_it_and_no_other(world):
    """The 13th of February 2027 is a Saturday; with the Friday off too it goes on the Thursday."""
    obligation = ObligationFactory(period=world.period, unit=world.unit)
    minds = ReminderRuleFactory(days_before=7, on_working_days=True)
    after = ReminderRuleFactory(days_before=-1, on_working_days=True)
    other = ReminderRuleFactory(days_before=7, audience=Audience.HEADS)
    Holiday.objects.create(day=date(2027, 2, 12), name="Nghỉ bù", is_working_day=False)
    holidays = {row.day: row for row in Holiday.objects.all()}
    assert minds.falls_on(obligation.due, holidays) == date(2027, 2, 11)
    assert after.falls_on(obligation.due, holidays) == date(2027, 2, 22)
    assert other.falls_on(obligation.due, holidays) == date(2027, 2, 13)
    assert planned(date(2027, 2, 10)) == []
    assert planned(date(2027, 2, 11)) == [(world.filer.username, ["Xã Bản Phiệt"])]


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "mails"),
    [
        (date(2027, 2, 13), None, 1),
        (date(2027, 2, 14), None, 0),
        (date(2020, 1, 1), date(2027, 2, 13), 1),
        (date(2020, 1, 1), date(2027, 2, 12), 0),
    ],
)
def test_a_rule_counts_on_the_day_it_reminds(world, owed, valid_from, valid_to, mails):
    ReminderRule.objects.update(valid_from=valid_from, valid_to=valid_to)
    for day in (13, 14, 15):
        assert len(planned(date(2027, 2, day))) == mails


def test_a_registration_that_is_no_longer_taken_is_not_asked_for(world):
    rules((-60, Audience.FILERS))
    world.period.locks_on = date(2027, 4, 20)
    world.period.save()
    ObligationFactory(period=world.period, unit=world.unit)
    assert [len(planned(date(2027, 4, day))) for day in (20, 21)] == [0, 1 - 1]
    world.period.locks_on = date(2027, 6, 30)
    world.period.save()
    assert len(planned(date(2027, 4, 21))) == 1


def test_a_unit_with_nobody_is_named(world, owed):
    empty = ObligationFactory(period=world.period, unit=UnitFactory(name="Sở Không người"))
    found = reminders.plan(date(2027, 2, 13)).unreachable
    assert [(rule.days_before, obligation) for rule, obligation in found] == [(7, empty)]


# --- One mail a day --------------------------------------------------------------------------


def test_a_person_of_several_units_gets_one_mail_and_the_ledger_a_row_for_each(world, owed, on_time):
    second_unit(world)
    on_time.move_to(WEEK_BEFORE)
    assert schedule.remind() == 1
    mail = OutboxMail.objects.get()
    assert "Sở Thứ hai; Xã Bản Phiệt chưa nộp" in mail.body
    assert mail.unit_uid is None  # a colleague of one unit must not read of the other
    assert sorted(r.obligation.unit.name for r in mail.reminders.all()) == ["Sở Thứ hai", "Xã Bản Phiệt"]


def test_who_wants_each_by_itself_gets_each(world, owed, on_time):
    second_unit(world)
    ReminderPreference.objects.create(user=world.filer, is_digest=False)
    on_time.move_to(WEEK_BEFORE)
    assert [schedule.remind(), schedule.remind()] == [2, 0]
    assert {m.unit_uid for m in OutboxMail.objects.all()} == {o.unit.uid for o in Obligation.objects.all()}


def test_of_a_gathered_mail_only_what_is_still_owed_is_said(world, owed, on_time):
    other = second_unit(world)
    on_time.move_to(WEEK_BEFORE)
    schedule.remind()
    Obligation.objects.filter(pk=other.pk).update(met_at=WEEK_BEFORE)
    mail = OutboxMail.objects.get()
    outbox.deliver(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, "Sở Thứ hai" in mail.body, "Xã Bản Phiệt" in mail.body) == ("sent", False, True)


def test_things_of_different_days_stand_under_each_other(world, owed, on_time):
    second_unit(world, due=date(2027, 2, 21))
    rules((8, Audience.FILERS))
    on_time.move_to(WEEK_BEFORE)
    schedule.remind()
    mail = OutboxMail.objects.get()
    assert mail.subject == "2 việc chưa nộp, gần nhất còn 7 ngày"
    assert "1. Xã Bản Phiệt chưa nộp đăng ký thi đua năm 2027.\nHạn cuối: 23:59 ngày 20/02/2027" in mail.body
    assert "2. Sở Thứ hai chưa nộp đăng ký thi đua năm 2027.\nHạn cuối: 23:59 ngày 21/02/2027" in mail.body


def test_what_is_compulsory_cannot_be_switched_off(world, owed, on_time):
    ReminderPreference.objects.create(user=world.filer, takes_optional=False)
    assert len(planned(date(2027, 2, 13))) == 1
    ReminderRule.objects.update(is_optional=True)
    plan = reminders.plan(date(2027, 2, 13))
    assert (plan.mails, [item.user for item in plan.declined]) == ([], [world.filer])
    on_time.move_to(WEEK_BEFORE)
    assert schedule.remind() == 0


def test_preferences_are_ones_own(world, enter):
    client = enter(world.filer)
    page = client.get("/nhac-viec/cach-nhan/")
    assert form_with(page, "is_digest")["takes_optional"] == ["on"]
    assert "Thư nhắc bắt buộc không tắt được" in page.content.decode()
    client.post("/nhac-viec/cach-nhan/", {"is_digest": "on"})
    (chosen,) = ReminderPreference.objects.all()
    assert (chosen.user, chosen.is_digest, chosen.takes_optional) == (world.filer, True, False)
    assert Event.objects.get(act="set_reminders").object_uid == world.filer.uid


# --- Nothing twice, and no query storm -------------------------------------------------------


def test_a_run_that_overtook_another_queues_nothing_twice(world, owed, on_time):
    """Both have planned the same before either queued: the second finds the first one's ledger."""
    second_unit(world)
    on_time.move_to(WEEK_BEFORE)
    plans = [reminders.plan(WEEK_BEFORE.date()) for _ in range(2)]
    assert [reminders.queue_plan(plan) for plan in plans] == [1, 0]
    assert (OutboxMail.objects.count(), Reminder.objects.count()) == (1, 2)


def test_the_database_keeps_the_ledger_unique(world, owed, on_time):
    on_time.move_to(WEEK_BEFORE)
    schedule.remind()
    (reminder,) = Reminder.objects.all()
    reminder.pk = None
    with pytest.raises(IntegrityError, match="reminder_goes_once_to_each_person"), transaction.atomic():
        reminder.save()


def test_planning_and_queueing_cost_the_same_for_3_and_for_90(world, owed, on_time):
    on_time.move_to(WEEK_BEFORE)

    def cost(units):
        for _ in range(units):
            unit = UnitFactory()
            member_of(unit)
            ObligationFactory(period=world.period, unit=unit)
        with CaptureQueriesContext(connection) as captured:
            queued = schedule.remind()
        return queued, len(captured)

    assert cost(2)[0] == 3
    few = cost(3)
    many = cost(90)
    assert (few[0], many[0], few[1]) == (3, 90, many[1])
