"""Filing a registration: when it is late, what a lost answer costs, what the receipt says."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Document, Event, OutboxMail
from registrations import workflow
from registrations.models import RegistrationVersion
from tests.factories_registrations import (
    HANOI,
    ObligationFactory,
    PeriodFactory,
    a_draft,
    a_filed_registration,
    a_full_draft,
    file,
    fill,
)
from tests.registrations.pages import form_with
from tests.workers import broker_down


def _send(client, registration, **changes):
    """Press the button of the preview page."""
    address = registration.get_absolute_url() + "nop/"
    return client.post(address, form_with(client.get(address), "request_key") | changes)


def test_whoever_files_makes_the_others_wait_for_writing_alone(world, enter):
    """All who file in the last minutes take turns at the counter: no question is asked while one holds it."""
    ObligationFactory(period=world.period, unit=world.unit)
    client, registration = enter(world.filer), a_full_draft(world.unit, world.filer)
    address = f"{registration.get_absolute_url()}nop/"
    with CaptureQueriesContext(connection) as captured:
        client.post(address, {"version": registration.version, "request_key": str(uuid.uuid4())})
    said = [query["sql"] for query in captured]
    (taken,) = (n for n, sql in enumerate(said) if "core_referencecounter" in sql)
    statements = [" ".join(sql.split()[:3]).replace('"', "") for sql in said[taken + 1 :]]
    assert [s for s in statements if not s.startswith("RELEASE")] == [
        "INSERT INTO registrations_registrationversion",
        "INSERT INTO core_verificationcode",
        "INSERT INTO core_outboxmail",
        "UPDATE registrations_registration SET",
        "INSERT INTO core_event",
        "INSERT INTO core_eventpayload",
        # What the caller then holds.
        "SELECT registrations_registration.id, registrations_registration.uid,",
    ]


@pytest.mark.parametrize(
    ("instant", "is_late"),
    [
        (datetime(2026, 12, 1, 0, 0, 0, tzinfo=HANOI), False),
        (datetime(2027, 2, 20, 23, 59, 59, tzinfo=HANOI), False),
        (datetime(2027, 2, 20, 23, 59, 59, 999_999, tzinfo=HANOI), False),
        (datetime(2027, 2, 21, 0, 0, 0, tzinfo=HANOI), True),
        # The day in UTC is not ours: 17:30 of the 20th there is already the 21st here.
        (datetime(2027, 2, 21, 0, 30, 0, tzinfo=HANOI), True),
        (datetime(2027, 6, 30, 23, 59, 59, tzinfo=HANOI), True),
    ],
)
def test_late_begins_with_the_day_after_the_last(world, enter, on_time, instant, is_late):
    obligation = ObligationFactory(period=world.period, unit=world.unit)
    registration = a_full_draft(world.unit, world.filer)
    on_time.move_to(instant)

    answer = _send(enter(world.filer), registration)

    version = RegistrationVersion.objects.get()
    registration.refresh_from_db()
    obligation.refresh_from_db()
    assert answer.url == version.get_absolute_url()
    assert (version.filed_at, version.is_late) == (instant, is_late)
    assert (registration.first_filed_at, registration.is_late) == (instant, is_late)
    assert (obligation.met_at, obligation.is_late) == (instant, is_late)


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (datetime(2026, 11, 30, 23, 59, 59, tzinfo=HANOI), "Kỳ đăng ký năm 2027 mở từ ngày 01/12/2026."),
        (datetime(2027, 7, 1, 0, 0, 0, tzinfo=HANOI), "Kỳ đăng ký năm 2027 đã khóa sau ngày 30/06/2027."),
    ],
)
def test_outside_the_period_nothing_is_filed(world, enter, on_time, instant, words):
    registration = a_full_draft(world.unit, world.filer)
    on_time.move_to(instant)

    answer = _send(enter(world.filer), registration)

    registration.refresh_from_db()
    assert (answer.status_code, registration.state) == (422, "draft")
    assert words in answer.content.decode()


def test_an_extension_moves_the_unit_s_own_last_day(world, enter, on_time):
    ObligationFactory(period=world.period, unit=world.unit, due=datetime(2027, 3, 1).date())
    registration = a_full_draft(world.unit, world.filer)
    on_time.move_to(datetime(2027, 3, 1, 23, 59, 59, tzinfo=HANOI))
    client = enter(world.filer)

    page = client.get(registration.get_absolute_url() + "nop/").content.decode()
    _send(client, registration)

    assert "23:59:59 ngày 01/03/2027" in page
    assert RegistrationVersion.objects.get().is_late is False


def test_the_preview_says_what_is_missing_and_where(world, enter):
    registration = a_draft(world.unit, world.filer)
    address = registration.get_absolute_url()
    page = enter(world.filer).get(address + "nop/").content.decode()
    for field in ("contact_name", "objectives", "targets", "tasks", "upload"):
        assert f'href="{address}sua/#id_{field}"' in page
    assert page.count('<button class="btn btn-primary" disabled>') == 1
    edit = enter(world.filer).get(address + "sua/").content.decode()
    for field in ("contact_name", "objectives", "targets", "tasks", "upload"):
        assert f'id="id_{field}"' in edit


def test_a_task_without_a_product_cannot_be_filed(world, enter):
    registration = a_draft(world.unit, world.filer)
    task = {"name": "Số hóa hồ sơ", "product": " ", "field": None, "due": None, "in_charge": ""}
    fill(registration, world.filer, tasks=[task])
    answer = _send(enter(world.filer), registration)
    assert answer.status_code == 422
    assert "Nhiệm vụ 1 chưa ghi sản phẩm cụ thể" in answer.content.decode()


def test_the_same_key_again_gives_the_same_receipt(world, enter):
    registration = a_full_draft(world.unit, world.filer)
    client = enter(world.filer)
    address = registration.get_absolute_url() + "nop/"
    sent = form_with(client.get(address), "request_key")

    first, traces = client.post(address, sent), (Event.objects.count(), OutboxMail.objects.count())
    again = client.post(address, sent)

    assert again.url == first.url
    assert RegistrationVersion.objects.count() == 1
    assert (Event.objects.count(), OutboxMail.objects.count()) == traces


def test_another_person_s_key_is_refused(world, enter):
    key = str(uuid.uuid4())
    _send(enter(world.filer), a_full_draft(world.unit, world.filer), request_key=key)
    other = a_full_draft(world.stranger.memberships.get().unit, world.stranger)

    answer = _send(enter(world.stranger), other, request_key=key)

    other.refresh_from_db()
    assert (answer.status_code, other.state) == (409, "draft")
    assert RegistrationVersion.objects.count() == 1


def test_the_own_key_for_another_paper_is_refused(world, enter):
    key = str(uuid.uuid4())
    client = enter(world.filer)
    _send(client, a_full_draft(world.unit, world.filer), request_key=key)
    other = a_full_draft(world.unit, world.filer, PeriodFactory(year=2028))
    assert _send(client, other, request_key=key).status_code == 409
    assert RegistrationVersion.objects.count() == 1


def test_what_changed_after_the_preview_is_not_filed_unseen(world, enter):
    registration = a_full_draft(world.unit, world.filer)
    client = enter(world.filer)
    address = registration.get_absolute_url() + "nop/"
    sent = form_with(client.get(address), "request_key")
    fill(registration, world.filer, objectives="Đã đổi")

    answer = client.post(address, sent)

    registration.refresh_from_db()
    assert (answer.status_code, registration.state) == (409, "draft")


def test_a_double_click_with_a_new_key_is_refused(world, enter):
    registration = a_full_draft(world.unit, world.filer)
    client = enter(world.filer)
    address = registration.get_absolute_url() + "nop/"
    sent = form_with(client.get(address), "request_key")
    client.post(address, sent)
    answer = client.post(address, sent | {"request_key": str(uuid.uuid4())})
    assert answer.status_code == 409
    assert RegistrationVersion.objects.count() == 1


def test_the_receipt_says_number_second_person_and_hash(world, enter, on_time):
    registration = a_full_draft(world.unit, world.filer)
    on_time.move_to(datetime(2027, 1, 20, 23, 59, 58, tzinfo=HANOI))
    client = enter(world.filer)
    page = client.get(_send(client, registration).url).content.decode()
    version = RegistrationVersion.objects.get()
    for words in ("DK-2027-00001", "23:59:58 ngày 20/01/2027", "Đúng hạn", "Nguyễn Văn An", "Xã Bản Phiệt"):
        assert words in page
    assert version.sha256 in page


def test_the_mail_gives_the_time_in_vietnam(world, on_time):
    registration = a_full_draft(world.unit, world.filer)
    on_time.move_to(datetime(2027, 1, 20, 6, 5, 4, tzinfo=HANOI))
    file(registration, world.filer)
    body = OutboxMail.objects.get().body
    assert "Thời điểm nhận: 06:05:04 ngày 20/01/2027." in body
    assert OutboxMail.objects.get().to == world.filer.email


def test_filing_works_with_the_broker_down(world, enter, caplog, django_capture_on_commit_callbacks):
    registration = a_full_draft(world.unit, world.filer)
    client = enter(world.filer)
    with broker_down(), django_capture_on_commit_callbacks(execute=True):
        answer = _send(client, registration)
    assert answer.status_code == 302
    assert "The broker does not answer" in caplog.text
    assert OutboxMail.objects.get().state == "queued"


def test_a_supplement_keeps_the_first_filing_s_punctuality(world, enter, on_time):
    registration = a_filed_registration(world.unit, world.filer)
    first_filed_at = registration.first_filed_at
    address = registration.get_absolute_url()
    on_time.move_to(datetime(2027, 6, 29, 9, tzinfo=HANOI))
    enter(world.standing).post(address + "tra-lai/", {"comment": "Bổ sung sản phẩm."})
    registration.refresh_from_db()
    due = registration.supplement_due
    # Tuesday: five working days later, after the lock of 30/06.
    assert due == datetime(2027, 7, 6).date()

    on_time.move_to(datetime(2027, 7, 7, tzinfo=HANOI) - timedelta(seconds=1))
    client = enter(world.filer)
    assert "23:59:59 ngày 06/07/2027" in client.get(address + "nop/").content.decode()
    _send(client, registration)

    registration.refresh_from_db()
    assert (registration.first_filed_at, registration.is_late) == (first_filed_at, False)
    assert registration.is_supplement_late is False
    assert [v.number for v in registration.versions.all()] == [1, 2]


def test_a_supplement_after_its_day_is_called_just_that(world, enter, on_time):
    registration = a_filed_registration(world.unit, world.filer)
    address = registration.get_absolute_url()
    enter(world.standing).post(address + "tra-lai/", {"comment": "Bổ sung sản phẩm."})
    registration.refresh_from_db()
    on_time.move_to(datetime(2027, 1, 23, tzinfo=HANOI))
    client = enter(world.filer)
    _send(client, registration)

    registration.refresh_from_db()
    assert (registration.is_late, registration.is_supplement_late) == (False, True)
    page = client.get(address).content.decode()
    assert "Chậm bổ sung" in page
    assert "Nộp muộn" not in page


def test_a_return_needs_words(world, enter):
    registration = a_filed_registration(world.unit, world.filer)
    answer = enter(world.standing).post(registration.get_absolute_url() + "tra-lai/", {"comment": "  "})
    registration.refresh_from_db()
    assert (answer.status_code, registration.state) == (422, "filed")
    assert "Hãy ghi rõ ý kiến hoặc lý do." in answer.content.decode()


def test_withdrawn_is_owed_again_and_after_the_lock_nothing_is_withdrawn(world, enter, on_time):
    obligation = ObligationFactory(period=world.period, unit=world.unit)
    registration = a_filed_registration(world.unit, world.filer)
    address = registration.get_absolute_url()

    on_time.move_to(datetime(2027, 7, 1, tzinfo=HANOI))
    client = enter(world.filer)
    assert "rut/" not in client.get(address).content.decode()
    assert client.post(address + "rut/").status_code == 409

    on_time.move_to(datetime(2027, 6, 30, 23, 59, tzinfo=HANOI))
    client = enter(world.filer)
    assert client.post(address + "rut/").status_code == 302
    obligation.refresh_from_db()
    assert obligation.met_at is None


def test_what_was_filed_after_the_page_was_read_is_not_confirmed_unread(world, enter):
    registration = a_filed_registration(world.unit, world.filer)
    address = registration.get_absolute_url()
    desk = enter(world.standing)
    read = form_with(desk.get(address), "version")
    # Meanwhile a colleague sends it back and the unit files again.
    enter(world.standing).post(address + "tra-lai/", {"comment": "Bổ sung sản phẩm."})
    _send(enter(world.filer), registration)

    answer = desk.post(address + "xac-nhan/", read)

    registration.refresh_from_db()
    assert (answer.status_code, registration.state) == (409, "filed")
    assert "vừa nộp lại bản khác" in answer.content.decode()
    desk.post(address + "xac-nhan/", form_with(desk.get(address), "version"))
    registration.refresh_from_db()
    assert registration.state == "confirmed"


@pytest.mark.parametrize("rows", [1, 20])
def test_the_request_that_files_asks_the_database_no_more_for_many_rows(
    world, enter, django_assert_num_queries, rows
):
    """300 units file in the last ten minutes: no rendering, and no query per row."""
    ObligationFactory(period=world.period, unit=world.unit)
    registration = a_full_draft(world.unit, world.filer)
    content = workflow.content_of(registration)
    tasks = [content["tasks"][0] | {"key": str(uuid.uuid4())} for _ in range(rows)]
    fill(registration, world.filer, tasks=tasks)
    client = enter(world.filer)
    address = registration.get_absolute_url() + "nop/"
    sent = form_with(client.get(address), "request_key")
    with django_assert_num_queries(38):
        client.post(address, sent)
    assert Document.objects.count() == 0
