"""History is written once, provable, and kept by the database itself."""

import hashlib
import json
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection, transaction

from awards.models import AwardForm, Dossier, DossierSubmission
from core import clock
from core.logs import request_id
from core.models import Event, EventPayload
from registrations.models import Evaluation, RegistrationVersion
from tests.factories import UnitFactory, UserFactory, member_of
from tests.factories_registrations import (
    ON_TIME,
    CampaignFactory,
    PeriodFactory,
    a_filed_registration,
    a_submitted_report,
)


def verifies(event) -> bool:
    """Whether the event still vouches for its payload: SHA-256 of salt and canonical JSON."""
    payload = event.payload
    body = {"comment": payload.comment, "data": payload.data}
    canonical = json.dumps(body, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256((payload.salt + canonical).encode()).hexdigest() == event.payload_sha256


DATA = {
    "số": 10**18,
    "list": ["ế", None, True, {"b": 1, "a": -5}],
    "day": date(2027, 2, 20),
    "at": datetime(2027, 2, 20, 16, 59, 59, tzinfo=UTC),
    "rate": Decimal("1.50"),
    "uid": uuid.UUID(int=7),
    'quote "': "\\ \n\t",
}


@pytest.mark.parametrize(("comment", "data"), [("Ý kiến", None), ("", DATA), ("Ghi chú\r\n“dòng 2”", DATA)])
def test_the_event_vouches_for_its_payload(db, comment, data):
    event = Event.record("note", UnitFactory(), by=None, comment=comment, data=data)

    stored = Event.objects.get(pk=event.pk)
    assert verifies(stored)
    EventPayload.objects.filter(pk=event.pk).update(comment=comment + ".")
    assert not verifies(Event.objects.get(pk=event.pk))


def test_equal_payloads_cannot_be_told_by_their_hashes(db):
    unit = UnitFactory()
    events = [Event.record("note", unit, by=None, comment="Có") for _ in range(2)]

    assert len({event.payload_sha256 for event in events}) == 2


def test_the_payload_may_be_erased_and_the_event_stays(db):
    event = Event.record("note", UnitFactory(), by=None, comment="Cá nhân")

    event.payload.delete()

    assert Event.objects.get(pk=event.pk).payload_sha256 == event.payload_sha256


def test_the_event_says_who_when_and_in_which_request(db):
    user, unit = UserFactory(), UnitFactory()
    token = request_id.set("b7")
    with time_machine.travel(ON_TIME, tick=False):
        by_person = Event.record("note", unit, by=user, acting=unit)
        earlier = datetime(2026, 1, 1, tzinfo=UTC)
        by_system = Event.record("note", unit, by=None, case=UnitFactory(), at=earlier)
    request_id.reset(token)

    assert (by_person.actor, by_person.actor_name, by_person.at, by_person.request_id) == (
        user,
        user.full_name,
        ON_TIME,
        "b7",
    )
    assert (by_system.actor, by_system.actor_name, by_system.at) == (None, "Hệ thống", earlier)
    assert (by_person.case_uid == unit.uid, by_system.case_uid == unit.uid) == (True, False)


def test_an_event_without_an_actor_is_the_systems(db):
    event = Event.record("note", UnitFactory(), by=None)
    fields = {"act": "note", "object_type": "x", "object_uid": event.uid, "case_uid": event.uid}

    with pytest.raises(IntegrityError, match="event_has_an_actor"), transaction.atomic():
        Event.objects.create(at=clock.now(), actor_name="Ai đó", payload_sha256="", **fields)


# --- What is never changed -------------------------------------------------------------------


def an_event():
    return Event.record("note", UnitFactory(), by=None, comment="Có")


def a_version():
    unit = UnitFactory()
    registration = a_filed_registration(unit, member_of(unit), PeriodFactory())
    return RegistrationVersion.objects.get(registration=registration)


def an_evaluation():
    unit = UnitFactory()
    return Evaluation.objects.get(report=a_submitted_report(unit, member_of(unit), PeriodFactory()))


def a_submission():
    clerk, now = UserFactory(), clock.now()
    dossier = Dossier.objects.create(
        campaign=CampaignFactory(),
        unit=UnitFactory(),
        form=AwardForm.objects.create(code="BK", name="Bằng khen", authority="Chủ tịch"),
        achievement_from=date(2026, 1, 1),
        achievement_to=date(2026, 12, 31),
        created_at=now,
        saved_at=now,
        saved_by=clerk,
    )
    return DossierSubmission.objects.create(
        dossier=dossier,
        number=1,
        snapshot={},
        sha256="",
        submitted_at=now,
        submitted_by=clerk,
        request_key=uuid.uuid4(),
    )


WAYS = {
    "save": lambda row, table: row.save(),
    "update": lambda row, table: type(row).objects.filter(pk=row.pk).update(uid=uuid.uuid4()),
    "bulk_update": lambda row, table: type(row).objects.bulk_update([row], ["uid"]),
    "delete": lambda row, table: row.delete(),
    "queryset delete": lambda row, table: type(row).objects.filter(pk=row.pk)._raw_delete(using="default"),
    "SQL update": lambda row, table: run(f"UPDATE {table} SET id = id"),
    "SQL delete": lambda row, table: run(f"DELETE FROM {table}"),
    "SQL upsert": lambda row, table: run(
        f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET uid = EXCLUDED.uid"
    ),
}


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("make", [an_event, a_version, an_evaluation, a_submission])
def test_what_was_written_is_never_changed_or_deleted(db, make, way):
    with time_machine.travel(ON_TIME, tick=False):
        row = make()
    table, before = row._meta.db_table, list(type(row).objects.values())
    if make is an_event and way == "delete":
        row.payload.delete()  # else Django refuses before the database is asked

    with (
        pytest.raises(IntegrityError, match=f"^{table} rows are never changed or deleted"),
        transaction.atomic(),
    ):
        WAYS[way](row, table)

    assert list(type(row).objects.values()) == before
