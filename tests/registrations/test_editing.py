"""The edit page of a registration: what is typed is kept, whatever else goes wrong."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from registrations import workflow
from tests.factories_registrations import PDF, a_draft, a_filed_registration, a_full_draft, a_pdf, fill
from tests.registrations.pages import form_with

EXE = b"MZ\x90\x00" + b"\x00" * 200 + b"PE\x00\x00" + b"\x00" * 2000
WRONG_FILES = {
    "an exe named pdf": ("ke-hoach.pdf", EXE, "Nội dung của “ke-hoach.pdf” không phải là tệp PDF"),
    "an empty file": ("rong.pdf", b"", "Tệp “rong.pdf” rỗng (0 byte)."),
    "thirty megabytes": (
        "nang.pdf",
        PDF + b"\0" * (30 * 1024 * 1024 - len(PDF) - 6) + b"%%EOF\n",
        "Tệp “nang.pdf” nặng 30,0 MB, vượt mức 20,0 MB cho phép.",
    ),
    "a broken pdf": ("cut.pdf", PDF[:40], "Tệp “cut.pdf” bị hỏng hoặc tải lên chưa hết."),
}


@pytest.fixture
def registration(world):
    return a_draft(world.unit, world.filer)


@pytest.fixture
def client(world, enter):
    return enter(world.filer)


def _opened(client, registration):
    """The form as the page shows it."""
    return form_with(client.get(_address(registration)), "contact_name")


def _address(registration):
    return registration.get_absolute_url() + "sua/"


def _content(registration):
    registration.refresh_from_db()
    return workflow.content_of(registration)


def test_everything_typed_is_saved(client, registration, world):
    typed = _opened(client, registration) | {
        "contact_name": "Trần Thị Bình",
        "contact_phone": "0214 3840 123",
        "objectives": "Mục tiêu",
        "priority_fields": ["b"],
        "target-COMM-1": "ignored",
        "target-COMM-1-level": "65 %",
        "free-0-text": "Số thôn có tổ công nghệ",
        "free-0-level": "12",
        "task-1-name": "Số hóa",
        "task-1-product": "Kho dữ liệu",
        "task-1-field": "a",
        "task-1-due": "20/02/2027",
        "task-1-in_charge": "Văn phòng",
        "upload": a_pdf(),
    }
    answer = client.post(_address(registration), typed)

    content = _content(registration)
    assert answer.url == _address(registration)
    assert content["contact"] == {"name": "Trần Thị Bình", "phone": "0214 3840 123"}
    assert (content["objectives"], content["fields"]) == ("Mục tiêu", ["b"])
    assert [(t["criterion"], t["text"], t["level"]) for t in content["targets"] if t["level"]] == [
        ("COMM-1", "", "65 %"),
        (None, "Số thôn có tổ công nghệ", "12"),
    ]
    assert workflow.without_keys(content)["tasks"] == [
        {
            "name": "Số hóa",
            "product": "Kho dữ liệu",
            "field": "a",
            "due": "2027-02-20",
            "in_charge": "Văn phòng",
        }
    ]
    assert registration.tasks.get().due == date(2027, 2, 20)
    assert [a.file.name for a in registration.attachments.all()] == ["ke-hoach.pdf"]
    assert (registration.version, registration.saved_by) == (2, world.filer)


def test_the_page_sent_back_as_it_is_changes_nothing(client, registration, world):
    fill(registration, world.filer)
    before = _content(registration)
    assert _opened(client, registration)["task-0-due"] == ["30/09/2027"]
    client.post(_address(registration), _opened(client, registration))
    assert _content(registration) == before


def test_more_rows_without_script(client, registration):
    typed = _opened(client, registration) | {"task-0-name": "Số hóa", "more": "tasks"}
    answer = client.post(_address(registration), typed)
    assert answer.url == _address(registration) + "?more=tasks#id_tasks"
    assert form_with(client.get(answer.url), "contact_name")["task-TOTAL_FORMS"] == ["6"]
    assert [t["name"] for t in _content(registration)["tasks"]] == ["Số hóa"]

    answer = client.post(_address(registration), _opened(client, registration) | {"more": "free"})
    assert answer.url == _address(registration) + "?more=free#id_free"
    assert form_with(client.get(answer.url), "contact_name")["free-TOTAL_FORMS"] == ["3"]


def test_a_row_is_taken_away_without_script(client, registration, world):
    tasks = [
        {"name": name, "product": "Sản phẩm", "field": None, "due": None, "in_charge": ""}
        for name in ("Thứ nhất", "Thứ hai")
    ]
    fill(registration, world.filer, tasks=tasks)
    typed = _opened(client, registration) | {"task-0-gone": "on", "task-0-due": "31/02/2027"}
    assert client.post(_address(registration), typed).status_code == 302
    assert [t["name"] for t in _content(registration)["tasks"]] == ["Thứ hai"]


def test_save_and_preview_leads_to_the_preview(client, registration):
    answer = client.post(_address(registration), _opened(client, registration) | {"preview": "1"})
    assert answer.url == registration.get_absolute_url() + "nop/"


@pytest.mark.parametrize(("name", "content", "words"), WRONG_FILES.values(), ids=WRONG_FILES)
def test_a_wrong_file_is_refused_in_words_and_the_words_are_saved(client, registration, name, content, words):
    typed = _opened(client, registration) | {
        "objectives": "Giữ nguyên chữ này",
        "task-0-name": "Số hóa",
        "upload": SimpleUploadedFile(name, content, content_type="application/pdf"),
    }
    answer = client.post(_address(registration), typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Đã lưu phần chữ, chưa nhận được tệp" in page
    shown = form_with(answer, "contact_name")
    assert (shown["objectives"], shown["task-0-name"]) == (["Giữ nguyên chữ này"], ["Số hóa"])
    assert _content(registration)["objectives"] == "Giữ nguyên chữ này"
    assert registration.attachments.count() == 0
    # The page that came back can be saved on without a conflict.
    assert client.post(_address(registration), shown).status_code == 302


def test_wrong_words_are_kept_with_the_reason_and_the_good_file_is_saved(client, registration):
    typed = _opened(client, registration) | {
        "objectives": "Giữ nguyên",
        "task-0-name": "Số hóa",
        "task-0-due": "31/02/2027",
        "task-1-product": "Sản phẩm không tên",
        "free-0-level": "12",
        "upload": a_pdf(),
    }
    answer = client.post(_address(registration), typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    for field in ("task-0-due", "task-1-name", "free-0-text"):
        assert f'href="#id_{field}"' in page
    shown = form_with(answer, "contact_name")
    assert (shown["objectives"], shown["task-0-due"]) == (["Giữ nguyên"], ["31/02/2027"])
    assert _content(registration)["objectives"] == ""
    assert registration.attachments.count() == 1
    mended = shown | {"task-0-due": "28/02/2027", "task-1-product": "", "free-0-level": ""}
    assert client.post(_address(registration), mended).status_code == 302
    assert _content(registration)["objectives"] == "Giữ nguyên"


def test_two_tabs_nothing_is_lost(client, registration, world):
    fill(registration, world.filer)
    here, there = _opened(client, registration), _opened(client, registration)
    client.post(_address(registration), there | {"objectives": "Bản kia", "task-0-product": "Sản phẩm kia"})
    answer = client.post(
        _address(registration), here | {"objectives": "Bản này", "upload": a_pdf("them.pdf")}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Có người vừa lưu bản khác" in page
    assert "Bản kia" in page
    assert "Sản phẩm kia" in page
    assert _content(registration)["objectives"] == "Bản kia"
    assert [a.file.name for a in registration.attachments.all()] == ["ke-hoach.pdf", "them.pdf"]
    # What was typed still stands in the form, which can now be saved on purpose.
    shown = form_with(answer, "contact_name")
    assert shown["objectives"] == ["Bản này"]
    assert client.post(_address(registration), shown).status_code == 302
    assert _content(registration)["objectives"] == "Bản này"


def test_filed_meanwhile_what_was_typed_is_shown(client, world):
    registration = a_full_draft(world.unit, world.filer)
    typed = _opened(client, registration)
    workflow.file(registration, by=world.filer, version=registration.version, request_key=registration.uid)
    answer = client.post(_address(registration), typed | {"objectives": "Gõ muộn"})
    assert answer.status_code == 409
    assert "Gõ muộn" in answer.content.decode()
    assert "Gõ muộn" not in _content(registration)["objectives"]


def test_removing_a_file_is_a_mark(client, registration, world):
    fill(registration, world.filer)
    attachment = registration.attachments.get()
    typed = _opened(client, registration) | {"remove": [str(attachment.file.uid), "khong-phai-uuid"]}
    client.post(_address(registration), typed)
    attachment.refresh_from_db()
    assert attachment.is_removed is True
    page = client.get(_address(registration)).content.decode()
    assert str(attachment.file.uid) not in page


def test_a_file_of_another_registration_cannot_be_removed(client, registration, world):
    other = a_filed_registration(world.stranger.memberships.get().unit, world.stranger)
    theirs = other.attachments.get()
    client.post(_address(registration), _opened(client, registration) | {"remove": [str(theirs.file.uid)]})
    theirs.refresh_from_db()
    assert theirs.is_removed is False


def test_opening_the_form_of_a_filed_one_leads_back(client, world):
    registration = a_filed_registration(world.unit, world.filer)
    assert client.get(_address(registration)).url == registration.get_absolute_url()


def test_beginning_twice_finds_the_same_draft(client, world):
    begin = {"period": str(world.period.uid), "unit": str(world.unit.uid)}
    first = client.post("/dang-ky/bat-dau/", begin)
    assert client.post("/dang-ky/bat-dau/", begin).url == first.url
    assert world.unit.registrations.count() == 1


@pytest.mark.parametrize("changes", [{"period": "x"}, {"unit": "x"}, {"period": ""}, {"unit": ""}])
def test_beginning_what_does_not_exist_is_not_found(client, world, changes):
    begin = {"period": str(world.period.uid), "unit": str(world.unit.uid)}
    assert client.post("/dang-ky/bat-dau/", begin | changes).status_code == 404


def test_nobody_begins_for_another_unit(enter, world):
    begin = {"period": str(world.period.uid), "unit": str(world.unit.uid)}
    for person in (world.stranger, world.colleague, world.standing, world.administrator):
        assert enter(person).post("/dang-ky/bat-dau/", begin).status_code == 404
    assert world.unit.registrations.count() == 0
