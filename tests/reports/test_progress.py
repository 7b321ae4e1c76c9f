"""The province's progress: published by the lead alone, the same everywhere, of no single unit."""

import pytest

from awards.models import PublicRecord
from core.models import Event
from registrations.models import Obligation
from tests.factories import UnitFactory, member_of
from tests.factories_registrations import (
    ObligationFactory,
    a_filed_registration,
    a_verified_report,
)
from tests.registrations.conftest import enter, on_time, world  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


def publish(enter, world, who="standing_lead"):  # noqa: F811
    return enter(getattr(world, who)).post(f"/cong-bo-tien-do/{world.period.uid}/")


@pytest.fixture
def year(world):  # noqa: F811
    """Four communes owe a registration: two filed, of whose verified reports two tell."""
    communes = [world.unit, *(UnitFactory(commune=True, parent=world.unit.parent) for _ in range(3))]
    for unit in communes:
        Obligation.objects.filter(period=world.period, unit=unit).delete()
        ObligationFactory(period=world.period, unit=unit, kind="registration")
    for unit in communes[:2]:
        a_filed_registration(unit, member_of(unit), period=world.period)
    return communes


def test_nothing_is_public_before_it_is_published(client, world, year, enter):  # noqa: F811
    before = [client.get(address).content for address in ("/", "/tien-do/", "/api/v1/progress/")]
    a_filed_registration(year[2], member_of(year[2]), period=world.period)
    assert [client.get(a).content for a in ("/", "/tien-do/", "/api/v1/progress/")] == before
    assert "Chưa công bố tiến độ" in before[1].decode()
    assert publish(enter, world).status_code == 302
    (told,) = client.get("/api/v1/progress/").json()["results"]
    assert told["tiers"] == [{"tier": "commune", "required": 4, "filed": 3, "on_time": 3, "confirmed": 0}]
    assert "3/4" in client.get("/tien-do/").content.decode()
    assert "3/4 đơn vị" in client.get("/").content.decode()
    assert Event.objects.filter(object_uid=world.period.uid, act="publish_progress").count() == 1


def test_published_again_it_takes_the_place_of_the_old(client, world, year, enter):  # noqa: F811
    publish(enter, world)
    publish(enter, world)
    assert len(client.get("/api/v1/progress/").json()["results"]) == 1
    assert PublicRecord.objects.filter(kind="progress").count() == 2


def test_the_page_of_the_period_tells_of_it(world, year, enter):  # noqa: F811
    Event.record("mark_from_above", world.period, by=world.standing_lead)
    publish(enter, world)
    page = enter(world.filer).get(f"/ky/{world.period.year}/")
    assert (page.status_code, page.content.decode().count("đã công bố tiến độ của kỳ")) == (200, 1)


@pytest.mark.parametrize(
    ("who", "page", "act"),
    [
        ("standing_lead", 200, 302),
        ("standing", 403, 403),
        ("commendation_lead", 403, 403),
        ("filer", 403, 403),
        ("administrator", 403, 403),
    ],
)
def test_the_lead_alone_publishes(world, year, enter, who, page, act):  # noqa: F811
    assert enter(getattr(world, who)).get("/cong-bo-tien-do/").status_code == page
    assert publish(enter, world, who).status_code == act
    assert PublicRecord.objects.count() == (act == 302)


def test_a_criterion_of_few_units_is_not_told(client, world, year, enter):  # noqa: F811
    for number, unit in enumerate(year[:3], start=1):
        a_verified_report(unit, member_of(unit), world.standing, period=world.period)
        publish(enter, world)
        (told,) = client.get("/api/v1/progress/").json()["results"]
        assert {line["measured"] for line in told["criteria"]} == ({3} if number == 3 else set())


def test_as_a_table_every_number_has_its_row(client, world, year, enter):  # noqa: F811
    publish(enter, world)
    rows = client.get("/api/v1/progress/?format=csv").content.decode("utf-8-sig").splitlines()
    assert rows[0] == "id,campaign,year,as_of,tier,criterion,measure,number,state,published_at,updated_at"
    assert [row.split(",")[4:8] for row in rows[1:]] == [
        ["commune", "", "required", "4"],
        ["commune", "", "filed", "2"],
        ["commune", "", "on_time", "2"],
        ["commune", "", "confirmed", "0"],
    ]
