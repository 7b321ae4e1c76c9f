"""Single sign-on against a real provider: known accounts get in, nobody else gets one."""

import pytest

from tests import identity_provider
from tests.factories import UserFactory
from units.models import User

LOGIN = "/tai-khoan/lien-ket/tinh/"
CALLBACK = "http://testserver/tai-khoan/lien-ket/tinh/ve/"
KNOWN, UNPROVEN, STRANGER = "nguoi.quen@laocai.example", "chua.chung.minh@laocai.example", "la@laocai.example"


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    people = {KNOWN: True, UNPROVEN: False, STRANGER: True}
    with identity_provider.running(tmp_path_factory.mktemp("provider"), CALLBACK, people) as address:
        yield address


@pytest.fixture
def through(db, client, settings, provider):
    """Log in through the provider as somebody; the portal's last answer."""
    app = {"provider_id": "tinh", "name": "Tài khoản của tỉnh", **identity_provider.CLIENT}
    app["settings"] = {"server_url": provider}
    settings.OIDC_PROVIDERS = [app]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}

    def go(person):
        led_to = client.post(LOGIN)
        assert led_to.url.startswith(provider)
        back = identity_provider.go_through(led_to.url, person)
        assert back.startswith(CALLBACK)
        return client.get(back.removeprefix("http://testserver"))

    return go


def test_the_login_page_offers_it(through, client):
    assert "Đăng nhập bằng Tài khoản của tỉnh" in client.get("/tai-khoan/dang-nhap/").content.decode()


def test_who_has_an_account_gets_in(through, client):
    person = UserFactory(email=KNOWN)
    assert through(KNOWN).url == "/ban-lam-viec/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_nobody_gets_in_by_an_address_the_provider_has_not_verified(through, client):
    UserFactory(email=UNPROVEN)
    assert through(UNPROVEN).templates[0].name == "account/signup_closed.html"
    assert "_auth_user_id" not in client.session


def test_nobody_gets_an_account(through, client):
    UserFactory(email=KNOWN)
    assert through(STRANGER).templates[0].name == "account/signup_closed.html"
    assert ("_auth_user_id" in client.session, User.objects.count()) == (False, 1)


def test_who_left_stays_out(through, client):
    UserFactory(email=KNOWN, left=True)
    through(KNOWN)
    assert "_auth_user_id" not in client.session
