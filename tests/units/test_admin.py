from datetime import date

import pytest
from django.contrib import admin
from django.core import mail
from django.db.backends.postgresql.psycopg_any import DateRange

from core import clock, outbox
from core.models import AccessLog, Event, OutboxMail, RetentionPeriod
from tests.factories import (
    MembershipFactory,
    UnitFactory,
    UnitFunctionFactory,
    UserFactory,
    holder_of,
    member_of,
)
from units.enums import Function, Role
from units.models import ConflictPeriod, Membership, Unit, UnitFunction, User

pytestmark = pytest.mark.django_db
DESK = "/quan-tri"
NO_MEMBERSHIPS = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}


@pytest.fixture
def administrator(client):
    user = UserFactory(administrator=True)
    client.force_login(user)
    return user


def membership_form(unit, **changed):
    form = {"unit": unit.pk, "role": "filer", "valid_from": "20/02/2025", "valid_to": "", **changed}
    return {
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "0",
        **{f"memberships-0-{name}": value for name, value in form.items()},
    }


PERSON = {
    "full_name": "Trần Thị Bình",
    "username": "tran.binh",
    "email": "Binh@LaoCai.example",
    "position": "Chuyên viên",
    "is_active": "on",
}


def test_adding_a_user_is_an_invitation(client, administrator):
    unit = UnitFactory()
    response = client.post(f"{DESK}/units/user/add/", {**PERSON, **membership_form(unit)})
    assert response.status_code == 302
    user = User.objects.get(username="tran.binh")
    assert (user.email, user.search_name, user.has_usable_password(), user.is_staff, user.is_superuser) == (
        "binh@laocai.example",
        "tran thi binh",
        False,
        False,
        False,
    )
    assert list(user.memberships.values_list("unit", "role", "valid_from", "valid_to")) == [
        (unit.pk, "filer", date(2025, 2, 20), None)
    ]
    invitation = OutboxMail.objects.get()
    assert (invitation.to, invitation.subject) == (
        "binh@laocai.example",
        "Mời sử dụng cổng thi đua chuyển đổi số tỉnh Lào Cai",
    )
    assert "Tên đăng nhập: tran.binh\n" in invitation.body
    assert "/tai-khoan/quen-mat-khau/\n" in invitation.body
    event = Event.objects.get()
    assert (event.act, event.object_uid, event.actor) == ("add_user", user.uid, administrator)


def test_the_invited_person_sets_a_password_and_logs_in(client, administrator):
    client.post(f"{DESK}/units/user/add/", {**PERSON, **NO_MEMBERSHIPS})
    client.logout()
    client.post("/tai-khoan/quen-mat-khau/", {"email": "binh@laocai.example"})
    (link,) = [word for word in mail.outbox[0].body.split() if "/tai-khoan/quen-mat-khau/" in word]
    form = client.get(link, follow=True).request["PATH_INFO"]
    new = {"password1": "ruộng bậc thang Sa Pa", "password2": "ruộng bậc thang Sa Pa"}
    assert client.post(form, new).status_code == 302
    client.post("/tai-khoan/dang-nhap/", {"login": "tran.binh", "password": new["password1"]})
    assert client.session["_auth_user_id"] == str(User.objects.get(username="tran.binh").pk)


def test_an_address_in_other_letters_is_the_same_address(client, administrator):
    UserFactory(email="binh@laocai.example")
    response = client.post(f"{DESK}/units/user/add/", {**PERSON, **NO_MEMBERSHIPS})
    assert response.context["errors"] == [["Đã có người dùng với thư điện tử này."]]


def test_a_membership_once_made_can_only_be_ended(client, administrator):
    membership = MembershipFactory()
    other = member_of(UnitFactory())
    tampered = {"user": other.pk, "unit": UnitFactory().pk, "role": "lead", "valid_from": "01/01/2021"}
    client.post(f"{DESK}/units/membership/{membership.pk}/change/", {**tampered, "valid_to": "31/03/2025"})
    after = Membership.objects.get(pk=membership.pk)
    assert (after.user, after.unit, after.role, after.valid_from, after.valid_to) == (
        membership.user,
        membership.unit,
        Role.FILER,
        date(2020, 1, 1),
        date(2025, 3, 31),
    )
    assert Event.objects.get().object_uid == membership.user.uid


def function_form(unit, **changed):
    return {"unit": unit.pk, "function": "standing_body", "basis": "Quyết định", "holds_to": "", **changed}


