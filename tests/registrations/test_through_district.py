"""A district files for its communes, where the period has them go through it."""

import re
import uuid

import pytest

from core.models import OutboxMail
from registrations import workflow
from registrations.models import Period, Registration
from tests.factories import UnitFactory, member_of
from tests.factories_registrations import ObligationFactory, a_draft, a_full_draft, a_pdf, fill
from units.enums import Role


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def begin(client, world):
    return client.post("/dang-ky/bat-dau/", {"period": str(world.period.uid), "unit": str(world.unit.uid)})


@pytest.fixture
def begun(enter, world):
    """A whole registration that the district has begun for the commune."""
    answer = begin(enter(world.district), world)
    registration = Registration.objects.get()
    assert answer.url == f"/dang-ky/{registration.uid}/sua/"
    fill(registration, world.district)
    workflow.save_draft(
        registration, by=world.district, version=registration.version, content=None, uploads=[a_pdf()]
    )
    return registration


def test_the_district_writes_and_files_and_both_are_told(enter, world, begun):
    client, page = enter(world.district), begun.get_absolute_url()
    assert "Đang soạn" in words(client.get(page))
    filed = client.post(f"{page}nop/", {"version": begun.version, "request_key": str(uuid.uuid4())})
    assert filed.url == f"{page}bien-nhan/1/"
    district = world.unit.parent.name
    receipt = words(client.get(filed.url))
    assert f"Đơn vị {world.unit.name}" in receipt
    assert f"{world.district} (nộp qua {district})" in receipt
    assert set(OutboxMail.objects.values_list("to", flat=True)) == {world.filer.email, world.district.email}
    # To the standing body it is the commune's, like any other.
    assert f"{world.unit.name} · nộp qua {district}" in words(enter(world.standing).get(page))
    workflow.return_(begun, by=world.standing, comment="Ghi rõ sản phẩm.")
    for person in (world.filer, world.district):
        assert f"Bổ sung {Registration.objects.get().reference}" in words(enter(person).get("/ban-lam-viec/"))
    assert client.get(f"{page}sua/").status_code == 200


@pytest.mark.parametrize(
    ("reader", "statuses"),
    [
        ("district", (200, 200, 200)),
        ("filer", (200, 200, 200)),
        ("colleague", (200, 403, 200)),
        ("district_head", (404, 404, 404)),
        ("other_district", (404, 404, 404)),
        ("standing", (404, 404, 404)),
    ],
)
def test_who_reads_and_writes_what_the_district_drafts(enter, world, begun, reader, statuses):
    world.district_head = member_of(world.unit.parent, Role.HEAD)
    world.other_district = member_of(UnitFactory(district=True))
    client, page = enter(getattr(world, reader)), begun.get_absolute_url()
    pages = (page, f"{page}sua/", f"/api/v1/registrations/{begun.uid}/")
    assert tuple(client.get(address).status_code for address in pages) == statuses


def test_the_list_says_how_far_each_commune_is(enter, world, begun):
    untouched, drafting = (
        UnitFactory(commune=True, name=n, parent=world.unit.parent) for n in ("Xã A", "Xã B")
    )
    own = a_full_draft(drafting, member_of(drafting))
    client = enter(world.district)
    page = client.get("/dang-ky/")
    rows = re.findall(r"<tr>.*?</tr>", page.content.decode().split('id="qua-huyen"')[1], re.DOTALL)[1:4]
    said = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in rows]
    assert said == ["Xã A – Chưa bắt đầu Lập cho xã", "Xã B – Xã đang tự soạn", "Xã Bản Phiệt – Đang soạn"]
    assert [begun.get_absolute_url() in row for row in rows] == [False, False, True]
    # What the commune drafts by itself stays its own.
    assert client.get(own.get_absolute_url()).status_code == 404
    answer = client.post("/dang-ky/bat-dau/", {"period": str(world.period.uid), "unit": str(drafting.uid)})
    assert (answer.status_code, "Xã B đã tự lập bản đăng ký năm 2027." in words(answer)) == (409, True)
    assert Registration.objects.filter(unit=untouched).count() == 0


@pytest.mark.parametrize("why", ["setting", "obliged by name"])
def test_a_commune_that_files_itself_does_not_go_through_its_district(enter, world, why):
    if why == "setting":
        Period.objects.update(communes_file=True)
    else:
        ObligationFactory(period=world.period, unit=world.unit, added_by=world.standing_lead)
    client = enter(world.district)
    assert 'id="qua-huyen"' not in client.get("/dang-ky/").content.decode()
    answer = begin(client, world)
    assert (answer.status_code, Registration.objects.count()) == (409, 0)
    assert f"{world.unit.name} nộp riêng, không qua {world.unit.parent.name}." in words(answer)
    # What the district had begun before the setting changed is still for both to finish.
    registration = a_draft(world.unit, world.filer)
    Registration.objects.update(through=world.unit.parent)
    assert client.get(f"{registration.get_absolute_url()}sua/").status_code == 200


def test_the_district_s_board_leads_to_its_communes(enter, world):
    ObligationFactory(period=world.period, unit=world.unit.parent)
    client, hint = enter(world.district), "Kỳ này cấp xã nộp qua UBND cấp huyện."
    assert hint in words(client.get("/theo-doi/"))
    Period.objects.update(communes_file=True)
    assert hint not in words(client.get("/theo-doi/"))
