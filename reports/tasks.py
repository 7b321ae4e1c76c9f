from celery import shared_task

from core.schedule import recorded
from reports import open_data


@shared_task
@recorded("release_open_data")
def release_open_data() -> str:
    made = open_data.release_missing()
    return f"{len(made)} bộ dữ liệu mở" if made else "không có gì mới"
