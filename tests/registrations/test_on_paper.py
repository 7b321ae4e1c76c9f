"""What came on paper: entered by a clerk, marked everywhere, late by the day it was received."""

from datetime import datetime

import pytest
import time_machine

from core.models import Event, OutboxMail
from registrations import workflow
from registrations.models import Registration, RegistrationVersion
from tests.factories_registrations import (
    HANOI,
    ObligationFactory,
    a_draft,
    a_filed_registration,
    a_pdf,
    file,
    fill,
)
from tests.registrations.pages import form_with

PAPER = {"channel": "post", "paper_number": "125/Đ", "received_on": "20/02/2027"}


@pytest.fixture
def clerk(world, enter, on_time):
    """Logged in at the day after the last one."""
    on_time.move_to(datetime(2027, 2, 22, 9, tzinfo=HANOI))
    return enter(world.standing)


def _open(clerk, world):
    """Find the unit and open its paper; the page of the form."""
    page = clerk.get("/dang-ky/ban-giay/?q=ban phiet")
    return clerk.post("/dang-ky/ban-giay/", form_with(page, "unit"))


def _enter(clerk, world, **changes):
    """Type the paper in; its registration."""
    address = _open(clerk, world).url
    typed = (
        form_with(clerk.get(address), "contact_name")
        | PAPER
        | {
            "contact_name": "Trần Thị Bình",
            "objectives": "Mục tiêu trên giấy",
            "target-COMM-1-level": "80 %",
            "task-0-name": "Số hóa",
            "task-0-product": "Kho dữ liệu",
            "upload": a_pdf("ban-giay.pdf"),
        }
    )
    answer = clerk.post(address, typed | changes)
    assert answer.status_code == 302, answer.content.decode()
    return Registration.objects.get(unit=world.unit)


def _send(clerk, registration):
    address = registration.get_absolute_url() + "nop/"
    return clerk.post(address, form_with(clerk.get(address), "request_key"))


@pytest.mark.parametrize(("received_on", "is_late"), [("20/02/2027", False), ("21/02/2027", True)])
def test_late_follows_the_day_it_was_received(world, clerk, received_on, is_late):
    obligation = ObligationFactory(period=world.period, unit=world.unit)
    registration = _enter(clerk, world, received_on=received_on)
    assert _send(clerk, registration).status_code == 302
    version = RegistrationVersion.objects.get()
    registration.refresh_from_db()
    obligation.refresh_from_db()
    assert (version.is_late, registration.is_late, obligation.is_late) == (is_late,) * 3
    assert version.filed_at == datetime(2027, 2, 22, 9, tzinfo=HANOI)
    assert (version.channel, version.paper_number) == ("post", "125/Đ")
    assert version.snapshot["paper"] == {
        "channel": "post",
        "number": "125/Đ",
        "received_on": version.received_on.isoformat(),
    }


@pytest.mark.parametrize("reader", ["filer", "district", "standing", "commendation"])
def test_everyone_reads_that_a_clerk_entered_it(world, clerk, enter, reader):
    registration = _enter(clerk, world)
    _send(clerk, registration)
    client = enter(getattr(world, reader))
    page = client.get(registration.get_absolute_url()).content.decode()
    assert "nhập từ bản giấy số 125/Đ, bưu chính, nhận ngày 20/02/2027" in page
    receipt = client.get(registration.get_absolute_url() + "bien-nhan/1/").content.decode()
    assert "Bưu chính, bản giấy do cơ quan thường trực nhập" in receipt
    mail = OutboxMail.objects.get(recipient=world.filer)
    assert "Cơ quan thường trực nhập từ bản giấy số 125/Đ, nhận ngày 20/02/2027 (bưu chính)." in mail.body


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"paper_number": ""}, "Chưa ghi số văn bản đến."),
        ({"received_on": ""}, "Chưa ghi ngày nhận văn bản."),
        ({"received_on": "23/02/2027"}, "Ngày nhận văn bản ở tương lai."),
        ({"received_on": "30/11/2026"}, "Kỳ đăng ký năm 2027 mở từ ngày 01/12/2026."),
        ({"upload": ""}, "Chưa đính kèm bản quét văn bản đã nhận (PDF)."),
    ],
)
def test_what_the_paper_must_have(world, clerk, changes, words):
    registration = _enter(clerk, world, **changes)
    answer = _send(clerk, registration)
    registration.refresh_from_db()
    assert (answer.status_code, registration.state) == (422, "draft")
    assert words in answer.content.decode()


