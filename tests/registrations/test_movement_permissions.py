"""Who may do what with launches, pilot lists and inspections, in which state, through the pages.

The tables are the tests' own copy. A refusal changes nothing and sends nothing.
"""

import pytest
from django.db import transaction

from core.models import Event, OutboxMail
from registrations.models import Finding, Pilot
from registrations.workflow import inspection as inspecting
from registrations.workflow import launch as launching
from registrations.workflow import pilot as piloting
from tests.factories import UnitFactory, member_of
from tests.factories_movement import (
    a_launch,
    a_list,
    a_period,
    a_sent_list,
    a_told_visit,
    an_inspection,
    found,
    owes_launch,
    start,
)
from tests.factories_registrations import a_pdf
from units.enums import Role

# OK is a success, the rest the answer's status: forms say what is wrong with 422, buttons with 409.
OK, NO, GONE, WRONG, FORM = "ok", 403, 404, 409, 422


@pytest.fixture
def world(world):
    """With the colleague at the district, and a team: its head and a member, from two other departments."""
    world.period = a_period()
    world.clerk = member_of(world.unit.parent, Role.REVIEWER)
    world.head = member_of(UnitFactory())
    world.member = member_of(UnitFactory())
    return world


def _posted(version):
    """What every action's form would send; each reads what it needs."""
    return {
        "version": version,
        "comment": "Đề nghị sửa.",
        "reason": "Ghi nhầm ngày.",
        "name": "Phòng Nội vụ",
        "valid_from": "01/01/2027",
        "launched_on": "11/01/2027",
        "received_on": "12/01/2027",
        "form": "document",
        "starts_on": "10/01/2027",
        "ends_on": "21/01/2027",
        "number": "12/QĐ",
        "signed_on": "05/01/2027",
        "conclusion": "Triển khai đồng bộ.",
        "summary": "Đơn vị làm tốt.",
        "kind": "good",
        "text": "Đã làm xong.",
    }


def _traces(case):
    case.refresh_from_db()
    rows = (Event, OutboxMail, Pilot, Finding)
    return case.state if hasattr(case, "state") else case.withdrawn_at, *(m.objects.count() for m in rows)


def _outcomes(client, case, addresses, version=1):
    """OK or the status of each answer, each tried on the same case; a refusal must leave no trace."""
    outcomes = {}
    for action, address in addresses.items():
        before = _traces(case)
        with transaction.atomic():
            is_read = action in ("view", "file")
            needs_file = action in ("start", "edit")
            posted = _posted(version) | ({"upload": a_pdf()} if needs_file else {})
            answer = client.get(address) if is_read else client.post(address, posted)
            after = _traces(case)
            transaction.set_rollback(True)
        case.refresh_from_db()
        if answer.status_code in (200, 302):
            assert is_read or after != before, f"{action} did nothing"
            outcomes[action] = OK
        else:
            assert after == before, f"{action} was refused and yet left a trace"
            outcomes[action] = answer.status_code
    return list(outcomes.values())


# --- Launches: view, file, edit, withdraw ------------------------------------------------------

LAUNCH_TABLE = {
    ("filer", "in force"): [OK, OK, OK, OK],
    ("filer", "withdrawn"): [OK, OK, FORM, WRONG],
    ("colleague", "in force"): [OK, OK, NO, NO],
    ("district", "in force"): [OK, OK, NO, NO],
    ("standing", "in force"): [OK, OK, OK, OK],
    ("standing", "withdrawn"): [OK, OK, FORM, WRONG],
    ("standing_lead", "in force"): [OK, OK, OK, OK],
    ("commendation", "in force"): [OK, OK, NO, NO],
    ("commendation_lead", "in force"): [OK, OK, NO, NO],
    ("stranger", "in force"): [GONE] * 4,
    ("administrator", "in force"): [GONE] * 4,
}


@pytest.mark.prove
@pytest.mark.parametrize(("role", "state"), LAUNCH_TABLE)
def test_launch(world, enter, role, state):
    owes_launch(world.unit, world.period)
    launch = a_launch(world.unit, world.filer, world.period)
    if state == "withdrawn":
        launching.withdraw(launch, by=world.filer, reason="Ghi nhầm.")
    page = launch.get_absolute_url()
    addresses = {"view": page, "file": f"{page}van-ban/", "edit": f"{page}sua/", "withdraw": f"{page}rut/"}
    assert _outcomes(enter(getattr(world, role)), launch, addresses) == LAUNCH_TABLE[role, state]


# --- Lists of a district: view, add a pilot, file, note, return ---------------------------------

