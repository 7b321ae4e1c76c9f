"""Rules of reminders, and whom a day's plan would remind of what."""

from datetime import date, datetime

from registrations import reminders
from tests.factories import UnitFactory
from tests.factories_registrations import HANOI, ObligationFactory, ReminderRuleFactory
from units.enums import Role

WEEK_BEFORE = datetime(2027, 2, 13, 7, 30, tzinfo=HANOI)


def rules(*wanted):
    for days, audience, *more in wanted:
        ReminderRuleFactory(days_before=days, audience=audience, **(more[0] if more else {}))


def planned(day):
    return [
        (mail.user.username, [item.obligation.unit.name for item in mail.items])
        for mail in reminders.plan(day).mails
    ]


def second_unit(world, **obligation):
    unit = UnitFactory(name="Sở Thứ hai")
    world.filer.memberships.create(unit=unit, role=Role.FILER, valid_from=date(2020, 1, 1))
    return ObligationFactory(period=world.period, unit=unit, **obligation)
