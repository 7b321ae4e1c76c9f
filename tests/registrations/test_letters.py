"""Letters that urge silent units: drafted from kept words, printed unnumbered, recorded, read by units."""

from datetime import date, datetime, timedelta

import pytest

from core import outbox
from core.models import Document, Event, OutboxMail
from registrations import tasks
from registrations.models import Obligation, ReminderLetter
from tests.factories import UnitFactory, member_of
from tests.factories_registrations import (
    HANOI,
    ObligationFactory,
    WordingFactory,
    a_filed_registration,
    a_pdf,
)
from tests.registrations.pages import form_with
from units.models import Unit

DAY_AFTER = datetime(2027, 2, 22, 9, tzinfo=HANOI)
BODY = "Hạn cuối {han}, còn {so_don_vi} đơn vị chưa {viec} năm {nam}.\n{co_quan} đề nghị hoàn thành."


@pytest.fixture
def desk(world, on_time):
    world.wording = WordingFactory(letter=True, name="Đôn đốc nộp", body=BODY)
    world.first = ObligationFactory(period=world.period, unit=world.unit)
    world.late = ObligationFactory(period=world.period, unit=UnitFactory(name="Sở Im lặng"))
    world.late_filer = member_of(world.late.unit)
    world.done = ObligationFactory(period=world.period, unit=UnitFactory(name="Sở Đã nộp"))
    a_filed_registration(world.done.unit, member_of(world.done.unit))
    on_time.move_to(DAY_AFTER)
    OutboxMail.objects.all().delete()
    return world


def draft(client, **data) -> ReminderLetter:
    page = client.get("/cong-van/lap/", {"year": 2027, "kind": "registration", "scope": "all", **data})
    client.post("/cong-van/lap/", form_with(page, "request_key"))
    return ReminderLetter.objects.latest("pk")


def signing(**changes):
    return {
        "number": "412/STTTT-CNTT",
        "signed_on": "22/02/2027",
        "signer": "Nguyễn Văn Ký",
        "signed_file": a_pdf("cong-van.pdf"),
    } | changes


def test_only_silent_units_are_urged_and_a_double_click_is_one_draft(desk, enter):
    client = enter(desk.standing)
    page = client.get("/cong-van/lap/", {"year": 2027, "kind": "registration", "scope": "all"})
    text = page.content.decode()
    assert "2 đơn vị chưa nộp sẽ có tên trong danh sách kèm theo" in text
    assert "đơn vị đã nộp trong số 3 đơn vị được chọn không bị đôn đốc" in text
    form = form_with(page, "request_key")
    answers = [client.post("/cong-van/lap/", form) for _ in range(2)]

    letter = ReminderLetter.objects.get()
    assert [answer.url for answer in answers] == [letter.get_absolute_url()] * 2
    urged = letter.rows.values_list("obligation__unit__name", flat=True)
    assert sorted(urged) == ["Sở Im lặng", "Xã Bản Phiệt"]
    assert Event.objects.filter(act="draft_letter", actor=desk.standing).count() == 1


def test_the_paper_says_the_day_of_the_data_and_leaves_the_clerk_his_blanks(desk, enter):
    Obligation.objects.filter(pk=desk.late.pk).update(due=date(2027, 3, 5))
    client = enter(desk.standing)
    letter = draft(client)
    Unit.objects.filter(pk=letter.unit_id).update(abbreviation="STTTT")
    client.post(f"{letter.get_absolute_url()}in/")
    for row in Document.objects.filter(object_uid=letter.uid):
        tasks.render_letter(document_id=row.pk)
    document, word = Document.objects.filter(object_uid=letter.uid).order_by("-format")

    assert [(row.format, row.state, row.error) for row in (document, word)] == [
        ("pdf", "ready", ""),
        ("docx", "ready", ""),
    ]
    words = " ".join(document.html.replace("<br>", " ").split())
    assert "Hạn cuối 23:59 ngày 20/02/2027, còn 02 đơn vị chưa nộp đăng ký thi đua năm 2027." in words
    assert "Số: \N{NO-BREAK SPACE}" in document.html
    assert "ngày\N{NO-BREAK SPACE}" in document.html
    rows = [words.index(cell) for cell in (">Sở Im lặng<", ">05/03/2027<", ">Xã Bản Phiệt<", ">20/02/2027<")]
    assert rows == sorted(rows)
    assert "Sở Đã nộp" not in words
    for ending, start in (("", b"%PDF"), ("word/", b"PK")):
        address = f"{letter.get_absolute_url()}tep/du-thao/{ending}"
        assert f'href="{address}"' in client.get(letter.get_absolute_url()).content.decode()
        assert client.get(address).getvalue().startswith(start)