def test_a_function_passes_on_by_inclusive_days(client, administrator):
    held = UnitFunctionFactory()
    url = f"{DESK}/units/unitfunction/{held.pk}/change/"
    client.post(url, function_form(held.unit, holds_from="01/01/2020", holds_to="28/02/2025"))
    successor = UnitFactory()
    client.post(f"{DESK}/units/unitfunction/add/", function_form(successor, holds_from="01/03/2025"))
    assert list(UnitFunction.objects.order_by("validity").values_list("unit", "validity")) == [
        (held.unit_id, DateRange(date(2020, 1, 1), date(2025, 3, 1))),
        (successor.pk, DateRange(date(2025, 3, 1), None)),
    ]
    page = client.get(url).content.decode()
    assert 'name="holds_to" value="28/02/2025"' in page


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (
            {"holds_from": "01/03/2025"},
            "Chức năng này đã có đơn vị khác đảm nhiệm trong thời gian đó.",
        ),
        (
            {"holds_from": "02/03/2025", "holds_to": "01/03/2025"},
            "Ngày kết thúc phải từ ngày bắt đầu trở đi.",
        ),
        ({"holds_from": "31/02/2025"}, "Hãy nhập ngày có thật, ví dụ 20/02/2027."),
    ],
)
def test_a_function_that_cannot_be_held_is_told(client, administrator, days, told):
    UnitFunctionFactory()
    response = client.post(f"{DESK}/units/unitfunction/add/", function_form(UnitFactory(), **days))
    assert response.context["errors"] == [[told]]
    assert UnitFunction.objects.count() == 1


def test_the_days_of_a_unit_in_force_are_not_rewritten(client, administrator):
    unit = UnitFactory(code="SNV", name="Sở Nội vu")
    tampered = {
        "code": "X",
        "kind": "commune",
        "valid_from": "01/01/2021",
        "valid_to": "",
        "province_code": "10",
    }
    client.post(f"{DESK}/units/unit/{unit.pk}/change/", {**tampered, "name": "Sở Nội vụ"})
    after = Unit.objects.get(pk=unit.pk)
    assert (after.code, after.name, after.kind, after.valid_from) == (
        "SNV",
        "Sở Nội vụ",
        "department",
        date(2020, 1, 1),
    )


def test_units_are_found_without_diacritics_and_by_code(client, administrator):
    UnitFactory(code="BT1", name="Huyện Bảo Thắng")
    UnitFactory(code="BY1", name="Huyện Bảo Yên")
    for words, found in {
        "bao thang": ["BT1"],
        "BẢO  THẮNG": ["BT1"],
        "bt1": ["BT1"],
        "bao": ["BT1", "BY1"],
    }.items():
        changes = client.get(f"{DESK}/units/unit/", {"q": words}).context["cl"]
        assert [unit.code for unit in changes.queryset] == found


def test_a_membership_is_offered_only_units_that_act_now(client, administrator):
    UnitFactory(name="Phường Lào Cai", valid_to=date(2025, 6, 30))
    acting = UnitFactory(name="Phường Lào Cai", valid_from=date(2025, 7, 1))
    asked = {"app_label": "units", "model_name": "membership", "field_name": "unit", "term": "lao cai"}
    offered = client.get(f"{DESK}/autocomplete/", asked).json()["results"]
    assert offered == [{"id": str(acting.pk), "text": "Phường Lào Cai"}]


REGISTERED = sorted(
    (model._meta.app_label, model._meta.model_name)
    for model in admin.site._registry
    if model._meta.app_label in {"core", "units"}
)
WRITTEN = {
    ("core", "revocationlist"): {"view", "add"},
    ("core", "trustedcertificate"): {"view", "add", "change"},
    ("core", "holiday"): {"view", "add", "change", "delete"},
    ("units", "legalbasis"): {"view", "add", "change"},
    ("units", "letterhead"): {"view", "add", "change"},
    ("units", "recipientlist"): {"view", "add", "change"},
    ("units", "signer"): {"view", "add", "change"},
    ("units", "conflictperiod"): {"view", "add", "change"},
    ("core", "retentionperiod"): {"view", "add", "change"},
    ("units", "membership"): {"view", "add", "change"},
    ("units", "unit"): {"view", "add", "change"},
    ("units", "unitfunction"): {"view", "add", "change"},
    ("units", "user"): {"view", "add", "change"},
}


def test_what_the_desk_shows():
    assert REGISTERED == [
        ("core", "accesslog"),
        ("core", "document"),
        ("core", "event"),
        ("core", "file"),
        ("core", "holiday"),
        ("core", "outboxmail"),
        ("core", "retentionperiod"),
        ("core", "revocationlist"),
        ("core", "trustedcertificate"),
        ("units", "conflictperiod"),
        ("units", "legalbasis"),
        ("units", "letterhead"),
        ("units", "membership"),
        ("units", "recipientlist"),
        ("units", "reorganisation"),
        ("units", "signer"),
        ("units", "unit"),
        ("units", "unitfunction"),
        ("units", "unitsuccession"),
        ("units", "user"),
    ]


@pytest.mark.parametrize(("app", "model"), REGISTERED)
def test_the_administrator_may_what_the_rules_say(client, administrator, app, model):
    allowed = {
        verb
        for verb in ("view", "add", "change", "delete")
        if administrator.has_perm(f"{app}.{verb}_{model}")
    }
    assert allowed == WRITTEN.get((app, model), {"view"})
    assert client.get(f"{DESK}/{app}/{model}/").status_code == 200
    assert client.get(f"{DESK}/{app}/{model}/add/").status_code == (200 if "add" in allowed else 403)


