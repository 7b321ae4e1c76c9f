"""What beat calls by the clock: the open data of the day that has ended."""

from celery.schedules import crontab

BEAT = {
    "release_open_data": {
        "task": "reports.tasks.release_open_data",
        "schedule": crontab(hour=1, minute=30),
    }
}
LABELS = {"release_open_data": "Xuất bộ dữ liệu mở"}
