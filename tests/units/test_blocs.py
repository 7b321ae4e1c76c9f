from datetime import date

import pytest
import time_machine
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from tests.factories import UnitFactory, UserFactory, holder_of, member_of
from tests.units.test_constraints import refused_by
from units import blocs
from units.enums import Function, Role
from units.models import BlocHead, BlocMembership, EmulationBloc

NEW_YEAR, MARCH = date(2026, 1, 1), date(2026, 3, 1)


@pytest.fixture
def administrator(db):
    with time_machine.travel("2026-11-24T09:00:00+07:00", tick=False):
        yield UserFactory(administrator=True)


def bloc(name="Khối kinh tế"):
    return EmulationBloc.objects.create(name=name, valid_from=NEW_YEAR, basis="Quyết định minh họa")


def test_a_unit_is_in_one_bloc_at_a_time_and_a_bloc_has_one_head(administrator):
    first, second, unit, other = bloc(), bloc("Khối văn xã"), UnitFactory(), UnitFactory()
    BlocMembership.objects.create(bloc=first, unit=unit, validity=DateRange(NEW_YEAR, MARCH))
    BlocMembership.objects.create(bloc=second, unit=unit, validity=DateRange(MARCH, None))
    assert refused_by(
        "unit_is_in_one_bloc_at_a_time",
        lambda: BlocMembership.objects.create(
            bloc=first, unit=unit, validity=DateRange(date(2026, 2, 28), MARCH)
        ),
    )
    BlocHead.objects.create(bloc=first, unit=unit, validity=DateRange(NEW_YEAR, None))
    assert refused_by(
        "bloc_has_one_head_at_a_time",
        lambda: BlocHead.objects.create(bloc=first, unit=other, validity=DateRange(MARCH, None)),
    )
    assert (unit.bloc_on(date(2026, 2, 28)), unit.bloc_on(MARCH), other.bloc_on(MARCH)) == (
        first,
        second,
        None,
    )


def test_a_pasted_list_places_units_all_or_nothing(administrator):
    one, two = UnitFactory(code="SYT", name="Sở Y tế"), UnitFactory(code="STC", name="Sở Tài chính")
    client = Client()
    client.force_login(administrator)
    words = {"since": "01/01/2026", "basis": "QĐ minh họa"}
    faulty = "SYT\tKhối văn xã\nSở Không Có | Khối kinh tế\nSTC |\nSYT | Khối kinh tế"
    answer = client.post("/khoi-thi-dua/", words | {"rows": faulty})
    assert [e.split(":")[0] for e in answer.context["form"].errors["rows"]] == ["Dòng 2", "Dòng 3", "Dòng 4"]
    assert (answer.status_code, EmulationBloc.objects.count()) == (422, 0)
    rows = "SYT\tKhối văn xã\nsở tài chính | Khối kinh tế"
    assert client.post("/khoi-thi-dua/", words | {"rows": rows}).status_code == 302
    assert [unit.bloc_on(NEW_YEAR).name for unit in (one, two)] == ["Khối văn xã", "Khối kinh tế"]
    moved = {"since": "01/03/2026", "basis": "QĐ minh họa", "rows": "SYT | Khối kinh tế"}
    client.post("/khoi-thi-dua/", moved)
    assert (one.bloc_on(date(2026, 2, 28)).name, one.bloc_on(MARCH).name) == ("Khối văn xã", "Khối kinh tế")
    assert client.get("/khoi-thi-dua/").status_code == 200


def test_the_head_is_one_of_the_bloc_and_hands_over(administrator):
    found, unit, other, outside = bloc(), UnitFactory(), UnitFactory(), UnitFactory()
    for member in (unit, other):
        BlocMembership.objects.create(bloc=found, unit=member, validity=DateRange(NEW_YEAR, None))
    client = Client()
    client.force_login(administrator)
    page = f"/khoi-thi-dua/{found.uid}/"
    for head, since, status in (
        (outside, "01/01/2026", 422),
        (unit, "01/01/2026", 302),
        (other, "01/03/2026", 302),
        (unit, "01/02/2026", 422),
    ):
        answer = client.post(f"{page}khoi-truong/", {"unit": head.code, "since": since})
        assert answer.status_code == status
    assert [blocs.head_on(found, day) for day in (date(2026, 2, 28), MARCH)] == [unit, other]
    assert client.get(page).status_code == 200
    assert client.post(f"{page}ra/{unit.uid}/").status_code == 302
    assert unit.bloc_on(date(2026, 11, 24)) is None


@pytest.mark.parametrize(
    ("editor", "status"),
    [
        (lambda: holder_of(Function.STANDING_BODY, Role.LEAD), 422),
        (lambda: holder_of(Function.COMMENDATION_BODY), 422),
        (lambda: holder_of(Function.STANDING_BODY), 403),
        (lambda: member_of(UnitFactory(), Role.ADMINISTRATOR), 403),
    ],
)
def test_who_edits_blocs_and_all_may_read(administrator, editor, status):
    client = Client()
    client.force_login(editor())
    page = f"/khoi-thi-dua/{bloc().uid}/"
    assert [client.get(address).status_code for address in ("/khoi-thi-dua/", page)] == [200, 200]
    assert [
        client.post(address, {}).status_code
        for address in ("/khoi-thi-dua/", f"{page}sua/", f"{page}khoi-truong/")
    ] == [status] * 3
