"""Who owes what: generated, explained, corrected, extended; and what a change of settings does to it."""

from datetime import date, datetime

import pytest

from core.models import Event, File, OutboxMail
from registrations import schedule
from registrations.models import Extension, Obligation, Period
from tests.factories import UnitFactory, member_of
from tests.factories_registrations import (
    HANOI,
    ObligationFactory,
    ReminderRuleFactory,
    a_filed_registration,
    a_full_draft,
    a_pdf,
)
from tests.registrations.pages import form_with
from tests.registrations.test_period_pages import _change as change

LIST = "/ky/2027/viec-phai-lam/"


def _extend(client, owed, last_day="05/03/2027", **more):
    typed = {"last_day": last_day, "reason": "Bão lũ, theo đề nghị của đơn vị."}
    return client.post(f"{owed.get_absolute_url()}gia-han/", typed | more)


@pytest.fixture
def owed(world):
    return ObligationFactory(period=world.period, unit=world.unit, added_by=world.standing_lead)


def test_the_six_month_report_is_owed_where_the_period_asks_for_it(world):
    schedule.oblige(world.period)
    assert set(Obligation.objects.values_list("kind", flat=True)) == {"registration", "annual_report"}
    Period.objects.update(six_month_last_day=date(2027, 6, 15))
    world.period.refresh_from_db()
    schedule.oblige(world.period)
    dues = set(Obligation.objects.filter(kind="six_month_report").values_list("due", flat=True))
    assert dues == {date(2027, 6, 15)}


def test_the_list_shows_everyone_to_the_desks_and_a_unit_its_own(world, enter, owed):
    ObligationFactory(period=world.period)
    seen = {
        person: [o.unit for o in enter(getattr(world, person)).get(LIST).context["list"]["rows"]]
        for person in ("standing", "commendation", "filer", "district", "stranger", "administrator")
    }
    assert [len(seen[p]) for p in ("standing", "commendation")] == [2, 2]
    assert [seen[p] for p in ("filer", "district", "stranger", "administrator")] == [
        [world.unit],
        [world.unit],
        [],
        [],
    ]
    assert enter(world.stranger).get(owed.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"kind": "annual_report"}, {"báo cáo"}),
        ({"tier": "commune"}, {"đúng hạn"}),
        ({"state": "chua-nop"}, {"báo cáo", "quá hạn", "gia hạn"}),
        ({"state": "qua-han"}, {"quá hạn"}),
        ({"state": "dung-han"}, {"đúng hạn"}),
        ({"state": "nop-muon"}, {"muộn"}),
        ({"state": "gia-han"}, {"gia hạn"}),
        ({"state": "duoc-mien"}, {"miễn"}),
        ({"state": "sai"}, {"báo cáo", "quá hạn", "gia hạn", "đúng hạn", "muộn", "miễn"}),
    ],
)
def test_the_list_is_narrowed(world, enter, on_time, chosen, expected):
    met = datetime(2027, 2, 20, 23, 59, 59, tzinfo=HANOI)
    of = {
        "báo cáo": ObligationFactory(period=world.period, of_report=True),
        "quá hạn": ObligationFactory(period=world.period),
        "gia hạn": ObligationFactory(period=world.period),
        "đúng hạn": ObligationFactory(period=world.period, unit=world.unit, met_at=met),
        "muộn": ObligationFactory(period=world.period, met_at=datetime(2027, 2, 21, tzinfo=HANOI)),
        "miễn": ObligationFactory(period=world.period, is_waived=True, waived_reason="Giải thể."),
    }
    _extend(enter(world.standing_lead), of["gia hạn"])
    on_time.move_to(datetime(2027, 2, 22, tzinfo=HANOI))
    rows = enter(world.standing).get(LIST, chosen).context["list"]["rows"]
    assert {row.pk for row in rows} == {of[name].pk for name in expected}


def test_each_obligation_says_why_with_the_clause(world, enter, owed):
    page = enter(world.filer).get(owed.get_absolute_url()).content.decode()
    assert "Sở, ban, ngành (Kế hoạch, mục IV.1)" in page
    assert world.period.campaign.legal_basis in page
    assert "23:59:59 ngày 20/02/2027" in page


