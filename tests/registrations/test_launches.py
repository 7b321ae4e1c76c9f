"""Recording that a unit launched the movement, and the board against the 100 % of the plan."""

from datetime import date

import pytest

from core.models import Event
from registrations.models import Launch, Obligation
from registrations.workflow import launch as workflow
from registrations.workflow.obligation import oblige
from tests.factories import UnitFactory, member_of
from tests.factories_movement import a_launch, a_period, owes_launch
from tests.factories_registrations import a_pdf
from tests.registrations.pages import form_with
from units.enums import Kind

POSTED = {
    "launched_on": "10/01/2027",
    "form": "conference",
    "document_number": "35/KH-UBND",
    "note": "",
}


@pytest.fixture
def period(world):
    return a_period()


@pytest.fixture
def department(period):
    unit = UnitFactory(name="Sở Công Thương")
    owes_launch(unit, period)
    return unit


def _address(period, unit):
    return f"/phong-trao/phat-dong/{period.year}/{unit.uid}/"


def test_who_owes_a_launch_and_a_list(period):
    """Departments, party bodies, mass organisations and districts launch; districts choose pilots."""
    made = {
        kind: UnitFactory(kind=kind, name=kind.label)
        for kind in (Kind.DEPARTMENT, Kind.PARTY, Kind.MASS_ORGANISATION, Kind.DISTRICT, Kind.ENTERPRISE)
    }
    oblige(period)
    owed = Obligation.objects.filter(unit__in=made.values()).exclude(
        kind__in=["registration", "annual_report"]
    )
    rows = sorted(owed.values_list("unit__kind", "kind", "due"))
    day = date(2027, 1, 31)
    assert rows == [
        ("department", "launch", day),
        ("district", "launch", day),
        ("district", "pilots", day),
        ("mass_organisation", "launch", day),
        ("party", "launch", day),
    ]


def test_a_unit_records_its_launch(enter, period, department):
    client = enter(member_of(department))
    answer = client.post(_address(period, department), {**POSTED, "upload": a_pdf()})
    launch = Launch.objects.get()
    assert (answer.status_code, answer.url) == (302, launch.get_absolute_url())
    assert (launch.launched_on, launch.form, launch.received_on) == (date(2027, 1, 10), "conference", None)
    owed = Obligation.objects.get(unit=department)
    assert (owed.met_at.astimezone().date() <= date(2027, 1, 10), owed.is_late) == (True, False)
    assert client.get(_address(period, department)).url == launch.get_absolute_url()


