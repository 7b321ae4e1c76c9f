"""The head of the unit approves before the unit files, where the unit wants it."""

import pytest

from core.models import Event, OutboxMail
from registrations import workflow
from registrations.models import HeadApproval
from tests.factories import member_of
from tests.factories_registrations import a_draft, a_full_draft, fill
from tests.registrations.pages import form_with
from units.enums import Role


@pytest.fixture
def head(world):
    return member_of(world.unit, Role.HEAD, full_name="Giàng A Phử")


@pytest.fixture
def registration(world, head):
    workflow.require_head_approval(world.unit, True, by=head)
    return a_full_draft(world.unit, world.filer)


def _ask(client, registration):
    page = client.get(registration.get_absolute_url() + "nop/")
    assert "Trình thủ trưởng duyệt" in page.content.decode()
    address = registration.get_absolute_url() + "trinh/"
    return client.post(address, {"version": registration.version})


def _word(registration, act):
    return f"{registration.get_absolute_url()}trinh/{HeadApproval.objects.last().uid}/{act}/"


def test_asked_approved_and_filed(registration, world, enter, head):
    filer, chief = enter(world.filer), enter(head)
    assert _ask(filer, registration).url == registration.get_absolute_url()
    (mail,) = OutboxMail.objects.all()
    assert (mail.recipient, "Nguyễn Văn An trình bản đăng ký" in mail.body) == (head, True)
    assert "Duyệt đăng ký thi đua năm 2027" in chief.get("/ban-lam-viec/").content.decode()
    assert chief.post(_word(registration, "duyet")).status_code == 302
    assert OutboxMail.objects.filter(recipient=world.filer).count() == 1
    assert "Thủ trưởng đã duyệt: đăng ký năm 2027" in filer.get("/ban-lam-viec/").content.decode()

    address = registration.get_absolute_url() + "nop/"
    answer = filer.post(address, form_with(filer.get(address), "request_key"))
    assert answer.url == registration.versions.get().get_absolute_url()
    acts = Event.objects.filter(case_uid=registration.uid).values_list("act", flat=True)
    assert list(acts) == ["start", "ask_head", "approve", "file"]
    page = filer.get(registration.get_absolute_url()).content.decode()
    for sentence in ("đã trình thủ trưởng duyệt", "đã duyệt để nộp", "đã nộp đăng ký"):
        assert sentence in page


def test_without_the_word_nothing_is_filed(registration, world, enter):
    filer = enter(world.filer)
    answer = filer.post(
        registration.get_absolute_url() + "nop/",
        {"version": registration.version, "request_key": str(registration.uid)},
    )
    registration.refresh_from_db()
    assert (answer.status_code, registration.state) == (422, "draft")
    assert "Thủ trưởng đơn vị chưa duyệt bản này." in answer.content.decode()


def test_what_is_changed_after_the_word_needs_a_new_one(registration, world, enter, head):
    filer, chief = enter(world.filer), enter(head)
    _ask(filer, registration)
    chief.post(_word(registration, "duyet"))
    fill(registration, world.filer, objectives="Sửa sau khi duyệt")
    page = filer.get(registration.get_absolute_url() + "nop/").content.decode()
    assert "Thủ trưởng đơn vị chưa duyệt bản này." in page
    _ask(filer, registration)
    fill(registration, world.filer, objectives="Sửa sau khi trình")
    assert chief.post(_word(registration, "duyet")).status_code == 409
    _ask(filer, registration)
    assert list(HeadApproval.objects.values_list("state", flat=True)) == ["approved", "taken_back", "asked"]


def test_sent_back_with_words(registration, world, enter, head):
    filer, chief = enter(world.filer), enter(head)
    _ask(filer, registration)
    assert chief.post(_word(registration, "yeu-cau-sua"), {"comment": " "}).status_code == 422
    chief.post(_word(registration, "yeu-cau-sua"), {"comment": "Nâng chỉ tiêu 1."})
    page = filer.get(registration.get_absolute_url()).content.decode()
    assert "Thủ trưởng yêu cầu sửa" in page
    assert page.count("Nâng chỉ tiêu 1.") == 2  # at the top and in the history
    assert "Nâng chỉ tiêu 1." in OutboxMail.objects.get(recipient=world.filer).body


def test_asking_twice_asks_once_and_an_unfinished_one_is_not_put_before_the_head(
    registration, world, enter, head
):
    filer = enter(world.filer)
    _ask(filer, registration)
    filer.post(registration.get_absolute_url() + "trinh/", {"version": registration.version})
    assert HeadApproval.objects.count() == 1
    fill(registration, world.filer, tasks=[])
    answer = filer.post(registration.get_absolute_url() + "trinh/", {"version": registration.version})
    assert answer.status_code == 422
    assert filer.post(registration.get_absolute_url() + "trinh/", {"version": "x"}).status_code == 409


@pytest.mark.parametrize(
    ("person", "status"),
    [("filer", 403), ("colleague", 403), ("district", 404), ("standing", 404), ("stranger", 404)],
)
def test_nobody_but_the_head_decides(registration, world, enter, person, status):
    _ask(enter(world.filer), registration)
    client = enter(getattr(world, person))
    for act in ("duyet", "yeu-cau-sua"):
        assert client.post(_word(registration, act), {"comment": "x"}).status_code == status
    assert HeadApproval.objects.get().state == "asked"


@pytest.mark.parametrize(
    ("person", "status"), [("head", 302), ("filer", 403), ("colleague", 403), ("stranger", 404)]
)
def test_who_sets_it(world, head, enter, person, status):
    client = enter(head if person == "head" else getattr(world, person))
    sent = {"unit": str(world.unit.uid), "is_required": "1"}
    before = Event.objects.count()
    assert client.post("/dang-ky/thu-truong-duyet/", sent).status_code == status
    assert Event.objects.count() == before + (status == 302)


def test_without_a_head_it_cannot_be_wanted(world, enter):
    runner = enter(member_of(world.unit, Role.ADMINISTRATOR))
    sent = {"unit": str(world.unit.uid), "is_required": "1"}
    answer = runner.post("/dang-ky/thu-truong-duyet/", sent)
    assert answer.status_code == 422
    assert "chưa có tài khoản thủ trưởng đơn vị" in answer.content.decode()


def test_a_unit_that_does_not_want_it_files_at_once(world, enter):
    registration = a_draft(world.unit, world.filer)
    fill(registration, world.filer)
    page = enter(world.filer).get(registration.get_absolute_url() + "nop/").content.decode()
    assert "Trình thủ trưởng duyệt" not in page
    assert "Nộp đăng ký" in page