def test_received_in_time_and_entered_after_the_lock_is_taken(world, clerk, on_time, enter):
    with time_machine.travel(datetime(2027, 7, 5, 9, tzinfo=HANOI), tick=False):
        clerk = enter(world.standing)
        registration = _enter(clerk, world)
        assert _send(clerk, registration).status_code == 302
    registration.refresh_from_db()
    assert registration.is_late is False


def test_the_unit_changes_nothing_until_it_is_returned(world, clerk, enter):
    registration = _enter(clerk, world)
    filer = enter(world.filer)
    address = registration.get_absolute_url()
    assert filer.get(address + "sua/").status_code == 403
    assert "đang nhập bản giấy" in filer.get(address).content.decode()
    _send(clerk, registration)
    assert [filer.post(address + act).status_code for act in ("sua/", "rut/", "nop/")] == [403] * 3
    clerk.post(address + "tra-lai/", {"comment": "Bổ sung sản phẩm."})
    registration.refresh_from_db()
    assert (registration.state, registration.channel) == ("returned", "portal")
    assert filer.get(address + "sua/").status_code == 200
    assert clerk.get(address + "sua/").status_code == 403
    fill(registration, world.filer, objectives="Nộp lại trên cổng")
    file(registration, world.filer)
    assert [v.channel for v in registration.versions.all()] == ["post", "portal"]


def test_the_unit_s_own_draft_is_set_aside_unread_and_comes_back(world, clerk, enter):
    draft = fill(a_draft(world.unit, world.filer), world.filer, objectives="Chữ của đơn vị")
    form = clerk.get(_open(clerk, world).url).content.decode()
    assert "Chữ của đơn vị" not in form
    address = draft.get_absolute_url()
    assert "Chữ của đơn vị" in enter(world.filer).get(address + "ban-nhap-giu-lai/").content.decode()
    assert clerk.get(address + "ban-nhap-giu-lai/").status_code == 404
    assert clerk.post(address + "bo-ban-giay/").status_code in (302, 404)
    draft.refresh_from_db()
    assert (draft.objectives, draft.channel, draft.set_aside) == ("Chữ của đơn vị", "portal", None)
    assert [e.act for e in Event.objects.filter(object_uid=draft.uid)] == [
        "start",
        "enter_on_paper",
        "leave_on_paper",
    ]


def test_what_is_filed_is_not_entered_again(world, clerk):
    registration = a_filed_registration(world.unit, world.filer)
    assert "Đã nộp; cần trả lại" in clerk.get("/dang-ky/ban-giay/?q=ban phiet").content.decode()
    sent = {"period": str(world.period.uid), "unit": str(world.unit.uid)}
    assert clerk.post("/dang-ky/ban-giay/", sent).status_code == 409
    workflow.return_(registration, by=world.standing, comment="Bổ sung.")
    page = clerk.get(clerk.post("/dang-ky/ban-giay/", sent).url)
    assert form_with(page, "contact_name")["objectives"] == [
        "Mọi thủ tục hành chính được giải quyết trực tuyến."
    ]


@pytest.mark.parametrize("person", ["filer", "district", "commendation", "stranger", "administrator"])
def test_only_the_standing_body_enters(world, enter, person):
    client = enter(getattr(world, person))
    sent = {"period": str(world.period.uid), "unit": str(world.unit.uid)}
    assert client.get("/dang-ky/ban-giay/").status_code == 403
    assert client.post("/dang-ky/ban-giay/", sent).status_code == 403
    assert Registration.objects.count() == 0


@pytest.mark.parametrize("sent", [{}, {"period": "x", "unit": "x"}])
def test_a_period_or_unit_that_is_none(clerk, sent):
    assert clerk.post("/dang-ky/ban-giay/", sent).status_code == 404
