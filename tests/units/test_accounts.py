from datetime import date

import pytest

from tests.factories import PASSWORD, MembershipFactory, UnitFactory, UserFactory, member_of
from units.middleware import SESSION_KEY
from units.models import User

pytestmark = pytest.mark.django_db
SIGN_UP = "/tai-khoan/dang-ky/"
CHOOSE = "/don-vi-dang-lam/"
HOME = "/ban-lam-viec/"
SOMEBODY = {
    "username": "nguoi.la",
    "email": "nguoi.la@laocai.example",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_signs_up_alone(client, method):
    response = getattr(client, method)(SIGN_UP, SOMEBODY)
    assert response.status_code == 200
    assert response.templates[0].name == "account/signup_closed.html"
    _, main, page = response.content.decode().partition("<main")
    assert main
    assert "<form" not in page
    assert User.objects.count() == 0


def test_one_logs_in_by_name_or_by_address(client):
    user = UserFactory()
    for login in (user.username, user.email):
        response = client.post("/tai-khoan/dang-nhap/", {"login": login, "password": PASSWORD})
        assert (response.status_code, client.session["_auth_user_id"]) == (302, str(user.pk))
        client.logout()


def test_who_left_does_not_log_in(client):
    user = UserFactory(left=True)
    client.post("/tai-khoan/dang-nhap/", {"login": user.username, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def choose(client, unit, back="http://testserver/dang-ky/?trang=2"):
    return client.post(CHOOSE, {"unit": str(getattr(unit, "uid", unit))}, headers={"Referer": back})


@pytest.fixture
def filer_of_two(client):
    user = member_of(UnitFactory())
    MembershipFactory(user=user)
    client.force_login(user)
    return user


def test_the_chosen_unit_is_kept_and_one_goes_back_to_the_page(client, filer_of_two):
    chosen = filer_of_two.memberships.last().unit
    response = choose(client, chosen)
    assert (response.status_code, response.url) == (302, "http://testserver/dang-ky/?trang=2")
    assert client.session[SESSION_KEY] == str(chosen.uid)
    assert client.get("/tieu-chi/").wsgi_request.acting_unit == chosen


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_nobody_is_sent_to_another_site(client, filer_of_two, back):
    response = choose(client, filer_of_two.memberships.last().unit, back)
    assert (response.status_code, response.url) == (302, HOME)


def test_a_unit_of_others_is_not_chosen(client, filer_of_two):
    ended = MembershipFactory(user=filer_of_two, valid_to=date(2020, 1, 2)).unit
    for unit in (UnitFactory(), ended, "x"):
        response = choose(client, unit)
        assert response.status_code == 302
        assert SESSION_KEY not in client.session
        shown = client.get("/tieu-chi/").wsgi_request
        assert shown.acting_unit == filer_of_two.memberships.first().unit


def test_the_choice_is_a_post_of_somebody_logged_in(client, filer_of_two):
    assert client.get(CHOOSE).status_code == 405
    client.logout()
    response = choose(client, UnitFactory())
    assert (response.status_code, response.url) == (302, f"/tai-khoan/dang-nhap/?next={CHOOSE}")
