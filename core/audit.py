"""Sealing the events of the portal, publishing the day's head, and reading the chain back."""

from collections.abc import Iterator
from datetime import UTC, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, Max, Min, OuterRef

from core import clock, outbox
from core.audit_chain import GENESIS, batch_hash, leaf_of
from core.models import AuditBatch, AuditHead, Event, SealedEvent

BATCH = 2000
#: an event committed later than others with higher numbers is looked for this far back
LATE = timedelta(days=2)
LOCK = 7_203_019
FIELDS = (
    "act", "object_type", "actor_id", "actor_name", "acting_unit_name", "before", "after", "request_id",
    "payload_sha256",
)  # fmt: skip


def as_sealed(event: Event) -> dict:
    """What the seal covers of an event: all of it, in plain values."""
    return {
        **{name: getattr(event, name) for name in FIELDS},
        "uid": str(event.uid),
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "object_uid": str(event.object_uid),
        "case_uid": str(event.case_uid),
        "acting_unit_uid": str(event.acting_unit_uid) if event.acting_unit_uid else None,
    }


def seal() -> int:
    """Seal all events committed until now, in batches of `BATCH`; returns how many."""
    sealed = 0
    while count := _seal_batch():
        sealed += count
    return sealed


@transaction.atomic
def _seal_batch() -> int:
    with connection.cursor() as cursor:
        # Of two sealers, the second waits here and then finds nothing left.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    events = list(_unsealed()[:BATCH])
    if not events:
        return 0
    last = AuditBatch.objects.last()
    number, previous = (last.number + 1, last.hash) if last else (1, GENESIS)
    leaves = [leaf_of(as_sealed(event)) for event in events]
    batch = AuditBatch.objects.create(
        number=number,
        previous=previous,
        hash=batch_hash(previous, number, leaves),
        count=len(events),
        sealed_at=clock.now(),
    )
    SealedEvent.objects.bulk_create(
        SealedEvent(event=event, batch=batch, position=position, leaf=leaf)
        for position, (event, leaf) in enumerate(zip(events, leaves, strict=True), start=1)
    )
    return len(events)


def _unsealed():
    recent = SealedEvent.objects.filter(batch__sealed_at__gte=clock.now() - LATE)
    horizon = recent.aggregate(low=Min("event"))["low"]
    if horizon is None:
        horizon = SealedEvent.objects.aggregate(high=Max("event"))["high"] or 0
    sealed = SealedEvent.objects.filter(event=OuterRef("pk"))
    return Event.objects.filter(~Exists(sealed), pk__gt=horizon).order_by("pk")


@transaction.atomic
def publish_head() -> AuditHead | None:
    """Seal, then publish the newest batch as today's head: a public row, and a mail to who keeps it."""
    seal()
    today, batch = clock.today(), AuditBatch.objects.last()
    if batch is None:
        return None
    head, created = AuditHead.objects.get_or_create(
        day=today, defaults={"batch": batch, "hash": batch.hash, "published_at": clock.now()}
    )
    if created:
        for address in settings.AUDIT_HEAD_MAIL:
            outbox.queue(
                key=f"audit-head:{today:%Y-%m-%d}:{address}",
                to=address,
                subject=f"Mã niêm phong nhật ký {head.batch_id}",
                body=f"Lô {head.batch_id}, mã niêm phong:\n{head.hash}\n\n"
                "Hãy lưu thư này: nhật ký bị sửa hoặc bị xóa về sau sẽ không còn khớp với mã trên.\n",
            )
    return head


def chain() -> Iterator[dict]:
    """The whole chain as `core.audit_chain.faults` reads it, a batch in memory at a time."""
    for batch in AuditBatch.objects.order_by("number").iterator():
        places = list(batch.events.order_by("position"))
        # By hand, not by a join: a place whose event is gone must still be seen.
        events = Event.objects.select_related("payload").in_bulk([place.event_id for place in places])
        for place in places:
            yield _event_line(place, events.get(place.event_id))
        yield _batch_line(batch)


def published_heads() -> dict[int, str]:
    return dict(AuditHead.objects.values_list("batch_id", "hash"))


def _batch_line(batch: AuditBatch) -> dict:
    fields = ("number", "previous", "hash", "count")
    return {"kind": "batch", **{name: getattr(batch, name) for name in fields}}


def _event_line(place: SealedEvent, event: Event | None) -> dict:
    line = {"kind": "event", "leaf": place.leaf, "event": as_sealed(event) if event else None}
    if event and hasattr(event, "payload"):
        kept = event.payload
        line["payload"] = {"salt": kept.salt, "comment": kept.comment, "data": kept.data}
    return line