@pytest.mark.parametrize("person", ["filer", "district", "standing", "commendation_lead"])
def test_only_leads_correct_and_extend(world, enter, owed, person):
    client = enter(getattr(world, person))
    base = owed.get_absolute_url()
    assert client.get(f"{base}gia-han/").status_code == 403
    assert _extend(client, owed).status_code == 403
    for act in ("mien/", "bo-mien/", "ket-thuc-gia-han/"):
        assert client.post(base + act, {"comment": "Thử."}).status_code == 403
    page = client.get(base).content.decode()
    assert 'action="' + base not in page
    assert (Extension.objects.count(), Event.objects.count()) == (0, 0)


def test_a_unit_is_added_waived_and_restored_with_reasons(world, enter):
    client = enter(world.standing_lead)
    firm = UnitFactory(enterprise=True, name="Công ty Ánh Dương")
    typed = {"unit": "cong ty anh duong", "kind": "registration", "reason": "Đăng ký tự nguyện"}
    answer = client.post("/ky/2027/them-don-vi/", typed)
    owed = Obligation.objects.get()
    assert answer.url == owed.get_absolute_url()
    assert (owed.unit, owed.due, owed.added_by) == (firm, date(2027, 2, 20), world.standing_lead)
    again = client.post("/ky/2027/them-don-vi/", typed)
    assert (again.status_code, "đã có trong danh sách" in again.content.decode()) == (422, True)

    base = owed.get_absolute_url()
    assert client.post(f"{base}mien/", {"comment": " "}).status_code == 422
    assert client.post(f"{base}mien/", {"comment": "Ngừng hoạt động."}).status_code == 302
    assert Obligation.objects.outstanding().count() == 0
    assert client.post(f"{base}mien/", {"comment": "Lần nữa."}).status_code == 409
    assert "Ngừng hoạt động." in client.get(base).content.decode()
    assert client.post(f"{base}bo-mien/", {"comment": "Hoạt động lại."}).status_code == 302
    assert Obligation.objects.outstanding().count() == 1
    acts = Event.objects.filter(object_uid=owed.uid).order_by("id").values_list("act", "payload__comment")
    assert list(acts) == [
        ("add", "Đăng ký tự nguyện"),
        ("waive", "Ngừng hoạt động."),
        ("restore", "Hoạt động lại."),
    ]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Sở Không Có", "Không có đơn vị nào mang mã hoặc tên này"),
        ("Xã Thanh Bình", "Nhiều đơn vị trùng tên, hãy gõ mã: 02770 (Xã Thanh Bình, Huyện Mường Khương)"),
    ],
)
def test_a_unit_that_is_not_clear_is_asked_for_again(world, enter, typed, words):
    for code, district in (("02770", "Huyện Mường Khương"), ("03040", "Thị xã Sa Pa")):
        UnitFactory(commune=True, code=code, name="Xã Thanh Bình", parent__name=district)
    answer = enter(world.standing_lead).post(
        "/ky/2027/them-don-vi/", {"unit": typed, "kind": "registration", "reason": "Tự nguyện"}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_what_was_filed_is_not_waived(world, enter, owed):
    a_filed_registration(world.unit, world.filer)
    answer = enter(world.standing_lead).post(f"{owed.get_absolute_url()}mien/", {"comment": "Thử."})
    assert (answer.status_code, "Đơn vị đã nộp" in answer.content.decode()) == (409, True)


def test_an_extension_is_shown_told_and_kept_with_its_paper(world, enter, owed):
    assert _extend(enter(world.standing_lead), owed, document=a_pdf("cong-van.pdf")).status_code == 302
    owed.refresh_from_db()
    assert owed.due == date(2027, 3, 5)
    page = enter(world.filer).get(owed.get_absolute_url())
    text = page.content.decode()
    for words in ("23:59:59 ngày 05/03/2027", "Bão lũ", str(world.standing_lead), "hết ngày 20/02/2027"):
        assert words in text
    address = f"{owed.get_absolute_url()}van-ban/{File.objects.get().uid}/"
    assert enter(world.filer).get(address).status_code == 200
    assert enter(world.stranger).get(address).status_code == 404
    told = OutboxMail.objects.get()
    assert (told.to, "23:59:59 ngày 05/03/2027" in told.body) == (world.filer.email, True)
    event = Event.objects.get()
    assert (event.act, event.before, event.after) == ("extend", "20/02/2027", "05/03/2027")


@pytest.mark.parametrize(
    ("last_day", "words"),
    [
        ("20/02/2027", "Ngày gia hạn phải sau hạn chung 20/02/2027."),
        ("01/07/2027", "Kỳ khóa sau ngày 30/06/2027"),
        ("31/02/2027", "Hãy nhập ngày có thật"),
    ],
)
def test_an_extension_lies_between_everyone_s_day_and_the_lock(world, enter, owed, last_day, words):
    answer = _extend(enter(world.standing_lead), owed, last_day)
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors["last_day"])
    assert Extension.objects.count() == 0


