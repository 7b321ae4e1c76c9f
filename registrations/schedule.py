"""What beat calls by the clock: opening periods and reminding those who still owe something."""

from celery.schedules import crontab

from core import clock
from registrations import reminders
from registrations.models import Period
from registrations.workflow.obligation import oblige

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
    return sum(oblige(period) for period in Period.objects.open_on(clock.today()))


def remind() -> int:
    """Queue today's reminders to those who still owe; returns how many mails are new."""
    return reminders.queue_plan(reminders.plan(clock.today()))
