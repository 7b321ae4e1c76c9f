"""Statements prepared by the server, and what is too much for one of them."""

import pytest
from django.db import OperationalError, connection

from core import clock
from tests.factories import UnitFactory, UserFactory
from units.enums import Role
from units.models import Invitation, User

pytestmark = pytest.mark.django_db
TOO_MANY = 65_535 + 1


def test_a_question_asked_again_and_again_is_prepared():
    person = UserFactory()
    for _ in range(6):
        User.objects.filter(email=person.email).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        asked = [text for (text,) in cursor.fetchall() if '"email" = ' in text]
    assert len(asked) == 1
    assert person.email not in asked[0]


@pytest.fixture
def invitations():
    """So many that their values are too many for one statement; none is open, so that all may be the same."""
    person, unit, now = UserFactory(), UnitFactory(), clock.now()
    columns = len(Invitation._meta.concrete_fields) - 1
    return [
        Invitation(
            user=person, unit=unit, roles=[Role.FILER], invited_by=person,
            invited_at=now, expires_at=now, revoked_at=now,
        )
        for _ in range(TOO_MANY // columns + 1)
    ]  # fmt: skip


def test_more_values_than_a_statement_takes_are_written_in_several(invitations):
    Invitation.objects.bulk_create(invitations)
    assert Invitation.objects.count() == len(invitations)


def test_more_values_than_a_statement_takes_are_refused_by_the_server(invitations, monkeypatch):
    monkeypatch.setattr(connection.ops, "bulk_batch_size", lambda fields, rows: len(rows))
    with pytest.raises(OperationalError, match="65535"):
        Invitation.objects.bulk_create(invitations)


def test_more_keys_than_a_statement_takes_are_looked_up():
    person = UserFactory()
    assert User.objects.in_bulk(range(person.pk, person.pk + TOO_MANY)) == {person.pk: person}
