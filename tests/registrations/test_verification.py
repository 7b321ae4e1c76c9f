"""The receipt as PDF, and what anyone learns from its code."""

import io
import re

import pdfplumber
import pytest
from django.db import connection
from django.test import Client

from core import files
from core.models import Document, VerificationCode
from core.models.verification import ALPHABET, new_code
from registrations import workflow
from registrations.models import RegistrationVersion
from registrations.tasks import render_receipt
from tests.factories_registrations import a_filed_registration, file


@pytest.fixture
def registration(world):
    return a_filed_registration(world.unit, world.filer)


@pytest.fixture
def code(registration):
    return VerificationCode.objects.get()


def _read(address):
    return Client().get(address)


def test_a_code_is_long_and_of_letters_nobody_mistakes(code):
    assert re.fullmatch(f"([{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}", code.code)
    assert {len(new_code()) for _ in range(20)} == {14}
    assert set("01ILO") & set(ALPHABET) == set()


def test_everyone_reads_what_the_paper_says_and_nothing_personal(code, registration, world):
    answer = _read(f"/xac-minh/{code.code}/")
    page = answer.content.decode()
    version = registration.versions.get()
    for words in (
        "Còn hiệu lực",
        "Mã băm khớp với nội dung lần nộp thứ 1",
        "DK-2027-00001",
        "Xã Bản Phiệt",
        "09:00:00 ngày 15/01/2027",
        "Đúng hạn",
        version.sha256,
    ):
        assert words in page
    for personal in (world.filer.full_name, "Trần Thị Bình", "0214 3840 123", world.filer.email):
        assert personal not in page
        assert personal not in str(code.payload)


@pytest.mark.parametrize("spell", [str.lower, lambda c: c.replace("-", ""), lambda c: f" {c} "])
def test_however_it_is_typed(code, spell):
    answer = _read(f"/xac-minh/?ma={spell(code.code)}")
    assert answer.url == f"/xac-minh/{code.code}/"


@pytest.mark.parametrize("typed", ["2222-2222-2222", "abc", "☃", "x" * 40])
def test_a_code_nobody_issued(db, typed):
    answer = _read(f"/xac-minh/?ma={typed}")
    assert answer.status_code == 404
    assert "Không có giấy tờ nào mang mã này" in answer.content.decode()
    assert _read(f"/xac-minh/{typed}/").status_code == 404


def test_it_says_when_there_is_a_newer_one_and_when_it_was_withdrawn(code, registration, world):
    workflow.return_(registration, by=world.standing, comment="Bổ sung.")
    file(registration, world.filer)
    assert "Đã có bản mới hơn" in _read(code.get_absolute_url()).content.decode()
    workflow.withdraw(registration, by=world.filer)
    assert "<h1>Đã rút</h1>" in _read(code.get_absolute_url()).content.decode()


def test_a_stored_version_that_was_tampered_with_is_found_out(code, registration):
    with connection.cursor() as cursor:
        # As somebody could who rules the database: the trigger is asleep.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE registrations_registrationversion DISABLE TRIGGER append_only")
        RegistrationVersion.objects.update(snapshot={"year": 2027})
        cursor.execute("ALTER TABLE registrations_registrationversion ENABLE TRIGGER append_only")
    assert "<h1>Không khớp</h1>" in _read(code.get_absolute_url()).content.decode()


def test_both_formats_are_made_when_asked_for_and_says_the_same(registration, world, enter, settings):
    settings.DEMO_MODE = True
    client = enter(world.filer)
    address = registration.get_absolute_url() + "bien-nhan/1/"
    assert Document.objects.count() == 0
    assert client.get(address + "tep/").status_code == 404
    assert client.post(address + "in/").url == address + "#van-ban"
    document, word = Document.objects.order_by("-format")
    assert "Trang tự cập nhật" in client.get(address).content.decode()
    for row in (document, word):
        render_receipt(document_id=row.pk)
    assert client.post(address + "in/").status_code == 302
    assert Document.objects.count() == 2

    document.refresh_from_db()
    served = b"".join(client.get(address + "tep/").streaming_content)
    assert served == files.read(document.file)
    with pdfplumber.open(io.BytesIO(served)) as printed:
        words = " ".join(" ".join(page.extract_text() for page in printed.pages).split())
    code = VerificationCode.objects.get().code
    for said in (
        "GIẤY TIẾP NHẬN",
        "DK-2027-00001",
        "09:00:00 ngày 15/01/2027",
        "Nguyễn Văn An",
        "Đúng hạn",
        f"Mã xác minh: {code}",
        "DỮ LIỆU MINH HOẠ",
    ):
        assert said in words
    assert f"{settings.SITE_URL}/xac-minh/{code}/" in words.replace(" ", "") + words
    assert 'class="qr"' in document.html
    assert client.get(address).content.decode().count(address + "tep/") == 2
    assert client.get(address + "tep/word/").getvalue().startswith(b"PK")


def test_a_stranger_reaches_no_receipt(registration, world, enter):
    address = registration.get_absolute_url() + "bien-nhan/1/"
    client = enter(world.stranger)
    assert [client.get(address + page).status_code for page in ("", "tep/", "dang-tao/")] == [404] * 3
    assert client.post(address + "in/").status_code == 404