READS = [OK, NO, NO, NO, NO]
HIDDEN = [GONE] * 5
LIST_TABLE = {
    ("district", "draft"): [OK, OK, OK, NO, NO],
    ("district", "filed"): [OK, OK, WRONG, NO, NO],
    ("district", "returned"): [OK, OK, OK, NO, NO],
    ("district", "noted"): [OK, OK, WRONG, NO, NO],
    ("clerk", "draft"): READS,
    ("clerk", "filed"): READS,
    ("clerk", "returned"): READS,
    ("clerk", "noted"): READS,
    ("standing", "draft"): HIDDEN,
    ("standing", "filed"): [OK, NO, NO, OK, OK],
    ("standing", "returned"): [OK, NO, NO, WRONG, WRONG],
    ("standing", "noted"): [OK, NO, NO, WRONG, WRONG],
    ("standing_lead", "draft"): HIDDEN,
    ("standing_lead", "filed"): [OK, NO, NO, OK, OK],
    ("standing_lead", "returned"): [OK, NO, NO, WRONG, WRONG],
    ("standing_lead", "noted"): [OK, NO, NO, WRONG, WRONG],
    ("commendation", "draft"): HIDDEN,
    ("commendation", "filed"): READS,
    ("commendation", "returned"): READS,
    ("commendation", "noted"): READS,
    ("filer", "filed"): HIDDEN,
    ("filer", "noted"): HIDDEN,
    ("stranger", "filed"): HIDDEN,
    ("stranger", "noted"): HIDDEN,
    ("administrator", "filed"): HIDDEN,
}
PROVINCIAL_TABLE = {
    ("standing_lead", "draft"): [OK, OK, OK, NO, NO],
    ("standing_lead", "filed"): [OK, OK, WRONG, NO, NO],
    ("standing", "draft"): READS,
    ("standing", "filed"): READS,
    ("commendation", "draft"): HIDDEN,
    ("commendation", "filed"): READS,
    ("district", "draft"): HIDDEN,
    ("district", "filed"): HIDDEN,
    ("administrator", "filed"): HIDDEN,
}


def _list_addresses(pilot_list):
    page = pilot_list.get_absolute_url()
    return {
        "view": page,
        "add": f"{page}them/",
        "file list": f"{page}gui/",
        "note": f"{page}ghi-nhan/",
        "return": f"{page}tra-lai/",
    }


@pytest.mark.prove
@pytest.mark.parametrize(("role", "state"), LIST_TABLE)
def test_list_of_a_district(world, enter, role, state):
    make = a_list if state == "draft" else a_sent_list
    pilot_list = make(world.unit.parent, world.district, "Phòng Văn hóa", period=world.period)
    if state == "returned":
        piloting.return_(pilot_list, by=world.standing, comment="Bổ sung lý do.")
    elif state == "noted":
        piloting.note(pilot_list, by=world.standing, version=pilot_list.version)
    client = enter(getattr(world, role))
    outcomes = _outcomes(client, pilot_list, _list_addresses(pilot_list), pilot_list.version)
    assert outcomes == LIST_TABLE[role, state]


@pytest.mark.prove
@pytest.mark.parametrize(("role", "state"), PROVINCIAL_TABLE)
def test_list_of_the_province(world, enter, role, state):
    make = a_list if state == "draft" else a_sent_list
    pilot_list = make(None, world.standing_lead, "Bệnh viện Đa khoa tỉnh", period=world.period)
    client = enter(getattr(world, role))
    outcomes = _outcomes(client, pilot_list, _list_addresses(pilot_list), pilot_list.version)
    assert outcomes == PROVINCIAL_TABLE[role, state]


# --- Inspections: view, edit, start, conclude, close, cancel ------------------------------------

DESK = {
    "planned": [OK, OK, OK, WRONG, WRONG, OK],
    "under_way": [OK, OK, FORM, OK, WRONG, WRONG],
    "concluded": [OK, FORM, FORM, WRONG, FORM, WRONG],
    "closed": [OK, FORM, FORM, WRONG, WRONG, WRONG],
    "cancelled": [OK, FORM, FORM, WRONG, WRONG, WRONG],
}
LOOKS_ON = [OK, NO, NO, NO, NO, NO]
UNSEEN = [GONE] * 6
STATES = list(DESK)
INSPECTION_TABLE = {
    **{("standing", state): row for state, row in DESK.items()},
    **{("standing_lead", state): row for state, row in DESK.items()},
    **{("commendation", state): LOOKS_ON for state in STATES},
    **{("commendation_lead", state): LOOKS_ON for state in STATES},
    **{("member", state): LOOKS_ON for state in STATES},
    ("head", "planned"): [OK, NO, NO, WRONG, NO, NO],
    ("head", "under_way"): [OK, NO, NO, OK, NO, NO],
    ("head", "concluded"): [OK, NO, NO, WRONG, NO, NO],
    ("head", "closed"): [OK, NO, NO, WRONG, NO, NO],
    ("head", "cancelled"): [OK, NO, NO, WRONG, NO, NO],
    ("filer", "planned"): UNSEEN,
    ("filer", "under_way"): LOOKS_ON,
    ("filer", "concluded"): LOOKS_ON,
    ("filer", "closed"): LOOKS_ON,
    ("filer", "cancelled"): UNSEEN,
    **{("stranger", state): UNSEEN for state in STATES},
    **{("administrator", state): UNSEEN for state in STATES},
}


