"""Rules and wordings as data, the preview of a day, the ledger, how people want to be reminded."""

from datetime import date, timedelta

import pytest

from core import outbox
from core.models import Event, OutboxMail
from registrations import reminders, schedule, wording
from registrations.enums import Audience
from registrations.models import ReminderRule, Wording
from tests.factories import UnitFactory, holder_of, member_of
from tests.factories_registrations import ObligationFactory, WordingFactory
from tests.registrations.pages import form_with
from tests.registrations.reminding import WEEK_BEFORE, planned, rules, second_unit
from units.enums import Function

# --- The preview -----------------------------------------------------------------------------


def test_the_preview_says_exactly_what_the_job_then_sends(world, owed, enter, on_time):
    second_unit(world)
    for number in range(55):
        unit = UnitFactory(name=f"Sở {number}")
        member_of(unit, full_name=f"Người {number}")
        ObligationFactory(period=world.period, unit=unit)
    on_time.move_to(WEEK_BEFORE - timedelta(days=1))
    client = enter(world.standing_lead)

    first = client.get("/nhac-viec/xem-truoc/").content.decode()
    second = client.get("/nhac-viec/xem-truoc/?ngay=13/02/2027&page=2").content.decode()
    told = {
        (mail.user.pk, mail.words.subject, mail.words.body)
        for mail in reminders.plan(WEEK_BEFORE.date()).mails
    }

    assert "Ngày mai: 56 thư" in first
    assert "57 lời nhắc vào 13/02/2027" in first
    assert (first.count("<details>"), second.count("<details>")) == (50, 6)
    on_time.move_to(WEEK_BEFORE)
    assert schedule.remind() == 56
    assert told == set(OutboxMail.objects.values_list("recipient", "subject", "body"))
    after = enter(world.standing_lead).get("/nhac-viec/xem-truoc/?ngay=13/02/2027").content.decode()
    assert "Hôm nay: 0 thư" in after


@pytest.mark.parametrize("day", ["12/02/2027", "x", "", "13/02/2029", "31/02/2027"])
def test_a_day_that_cannot_be_previewed_is_said(world, owed, enter, on_time, day):
    on_time.move_to(WEEK_BEFORE)
    answer = enter(world.standing).get("/nhac-viec/xem-truoc/", {"ngay": day})
    assert answer.status_code == 200
    assert "Ngày mai: " in answer.content.decode()


def test_who_sees_the_rules_and_the_preview(world, owed, enter):
    for address in ("/nhac-viec/", "/nhac-viec/xem-truoc/"):
        for name in ("standing", "standing_lead", "commendation", "administrator"):
            assert enter(getattr(world, name)).get(address).status_code == 200, (address, name)
        for name in ("filer", "district", "stranger"):
            assert enter(getattr(world, name)).get(address).status_code == 403, (address, name)


# --- Rules and wordings ----------------------------------------------------------------------


def test_only_a_lead_changes_rules_and_each_change_is_an_event(world, owed, enter):
    rule = ReminderRule.objects.get()
    address = f"/nhac-viec/quy-tac/{rule.uid}/"
    for name in ("standing", "commendation_lead", "administrator", "filer"):
        assert enter(getattr(world, name)).get(address).status_code == 403, name
    client = enter(world.standing_lead)
    form = form_with(client.get(address), "days_before")
    answer = client.post(address, form | {"days_before": "5", "valid_to": "31/12/2027"})
    assert answer.status_code == 302
    rule.refresh_from_db()
    assert (rule.days_before, rule.valid_to, rule.version) == (5, date(2027, 12, 31), 2)
    event = Event.objects.get(act="change_rule")
    assert (event.payload.data["before"]["days_before"], event.payload.data["after"]["days_before"]) == (
        "7",
        "5",
    )
    stale = client.post(address, form | {"days_before": "6"})
    assert stale.status_code == 409
    assert "Vừa có người khác sửa mục này." in stale.content.decode()


def test_a_new_rule_begins_to_remind_and_its_twin_is_refused(world, owed, enter):
    client = enter(world.standing_lead)
    address = "/nhac-viec/quy-tac/moi/"
    form = form_with(client.get(address), "days_before") | {
        "kind": "registration",
        "days_before": "5",
        "audience": "filers",
        "wording": str(Wording.objects.get().pk),
        "valid_from": "01/01/2027",
    }
    assert client.post(address, form).status_code == 302
    assert len(planned(date(2027, 2, 15))) == 1
    twin = client.post(address, form)
    assert twin.status_code == 422
    assert "Đã có quy tắc cho việc này, số ngày này, người này trong thời gian đó." in twin.content.decode()


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("Hạn cuối 20/02.", "“20/02” là ngày tháng viết cứng"),
        ("Trước 20/02/2027 phải nộp.", "“20/02/2027” là ngày tháng viết cứng"),
        ("Nộp trước ngày 20-2-2027.", "“20-2-2027” là ngày tháng viết cứng"),
        ("Nộp trước 2027-02-20.", "“2027-02-20” là ngày tháng viết cứng"),
        ("Nộp trong tháng 2 nhé.", "“tháng 2” là ngày tháng viết cứng"),
        ("Nộp chậm nhất ngày 20.", "“ngày 20” là ngày tháng viết cứng"),
        ("Kế hoạch năm 2027.", "“năm 2027” là ngày tháng viết cứng"),
        ("Kỳ 02/2027.", "“02/2027” là ngày tháng viết cứng"),
        ("Đơn vị {ten} chưa nộp.", "Không có chỗ điền “{ten}”. Các chỗ điền dùng được: {don_vi}, {viec}"),
        ("Đơn vị {don_vi.name} chưa nộp.", "Không có chỗ điền “{don_vi.name}”."),
        ("Đơn vị {don_vi!r} chưa nộp.", "Không có chỗ điền “{don_vi}”."),
        ("Đơn vị {} chưa nộp.", "Không có chỗ điền “{}”."),
        ("Đơn vị {don_vi chưa nộp.", "Dấu ngoặc nhọn chưa đóng hoặc thừa."),
    ],
)
def test_a_wording_that_would_go_stale_or_break_is_refused_with_the_reason(world, enter, body, fault):
    shown = WordingFactory()
    client = enter(world.standing_lead)
    address = f"/nhac-viec/mau-loi/{shown.uid}/"
    form = form_with(client.get(address), "body")
    answer = client.post(address, form | {"body": body})
    assert answer.status_code == 422
    page = answer.content.decode().replace("&quot;", '"')
    assert fault in page
    assert form_with(answer, "body")["body"] == [body]
    shown.refresh_from_db()
    assert shown.body != body


