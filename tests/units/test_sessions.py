"""Sessions, support and the confirmation before grave acts."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.exceptions import InvalidTag
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from time_machine import travel

from core import vault
from core.models import Event
from tests.factories import PASSWORD, UnitFactory, UserFactory, holder_of, member_of
from units.accounts import confirmed
from units.enums import Function, Role

pytestmark = pytest.mark.django_db
HOME = "/ban-lam-viec/"
LOGIN = "/tai-khoan/dang-nhap/"
SESSIONS = "/tai-khoan/phien/"
SUPPORT = "/tai-khoan/ho-tro/"


def logged_in(person) -> Client:
    browser = Client()
    browser.post(LOGIN, {"login": person.username, "password": PASSWORD})
    return browser


def test_one_signs_the_other_machines_out(client):
    person, stranger = member_of(UnitFactory()), member_of(UnitFactory())
    here, there, elsewhere = logged_in(person), logged_in(person), logged_in(stranger)
    assert len(here.get(SESSIONS).context["sessions"]) == 2
    here.post(SESSIONS)
    assert [b.get(HOME).status_code for b in (here, there, elsewhere)] == [200, 302, 200]
    assert len(here.get(SESSIONS).context["sessions"]) == 1


def supporting(administrator, person, reason="Không thấy nút nộp"):
    browser = logged_in(administrator)
    return browser, browser.post(f"{SUPPORT}{person.uid}/", {"reason": reason})


def test_an_administrator_sees_what_a_filer_sees_and_changes_nothing():
    filer, administrator = member_of(UnitFactory()), UserFactory(administrator=True)
    browser, answer = supporting(administrator, filer)
    assert (answer.status_code, answer.url) == (302, HOME)
    home = browser.get(HOME)
    assert (home.wsgi_request.user, filer.full_name in home.content.decode()) == (filer, True)
    assert "Đang xem như" in home.content.decode()

    refused = browser.post("/tai-khoan/doi-mat-khau/", {"oldpassword": PASSWORD})
    assert (refused.status_code, "để hỗ trợ" in refused.content.decode()) == (403, True)
    assert browser.get("/quan-tri/").status_code == 302

    assert browser.post(f"{SUPPORT}thoat/").url == SUPPORT
    back = browser.get(SUPPORT)
    assert (back.status_code, back.wsgi_request.user) == (200, administrator)
    events = Event.objects.filter(object_uid=filer.uid).order_by("pk")
    assert list(events.values_list("act", "actor", "payload__comment")) == [
        ("support", administrator.pk, "Không thấy nút nộp"),
        ("leave_support", administrator.pk, None),
    ]


SOMEBODY = {
    "a reviewer of the standing body": lambda: holder_of(Function.STANDING_BODY),
    "a lead of the commendation body": lambda: holder_of(Function.COMMENDATION_BODY, Role.LEAD),
    "another administrator": lambda: UserFactory(administrator=True),
}


@pytest.mark.parametrize("whom", SOMEBODY)
def test_nobody_looks_through_the_eyes_of_who_decides(whom):
    person, administrator = SOMEBODY[whom](), UserFactory(administrator=True)
    browser, answer = supporting(administrator, person)
    assert answer.status_code == 403
    assert browser.get(HOME).wsgi_request.user == administrator
    assert Event.objects.count() == 0


def test_not_without_a_reason():
    filer, administrator = member_of(UnitFactory()), UserFactory(administrator=True)
    browser, answer = supporting(administrator, filer, reason=" ")
    assert (answer.status_code, browser.get(HOME).wsgi_request.user) == (422, administrator)


@pytest.mark.parametrize(
    "make", [lambda: member_of(UnitFactory()), lambda: holder_of(Function.STANDING_BODY, Role.LEAD)]
)
def test_nobody_else_supports(make):
    filer = member_of(UnitFactory())
    browser, answer = supporting(make(), filer)
    assert (answer.status_code, browser.get(SUPPORT).status_code) == (403, 403)
    assert browser.post(f"{SUPPORT}thoat/").url == HOME


def test_a_grave_act_asks_again_who_sits_there(settings):
    settings.CONFIRMATION_REQUIRED = True
    done = []
    act = confirmed(lambda request: done.append(request.method) or HttpResponse())

    def post(referer="http://testserver/to-trinh/"):
        request = browser.get(HOME).wsgi_request
        request.method, request.META["HTTP_REFERER"] = "POST", referer
        request.__dict__.pop("headers", None)
        return act(request)

    with travel("2030-01-01T08:00+07:00", tick=False) as clock:
        browser = logged_in(member_of(UnitFactory()))
        clock.shift(899)
        assert (post().status_code, done) == (200, ["POST"])
        clock.shift(1)
        assert post().url == "/tai-khoan/xac-nhan-lai/?next=http%3A%2F%2Ftestserver%2Fto-trinh%2F"
        assert post("https://evil.example/").url == "/tai-khoan/xac-nhan-lai/?next=%2Fban-lam-viec%2F"
        assert browser.post("/tai-khoan/xac-nhan-lai/", {"password": "sai-mat-khau"}).status_code == 200
        assert (post().status_code, done) == (302, ["POST"])
        browser.post("/tai-khoan/xac-nhan-lai/", {"password": PASSWORD, "next": HOME})
        assert (post().status_code, done) == (200, ["POST", "POST"])


def test_a_session_nobody_touches_ends(settings):
    settings.SESSION_IDLE_SECONDS = 7200
    with travel("2030-01-01T08:00+07:00", tick=False) as clock:
        browser = logged_in(member_of(UnitFactory()))
        for _ in range(3):
            clock.shift(7000)
            assert browser.get(HOME).status_code == 200
        clock.shift(7201)
        assert browser.get(HOME).url.startswith(LOGIN)
        assert "_auth_user_id" not in browser.session


def test_an_administrator_signs_somebody_out_everywhere():
    person, other, administrator = (
        member_of(UnitFactory()),
        member_of(UnitFactory()),
        UserFactory(administrator=True),
    )
    theirs, others = [logged_in(person), logged_in(person)], logged_in(other)
    answer = logged_in(administrator).post(
        "/quan-tri/units/user/", {"action": "sign_out", "_selected_action": [person.pk]}
    )
    assert answer.status_code == 302
    assert [b.get(HOME).status_code for b in (*theirs, others)] == [302, 302, 200]
    assert list(Event.objects.values_list("act", "object_uid", "actor")) == [
        ("sign_out", person.uid, administrator.pk)
    ]


@pytest.mark.parametrize(
    ("password", "is_taken"),
    [
        ("laocai20272027", False),
        ("ThiDuaLaoCai@2027!", False),
        ("Chuyển đổi số 2027", False),
        ("matkhaumatkhau", False),
        ("con trâu gặm cỏ ven suối", True),
        ("thi đua mà nhớ ruộng bậc thang", True),
        ("x" * 11 + "yz" * 40, True),
        ("abcdefghijk", False),
        ("qwertyuiop123", False),
    ],
)
def test_which_password_is_taken(password, is_taken):
    browser = logged_in(person := member_of(UnitFactory()))
    typed = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    browser.post("/tai-khoan/doi-mat-khau/", typed)
    person.refresh_from_db()
    assert person.check_password(password) is is_taken
    assert len(mail.outbox) == is_taken


def test_secrets_of_second_factors_are_not_in_the_clear():
    person = member_of(UnitFactory())
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    stored = Authenticator.objects.get()
    assert secret not in str(stored.data)
    assert vault.unlock(stored.data["secret"], "second factor") == secret
    with pytest.raises(InvalidTag):
        vault.unlock(stored.data["secret"], "another purpose")


def test_who_comes_and_who_fails_is_logged(caplog):
    person = member_of(UnitFactory())
    browser = logged_in(person)
    browser.post("/tai-khoan/dang-xuat/")
    browser.post(LOGIN, {"login": person.username, "password": "sai-mat-khau"})
    said = [(r.message, r.user, r.address) for r in caplog.records if r.name == "portal.security"]
    assert said == [(what, person.username, "127.0.0.1") for what in ("login", "logout", "login failed")]
    assert "sai-mat-khau" not in caplog.text
