from celery import shared_task

from core.schedule import recorded
from units import schedule


@shared_task
@recorded("reorganise")
def reorganise() -> str:
    return f"{schedule.apply_due()} việc sắp xếp được áp dụng"
