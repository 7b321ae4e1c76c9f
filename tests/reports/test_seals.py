"""Anyone reads the seals of the journal, without logging in."""

import pytest

from core import audit
from core.models import Event
from tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_head_of_the_day_is_public(client):
    assert "Chưa có mã nào được công bố" in client.get("/niem-phong/").content.decode()
    Event.record("confirm", UnitFactory(), by=UserFactory())
    head = audit.publish_head()
    assert f"<code>{head.hash}</code>" in client.get("/niem-phong/").content.decode()
