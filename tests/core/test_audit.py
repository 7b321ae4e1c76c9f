"""The journal of acts is sealed: what is changed or cut off afterwards is found and named, by the
portal and by a verifier that needs none of it."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from time_machine import travel

from core import audit, audit_chain, clock
from core.models import AuditBatch, AuditHead, Event, EventPayload, OutboxMail, SealedEvent
from tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def acts():
    """Five events, of which two have words; sealed in batches of two."""
    user, unit = UserFactory(), UnitFactory()
    said = ["", "Thiếu kế hoạch đã ký", "", "Đồng ý", ""]
    return [
        Event.record("confirm", unit, by=user, acting=unit, before="a", after="b", comment=words)
        for words in said
    ]


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(audit, "BATCH", 2)


def verify():
    return list(audit_chain.faults(audit.chain(), audit.published_heads()))


TABLES = ("core_event", "core_eventpayload", "core_sealedevent", "core_auditbatch", "core_audithead")


def raw(sql, *parameters):
    """As the owner of the database would who hides something: keys and triggers out of the way.

    The test's transaction is rolled back, and they with it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT conrelid::regclass, conname FROM pg_constraint"
            " WHERE contype = 'f' AND confrelid = ANY(%s::regclass[])",
            [list(TABLES)],
        )
        for table, key in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{key}"')
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, parameters)
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def outside(tmp_path, *arguments):
    """The stand-alone verifier over an export, with nothing of the portal on its path."""
    path = tmp_path / "nhat-ky.jsonl"
    call_command("export_audit", path)
    script = Path(audit_chain.__file__)
    done = subprocess.run(
        [sys.executable, "-I", "-S", script, path, *arguments], capture_output=True, text=True, cwd=tmp_path
    )
    return done.returncode, done.stdout.splitlines()


def test_all_events_are_sealed_once_in_order(acts, small_batches, tmp_path, capsys):
    assert audit.seal() == 5
    assert audit.seal() == 0
    sealed = SealedEvent.objects.order_by("batch", "position").values_list("event", "batch", "position")
    assert list(sealed) == [
        (event.pk, number, position)
        for event, (number, position) in zip(acts, [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1)], strict=True)
    ]
    assert verify() == []
    call_command("verify_audit")
    assert capsys.readouterr().out == "The chain holds: 5 events in 3 batches.\n"
    assert outside(tmp_path) == (0, ["The chain holds."])


def test_an_event_that_committed_late_is_sealed_later(acts):
    """Its number is lower than one that was sealed already."""
    late = acts[2]
    raw("UPDATE core_event SET id = id + 1000 WHERE id = %s", acts[4].pk)
    raw("DELETE FROM core_event WHERE id = %s", late.pk)
    assert audit.seal() == 4
    late.save(force_insert=True)
    with travel(clock.now() + timedelta(hours=20), tick=False):
        assert audit.seal() == 1
        assert audit.seal() == 0
    assert verify() == []


def test_one_changed_byte_is_found_and_named(acts, small_batches, tmp_path):
    audit.seal()
    raw("UPDATE core_event SET after = 'c' WHERE id = %s", acts[3].pk)
    named = f"Batch 2, event 2: event {acts[3].uid} (confirm) is not what was sealed."
    assert verify() == [named]
    assert outside(tmp_path) == (1, [named, "1 faults."])
    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify_audit")


@pytest.mark.parametrize(
    "column", ["act", "actor_name", "acting_unit_name", "before", "after", "request_id", "object_type"]
)
def test_no_column_of_an_event_is_outside_the_seal(acts, column):
    audit.seal()
    raw(f"UPDATE core_event SET {column} = {column} || 'x' WHERE id = %s", acts[0].pk)
    assert len(verify()) == 1


