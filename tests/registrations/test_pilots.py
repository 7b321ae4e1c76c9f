"""Lists of pilot units: who draws them up, what the standing body reads, what a change leaves behind."""

from datetime import date

import pytest

from core.models import Event, OutboxMail
from core.transitions import Refused
from registrations.models import Obligation, Pilot, PilotList, PilotNorm
from registrations.workflow import pilot as workflow
from tests.factories import UnitFactory, member_of
from tests.factories_movement import a_list, a_period, a_sent_list, add_pilot, owes
from tests.factories_registrations import a_filed_registration
from units.enums import Kind


@pytest.fixture
def period(world):
    return a_period()


@pytest.fixture
def district(world, period):
    owes(world.unit.parent, "pilots", period)
    return world.unit.parent


def test_a_district_draws_up_its_list_and_sends_it(enter, world, period, district):
    client = enter(world.district)
    start = client.post("/phong-trao/chi-dao-diem/bat-dau/", {"period": period.uid, "unit": district.uid})
    pilot_list = PilotList.objects.get()
    assert (start.url, pilot_list.unit) == (pilot_list.get_absolute_url(), district)
    posted = {
        "unit": world.unit.code,
        "priority_fields": ["a"],
        "reason": "Có tổ công nghệ số.",
        "valid_from": "01/02/2027",
    }
    assert client.post(f"{start.url}them/", posted).status_code == 302
    pilot = Pilot.objects.get()
    assert (pilot.unit, [f.code for f in pilot.fields.all()], pilot.valid_to) == (world.unit, ["a"], None)
    pilot_list.refresh_from_db()
    client.post(f"{start.url}gui/", {"version": pilot_list.version})
    pilot_list.refresh_from_db()
    owed = Obligation.objects.get(unit=district, kind="pilots")
    assert (pilot_list.state, pilot_list.is_late, owed.met_at) == ("filed", False, pilot_list.filed_at)


def test_an_empty_list_is_not_sent(world, period, district):
    pilot_list = a_list(district, world.district, period=period)
    with pytest.raises(Refused) as refused:
        workflow.file(pilot_list, by=world.district, version=pilot_list.version)
    assert [f.message for f in refused.value.findings] == ["Danh sách chưa có đơn vị nào."]


def test_what_came_after_the_day_is_late(world, period, district, on_time):
    on_time.move_to("2027-01-31T23:59:59+07:00")
    assert a_sent_list(district, world.district, period=period).is_late is False
    other = UnitFactory(district=True)
    owes(other, "pilots", period)
    on_time.move_to("2027-02-01T00:00:00+07:00")
    assert a_sent_list(other, member_of(other), period=period).is_late is True


@pytest.mark.parametrize(
    ("unit", "says"),
    [
        ("Sở không có thật", "Không có đơn vị nào mang mã hoặc tên này"),
        ("", "Hãy chọn đơn vị, hoặc ghi tên"),
    ],
)
def test_a_pilot_has_a_name(enter, world, period, district, unit, says):
    pilot_list = a_list(district, world.district, period=period)
    posted = {"unit": unit, "reason": "Lý do đã gõ.", "valid_from": "01/02/2027"}
    answer = enter(world.district).post(f"{pilot_list.get_absolute_url()}them/", posted)
    page = answer.content.decode()
    assert (answer.status_code, says in page, "Lý do đã gõ." in page) == (422, True, True)


def test_a_district_names_its_own_communes_and_enterprises_only(enter, world, period, district):
    pilot_list = a_list(district, world.district, period=period)
    foreign = UnitFactory(commune=True, name="Xã của huyện khác")
    firm = UnitFactory(enterprise=True)
    client = enter(world.district)
    statuses = [
        client.post(
            f"{pilot_list.get_absolute_url()}them/",
            {"unit": unit.code, "reason": "Tốt.", "valid_from": "01/02/2027"},
        ).status_code
        for unit in (foreign, firm, world.unit)
    ]
    assert statuses == [422, 302, 302]


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (1, None),
        (2, None),
        (3, "Huyện thứ nhất đang có 03 đơn vị; cần 01 đến 02 đơn vị (III.3)."),
        (0, "Huyện thứ nhất chưa có đơn vị nào; cần 01 đến 02 đơn vị (III.3)."),
    ],
)
def test_a_number_that_is_off_warns_and_does_not_stop(enter, world, period, district, number, says):
    district.name = "Huyện thứ nhất"
    district.save()
    names = [f"Phòng {n}" for n in range(max(number, 1))]
    pilot_list = a_sent_list(district, world.district, *names, period=period)
    if number == 0:
        workflow.end_pilot(
            pilot_list.pilots.get(), by=world.district, last_day=date(2027, 1, 14), comment="Đã giải thể."
        )
    client = enter(world.standing)
    found = client.get(pilot_list.get_absolute_url()).context["warnings"]
    assert [f.message for f in found] == ([says] if says else [])
    off = client.get("/phong-trao/chi-dao-diem/?state=sai-so-luong").context["list"]["rows"]
    assert [row.unit for row in off] == ([district] if says else [])


def test_the_wanted_number_is_data(world, period, district):
    PilotNorm.objects.filter(level="district").update(at_least=3, at_most=None)
    pilot_list = a_sent_list(district, world.district, "Phòng 1", "Phòng 2", period=period)
    assert (pilot_list.norm.wanted, pilot_list.norm.holds(2), pilot_list.norm.holds(9)) == (
        "ít nhất 03 đơn vị",
        False,
        True,
    )