def test_the_day_of_the_launch_decides_whether_it_is_late(period, department, on_time):
    on_time.move_to("2027-02-20T09:00+07:00")
    filer = member_of(department)
    a_launch(department, filer, period, launched_on=date(2027, 1, 31))
    assert Obligation.objects.get(unit=department).is_late is False
    other = UnitFactory()
    owes_launch(other, period)
    a_launch(other, member_of(other), period, launched_on=date(2027, 2, 1))
    assert Obligation.objects.get(unit=other).is_late is True


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"launched_on": "16/01/2027"}, "Ngày phát động chưa tới."),
        ({"launched_on": "31/02/2027"}, "Hãy nhập ngày có thật"),
        ({"form": ""}, "Hãy điền mục này."),
        ({"upload": a_pdf(content=b"MZ")}, "không phải là tệp PDF"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(enter, period, department, changes, says):
    client = enter(member_of(department))
    answer = client.post(
        _address(period, department), {**POSTED, "note": "Hai trăm người dự.", "upload": a_pdf(), **changes}
    )
    page = answer.content.decode()
    assert (answer.status_code, says in page, Launch.objects.count()) == (422, True, 0)
    assert form_with(answer, "note")["note"] == ["Hai trăm người dự."]


def test_the_standing_body_records_from_paper(enter, world, period, department):
    client = enter(world.standing)
    without = client.post(_address(period, department), {**POSTED, "upload": a_pdf()})
    assert (without.status_code, Launch.objects.count()) == (422, 0)
    posted = {**POSTED, "received_on": "12/01/2027", "upload": a_pdf()}
    client.post(_address(period, department), posted)
    assert Launch.objects.get().received_on == date(2027, 1, 12)


def test_a_unit_that_owes_none_has_no_page(enter, world, period):
    other = UnitFactory()
    assert enter(member_of(other)).get(_address(period, other)).status_code == 404
    assert enter(world.standing).get(_address(period, other)).status_code == 404


def test_a_correction_leaves_its_trail(enter, period, department):
    filer = member_of(department, full_name="Lê Văn Cường")
    launch = a_launch(department, filer, period)
    client = enter(filer)
    page = f"{launch.get_absolute_url()}sua/"
    assert client.post(page, {**POSTED, "version": 1}).status_code == 422
    changed = {**POSTED, "launched_on": "08/01/2027", "reason": "Ghi nhầm ngày.", "version": 1}
    assert client.post(page, changed).status_code == 302
    launch.refresh_from_db()
    assert (launch.launched_on, launch.version) == (date(2027, 1, 8), 2)
    payload = Event.objects.get(act="correct").payload
    assert (payload.comment, payload.data["before"]["launched_on"]) == ("Ghi nhầm ngày.", "2027-01-10")
    assert "đã sửa thông tin phát động" in client.get(launch.get_absolute_url()).content.decode()
    stale = client.post(page, {**changed, "launched_on": "05/01/2027"})
    assert (stale.status_code, "Người khác vừa sửa" in stale.content.decode()) == (422, True)
    launch.refresh_from_db()
    assert launch.launched_on == date(2027, 1, 8)


def test_the_standing_body_corrects_what_a_unit_recorded_itself(enter, world, period, department):
    """It asks for no day of a paper that never came; what came on paper keeps its day."""
    launch = a_launch(department, member_of(department), period)
    client = enter(world.standing)
    page = f"{launch.get_absolute_url()}sua/"
    assert "received_on" not in client.get(page).context["form"].fields
    changed = {**POSTED, "launched_on": "09/01/2027", "reason": "Theo văn bản.", "version": 1}
    assert client.post(page, changed).status_code == 302
    launch.refresh_from_db()
    assert (launch.launched_on, launch.received_on) == (date(2027, 1, 9), None)


def test_a_withdrawn_launch_is_owed_again(period, department):
    filer = member_of(department)
    launch = a_launch(department, filer, period)
    workflow.withdraw(launch, by=filer, reason="Ghi nhầm đơn vị.")
    assert Obligation.objects.outstanding().filter(unit=department).exists()
    again = a_launch(department, filer, period)
    assert list(Launch.objects.in_force()) == [again]


@pytest.fixture
def four(period):
    """Three departments, of which one launched late and one not at all, and a district that launched."""
    units = [UnitFactory(name=f"Sở số {n}") for n in range(3)] + [UnitFactory(district=True, name="Huyện A")]
    for unit in units:
        owes_launch(unit, period)
    for unit, day in ((units[0], date(2027, 1, 10)), (units[3], date(2027, 1, 9))):
        a_launch(unit, member_of(unit), period, launched_on=day)
    Obligation.objects.filter(unit=units[0]).update(due=date(2027, 1, 9))
    return units


def test_the_board_counts_by_tier_against_all(enter, world, four):
    answer = enter(world.standing).get("/phong-trao/phat-dong/")
    board = answer.context["board"]
    rows = [
        (row["label"], row["total"], row["done"], row["late"], row["missing"], row["figure"])
        for row in (*board["rows"], board["all"])
    ]
    assert rows == [
        ("Cấp tỉnh", 3, 1, 1, 2, "33,33 % (1/3)"),
        ("Cấp huyện", 1, 1, 0, 0, "100,00 % (1/1)"),
        ("Tất cả", 4, 2, 1, 2, "50,00 % (2/4)"),
    ]


def test_each_number_opens_its_list(enter, world, four):
    client = enter(world.commendation)
    row = client.get("/phong-trao/phat-dong/").context["board"]["rows"][0]
    listed = {
        key: [o.unit.name for o in client.get(row[key].partition("#")[0]).context["list"]["rows"]]
        for key in ("url", "done_url", "late_url", "missing_url")
    }
    assert listed == {
        "url": ["Sở số 0", "Sở số 1", "Sở số 2"],
        "done_url": ["Sở số 0"],
        "late_url": ["Sở số 0"],
        "missing_url": ["Sở số 1", "Sở số 2"],
    }


def test_others_see_their_own_and_no_board(enter, four):
    answer = enter(member_of(four[1])).get("/phong-trao/phat-dong/")
    assert [o.unit for o in answer.context["list"]["rows"]] == [four[1]]
    assert answer.context["board"] is None


def test_the_page_asks_as_often_for_three_rows_as_for_thirty(
    enter, world, period, four, django_assert_num_queries
):
    client = enter(world.standing)
    client.get("/phong-trao/phat-dong/")
    with django_assert_num_queries(12):
        client.get("/phong-trao/phat-dong/")
    for _ in range(30):
        unit = UnitFactory()
        owes_launch(unit, period)
    with django_assert_num_queries(12):
        client.get("/phong-trao/phat-dong/")


@pytest.mark.parametrize("query", ["?year=abc", "?year=1800", "?stage=x&tier=y", "?year=²", "?page=x"])
def test_a_strange_address_is_a_page(enter, world, four, query):
    assert enter(world.standing).get(f"/phong-trao/phat-dong/{query}").status_code == 200


def test_the_list_leaves_as_a_file(enter, world, four):
    answer = enter(world.standing).get("/phong-trao/phat-dong/?tai-ve=csv&stage=da-phat-dong")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert [line.split(";")[1] for line in lines[1:]] == ["Huyện A", "Sở số 0"]


def test_it_is_among_what_awaits_the_filer(enter, department, period):
    page = enter(member_of(department)).get("/ban-lam-viec/").content.decode()
    assert ("Phát động phong trào năm 2027" in page, _address(period, department) in page) == (True, True)
