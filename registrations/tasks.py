from celery import shared_task

from core import rendering
from core.schedule import recorded
from registrations import documents, schedule
from registrations.models import BulkAct
from registrations.workflow.board import run_bulk, run_unfinished
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
@recorded("bulk_acts")
def bulk_acts() -> str:
    return f"{run_unfinished()} việc hàng loạt"


@shared_task
def run_bulk_act(*, act_id: int) -> None:
    run_bulk(BulkAct.objects.select_related("by", "acting", "wording").get(pk=act_id))


@shared_task
def render_letter(*, document_id: int) -> None:
    rendering.render(document_id, documents.reminder_letter)


@shared_task
def render_inspection_report(*, document_id: int) -> None:
    rendering.render(document_id, documents.inspection_report)


@shared_task
def render_inspection_minutes(*, document_id: int) -> None:
    rendering.render(document_id, documents.inspection_minutes)


@shared_task
def render_receipt(*, document_id: int) -> None:
    rendering.render(document_id, documents.receipt)