@pytest.mark.parametrize(("app", "model"), REGISTERED)
@pytest.mark.parametrize("role", [Role.FILER, Role.REVIEWER, Role.LEAD])
def test_nobody_else_sees_the_desk(client, app, model, role):
    client.force_login(holder_of(Function.STANDING_BODY, role))
    assert client.get(f"{DESK}/{app}/{model}/").status_code in {302, 403}


def test_the_history_is_read_with_its_words_and_not_changed(client, administrator):
    Event.record("confirm", UnitFactory(), by=administrator, comment="Đủ hồ sơ", data={"n": 1})
    event = Event.objects.get()
    page = client.get(f"{DESK}/core/event/{event.pk}/change/").content.decode()
    assert "Đủ hồ sơ" in page
    assert 'name="_save"' not in page
    assert client.post(f"{DESK}/core/event/{event.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_mail_in_doubt_is_sent_again_by_decision_only(client, administrator):
    states = ["uncertain", "failed", "sending", "dropped"]
    for state in states:
        outbox.queue(key=state, to=administrator, subject=state, body="")
        OutboxMail.objects.filter(key=state).update(state=state)
    chosen = list(OutboxMail.objects.values_list("pk", flat=True))
    client.post(f"{DESK}/core/outboxmail/", {"action": "retry", "_selected_action": chosen})
    assert dict(OutboxMail.objects.values_list("key", "state")) == {
        "uncertain": "queued",
        "failed": "queued",
        "sending": "sending",
        "dropped": "dropped",
    }


@pytest.mark.parametrize("rows", [1, 3, 50])
@pytest.mark.parametrize(
    ("model", "queries"),
    [
        ("units/unit", 8),
        ("units/user", 7),
        ("units/membership", 7),
        ("core/event", 9),
        ("core/accesslog", 9),
    ],
)
def test_a_list_asks_the_database_the_same_however_long_it_is(
    client, administrator, django_assert_num_queries, model, queries, rows
):
    for _ in range(rows):
        membership = MembershipFactory(unit=UnitFactory(commune=True))
        Event.record("add", membership.unit, by=membership.user)
        AccessLog.objects.create(at=clock.now(), user=membership.user, what="xem")
    with django_assert_num_queries(queries):
        client.get(f"{DESK}/{model}/")


def test_the_last_administrator_of_a_unit_stays_in_the_admin_too(client, administrator):
    membership = MembershipFactory(role=Role.ADMINISTRATOR)
    address = f"{DESK}/units/membership/{membership.pk}/change/"
    answer = client.post(address, {"valid_to": "20/02/2027"})
    assert answer.status_code == 200
    assert "quản trị viên cuối cùng" in answer.content.decode()
    MembershipFactory(unit=membership.unit, role=Role.ADMINISTRATOR)
    assert client.post(address, {"valid_to": "20/02/2027"}).status_code == 302


def test_the_account_of_the_last_administrator_of_a_unit_is_not_closed(client, administrator):
    held = MembershipFactory(role=Role.ADMINISTRATOR, user__username="cuoi.cung")
    address = f"{DESK}/units/user/{held.user.pk}/change/"
    closed = {name: value for name, value in PERSON.items() if name != "is_active"}
    closed |= {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    answer = client.post(address, closed)
    assert (answer.status_code, User.objects.get(pk=held.user.pk).is_active) == (200, True)
    assert f"quản trị viên cuối cùng của {held.unit.name}" in answer.content.decode()
    MembershipFactory(unit=held.unit, role=Role.ADMINISTRATOR)
    assert client.post(address, closed).status_code == 302
    assert User.objects.get(pk=held.user.pk).is_active is False


def test_the_months_of_conflict_are_changed_from_a_day(client, administrator):
    first = ConflictPeriod.objects.get()
    client.post(
        f"{DESK}/units/conflictperiod/{first.pk}/change/",
        {"months": "12", "holds_from": "01/01/2020", "holds_to": "31/12/2026", "basis": first.basis},
    )
    added = {"months": "24", "holds_from": "01/01/2027", "holds_to": "", "basis": "Hướng dẫn minh họa"}
    assert client.post(f"{DESK}/units/conflictperiod/add/", added).status_code == 302
    days = (date(2026, 12, 31), date(2027, 1, 1))
    assert [ConflictPeriod.months_on(day) for day in days] == [12, 24]
    assert list(Event.objects.values_list("act", flat=True)) == [
        "change_conflictperiod",
        "add_conflictperiod",
    ]


def test_a_period_of_retention_is_of_a_kind_and_outcome_that_there_are(client, administrator):
    address = f"{DESK}/core/retentionperiod/add/"
    typed = {"months": "36", "holds_from": "01/01/2027", "holds_to": "", "basis": "Thông tư minh họa"}
    answer = client.post(address, typed | {"holding": "core.mail", "outcome": "refused"})
    assert answer.context["errors"] == [["Loại dữ liệu này không có kết quả đó."]]
    assert client.post(address, typed | {"holding": "core.mail", "outcome": "done"}).status_code == 302
    assert RetentionPeriod.objects.values_list("holding", "outcome", "months").get() == (
        "core.mail",
        "done",
        36,
    )
    assert Event.objects.get().act == "add_retentionperiod"