def _inspection_in(state, world):
    team = {"head": world.head, "members": [world.member]}
    if state in ("planned", "cancelled"):
        inspection = an_inspection(world.standing, world.unit, **team)
        if state == "cancelled":
            inspecting.cancel(inspection, by=world.standing, comment="Trùng đợt khác.")
        return inspection
    visited = a_told_visit(world.standing, world.unit, **team)
    if state != "under_way":
        inspecting.conclude(visited.inspection, by=world.standing, conclusion="Tốt.")
    if state == "closed":
        inspecting.accept(visited.shortcoming, by=world.standing, comment="Đã xem tại chỗ.")
        inspecting.close(visited.inspection, by=world.standing)
    return visited.inspection


@pytest.mark.prove
@pytest.mark.parametrize(("role", "state"), INSPECTION_TABLE)
def test_inspection(world, enter, role, state):
    inspection = _inspection_in(state, world)
    page = inspection.get_absolute_url()
    paths = {
        "view": "",
        "edit": "sua/",
        "start": "bat-dau/",
        "conclude": "ket-thuc/",
        "close": "dong/",
        "cancel": "huy/",
    }
    addresses = {action: page + path for action, path in paths.items()}
    outcomes = _outcomes(enter(getattr(world, role)), inspection, addresses, inspection.version)
    assert outcomes == INSPECTION_TABLE[role, state]


# --- A visit and a finding: view, record, add, communicate, recall; answer, accept, reopen ------

RECORDS = [OK, OK, OK]
WATCHES = [OK] + [NO] * 7
NOWHERE = [GONE] * 8
VISIT_TABLE = {
    **{(r, "untold"): [*RECORDS, OK, WRONG, NO, NO, NO] for r in ("standing", "standing_lead", "head")},
    **{
        (r, "open"): [OK, FORM, FORM, WRONG, OK, NO, OK, WRONG] for r in ("standing", "standing_lead", "head")
    },
    **{(r, "answered"): [OK, FORM, FORM, WRONG, WRONG, NO, OK, OK] for r in ("standing", "head")},
    **{(r, "closed"): [OK, FORM, FORM, WRONG, WRONG, NO, WRONG, OK] for r in ("standing", "head")},
    ("member", "untold"): [*RECORDS, NO, NO, NO, NO, NO],
    ("member", "open"): [OK, FORM, FORM, NO, NO, NO, OK, WRONG],
    ("member", "answered"): [OK, FORM, FORM, NO, NO, NO, OK, OK],
    ("member", "closed"): [OK, FORM, FORM, NO, NO, NO, WRONG, OK],
    **{
        (r, s): WATCHES for r in ("commendation", "commendation_lead") for s in ("untold", "open", "answered")
    },
    ("filer", "untold"): [OK, NO, NO, NO, NO, GONE, GONE, GONE],
    ("filer", "open"): [OK, NO, NO, NO, NO, OK, NO, NO],
    ("filer", "answered"): [OK, NO, NO, NO, NO, WRONG, NO, NO],
    ("filer", "closed"): [OK, NO, NO, NO, NO, WRONG, NO, NO],
    ("colleague", "open"): WATCHES,
    ("district", "open"): NOWHERE,
    ("stranger", "untold"): NOWHERE,
    ("stranger", "open"): NOWHERE,
    ("administrator", "open"): NOWHERE,
}


@pytest.mark.prove
@pytest.mark.parametrize(("role", "state"), VISIT_TABLE)
def test_visit_and_finding(world, enter, role, state):
    team = {"head": world.head, "members": [world.member]}
    if state == "untold":
        inspection = an_inspection(world.standing, world.unit, **team)
        start(inspection, world.standing)
        visit = inspection.visits.get()
        finding = found(visit, world.standing)
        inspecting.record(visit, by=world.standing, representatives="", summary="Tốt.")
    else:
        visited = a_told_visit(world.standing, world.unit, **team)
        visit, finding = visited.visit, visited.shortcoming
    if state in ("answered", "closed"):
        inspecting.answer(finding, by=world.filer, text="Đã xử lý.")
    if state == "closed":
        inspecting.accept(finding, by=world.head)
    page = visit.get_absolute_url()
    one = f"{page}phat-hien/{finding.uid}/"
    addresses = {
        "view": page,
        "record": f"{page}nhan-xet/",
        "add": f"{page}phat-hien/",
        "communicate": f"{page}thong-bao/",
        "recall": f"{page}thu-lai/",
        "answer": f"{one}tra-loi/",
        "accept": f"{one}chap-nhan/",
        "reopen": f"{one}lam-tiep/",
    }
    client = enter(getattr(world, role))
    assert _outcomes(client, finding, addresses) == VISIT_TABLE[role, state]


def test_no_one_inspects_the_own_unit(world, enter):
    """Someone of the team whose own unit is visited reads what others found, and writes nothing."""
    visited = a_told_visit(world.standing, world.unit, head=world.head, members=[world.filer])
    client = enter(world.filer)
    one = f"{visited.visit.get_absolute_url()}phat-hien/{visited.shortcoming.uid}/"
    statuses = [
        client.post(f"{one}{path}", {"comment": "Xong."}).status_code for path in ("chap-nhan/", "lam-tiep/")
    ]
    assert statuses == [NO, NO]
    assert Finding.objects.get(pk=visited.shortcoming.pk).state == "open"
