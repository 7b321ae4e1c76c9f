"""Who gets in, how strongly he proves who he is, and who needs a second factor."""

import logging
import time
from functools import wraps

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from core import vault
from core.vietnamese import search_key

logger = logging.getLogger("portal.security")
#: in a session: when somebody last did something in it, to the nearest minutes
TOUCHED_KEY = "touched_at"
#: what the secrets of second factors are locked for
SECOND_FACTOR = "second factor"
#: words of this portal that anyone would try first, as keys without diacritics and blanks
_OWN_WORDS = ("laocai", "thidua", "khenthuong", "chuyendoiso", "bangkhen", "giaykhen", "ubndtinh", "matkhau")


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation only; nobody signs up by himself."""

    def is_open_for_signup(self, request):
        return False


class KnownAccountsAdapter(DefaultSocialAccountAdapter):
    """An identity provider proves who someone is; it opens no account."""

    def is_open_for_signup(self, request, sociallogin):
        return False


class SecretsAtRestAdapter(DefaultMFAAdapter):
    """The secrets of second factors are encrypted in the database."""

    def encrypt(self, text):
        return vault.lock(text, SECOND_FACTOR)

    def decrypt(self, encrypted_text):
        return vault.unlock(encrypted_text, SECOND_FACTOR)


class OwnWordsValidator:
    """A password is not made of this portal's own words and a few digits."""

    def validate(self, password, user=None):
        rest = search_key(password).replace(" ", "")
        for word in _OWN_WORDS:
            rest = rest.replace(word, "")
        if sum(c.isalpha() for c in rest) < 6:
            raise ValidationError(self.get_help_text(), code="own_words")

    def get_help_text(self):
        return "Mật khẩu không được chỉ gồm các từ như “thi đua”, “Lào Cai” và vài chữ số."


def note_login(sender, request, user, **kwargs):
    request.session[TOUCHED_KEY] = time.time()
    logger.info("login", extra={"user": user.username, "address": request.META.get("REMOTE_ADDR")})


def note_failed_login(sender, credentials, request=None, **kwargs):
    who = credentials.get("username") or credentials.get("email") or credentials.get("login")
    address = request.META.get("REMOTE_ADDR") if request else None
    logger.warning("login failed", extra={"user": who, "address": address})


def note_logout(sender, request, user, **kwargs):
    if user:
        logger.info("logout", extra={"user": user.username, "address": request.META.get("REMOTE_ADDR")})


def lacks_second_factor(user) -> bool:
    """Whether the person must set up a second factor before he goes on."""
    return (
        settings.SECOND_FACTOR_REQUIRED
        and user.is_authenticated
        and (user.is_staff or bool(user.authority.standing_roles | user.authority.commendation_roles))
        and not is_mfa_enabled(user)
    )


def has_confirmed(request) -> bool:
    """Whether the person has proved within the last minutes, by logging in or again, that it is he."""
    if not settings.CONFIRMATION_REQUIRED:
        return True
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def confirmed(view):
    """Before an act that cannot be taken back in silence: asks for password or code, then leads back."""

    @wraps(view)
    def asking(request, *args, **kwargs):
        if request.method != "POST" or has_confirmed(request):
            return view(request, *args, **kwargs)
        back = request.headers.get("Referer", "")
        if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
            back = reverse("reports:home")
        messages.warning(request, "Chưa có gì thay đổi. Hãy xác nhận lại là bạn, rồi bấm nút một lần nữa.")
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")

    return asking