def test_who_files_before_it_is_printed_is_dropped_and_named_in_its_history(desk, enter):
    client = enter(desk.standing)
    letter = draft(client)
    Obligation.objects.filter(pk=desk.late.pk).update(met_at=DAY_AFTER)
    shown = client.get(letter.get_absolute_url()).content.decode()
    assert "Có đơn vị đã nộp sau khi lập dự thảo" in shown
    client.post(f"{letter.get_absolute_url()}in/")
    assert list(letter.rows.values_list("obligation__unit__name", flat=True)) == ["Xã Bản Phiệt"]
    assert Event.objects.get(act="drop").payload.data == {"name": "Sở Im lặng"}

    Obligation.objects.filter(pk=desk.first.pk).update(met_at=DAY_AFTER)
    refused = client.post(f"{letter.get_absolute_url()}in/")
    assert refused.status_code == 409
    assert "Mọi đơn vị trong danh sách đã nộp." in refused.content.decode()


def test_signed_it_reaches_the_units_that_still_owe(desk, enter):
    client = enter(desk.standing)
    letter = draft(client)
    assert enter(desk.filer).get(letter.get_absolute_url()).status_code == 404

    assert client.post(f"{letter.get_absolute_url()}ban-hanh/", signing()).status_code == 302

    letter.refresh_from_db()
    assert (letter.state, letter.number, letter.signed_on) == ("signed", "412/STTTT-CNTT", date(2027, 2, 22))
    assert set(OutboxMail.objects.values_list("recipient", flat=True)) == {desk.filer.pk, desk.late_filer.pk}
    assert Event.objects.get(act="sign").after == "signed"
    # Between the signing and the sending one of them files: that mail does not go.
    Obligation.objects.filter(pk=desk.late.pk).update(met_at=DAY_AFTER)
    for mail in OutboxMail.objects.all():
        outbox.deliver(mail.pk)
    assert dict(OutboxMail.objects.values_list("recipient", "state")) == {
        desk.filer.pk: "sent",
        desk.late_filer.pk: "dropped",
    }


def test_a_unit_reads_the_letter_its_own_row_and_the_signed_file(desk, enter):
    letter = draft(enter(desk.standing))
    enter(desk.standing).post(f"{letter.get_absolute_url()}ban-hanh/", signing())
    for person in (desk.filer, desk.colleague, desk.district):
        page = enter(person).get(letter.get_absolute_url()).content.decode()
        assert (">Xã Bản Phiệt</a>" in page, "Sở Im lặng" in page) == (True, False)
        file = enter(person).get(f"{letter.get_absolute_url()}tep/ban-ky/")
        assert b"".join(file.streaming_content).startswith(b"%PDF")
        assert enter(person).get(f"{letter.get_absolute_url()}tep/du-thao/").status_code == 403
        assert "412/STTTT-CNTT" in enter(person).get("/cong-van/").content.decode()
        assert (
            "Công văn số 412/STTTT-CNTT" in enter(person).get(desk.first.get_absolute_url()).content.decode()
        )
    assert enter(desk.stranger).get(letter.get_absolute_url()).status_code == 404
    assert "412/STTTT-CNTT" not in enter(desk.stranger).get("/cong-van/").content.decode()


