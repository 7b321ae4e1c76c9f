"""Giấy khen that a unit gave by its own decision, recorded with its names."""

from awards.models import (
    RecordedAward,
    RecordedDecision,
)
from core import identity
from core.models import Event
from tests.awards.sheets import confirm, template, upload, write
from tests.factories_awards import (
    a_recorded_decision,
    the_form,
)
from tests.factories_registrations import a_pdf


def test_a_unit_records_its_own_certificates(world, enter):
    the_form()
    client = enter(world.filer)

    def said(**changes):
        return {
            "unit": world.unit.uid,
            "form": "GK-XA",
            "number": "12/QĐ-UBND",
            "signed_on": "05/01/2027",
            "title": "Tặng Giấy khen năm 2026",
            "achievement_from": "01/01/2026",
            "achievement_to": "31/12/2026",
            "upload": a_pdf("giay-khen.pdf"),
        } | changes

    assert client.post("/giay-khen/", said(form="GK-SO")).status_code == 422
    assert client.post("/giay-khen/", said(signed_on="05/02/2027")).status_code == 422
    assert enter(world.colleague).post("/giay-khen/", said()).status_code == 403
    assert RecordedDecision.objects.count() == 0
    assert client.post("/giay-khen/", said()).status_code == 302
    assert client.post("/giay-khen/", said()).status_code == 422  # once
    decision = RecordedDecision.objects.get()
    url = f"/giay-khen/{decision.uid}/"
    name = {"kind": "individual", "name": "Nguyễn Thị Hoà", "sex": "female", "birth_date": "20/02/1980"}
    assert client.post(f"{url}them/", name | {"sex": ""}).status_code == 422
    assert client.post(f"{url}them/", name).status_code == 302
    assert RecordedAward.objects.get().search_name == "nguyen thi hoa"
    for role, status in (("district", 200), ("standing", 200), ("commendation", 200), ("stranger", 404)):
        assert enter(getattr(world, role)).get(url).status_code == status
    assert enter(world.standing).post(f"{url}go/", {"comment": "x"}).status_code == 403
    assert client.post(f"{url}go/", {"comment": " "}).status_code == 422
    assert client.post(f"{url}go/", {"comment": "Ghi nhầm số."}).status_code == 302
    assert client.post(f"{url}them/", name).status_code == 409


def test_the_names_of_a_decision_come_from_excel_as_well(world, enter):
    """Previewed, faults named by cell, written at once; who is there already stays, and is set right."""
    decision = a_recorded_decision(world.unit, world.filer)
    base, client = f"/giay-khen/{decision.uid}/", enter(world.filer)
    first = {"kind": "individual", "name": "Nguyễn Thị Hoà", "sex": "female", "position": "Văn thư"}
    assert client.post(f"{base}them/", first).status_code == 302
    roles = {"filer": 200, "colleague": 403, "district": 403, "standing": 403, "stranger": 404}
    assert {role: enter(getattr(world, role)).get(f"{base}nhap/").status_code for role in roles} == roles
    book = template(client, base)
    sheet = book["Cá nhân"]
    assert [sheet.cell(2, column).value for column in (1, 2, 5)] == ["Nguyễn Thị Hoà", "Bà", "Văn thư"]
    sheet.cell(2, 5).value = "Công chức Văn phòng"
    man = {"Họ và tên": "Lò Văn Páo", "Ông/Bà": "Ông", "Số CCCD": "010080000007"}
    write(sheet, [man, man | {"Ông/Bà": "Anh"}])
    wrong = upload(client, base, book)
    said = wrong.content.decode()
    assert (wrong.status_code, "B4" in said, decision.awards.count()) == (422, True, 1)
    book = template(client, base)
    book["Cá nhân"].cell(2, 5).value = "Công chức Văn phòng"
    write(book["Cá nhân"], [man])
    write(book["Tập thể"], [{"Tên": world.unit.name}])
    preview = upload(client, base, book)
    assert preview.context["plan"].counts == {"add": 2, "change": 1, "remove": 0}
    assert (decision.awards.count(), "010080000007" in preview.content.decode()) == (1, False)
    assert confirm(client, base, preview).status_code == 302
    rows = decision.awards.order_by("pk").values_list("name", "sex", "position", "subject__name")
    assert list(rows) == [
        ("Nguyễn Thị Hoà", "female", "Công chức Văn phòng", None),
        (world.unit.name, "", "", world.unit.name),
        ("Lò Văn Páo", "male", "", None),
    ]
    assert identity.index_of("010080000007") == decision.awards.get(name="Lò Văn Páo").identity_index
    told = Event.objects.get(act="import_recorded_awards").payload.data
    assert (told["add"], told["change"]) == (2, 1)
    assert client.post(f"{base}go/", {"comment": "Ghi nhầm số."}).status_code == 302
    assert confirm(client, base, preview).status_code == 302
    assert decision.awards.count() == 3


def test_a_file_taken_back_as_it_was_changes_nobody_of_the_same_name(world, enter):
    decision = a_recorded_decision(world.unit, world.filer)
    base, client = f"/giay-khen/{decision.uid}/", enter(world.filer)
    for birth_date in ("", "01/02/1980", "03/04/1985"):
        said = {"kind": "individual", "name": "Lò Văn Páo", "sex": "male", "birth_date": birth_date}
        assert client.post(f"{base}them/", said).status_code == 302
    plan = upload(client, base, template(client, base)).context["plan"]
    assert (plan.changes, plan.unchanged) == ([], 3)
