from celery import shared_task

from core import rendering
from core.schedule import recorded
from registrations import documents, schedule
from registrations.workflow.ended import release_ended_units


@shared_task
@recorded("oblige")
def oblige() -> str:
    new, released = schedule.oblige_open_periods(), release_ended_units()
    return f"{new} nghĩa vụ mới, {released} đơn vị đã kết thúc được miễn"


@shared_task
@recorded("remind")
def remind() -> str:
    return f"{schedule.remind()} thư nhắc"


@shared_task
def render_receipt(*, document_id: int) -> None:
    rendering.render(document_id, documents.receipt)
