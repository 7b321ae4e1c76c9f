"""Who gets in, how strongly he proves who he is, and who needs a second factor."""

from functools import wraps

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation only; nobody signs up by himself."""

    def is_open_for_signup(self, request):
        return False


class KnownAccountsAdapter(DefaultSocialAccountAdapter):
    """An identity provider proves who someone is; it opens no account."""

    def is_open_for_signup(self, request, sociallogin):
        return False


def lacks_second_factor(user) -> bool:
    """Whether the person must set up a second factor before he goes on."""
    return (
        settings.SECOND_FACTOR_REQUIRED
        and user.is_authenticated
        and (user.is_staff or bool(user.authority.standing_roles | user.authority.commendation_roles))
        and not is_mfa_enabled(user)
    )


def has_confirmed(request) -> bool:
    """Whether the person has proved within the last minutes that it is he who sits there."""
    return not settings.CONFIRMATION_REQUIRED or did_recently_reauthenticate(request)


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
