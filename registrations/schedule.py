"""What beat calls by the clock: opening periods and reminding those who still owe something."""

from celery.schedules import crontab
from django.db import transaction

from core import clock
from registrations import emails
from registrations.models import Obligation, Period, Reminder, ReminderRule
from registrations.workflow.obligation import oblige

BEAT = {
    "oblige": {"task": "registrations.tasks.oblige", "schedule": crontab(hour=0, minute=5)},
    "remind": {"task": "registrations.tasks.remind", "schedule": crontab(hour="7-17", minute=30)},
}
#: a run missed on its day is made up for on the next days, no later
CATCH_UP_DAYS = 2


def oblige_open_periods() -> int:
    return sum(oblige(period) for period in Period.objects.open_on(clock.today()))


def remind() -> int:
    """Queue today's reminders to the filers of units that still owe; returns how many are new.

    Run twice, or by two workers, it queues nothing twice: the ledger row and the mail
    are unique per rule, obligation, person and due day, and stand or fall together.
    """
    queued = 0
    today = clock.today()
    rules = list(ReminderRule.objects.filter(is_active=True))
    for obligation in Obligation.objects.outstanding().select_related("unit", "period").iterator():
        rule = _rule_for(obligation, rules, today)
        if rule:
            queued += sum(_remind_one(rule, obligation, user) for user in emails.filers_of(obligation.unit))
    return queued


def _rule_for(obligation, rules, today) -> ReminderRule | None:
    """The last rule whose day has come, or was missed by no more than `CATCH_UP_DAYS`.

    Only the last one: the rules for 3 days and for 1 day before may both be open after an
    outage, and would tell the same people the same thing twice.
    """
    days_left = (obligation.due - today).days
    due = [
        rule
        for rule in rules
        if rule.kind == obligation.kind and 0 <= rule.days_before - days_left <= CATCH_UP_DAYS
    ]
    return min(due, key=lambda rule: rule.days_before, default=None)


def _remind_one(rule, obligation, user) -> bool:
    with transaction.atomic():
        mail = emails.remind(rule, obligation, user)
        if mail is None:
            return False
        Reminder.objects.create(rule=rule, obligation=obligation, user=user, due=obligation.due, mail=mail)
    return True
