"""A supplement asked item by item while the clock stands; the receipt of each submission."""

import uuid

from awards.models import (
    SupplementItem,
    SupplementRequest,
)
from awards.workflow import dossier as submitting
from core.models import OutboxMail, VerificationCode
from tests.awards.trying import counts
from tests.factories_awards import (
    a_full_draft,
    a_submitted_dossier,
)


def test_a_supplement_is_asked_item_by_item_and_stops_the_clock(world, enter, today):
    """Fri 15/01/2027 + 20 working days = 19/02; asked after 5 days, answered on 01/02: 15 are left."""
    dossier = a_submitted_dossier(world.unit, world.filer)
    assert f"{dossier.due_on}" == "2027-02-19"
    person = dossier.nominees.get(kind="individual")
    desk, client = enter(world.standing), enter(world.filer)
    url = f"/ho-so/{dossier.uid}/yeu-cau-bo-sung/"
    before = counts()
    assert (desk.post(url, {"text_1": " "}).status_code, counts()) == (422, before)
    today.move_to("2027-01-22T09:00+07:00")
    desk = enter(world.standing)
    asked = {"text_1": "Thiếu biên bản", "about_2": person.uid, "text_2": "Ghi rõ chức vụ"}
    assert desk.post(url, asked).status_code == 302
    dossier.refresh_from_db()
    assert (dossier.state, dossier.due_on, dossier.days_left) == ("returned", None, 20 - 5)
    items = SupplementItem.objects.all()
    assert [(item.nominee, item.text) for item in items] == [
        (None, "Thiếu biên bản"),
        (person, "Ghi rõ chức vụ"),
    ]
    assert "Nguyễn Thị Hòa: Ghi rõ chức vụ" in OutboxMail.objects.order_by("pk").last().body
    today.move_to("2027-02-01T09:00+07:00")
    desk, client = enter(world.standing), enter(world.filer)
    submit = {"version": dossier.version, "request_key": uuid.uuid4()}
    refused = client.post(f"/ho-so/{dossier.uid}/nop/", submit)
    assert refused.status_code == 422
    assert "Chưa trả lời mục yêu cầu bổ sung: Ghi rõ chức vụ" in refused.content.decode()
    answers = {f"answer-{item.uid}": "Đã bổ sung" for item in items}
    assert client.post(f"/ho-so/{dossier.uid}/tra-loi-bo-sung/", answers).status_code == 302
    dossier.refresh_from_db()
    submit["version"] = dossier.version
    assert client.post(f"/ho-so/{dossier.uid}/nop/", submit).status_code == 302
    dossier.refresh_from_db()
    request = SupplementRequest.objects.get()
    assert (request.is_late, request.closed_at is not None) == (True, True)
    row = desk.get("/ho-so/").context["rows"][0]
    assert row["time_left"].startswith("Còn 15 ngày làm việc")


def test_one_request_is_open_at_a_time(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    submitting.request_supplement(dossier, by=world.standing, comment="Biên bản.")
    again = enter(world.standing).post(f"/ho-so/{dossier.uid}/yeu-cau-bo-sung/", {"text_1": "Nữa"})
    assert (again.status_code, SupplementRequest.objects.count()) == (409, 1)


def test_the_receipt_has_a_code_and_an_appointment(world, enter, client):
    dossier = a_full_draft(world.unit, world.filer)
    response = enter(world.filer).post(
        f"/ho-so/{dossier.uid}/nop/", {"version": dossier.version, "request_key": uuid.uuid4()}
    )
    page = enter(world.filer).get(response.url).content.decode()
    code = VerificationCode.objects.get()
    public = client.get(code.get_absolute_url()).content.decode()
    for text in (page, public):
        assert "19/02/2027" in text
    assert code.code in page
    assert "Nguyễn Thị Hòa" not in public