@pytest.mark.parametrize("column", ["at", "object_uid", "case_uid", "acting_unit_uid", "payload_sha256"])
def test_nor_is_any_of_its_other_columns(acts, column):
    new = {"at": "at + interval '1 microsecond'", "payload_sha256": "repeat('a', 64)"}
    audit.seal()
    raw(f"UPDATE core_event SET {column} = {new.get(column, 'gen_random_uuid()')} WHERE id = %s", acts[0].pk)
    assert len(verify()) == 1


def test_changed_words_are_found_and_erased_words_are_not_a_fault(acts):
    audit.seal()
    raw("UPDATE core_eventpayload SET comment = 'Đồng ý hết' WHERE event_id = %s", acts[3].pk)
    assert verify() == [
        f"Batch 1, event 4: the words kept with event {acts[3].uid} are not those that were written."
    ]
    EventPayload.objects.filter(event=acts[3]).delete()
    assert verify() == []


def test_an_event_taken_out_is_missed(acts, small_batches):
    audit.seal()
    raw("DELETE FROM core_event WHERE id = %s", acts[2].pk)
    assert verify() == ["Batch 2, event 1: the event is gone."]


def test_an_event_taken_out_with_its_place_is_missed(acts, small_batches):
    audit.seal()
    raw("DELETE FROM core_sealedevent WHERE event_id = %s", acts[2].pk)
    raw("DELETE FROM core_event WHERE id = %s", acts[2].pk)
    assert verify() == [
        "Batch 2 was sealed with 2 events, 1 are there.",
        "Batch 2: its hash is not that of its events.",
    ]


def test_cutting_off_the_newest_is_found_by_the_published_head(acts, small_batches, tmp_path):
    head = audit.publish_head()
    raw("DELETE FROM core_audithead")
    raw("DELETE FROM core_sealedevent WHERE batch_id = 3")
    raw("DELETE FROM core_auditbatch WHERE number = 3")
    raw("DELETE FROM core_event WHERE id = %s", acts[4].pk)
    assert verify() == []
    assert outside(tmp_path, "--head", f"{head.batch_id}:{head.hash}") == (
        1,
        ["Batch 3 was published as head, but the chain ends with batch 2.", "1 faults."],
    )


def test_a_chain_made_anew_differs_from_the_published_head(acts, tmp_path):
    head = audit.publish_head()
    for table in ("core_audithead", "core_sealedevent", "core_auditbatch"):
        raw(f"DELETE FROM {table}")
    raw("UPDATE core_event SET after = 'c' WHERE id = %s", acts[3].pk)
    audit.seal()
    assert verify() == []
    code, (fault, _) = outside(tmp_path, "--head", f"1:{head.hash}")
    assert (code, fault) == (
        1,
        f"Batch 1: the published head is {head.hash}, the batch's hash {AuditBatch.objects.get().hash}.",
    )


def test_batches_put_in_another_order_are_found(acts, small_batches):
    audit.seal()
    lines = list(audit.chain())
    swapped = [*lines[3:6], *lines[:3], *lines[6:]]
    assert next(audit_chain.faults(swapped, {})) == "Batch 1 is missing: the next one is 2."


@pytest.mark.parametrize("table", ["core_auditbatch", "core_sealedevent", "core_audithead"])
def test_the_database_refuses_to_change_a_seal(acts, table):
    audit.publish_head()
    column = {"core_sealedevent": "leaf"}.get(table, "hash")
    for sql in (f"UPDATE {table} SET {column} = repeat('0', 64)", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            connection.cursor().execute(sql)


def test_the_head_of_a_day_is_published_once_and_mailed(acts, settings):
    settings.AUDIT_HEAD_MAIL = ["luu-tru@laocai.example"]
    head = audit.publish_head()
    assert audit.publish_head() == head
    assert AuditHead.objects.get().hash == AuditBatch.objects.get().hash
    (letter,) = OutboxMail.objects.all()
    assert (letter.to, head.hash in letter.body) == ("luu-tru@laocai.example", True)
    assert mail.outbox == []


def test_nothing_to_seal_is_no_head():
    assert (audit.publish_head(), AuditHead.objects.count()) == (None, 0)
