"""Campaigns and periods in the pages: read by everyone, run by leads, moved with what hangs on them."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from core.models import Event, Holiday
from registrations import schedule
from registrations.models import Campaign, Obligation, Period, PriorityField, Reminder
from tests.factories import UnitFactory, member_of
from tests.factories_registrations import (
    HANOI,
    ObligationFactory,
    PeriodFactory,
    ReminderRuleFactory,
    a_filed_registration,
    a_full_draft,
)
from tests.registrations.pages import form_with

PAGE = "/ky/2027/"


def _change(client, *, reason="Trùng ngày nghỉ Tết.", **days):
    """Type the days, look at the preview and apply it, as a lead does."""
    preview = client.post(f"{PAGE}sua/", form_with(client.get(f"{PAGE}sua/"), "opens_on") | days)
    if preview.status_code != 200:
        return preview
    return client.post(f"{PAGE}sua/", form_with(preview, "reason") | {"reason": reason, "apply": "1"})


def test_everyone_logged_in_reads_the_milestones_to_the_second(world, enter):
    Period.objects.update(six_month_last_day=date(2027, 6, 15), supplement_days=7)
    for person in (world.filer, world.stranger, world.standing, world.commendation, world.administrator):
        page = enter(person).get(PAGE)
        text = page.content.decode()
        assert page.status_code == 200
        for instant in (
            "00:00:00 ngày 01/12/2026",
            "23:59:59 ngày 20/02/2027",
            "23:59:59 ngày 15/06/2027",
            "23:59:59 ngày 30/06/2027",
            "23:59:59 ngày 15/12/2027",
        ):
            assert text.count(instant) == 1
        assert "7 ngày làm việc" in text
    assert enter(world.filer).get("/ky/1999/").status_code == 404


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("filer", 403),
        ("district", 403),
        ("standing", 403),
        ("standing_lead", 200),
        ("commendation_lead", 403),
        ("administrator", 403),
    ],
)
def test_only_leads_of_the_standing_body_run_campaigns_and_periods(world, enter, person, status):
    client = enter(getattr(world, person))
    campaign = world.period.campaign
    addresses = [
        f"{PAGE}sua/",
        f"{PAGE}ky-sau/",
        f"{PAGE}them-don-vi/",
        "/giai-doan/moi/",
        f"/giai-doan/{campaign.uid}/sua/",
        f"/giai-doan/{campaign.uid}/giai-doan-sau/",
        f"/giai-doan/{campaign.uid}/ky-moi/",
    ]
    assert [client.get(address).status_code for address in addresses] == [status] * len(addresses)
    if status == 403:
        posted = [client.post(address, {}).status_code for address in addresses]
        assert posted == [403] * len(addresses)
    assert client.get("/giai-doan/").status_code == 200
    assert client.get(campaign.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("field", "day", "words"),
    [
        ("last_day", "30/11/2026", "Hạn đăng ký của kỳ năm 2027 phải nằm trong năm đó."),
        ("locks_on", "19/02/2027", "Ngày cuối còn nhận không được trước ngày cuối nhận đúng hạn."),
        ("launch_last_day", "30/11/2026", "Ngày cuối phát động không được trước ngày mở."),
        ("pilots_last_day", "30/11/2026", "Ngày cuối gửi danh sách chỉ đạo điểm không được trước ngày mở."),
        ("six_month_last_day", "19/02/2027", "Báo cáo 6 tháng không được trước ngày cuối nhận đăng ký"),
        ("six_month_last_day", "16/12/2027", "Báo cáo năm không được trước báo cáo 6 tháng."),
        ("verify_last_day", "14/12/2027", "Thẩm định số liệu không được kết thúc trước ngày cuối nộp"),
        ("dossier_last_day", "14/12/2027", "Ngày cuối nhận hồ sơ khen thưởng không được trước ngày cuối nộp"),
        ("opens_on", "30/02/2027", "Hãy nhập ngày có thật"),
        ("opens_on", "", "Hãy nhập ngày."),
    ],
)
def test_days_out_of_order_are_errors_at_their_field(world, enter, field, day, words):
    answer = _change(enter(world.standing_lead), **{field: day})
    assert answer.status_code == 422
    errors = {name: " ".join(found) for name, found in answer.context["form"].errors.items()}
    where = "report_last_day" if "trước báo cáo 6" in words else field
    assert list(errors) == [where]
    assert words in errors[where]
    assert Event.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"last_day": date(2026, 11, 30)}, "period_closes_after_it_opens"),
        ({"locks_on": date(2027, 2, 19)}, "period_locks_after_its_last_day"),
        ({"launch_last_day": date(2026, 11, 30)}, "period_launches_after_it_opens"),
        ({"pilots_last_day": date(2026, 11, 30)}, "period_names_pilots_after_it_opens"),
        ({"six_month_last_day": date(2027, 2, 19)}, "period_six_months_are_reported_after_registration"),
        ({"report_last_day": date(2027, 2, 19)}, "period_year_is_reported_after_registration"),
        ({"six_month_last_day": date(2027, 12, 16)}, "period_year_is_reported_after_six_months"),
        ({"verify_last_day": date(2027, 12, 14)}, "period_is_verified_after_the_report"),
        ({"dossier_last_day": date(2027, 12, 14)}, "period_takes_dossiers_after_the_report"),
    ],
)
def test_the_database_keeps_the_order_by_itself(world, values, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Period.objects.update(**values)


def test_a_later_last_day_moves_dues_and_lifts_the_late_mark(world, enter, on_time):
    late = ObligationFactory(period=world.period, unit=world.unit, added_by=world.standing_lead)
    waiting = ObligationFactory(period=world.period)
    schedule.oblige(world.period)
    moved = Obligation.objects.filter(kind="registration").count()
    on_time.move_to(datetime(2027, 2, 21, 9, 0, tzinfo=HANOI))
    registration = a_filed_registration(world.unit, world.filer)
    assert registration.is_late
    client = enter(world.standing_lead)

    typed = form_with(client.get(f"{PAGE}sua/"), "opens_on") | {"last_day": "22/02/2027"}
    preview = client.post(f"{PAGE}sua/", typed)
    said = preview.context["consequences"]
    assert [len(said.followed.moved), len(said.followed.on_time)] == [moved, 1]
    assert str(registration) in preview.content.decode()
    # A preview is only looked at.
    assert Period.objects.get().last_day == date(2027, 2, 20)
    assert Event.objects.filter(act__in=["change", "lift_late"]).count() == 0

    answer = client.post(
        f"{PAGE}sua/", form_with(preview, "reason") | {"reason": "Bù ngày nghỉ.", "apply": "1"}
    )
    assert answer.url == PAGE
    registration.refresh_from_db()
    dues = Obligation.objects.in_bulk()
    assert (dues[late.pk].due, dues[waiting.pk].due) == (date(2027, 2, 22), date(2027, 2, 22))
    assert (registration.is_late, dues[late.pk].is_late) == (False, False)
    # The receipt says what was true when it was given.
    assert registration.versions.get().is_late is True
    event = Event.objects.get(act="change")
    assert (event.actor, event.payload.comment) == (world.standing_lead, "Bù ngày nghỉ.")
    assert event.payload.data == {
        "changes": [{"label": "ngày cuối nhận đúng hạn", "before": "20/02/2027", "after": "22/02/2027"}],
        "moved": moved,
        "on_time": 1,
        "new": 0,
        "restored": 0,
        "waived": 0,
    }
    assert Event.objects.get(act="lift_late").case_uid == registration.uid
    assert "đã bỏ dấu nộp muộn" in enter(world.filer).get(registration.get_absolute_url()).content.decode()
    assert "20/02/2027 → 22/02/2027" in enter(world.filer).get(PAGE).content.decode()


def test_an_earlier_last_day_makes_nothing_late_that_was_filed_in_time(world, enter, on_time):
    filed = ObligationFactory(period=world.period, unit=world.unit)
    waiting = ObligationFactory(period=world.period)
    withdrawn = ObligationFactory(period=world.period)
    filer = member_of(withdrawn.unit)
    on_time.move_to(datetime(2027, 2, 19, 9, 0, tzinfo=HANOI))
    registration = a_filed_registration(world.unit, world.filer)
    again = a_filed_registration(withdrawn.unit, filer)
    enter(filer).post(f"{again.get_absolute_url()}rut/")

    assert _change(enter(world.standing_lead), last_day="10/02/2027").status_code == 302

    registration.refresh_from_db()
    dues = Obligation.objects.in_bulk()
    assert [dues[o.pk].due for o in (filed, waiting, withdrawn)] == [
        date(2027, 2, 20),
        date(2027, 2, 10),
        date(2027, 2, 20),
    ]
    assert (registration.is_late, dues[filed.pk].is_late) == (False, False)


def test_a_moved_last_day_is_reminded_of_anew(world, enter, on_time):
    ReminderRuleFactory(days_before=7)
    ObligationFactory(period=world.period, unit=world.unit, added_by=world.standing_lead)
    on_time.move_to(datetime(2027, 2, 13, 7, 30, tzinfo=HANOI))
    assert schedule.remind() == 1
    _change(enter(world.standing_lead), last_day="22/02/2027")
    assert schedule.remind() == 0
    on_time.move_to(datetime(2027, 2, 15, 7, 30, tzinfo=HANOI))
    schedule.remind()
    assert schedule.remind() == 0
    own = Reminder.objects.filter(user=world.filer).order_by("pk")
    assert list(own.values_list("due", flat=True)) == [
        date(2027, 2, 20),
        date(2027, 2, 22),
    ]
    assert "23:59 ngày 22/02/2027" in own.last().mail.body


def test_a_change_needs_a_reason_a_difference_and_the_newest_version(world, enter):
    client = enter(world.standing_lead)
    assert _change(client, reason=" ", last_day="22/02/2027").status_code == 422
    same = _change(client)
    assert (same.status_code, "Chưa có gì khác" in same.content.decode()) == (422, True)
    stale = form_with(client.get(f"{PAGE}sua/"), "opens_on") | {"last_day": "23/02/2027"}
    assert _change(client, last_day="22/02/2027").status_code == 302
    assert client.post(f"{PAGE}sua/", stale).status_code == 409
    assert Period.objects.get().last_day == date(2027, 2, 22)


def test_the_way_back_from_the_preview_keeps_what_was_typed(world, enter):
    client = enter(world.standing_lead)
    typed = form_with(client.get(f"{PAGE}sua/"), "opens_on") | {
        "last_day": "22/02/2027",
        "communes_file": "on",
    }
    preview = client.post(f"{PAGE}sua/", typed)
    back = client.post(f"{PAGE}sua/", form_with(preview, "reason") | {"back": "1"})
    shown = form_with(back, "opens_on")
    assert (shown["last_day"], shown["communes_file"]) == (["22/02/2027"], ["on"])


def test_the_lock_may_not_come_before_an_extended_day(world, enter):
    owed = ObligationFactory(period=world.period, unit=world.unit)
    client = enter(world.standing_lead)
    client.post(f"{owed.get_absolute_url()}gia-han/", {"last_day": "15/03/2027", "reason": "Bão lũ."})
    answer = _change(client, locks_on="14/03/2027")
    assert answer.status_code == 422
    assert "gia hạn đến hết ngày 15/03/2027" in str(answer.context["form"].errors["locks_on"])


def test_a_day_off_is_warned_of_and_never_moved(world, enter):
    client = enter(world.standing_lead)
    # 20/02/2027 is a Saturday.
    warning = "20/02/2027 là Thứ Bảy. Ngày làm việc tiếp theo: 22/02/2027."
    assert warning in client.get(PAGE).content.decode()
    assert warning not in enter(world.filer).get(PAGE).content.decode()
    Holiday.objects.create(day=date(2027, 2, 22), name="Nghỉ bù", basis="Thông báo minh họa")
    assert "Ngày làm việc tiếp theo: 23/02/2027." in client.get(PAGE).content.decode()
    assert Period.objects.get().last_day == date(2027, 2, 20)


def test_the_next_year_is_opened_from_this_one(world, enter):
    Period.objects.update(
        six_month_last_day=date(2027, 6, 15),
        locks_on=date(2027, 10, 31),
        supplement_days=9,
        communes_file=True,
    )
    client = enter(world.standing_lead)
    page = client.get(f"{PAGE}ky-sau/")
    # 20/02/2028 is a Sunday: said, not moved.
    assert "20/02/2028 là Chủ nhật. Ngày làm việc tiếp theo: 21/02/2028." in page.content.decode()
    answer = client.post(f"{PAGE}ky-sau/", form_with(page, "opens_on"))
    assert answer.url == "/ky/2028/"
    opened = Period.objects.get(year=2028)
    assert (opened.opens_on, opened.last_day, opened.locks_on) == (
        date(2027, 12, 1),
        date(2028, 2, 20),
        date(2028, 10, 31),
    )
    assert (opened.six_month_last_day, opened.report_last_day) == (date(2028, 6, 15), date(2028, 12, 15))
    assert (opened.supplement_days, opened.communes_file) == (9, True)
    assert Event.objects.get(object_uid=opened.uid).act == "open"
    assert "Mở kỳ năm 2028" not in client.get(PAGE).content.decode()


def test_the_29th_of_february_becomes_the_28th(world, enter):
    PeriodFactory(
        year=2028,
        opens_on=date(2027, 12, 1),
        last_day=date(2028, 2, 29),
        locks_on=date(2028, 6, 30),
        report_last_day=date(2028, 12, 15),
    )
    page = enter(world.standing_lead).get("/ky/2028/ky-sau/")
    assert form_with(page, "opens_on")["last_day"] == ["28/02/2029"]


def test_a_year_outside_the_campaign_or_taken_is_refused(world, enter):
    client = enter(world.standing_lead)
    address = f"/giai-doan/{world.period.campaign.uid}/ky-moi/"
    typed = form_with(client.get(f"{PAGE}ky-sau/"), "opens_on")
    assert (
        "Giai đoạn này gồm các năm 2026–2030"
        in client.post(address, typed | {"year": "2031"}).content.decode()
    )
    taken = client.post(address, typed | {"year": "2027", "last_day": "20/02/2027", "opens_on": "01/12/2026"})
    assert "Năm này đã có kỳ." in taken.content.decode()
    assert Period.objects.count() == 1


def test_a_period_that_is_open_already_obliges_at_once(world, enter):
    client = enter(world.standing_lead)
    typed = form_with(client.get(f"{PAGE}ky-sau/"), "opens_on")
    client.post(f"{PAGE}ky-sau/", typed | {"opens_on": "15/01/2027"})
    assert Obligation.objects.filter(period__year=2028, unit=world.unit.parent).count() == 2


def test_the_next_stage_takes_over_fields_and_moves_the_years(world, enter):
    client = enter(world.standing_lead)
    Campaign.objects.update(record_year=2030, record_cutoff=date(2030, 11, 15))
    address = f"/giai-doan/{world.period.campaign.uid}/giai-doan-sau/"
    typed = form_with(client.get(address), "legal_basis")
    assert (typed["code"], typed["name"]) == (["2031-2035"], ["Thi đua chuyển đổi số giai đoạn 2031–2035"])
    without = client.post(address, typed)
    assert (without.status_code, list(without.context["form"].errors)) == (422, ["legal_basis"])
    answer = client.post(address, typed | {"legal_basis": "Kế hoạch 1/KH-UBND"})
    stage = Campaign.objects.get(code="2031-2035")
    assert answer.url == stage.get_absolute_url()
    assert (stage.final_review_year, stage.record_year, stage.record_cutoff) == (2035, 2035, None)
    copied = PriorityField.objects.filter(campaign=stage).values_list("code", "name")
    assert list(copied) == [("a", "Y tế"), ("b", "Giáo dục")]
    assert Event.objects.get().act == "open"


def test_a_campaign_is_corrected_with_a_reason(world, enter):
    client = enter(world.standing_lead)
    address = f"{world.period.campaign.get_absolute_url()}sua/"
    typed = form_with(client.get(address), "legal_basis")
    changed = {
        "record_year": "2029",
        "record_cutoff": "15/11/2029",
        "linh-vuc-0-name": "Y tế, dân số",
        "reason": "Theo kế hoạch mới.",
    }
    assert client.post(address, typed | changed).status_code == 302
    campaign = Campaign.objects.get()
    assert (campaign.record_year, campaign.record_cutoff) == (2029, date(2029, 11, 15))
    event = Event.objects.get()
    assert [c["label"] for c in event.payload.data["changes"]] == [
        "năm của báo cáo làm căn cứ xét",
        "ngày chốt số liệu",
        "lĩnh vực ưu tiên",
    ]
    assert event.payload.comment == "Theo kế hoạch mới."


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ({"last_year": "2026"}, "last_year"),
        ({"last_year": "2025"}, "last_year"),
        ({"final_review_year": "2031"}, "final_review_year"),
        ({"record_year": "2031"}, "record_year"),
        ({"record_year": "", "record_cutoff": "15/11/2030"}, "record_year"),
    ],
)
def test_years_that_do_not_fit_are_errors_at_their_field(world, enter, typed, where):
    client = enter(world.standing_lead)
    address = f"{world.period.campaign.get_absolute_url()}sua/"
    form = form_with(client.get(address), "legal_basis") | {"reason": "Thử."} | typed
    answer = client.post(address, form)
    assert answer.status_code == 422
    assert where in answer.context["form"].errors
    assert "__all__" not in answer.context["form"].errors


def test_what_units_have_chosen_stays(world, enter):
    registration = a_full_draft(world.unit, world.filer)
    client = enter(world.standing_lead)
    address = f"{world.period.campaign.get_absolute_url()}sua/"
    typed = form_with(client.get(address), "legal_basis") | {"reason": "Thử."}
    used = registration.tasks.get().field
    refused = client.post(address, typed | {"linh-vuc-0-DELETE": "on"})
    assert (refused.status_code, f"“{used.name}” đã có đơn vị chọn" in refused.content.decode()) == (
        422,
        True,
    )
    assert client.post(address, typed | {"linh-vuc-1-DELETE": "on"}).status_code == 302
    assert [f.code for f in PriorityField.objects.all()] == [used.code]


def test_the_calendar_is_corrected_by_leads_and_administrators(world, enter):
    typed = {"day": "13/02/2027", "name": "Làm bù Tết", "is_working_day": "on", "basis": "Thông báo minh họa"}
    for person in (world.filer, world.standing, world.commendation_lead):
        assert enter(person).get("/lich-nghi/?nam=2027").status_code == 200
        assert enter(person).post("/lich-nghi/moi/", typed).status_code == 403
    lead = enter(world.standing_lead)
    assert lead.post("/lich-nghi/moi/", typed).url == "/lich-nghi/?nam=2027"
    assert "Làm bù Tết" in lead.get("/lich-nghi/?nam=2027").content.decode()
    twice = enter(world.administrator).post("/lich-nghi/moi/", typed)
    assert (twice.status_code, "Ngày này đã có trong lịch" in twice.content.decode()) == (422, True)
    row = Holiday.objects.get()
    assert enter(world.administrator).post(f"/lich-nghi/{row.pk}/xoa/").status_code == 302
    assert list(Event.objects.order_by("id").values_list("act", "object_uid")) == [
        ("add", row.uid),
        ("remove", row.uid),
    ]


def test_the_list_of_stages_costs_the_same_however_many_years(world, enter, django_assert_num_queries):
    client = enter(world.filer)
    with django_assert_num_queries(8) as first:
        client.get("/giai-doan/")
    for year in (2028, 2029):
        PeriodFactory(year=year)
    UnitFactory()
    with django_assert_num_queries(len(first)):
        client.get("/giai-doan/")
