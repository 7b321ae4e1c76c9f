"""Digital signatures on uploaded PDFs: asked for when a file is stored, read once by a worker.

The row is the truth, the task a hint; a reading that kills its worker is given up after
`MAX_ATTEMPTS` as "unknown". A verdict never blocks anyone: it stands beside the file.
"""

import hashlib
from dataclasses import asdict
from datetime import timedelta

from celery import current_app
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q

from core import clock, hints
from core.models.signature import (
    ReadingState,
    RevocationList,
    SignatureReading,
    TrustedCertificate,
    Verdict,
)

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 3
SWEPT_AT_ONCE = 200
GIVEN_UP = "tệp quá phức tạp, cổng không đọc được chữ ký số"


def ask(file) -> None:
    """Have the signatures of a stored PDF read after commit."""
    reading = SignatureReading.objects.create(file=file, asked_at=clock.now())
    transaction.on_commit(lambda: _hurry(reading.pk))


def _hurry(reading_id: int) -> None:
    arguments = {"reading_id": reading_id}
    hints.give(lambda: current_app.send_task("core.tasks.read_signatures", kwargs=arguments))


def trust():
    """The trust list of now, and its hash."""
    from core.signatures.reading import Trust

    certificates = list(TrustedCertificate.objects.filter(is_trusted=True).order_by("sha256"))
    lists = list(RevocationList.objects.order_by("sha256"))
    names = "".join(row.sha256 for row in [*certificates, *lists])
    return Trust(
        roots=tuple(bytes(row.der) for row in certificates if row.is_root),
        others=tuple(bytes(row.der) for row in certificates if not row.is_root),
        revocation_lists=tuple(bytes(row.der) for row in lists),
    ), hashlib.sha256(names.encode()).hexdigest()


def read(reading_id: int) -> None:
    """Read one file's signatures; twice does no harm, only one caller holds the lease."""
    # pyHanko takes half a second to import: in the worker, never in the web process.
    from core.signatures import extract
    from core.signatures import reading as signatures

    now = clock.now()
    free = Q(state=ReadingState.PENDING) | Q(state=ReadingState.RUNNING, lease_until__lte=now)
    claimed = SignatureReading.objects.filter(free, pk=reading_id).update(
        state=ReadingState.RUNNING, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    if not claimed:
        return
    row = SignatureReading.objects.select_related("file").get(pk=reading_id)
    trusted, trust_hash = trust()
    with default_storage.open(row.file.path) as stored:
        found = signatures.read(stored.read(), trusted, moment=now)
    updated = SignatureReading.objects.filter(
        pk=row.pk, attempts=row.attempts, state=ReadingState.RUNNING
    ).update(
        state=ReadingState.READ,
        verdict=found.verdict,
        reason=found.reason,
        signatures=[_as_json(signature) for signature in found.signatures],
        trust_hash=trust_hash,
        read_at=clock.now(),
        lease_until=None,
    )
    if updated and found.signatures:
        extract.ask(row.file)


def _as_json(signature) -> dict:
    fields = asdict(signature)
    fields["signed_at"] = signature.signed_at.isoformat() if signature.signed_at else None
    return fields


def read_again() -> int:
    """After the trust list has changed, have every signed file judged anew; returns how many."""
    _, trust_hash = trust()
    return (
        SignatureReading.objects.filter(state=ReadingState.READ)
        .exclude(verdict=Verdict.UNSIGNED)
        .exclude(trust_hash=trust_hash)
        .update(state=ReadingState.PENDING, attempts=0, asked_at=clock.now())
    )


def sweep() -> None:
    """Pick up what a dead worker or broker lost; after `MAX_ATTEMPTS` say that it cannot be read."""
    now = clock.now()
    lost = SignatureReading.objects.filter(state=ReadingState.RUNNING, lease_until__lte=now)
    lost.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=ReadingState.READ,
        verdict=Verdict.UNKNOWN,
        reason=GIVEN_UP,
        read_at=now,
        lease_until=None,
    )
    waiting = Q(state=ReadingState.PENDING, asked_at__lte=now - timedelta(seconds=30))
    left = SignatureReading.objects.filter(waiting | Q(state=ReadingState.RUNNING, lease_until__lte=now))
    for reading_id in left.order_by("pk").values_list("pk", flat=True)[:SWEPT_AT_ONCE]:
        _hurry(reading_id)