def test_an_extension_of_the_past_is_only_for_who_filed_by_it(world, enter, owed, on_time):
    on_time.move_to(datetime(2027, 3, 10, tzinfo=HANOI))
    client = enter(world.standing_lead)
    answer = _extend(client, owed, "09/03/2027")
    assert "Ngày gia hạn đã qua mà đơn vị chưa nộp." in str(answer.context["form"].errors["last_day"])

    # Recorded after the fact, it still clears who filed in its time.
    on_time.move_to(datetime(2027, 3, 9, 23, 59, 59, tzinfo=HANOI))
    registration = a_filed_registration(world.unit, world.filer)
    on_time.move_to(datetime(2027, 3, 20, tzinfo=HANOI))
    assert _extend(enter(world.standing_lead), owed, "09/03/2027").status_code == 302
    registration.refresh_from_db()
    assert registration.is_late is False


def test_an_extension_is_replaced_and_ended(world, enter, owed):
    client = enter(world.standing_lead)
    _extend(client, owed)
    _extend(client, owed, "10/03/2027")
    owed.refresh_from_db()
    assert owed.due == date(2027, 3, 10)
    ended, in_force = Extension.objects.order_by("pk")
    assert (ended.ended_by, in_force.ended_at) == (world.standing_lead, None)
    end = f"{owed.get_absolute_url()}ket-thuc-gia-han/"
    assert client.post(end, {"comment": "Hết lý do."}).status_code == 302
    owed.refresh_from_db()
    assert (owed.due, Extension.objects.in_force().count()) == (date(2027, 2, 20), 0)
    assert client.post(end, {"comment": "Hết lý do."}).status_code == 409


def test_an_extension_given_late_lifts_the_late_mark_and_its_end_does_not_bring_it_back(
    world, enter, owed, on_time
):
    on_time.move_to(datetime(2027, 2, 25, 8, tzinfo=HANOI))
    registration = a_filed_registration(world.unit, world.filer)
    assert registration.is_late
    client = enter(world.standing_lead)
    _extend(client, owed)
    registration.refresh_from_db()
    assert registration.is_late is False
    client.post(f"{owed.get_absolute_url()}ket-thuc-gia-han/", {"comment": "Đã nộp."})
    registration.refresh_from_db()
    owed.refresh_from_db()
    assert (registration.is_late, owed.is_late) == (False, False)


def test_an_extended_unit_keeps_its_day_unless_everyone_s_is_later(world, enter, owed):
    client = enter(world.standing_lead)
    _extend(client, owed, "05/03/2027")
    for day, due in (
        ("01/03/2027", date(2027, 3, 5)),
        ("08/03/2027", date(2027, 3, 8)),
        ("15/02/2027", date(2027, 3, 5)),
    ):
        assert change(client, last_day=day).status_code == 302
        owed.refresh_from_db()
        assert owed.due == due


