from celery import shared_task

from core import outbox, rendering
from core.schedule import recorded


@shared_task
def deliver_mail(*, mail_id: int) -> None:
    outbox.deliver(mail_id)


@shared_task
@recorded("sweep")
def sweep() -> None:
    outbox.sweep()
    rendering.sweep()
