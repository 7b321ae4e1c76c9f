from celery import shared_task

from core.schedule import recorded
from registrations import schedule


@shared_task
@recorded("oblige")
def oblige() -> str:
    return f"{schedule.oblige_open_periods()} nghĩa vụ mới"


@shared_task
@recorded("remind")
def remind() -> str:
    return f"{schedule.remind()} thư nhắc"
