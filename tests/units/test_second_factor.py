"""A second factor is compulsory for the two bodies and administrators, open to everyone."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from tests.factories import PASSWORD, UnitFactory, UserFactory, holder_of, member_of
from units.enums import Function, Role

pytestmark = pytest.mark.django_db
HOME = "/ban-lam-viec/"
SET_UP = "/tai-khoan/hai-lop/"
LOGIN = "/tai-khoan/dang-nhap/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def code_of(secret, steps=0):
    """The code an app with `secret` shows now, or some steps of 30 seconds from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def member_of_unit(role):
    return member_of(UnitFactory(), role)


def standing_reviewer():
    return holder_of(Function.STANDING_BODY)


PEOPLE = {
    "reviewer of the standing body": (standing_reviewer, True),
    "lead of the standing body": (lambda: holder_of(Function.STANDING_BODY, Role.LEAD), True),
    "reviewer of the commendation body": (lambda: holder_of(Function.COMMENDATION_BODY), True),
    "lead of the commendation body": (lambda: holder_of(Function.COMMENDATION_BODY, Role.LEAD), True),
    "administrator": (lambda: UserFactory(administrator=True), True),
    "filer": (lambda: member_of_unit(Role.FILER), False),
    "head": (lambda: member_of_unit(Role.HEAD), False),
    "administrator of a unit": (lambda: member_of_unit(Role.ADMINISTRATOR), False),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_who_must_have_one_goes_nowhere_without(client, who):
    make, must = PEOPLE[who]
    client.force_login(make())
    answers = {
        HOME: client.get(HOME),
        "/quan-tri/": client.get("/quan-tri/"),
        "posted": client.post("/dang-ky/bat-dau/", {}),
    }
    sent_away = [name for name, a in answers.items() if getattr(a, "url", "") == SET_UP]
    assert sent_away == (list(answers) if must else [])
    assert client.get(SET_UP).status_code == 200


def test_the_api_says_so_in_its_own_way(client):
    client.force_login(standing_reviewer())
    response = client.get("/api/v1/registrations/")
    assert (response.status_code, response["Content-Type"]) == (403, "application/problem+json")
    assert "hai lớp" in response.json()["detail"]


def test_public_pages_and_leaving_stay_open(client):
    client.force_login(standing_reviewer())
    assert client.get("/ket-qua/").status_code == 200
    assert client.post("/tai-khoan/dang-xuat/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_set_up_by_app_then_asked_at_every_login(client):
    person = standing_reviewer()
    client.post(LOGIN, {"login": person.username, "password": PASSWORD})
    assert client.get(HOME).url == SET_UP

    page = client.get(f"{SET_UP}ung-dung/bat/")
    if page.status_code == 302:
        client.post(page.url, {"password": PASSWORD})
        page = client.get(f"{SET_UP}ung-dung/bat/")
    secret = page.context["form"].secret
    assert client.post(f"{SET_UP}ung-dung/bat/", {"code": "000000"}).status_code == 200
    assert Authenticator.objects.count() == 0
    assert client.post(f"{SET_UP}ung-dung/bat/", {"code": code_of(secret)}).status_code == 302
    assert client.get(HOME).status_code == 200
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}

    client.logout()
    answer = client.post(LOGIN, {"login": person.username, "password": PASSWORD})
    assert answer.url == f"{SET_UP}nhap-ma/"
    assert client.get(HOME).status_code == 302
    wrong = client.post(answer.url, {"code": "123456"})
    assert (wrong.status_code, "_auth_user_id" in client.session) == (200, False)
    assert client.post(answer.url, {"code": code_of(secret, 1)}).status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def with_app(person):
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def test_a_recovery_code_opens_once(client):
    person = standing_reviewer()
    with_app(person)
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    for expected in (True, False):
        client.post(LOGIN, {"login": person.username, "password": PASSWORD})
        client.post(f"{SET_UP}nhap-ma/", {"code": code})
        assert ("_auth_user_id" in client.session) is expected
        client.logout()


def test_a_code_of_the_app_opens_once(client):
    person = standing_reviewer()
    code = code_of(with_app(person))
    for expected in (True, False):
        client.post(LOGIN, {"login": person.username, "password": PASSWORD})
        client.post(f"{SET_UP}nhap-ma/", {"code": code})
        assert ("_auth_user_id" in client.session) is expected
        client.logout()


def test_a_filer_may_have_one_too(client):
    person = member_of_unit(Role.FILER)
    with_app(person)
    assert client.post(LOGIN, {"login": person.username, "password": PASSWORD}).url == f"{SET_UP}nhap-ma/"
    assert client.get(HOME).status_code == 302


def test_no_english_on_any_of_its_pages(client):
    person = standing_reviewer()
    with_app(person)
    RecoveryCodes.activate(person)
    client.post(LOGIN, {"login": person.username, "password": PASSWORD})
    asked = client.get(f"{SET_UP}nhap-ma/").content.decode()
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()
    client.post(f"{SET_UP}nhap-ma/", {"code": codes[0]})
    client.post("/tai-khoan/xac-nhan-lai/", {"password": PASSWORD})
    pages = [
        client.get(address).content.decode()
        for address in (
            SET_UP,
            f"{SET_UP}ung-dung/tat/",
            f"{SET_UP}ma-du-phong/",
            f"{SET_UP}ma-du-phong/tao/",
            f"{SET_UP}khoa/",
            f"{SET_UP}khoa/them/",
            f"{SET_UP}xac-nhan-lai/",
            "/tai-khoan/phien/",
        )
    ]
    for page in [asked, *pages]:
        main = page.partition("<main")[2].partition("</main>")[0]
        assert main
        for word in ("code", "Code", "Name", "Key", "Passwordless", "Authenticator", "Sign", "Recovery"):
            assert f">{word}" not in main, word