ACTS = {
    "sua/": {"subject": "V/v {viec}", "body": "Lời", "version": 1},
    "in/": {},
    "ban-hanh/": {},
    "huy/": {},
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("who", "status"),
    [("commendation", 404), ("administrator", 404), ("filer", 404), ("stranger", 404)],
)
def test_nobody_else_acts_on_a_draft(desk, enter, act, who, status):
    letter = draft(enter(desk.standing))
    person = enter(getattr(desk, who))
    assert person.post(f"{letter.get_absolute_url()}{act}", ACTS[act]).status_code == status
    assert person.get("/cong-van/lap/?year=2027&kind=registration").status_code == 403


@pytest.mark.parametrize("act", ACTS)
def test_a_signed_letter_changes_no_more(desk, enter, act):
    client = enter(desk.standing)
    letter = draft(client)
    client.post(f"{letter.get_absolute_url()}ban-hanh/", signing())
    before = ReminderLetter.objects.values().get()
    answer = client.post(f"{letter.get_absolute_url()}{act}", signing() if act == "ban-hanh/" else ACTS[act])
    assert answer.status_code == 409
    assert ReminderLetter.objects.values().get() == before
    # The commendation body sees it, and has no act on it.
    other = enter(desk.commendation)
    assert other.get(letter.get_absolute_url()).status_code == 200
    assert other.post(f"{letter.get_absolute_url()}{act}", ACTS[act]).status_code == 403


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"number": ""}, "Trường này là bắt buộc"),
        ({"signed_on": "23/02/2027"}, "Ngày ký không thể sau hôm nay."),
        ({"signed_file": ""}, "Hãy chọn tệp."),
        ({"signed_file": a_pdf("x.pdf", b"khong phai pdf")}, "không phải là tệp PDF"),
    ],
)
def test_what_is_lacking_for_signing_is_said_and_the_rest_kept(desk, enter, changes, message):
    client = enter(desk.standing)
    letter = draft(client)
    answer = client.post(f"{letter.get_absolute_url()}ban-hanh/", signing(**changes))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert (message in page or message.startswith("Trường"), "Nguyễn Văn Ký" in page) == (True, True)
    assert ReminderLetter.objects.get().state == "draft"
    assert OutboxMail.objects.count() == 0


def test_words_are_edited_against_the_version_seen_and_hold_no_date(desk, enter):
    client = enter(desk.standing)
    letter = draft(client)
    address = f"{letter.get_absolute_url()}sua/"
    form = form_with(client.get(letter.get_absolute_url()), "body")
    assert client.post(address, form | {"body": "Đề nghị {viec}."}).status_code == 302
    stale = client.post(address, form | {"body": "Lời khác."})
    assert stale.status_code == 409
    assert "Công văn vừa được sửa ở nơi khác." in stale.content.decode()
    dated = client.post(address, form | {"version": "2", "body": "Nộp trước 20/02."})
    assert (dated.status_code, "“20/02” là ngày tháng viết cứng" in dated.content.decode()) == (422, True)
    assert ReminderLetter.objects.get().body == "Đề nghị {viec}."


def test_a_cancelled_draft_is_read_and_nothing_more(desk, enter):
    client = enter(desk.standing)
    letter = draft(client)
    client.post(f"{letter.get_absolute_url()}huy/")
    assert ReminderLetter.objects.get().state == "cancelled"
    page = client.get(letter.get_absolute_url())
    assert (page.status_code, "Đã hủy dự thảo" in page.content.decode()) == (200, True)
    assert client.post(f"{letter.get_absolute_url()}in/").status_code == 409


def test_nobody_is_urged_when_all_have_filed(desk, enter):
    Obligation.objects.update(met_at=DAY_AFTER - timedelta(days=3))
    client = enter(desk.standing)
    page = client.get("/cong-van/lap/", {"year": 2027, "kind": "registration", "scope": "all"})
    assert "Không có đơn vị nào phải đôn đốc" in page.content.decode()
    assert ReminderLetter.objects.count() == 0
