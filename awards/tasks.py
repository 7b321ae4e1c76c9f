from celery import shared_task

from awards.documents import proposal as documents
from core import rendering


@shared_task
def render_proposal(*, document_id: int) -> None:
    rendering.render(document_id, documents.proposal_package)