def test_a_change_after_sending_needs_its_reason_and_is_noted_anew(enter, world, period, district):
    pilot_list = a_sent_list(district, world.district, period=period)
    workflow.note(pilot_list, by=world.standing, version=pilot_list.version)
    client = enter(world.district)
    page = pilot_list.get_absolute_url()
    posted = {"name": "Phòng Kinh tế", "reason": "Tốt.", "valid_from": "15/01/2027"}
    assert client.post(f"{page}them/", posted).status_code == 422
    assert client.post(f"{page}them/", posted | {"comment": "Thêm một phòng."}).status_code == 302
    pilot_list.refresh_from_db()
    assert (pilot_list.state, pilot_list.pilots.count()) == ("filed", 2)
    assert Event.objects.get(act="change").payload.comment == "Thêm một phòng."
    pilot = pilot_list.pilots.first()
    end = f"{page}don-vi/{pilot.uid}/thoi/"
    assert client.post(end, {"last_day": "14/01/2027"}).status_code == 422
    assert client.post(end, {"last_day": "14/01/2027", "comment": "Sáp nhập."}).status_code == 302
    # Whose list it is not learns nothing of it, whatever the form lacks.
    roles = {"stranger": 404, "standing": 403, "administrator": 404}
    assert {role: enter(getattr(world, role)).post(end, {}).status_code for role in roles} == roles
    pilot.refresh_from_db()
    assert (pilot.valid_to, pilot.is_over) == (date(2027, 1, 14), True)
    assert client.post(f"{page}don-vi/{pilot.uid}/bo/").status_code == 409


def test_what_changed_after_the_page_was_read_is_not_noted(world, period, district):
    pilot_list = a_sent_list(district, world.district, period=period)
    read = pilot_list.version
    add_pilot(pilot_list, world.district, name="Phòng Y tế", comment="Thêm.")
    with pytest.raises(Refused, match="vừa thay đổi danh sách"):
        workflow.note(pilot_list, by=world.standing, version=read)
    assert PilotList.objects.get().state == "filed"


def test_a_returned_list_is_told_mended_and_sent_again(enter, world, period, district):
    pilot_list = a_sent_list(district, world.district, period=period)
    workflow.return_(pilot_list, by=world.standing, comment="Nêu rõ lĩnh vực.")
    mail = OutboxMail.objects.get()
    assert (mail.recipient, "Nêu rõ lĩnh vực." in mail.body) == (world.district, True)
    page = enter(world.district).get("/ban-lam-viec/").content.decode()
    assert "Sửa danh sách chỉ đạo điểm" in page
    first = pilot_list.filed_at
    workflow.file(pilot_list, by=world.district, version=pilot_list.version)
    assert (pilot_list.state, pilot_list.first_filed_at) == ("filed", first)


def test_the_same_unit_stands_once(world, period, district):
    pilot_list = a_list(district, world.district, period=period)
    add_pilot(pilot_list, world.district, unit=world.unit)
    with pytest.raises(Refused) as refused:
        add_pilot(pilot_list, world.district, unit=world.unit)
    assert [f.message for f in refused.value.findings] == ["Đơn vị này đã có trong danh sách."]


def test_the_badge_stands_on_the_paper_of_a_pilot_as_a_whole(enter, world, period, district):
    pilot_list = a_list(district, world.district, period=period)
    add_pilot(pilot_list, world.district, unit=district, name="Phòng Văn hóa")
    a_filed_registration(world.unit, world.filer)
    client = enter(world.standing)

    def badges():
        return client.get("/dang-ky/").content.decode().count("Đơn vị chỉ đạo điểm")

    assert badges() == 0
    add_pilot(pilot_list, world.district, unit=world.unit)
    assert badges() == 0
    workflow.file(pilot_list, by=world.district, version=pilot_list.version)
    assert badges() == 1


@pytest.mark.parametrize(
    "reader", ["standing", "standing_lead", "commendation", "district", "filer", "stranger"]
)
def test_who_sees_a_list_has_the_right_to_and_no_one_else(world, period, district, reader):
    lists = [
        a_list(district, world.district, "Phòng A", period=period),
        a_sent_list(None, world.standing_lead, "Bệnh viện", period=period),
    ]
    other = UnitFactory(district=True)
    lists.append(a_sent_list(other, member_of(other), period=period))
    user = getattr(world, reader)
    visible = set(PilotList.objects.visible_to(user))
    assert visible == {one for one in lists if user.has_perm("registrations.view_pilotlist", one)}


def test_only_a_district_or_the_province_has_a_list(enter, world, period):
    client = enter(world.filer)
    posted = {"period": period.uid, "unit": world.unit.uid}
    assert client.post("/phong-trao/chi-dao-diem/bat-dau/", posted).status_code == 404
    assert client.post("/phong-trao/chi-dao-diem/bat-dau/", {"period": period.uid}).status_code == 403
    assert client.post("/phong-trao/chi-dao-diem/bat-dau/", {"period": "x"}).status_code == 404
    assert (PilotList.objects.count(), world.unit.kind) == (0, Kind.COMMUNE)


def test_the_page_asks_as_often_for_one_district_as_for_ten(
    enter, world, period, district, django_assert_num_queries
):
    client = enter(world.standing)
    client.get("/phong-trao/chi-dao-diem/")
    with django_assert_num_queries(14):
        client.get("/phong-trao/chi-dao-diem/")
    for _ in range(9):
        owes(UnitFactory(district=True), "pilots", period)
    with django_assert_num_queries(14):
        client.get("/phong-trao/chi-dao-diem/")