def test_reminders_follow_the_extended_day(world, enter, owed, on_time):
    ReminderRuleFactory(days_before=7)
    _extend(enter(world.standing_lead), owed)
    on_time.move_to(datetime(2027, 2, 13, 7, 30, tzinfo=HANOI))
    assert schedule.remind() == 0
    on_time.move_to(datetime(2027, 2, 26, 7, 30, tzinfo=HANOI))
    assert schedule.remind() == 1
    assert "23:59 ngày 05/03/2027" in OutboxMail.objects.latest("id").body


def test_the_home_page_and_the_registration_name_the_extended_day(world, enter, owed):
    registration = a_full_draft(world.unit, world.filer)
    _extend(enter(world.standing_lead), owed)
    client = enter(world.filer)
    assert "05/03/2027" in client.get("/ban-lam-viec/").content.decode()
    assert "05/03/2027" in client.get(registration.get_absolute_url()).content.decode()


def test_communes_through_their_district_are_shown_as_covered(world, enter):
    Period.objects.update(communes_file=False)
    owed = ObligationFactory(period=world.period, unit=world.unit.parent)
    other = UnitFactory(commune=True, name="Xã Của Huyện Khác")
    page = enter(world.district).get(owed.get_absolute_url()).content.decode()
    assert (page.count("Xã Bản Phiệt"), other.name in page) == (1, False)
    registration = a_full_draft(world.unit.parent, world.district)
    page = enter(world.district).get(registration.get_absolute_url()).content.decode()
    assert (page.count("Xã Bản Phiệt"), other.name in page) == (1, False)
    Period.objects.update(communes_file=True)
    assert "Xã Bản Phiệt" not in enter(world.district).get(owed.get_absolute_url()).content.decode()


def test_the_setting_for_communes_writes_and_waives_rows_for_all_to_see(world, enter):
    schedule.oblige(world.period)
    client = enter(world.standing_lead)
    before = Obligation.objects.count()
    assert change(client, communes_file="on").status_code == 302
    new = Obligation.objects.filter(unit=world.unit)
    assert (Obligation.objects.count(), new.count()) == (before + 2, 2)

    # One commune files, one is waived by a person, one waits: the setting touches the last alone.
    filed, by_hand, waiting = world.unit, UnitFactory(commune=True), UnitFactory(commune=True)
    schedule.oblige(Period.objects.get())
    a_filed_registration(filed, world.filer)
    for owed in Obligation.objects.filter(unit=by_hand):
        client.post(f"{owed.get_absolute_url()}mien/", {"comment": "Sáp nhập."})

    typed = form_with(client.get("/ky/2027/sua/"), "opens_on")
    del typed["communes_file"]
    preview = client.post("/ky/2027/sua/", typed)
    assert preview.context["consequences"].settled.waived == 3
    client.post(
        "/ky/2027/sua/", form_with(preview, "reason") | {"reason": "Theo đề nghị của huyện.", "apply": "1"}
    )
    waived = Obligation.objects.filter(is_waived=True).values_list("unit", "kind", "waived_reason")
    through = "Cấp xã nộp qua UBND cấp huyện theo quy định của kỳ."
    assert set(waived) == {
        (filed.pk, "annual_report", through),
        (waiting.pk, "registration", through),
        (waiting.pk, "annual_report", through),
        (by_hand.pk, "registration", "Sáp nhập."),
        (by_hand.pk, "annual_report", "Sáp nhập."),
    }

    assert change(client, communes_file="on").status_code == 302
    still = Obligation.objects.filter(is_waived=True)
    assert set(still.values_list("unit", flat=True)) == {by_hand.pk}
    assert Event.objects.filter(act="change").latest("id").payload.data["restored"] == 3


def test_the_list_costs_the_same_however_long(world, enter, owed, django_assert_num_queries):
    client = enter(world.standing)
    with django_assert_num_queries(10) as first:
        client.get(LIST)
    for _ in range(3):
        ObligationFactory(period=world.period, unit=UnitFactory())
    member_of(world.unit)
    with django_assert_num_queries(len(first)):
        client.get(LIST)
