from celery import shared_task

from awards.documents import proposal as documents
from awards.workflow import feedback
from core import rendering, schedule


@shared_task
def render_proposal(*, document_id: int) -> None:
    rendering.render(document_id, documents.proposal_package)


@shared_task
@schedule.recorded("tell_feedback")
def tell_feedback() -> int:
    return feedback.tell_feedback()
