"""A security key in a real Chromium: set up, asked for at the next login, and no other one opens.

The browser's own virtual authenticator stands for the key (DevTools protocol, domain WebAuthn).
"""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from tests.factories import PASSWORD, holder_of
from units.enums import Function

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Hand:
    """Puts keys into the machine of a person's browser and takes them out."""

    def __init__(self, someone):
        self.session = someone.context.new_cdp_session(someone.page)
        self.session.send("WebAuthn.enable")
        self.key = None

    def put_in_new_key(self):
        if self.key:
            self.session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self.key})
        self.key = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]

    def credentials(self):
        return self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.key})["credentials"]


def give_password(page):
    page.locator("input[name=login]").fill("nguoi.xet")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Đăng nhập").click()


def test_a_key_is_set_up_asked_for_and_cannot_be_replaced_by_another(person, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = holder_of(Function.STANDING_BODY, username="nguoi.xet")
    someone = person()
    page, hand = someone.page, Hand(someone)
    hand.put_in_new_key()

    someone.go("/tai-khoan/dang-nhap/")
    give_password(page)
    # Of the standing body, and without a second factor: nowhere else to go.
    page.wait_for_url("**/tai-khoan/hai-lop/")
    someone.go("/tai-khoan/hai-lop/khoa/them/")
    if "xac-nhan-lai" in page.url:
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main").get_by_role("button", name="Tiếp tục").click()
    page.locator("input[name=name]").fill("Khóa ở bàn làm việc")
    page.get_by_role("button", name="Thêm khóa").click()
    page.wait_for_url(lambda address: "/khoa/them/" not in address)
    assert Authenticator.objects.filter(user=user, type="webauthn").count() == 1
    assert len(hand.credentials()) == 1
    someone.go("/ban-lam-viec/")
    expect(page.locator("h1")).to_be_visible()
    assert page.url.endswith("/ban-lam-viec/")
    kept = hand.credentials()[0]

    someone.context.clear_cookies()
    someone.go("/tai-khoan/dang-nhap/")
    give_password(page)
    page.wait_for_url("**/tai-khoan/hai-lop/nhap-ma/")
    # The password alone opens nothing.
    someone.go("/ban-lam-viec/")
    assert "/ban-lam-viec/" not in page.url.partition("?")[0]
    someone.go("/tai-khoan/hai-lop/nhap-ma/")
    page.get_by_role("button", name="Dùng khóa bảo mật").click()
    page.wait_for_url("**/ban-lam-viec/")
    assert hand.credentials()[0]["signCount"] > kept["signCount"]

    # Somebody else's key has no credential for this account.
    someone.context.clear_cookies()
    hand.put_in_new_key()
    someone.go("/tai-khoan/dang-nhap/")
    give_password(page)
    page.wait_for_url("**/tai-khoan/hai-lop/nhap-ma/")
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Dùng khóa bảo mật").click()
    page.wait_for_timeout(1500)
    assert page.url.endswith("/tai-khoan/hai-lop/nhap-ma/")
    someone.go("/ban-lam-viec/")
    assert "/ban-lam-viec/" not in page.url.partition("?")[0]
    # What the browser says of the refused key is what this test was after.
    someone.complaints = [line for line in someone.complaints if "NotAllowedError" not in line]
