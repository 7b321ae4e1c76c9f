from celery import shared_task

from core import audit, files, outbox, press, rendering, scanning, signatures
from core.schedule import recorded
from core.signatures import extract


@shared_task
def deliver_mail(*, mail_id: int) -> None:
    outbox.deliver(mail_id)


@shared_task
def render_paper(*, document_id: int) -> None:
    rendering.render(document_id, press.compose)


@shared_task
def render_signature_extract(*, document_id: int) -> None:
    extract.render_one(document_id)


@shared_task(soft_time_limit=60, time_limit=90)
def read_signatures(*, reading_id: int) -> None:
    signatures.read(reading_id)


@shared_task(soft_time_limit=120, time_limit=150)
def scan_file(*, file_id: int) -> None:
    scanning.scan(file_id)


@shared_task
@recorded("sweep")
def sweep() -> None:
    outbox.sweep()
    rendering.sweep()
    signatures.sweep()
    scanning.sweep()


@shared_task
@recorded("seal")
def seal() -> int:
    return audit.seal()


@shared_task
@recorded("remove_orphans")
def remove_orphans() -> int:
    return files.remove_orphans()


@shared_task
@recorded("publish_head")
def publish_head() -> None:
    audit.publish_head()
