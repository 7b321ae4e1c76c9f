"""What the page saves by itself, and what is kept when the session ends under the person's hands."""

import pytest
from django.test import Client

from registrations import workflow
from tests.factories import PASSWORD, member_of
from tests.factories_registrations import a_draft, fill
from tests.registrations.pages import form_with


@pytest.fixture
def registration(world):
    return fill(a_draft(world.unit, world.filer), world.filer)


@pytest.fixture
def client(world, enter):
    return enter(world.filer)


def _opened(client, registration):
    return form_with(client.get(registration.get_absolute_url() + "sua/"), "contact_name")


def _autosave(client, registration, typed):
    return client.post(registration.get_absolute_url() + "luu/", typed)


def test_it_answers_with_the_new_version_and_what_is_missing(client, registration):
    typed = _opened(client, registration) | {"objectives": "", "contact_name": "Lê Thị Cúc"}
    answer = _autosave(client, registration, typed)
    told = answer.json()
    registration.refresh_from_db()
    assert registration.contact_name == "Lê Thị Cúc"
    assert told["version"] == registration.version == 3
    assert told["saved"] == "Đã lưu 09:00 ngày 15/01/2027, Nguyễn Văn An"
    assert {s["name"]: s["missing"] for s in told["sections"]} == {
        "general": 0,
        "objectives": 1,
        "targets": 0,
        "tasks": 0,
        "upload": 0,
    }


def test_saving_the_same_again_makes_no_version(client, registration):
    assert _autosave(client, registration, _opened(client, registration)).json()["version"] == 2


def test_over_a_newer_version_nothing_is_written_and_it_says_who(client, registration, world):
    typed = _opened(client, registration)
    fill(registration, world.filer, objectives="Bản kia")
    answer = _autosave(client, registration, typed | {"objectives": "Bản này"})
    registration.refresh_from_db()
    assert answer.status_code == 409
    assert answer.json() == {"conflict": "09:00 ngày 15/01/2027, Nguyễn Văn An"}
    assert registration.objectives == "Bản kia"


def test_a_file_that_came_meanwhile_is_no_conflict(client, registration, world):
    typed = _opened(client, registration)
    fill(registration, world.filer)  # the same words, one more file
    assert _autosave(client, registration, typed | {"objectives": "Bản này"}).status_code == 200
    registration.refresh_from_db()
    assert registration.objectives == "Bản này"


def test_wrong_words_are_named_and_not_saved(client, registration):
    answer = _autosave(client, registration, _opened(client, registration) | {"task-0-due": "31/02/2027"})
    assert answer.status_code == 422
    assert [problem["id"] for problem in answer.json()["problems"]] == ["id_task-0-due"]


def test_filed_meanwhile_is_refused_in_words(client, world):
    registration = a_draft(world.unit, world.filer)
    typed = _opened(client, registration)
    fill(registration, world.filer)
    workflow.file(registration, by=world.filer, version=registration.version, request_key=registration.uid)
    answer = _autosave(client, registration, typed)
    assert answer.status_code == 409
    assert "Đã nộp" in answer.json()["refused"]


def test_who_else_is_here_is_told_by_name(client, registration, world, enter):
    colleague = member_of(world.unit, full_name="Lò Thị Mai")
    assert "cũng đang mở bản này" not in client.get(registration.get_absolute_url() + "sua/").content.decode()
    other = enter(colleague)
    page = other.get(registration.get_absolute_url() + "sua/").content.decode()
    assert "Nguyễn Văn An cũng đang mở bản này." in page
    told = client.get(registration.get_absolute_url() + "dang-soan/").json()
    assert told["editors"] == ["Lò Thị Mai"]


@pytest.mark.parametrize("address", ["luu/", "dang-soan/", "sua/"])
def test_nobody_else_asks_or_saves(registration, world, enter, address):
    assert enter(world.colleague).get(registration.get_absolute_url() + "sua/").status_code == 403
    for person, status in ((world.colleague, 403), (world.stranger, 404), (world.standing, 404)):
        client = enter(person)
        send = client.get if address == "dang-soan/" else client.post
        assert send(registration.get_absolute_url() + address).status_code == status


def test_two_colleagues_choose_field_by_field(client, registration, world, enter):
    colleague = enter(member_of(world.unit, full_name="Lò Thị Mai"))
    address = registration.get_absolute_url() + "sua/"
    mine, hers = _opened(client, registration), _opened(colleague, registration)
    colleague.post(address, hers | {"objectives": "Của chị Mai", "contact_phone": "0999"})
    answer = client.post(
        address, mine | {"objectives": "Của anh An", "task-0-product": "Sản phẩm của anh An"}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert [row["key"] for row in answer.context["clashes"]] == ["objectives"]
    assert [row["label"] for row in answer.context["taken"]] == ["Điện thoại"]
    assert [row["label"] for row in answer.context["own"]] == [
        "Nhiệm vụ “Số hóa hồ sơ lưu trữ”, sản phẩm cụ thể"
    ]
    for words in ("Của chị Mai", "Của anh An", "0999", "Sản phẩm của anh An"):
        assert words in page
    merged = form_with(answer, "contact_name")
    client.post(address, merged | {"choice-objectives": "saved"})
    content = workflow.content_of(type(registration).objects.get())
    assert (content["objectives"], content["contact"]["phone"]) == ("Của chị Mai", "0999")
    assert content["tasks"][0]["product"] == "Sản phẩm của anh An"


def test_the_session_ends_and_the_words_come_back_after_the_login(registration, world):
    browser = Client()
    browser.login(username=world.filer.username, password=PASSWORD)
    address = registration.get_absolute_url() + "sua/"
    typed = _opened(browser, registration) | {"objectives": "Gõ khi phiên đã hết"}
    browser.session.flush()

    sent_away = browser.post(address, typed)
    assert sent_away.url == f"/tai-khoan/dang-nhap/?next={address}"
    registration.refresh_from_db()
    assert registration.objectives != "Gõ khi phiên đã hết"
    back = browser.post(
        "/tai-khoan/dang-nhap/", {"login": world.filer.username, "password": PASSWORD, "next": address}
    )
    assert back.url == address
    page = browser.get(address)
    assert "chữ bạn gõ còn nguyên" in page.content.decode()
    shown = form_with(page, "contact_name")
    assert shown["objectives"] == ["Gõ khi phiên đã hết"]
    assert browser.post(address, shown).status_code == 302
    registration.refresh_from_db()
    assert registration.objectives == "Gõ khi phiên đã hết"
    assert "chữ bạn gõ còn nguyên" not in browser.get(address).content.decode()


def test_what_was_kept_can_be_left_and_never_reaches_a_stranger(registration, world):
    browser = Client()
    address = registration.get_absolute_url() + "sua/"
    typed = {"version": "2", "objectives": "Gõ khi phiên đã hết"}
    browser.post(address, typed)
    browser.force_login(world.stranger)
    assert browser.get(address).status_code == 404
    browser.logout()
    browser.post(address, typed)
    browser.login(username=world.filer.username, password=PASSWORD)
    assert "Gõ khi phiên đã hết" in browser.get(address).content.decode()
    assert browser.post(address, {"discard": "1"}).url == address
    assert "Gõ khi phiên đã hết" not in browser.get(address).content.decode()


def test_an_endless_text_is_not_kept_for_whoever_is_not_logged_in(registration, world):
    browser = Client()
    browser.post(registration.get_absolute_url() + "sua/", {"objectives": "x" * 200_001})
    assert dict(browser.session) == {}