@pytest.mark.parametrize(
    "body",
    [
        "{don_vi} chưa {viec} năm {nam}, hạn {han} ({con_lai}), vì {ly_do}.",
        "Theo Nghị định 152/2025/NĐ-CP và Kế hoạch 91/KH-UBND.",
        "Đạt 95,5 % của 1.900 hồ sơ; gọi 0214 3840 123.",
        "Trong 5 ngày làm việc, 6 tháng tới.",
    ],
)
def test_a_good_wording_is_kept(world, enter, body):
    shown = WordingFactory()
    client = enter(world.standing_lead)
    address = f"/nhac-viec/mau-loi/{shown.uid}/"
    form = form_with(client.get(address), "body")
    assert client.post(address, form | {"body": body}).status_code == 302
    shown.refresh_from_db()
    assert (shown.body, shown.version) == (body, 2)
    assert Event.objects.get(act="change_wording").payload.data["after"]["body"] == body


def test_no_shipped_wording_holds_a_literal_date(db):
    from registrations.loading import REMINDERS, json

    shipped = json.loads(REMINDERS.read_text("utf-8"))["wordings"]
    assert [wording.faults_in(w[field], w["use"]) for w in shipped for field in ("subject", "body")] == [
        []
    ] * 10


# --- The ledger ------------------------------------------------------------------------------


def test_a_unit_sees_its_own_reminders_and_what_the_server_said(world, owed, enter, on_time):
    other = ObligationFactory(period=world.period, unit=UnitFactory(name="Sở Khác"))
    member_of(other.unit)
    on_time.move_to(WEEK_BEFORE)
    schedule.remind()
    for mail in OutboxMail.objects.all():
        outbox.deliver(mail.pk)

    def ledger(user):
        page = enter(user).get("/nhac-viec/so/").content.decode()
        return sorted(name for name in ("Xã Bản Phiệt", "Sở Khác") if f">{name}</a>" in page)

    assert ledger(world.filer) == ["Xã Bản Phiệt"]
    assert ledger(world.colleague) == ["Xã Bản Phiệt"]
    assert ledger(world.district) == ["Xã Bản Phiệt"]
    assert ledger(world.stranger) == []
    assert ledger(world.standing) == ledger(world.commendation) == ["Sở Khác", "Xã Bản Phiệt"]
    page = enter(world.filer).get("/nhac-viec/so/").content.decode()
    assert "Máy chủ thư đã nhận" in page
    assert "07:30 ngày 13/02/2027" in page
    assert "Là người lập hồ sơ của Xã Bản Phiệt; quy tắc nhắc trước hạn 7 ngày" in page


def test_the_ledger_links_a_mail_only_to_who_may_read_it(world, owed, enter, on_time):
    second_unit(world)
    on_time.move_to(WEEK_BEFORE)
    schedule.remind()
    mail = OutboxMail.objects.get()
    for user, may in [(world.filer, True), (world.colleague, False), (world.standing, True)]:
        client = enter(user)
        assert (f"/thu/{mail.uid}/" in client.get("/nhac-viec/so/").content.decode()) == may
        assert client.get(f"/thu/{mail.uid}/").status_code == (200 if may else 404)


def test_the_ledger_links_an_obligation_only_to_who_may_read_it(world, owed, enter, on_time):
    on_time.move_to(WEEK_BEFORE)
    schedule.remind()
    for user, may in [(world.filer, True), (world.administrator, False)]:
        client = enter(user)
        page = client.get("/nhac-viec/so/").content.decode()
        assert "Xã Bản Phiệt" in page
        assert (owed.get_absolute_url() in page) == may
        assert client.get(owed.get_absolute_url()).status_code == (200 if may else 404)


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("?q=ban+phiet", 1),
        ("?q=khac", 0),
        ("?year=2027&state=queued", 1),
        ("?state=sent", 0),
        ("?kind=launch", 0),
        ("?year=x&state=y", 1),
    ],
)
def test_the_ledger_is_narrowed(world, owed, enter, on_time, query, rows):
    on_time.move_to(WEEK_BEFORE)
    schedule.remind()
    page = enter(world.standing).get(f"/nhac-viec/so/{query}").content.decode()
    assert page.count("Xã Bản Phiệt</a>") == rows


def test_the_lead_is_told_what_the_standing_body_owes_nothing_about(on_time, db):
    """Without an holder of the function nobody of it is reminded, and nothing breaks."""
    rules((7, Audience.STANDING_BODY))
    ObligationFactory()
    assert reminders.plan(date(2027, 2, 13)).mails == []
    holder_of(Function.STANDING_BODY)
    assert len(reminders.plan(date(2027, 2, 13)).mails) == 1
