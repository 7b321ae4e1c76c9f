"""What beat calls by the clock: opening periods and reminding those who still owe something."""

from celery.schedules import crontab
from django.db.models import Q

from core import clock
from registrations import reminders
from registrations.models import Period
from registrations.workflow.obligation import oblige, oblige_successors

LABELS = {
    "oblige": "Lập danh sách đơn vị phải nộp",
    "bulk_acts": "Làm tiếp việc hàng loạt",
    "remind": "Gửi thư nhắc",
}
BEAT = {
    "oblige": {"task": "registrations.tasks.oblige", "schedule": crontab(hour=0, minute=5)},
    "bulk_acts": {"task": "registrations.tasks.bulk_acts", "schedule": crontab(minute="*")},
    "remind": {"task": "registrations.tasks.remind", "schedule": crontab(hour="7-17", minute=30)},
}


def oblige_open_periods() -> int:
    """Returns how many rows are new. What a unit begun meanwhile still owes may fall due after the lock."""
    today = clock.today()
    opened = Period.objects.filter(opens_on__lte=today)
    unfinished = opened.filter(Q(locks_on__gte=today) | Q(report_last_day__gte=today))
    return sum(oblige(period) for period in opened.filter(locks_on__gte=today)) + sum(
        oblige_successors(period) for period in unfinished
    )


def remind() -> int:
    """Queue today's reminders to those who still owe; returns how many mails are new."""
    return reminders.queue_plan(reminders.plan(clock.today()))
