import time

from django.conf import settings
from django.contrib.auth import logout
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from core.middleware import answer_refused
from core.transitions import Refused
from units import lineage
from units.accounts import TOUCHED_KEY, lacks_second_factor
from units.enums import Role

SESSION_KEY = "acting_unit"
#: the uid of the administrator who looks at the portal as this person
SUPPORT_KEY = "support_by"


def memberships_of(request):
    """The person's current memberships with the units they lead to today, read once per request."""
    if not hasattr(request, "_memberships"):
        request._memberships = lineage.memberships_of(request.user) if request.user.is_authenticated else []
    return request._memberships


def filing_units(request):
    """The units the person may begin something for today: a unit that has ended begins nothing."""
    authority = request.user.authority
    return [
        m.unit for m in memberships_of(request) if m.role == Role.FILER and authority.files_for(m.unit_id)
    ]


def acting_unit(request):
    memberships = memberships_of(request)
    chosen = request.session.get(SESSION_KEY)
    by_uid = {str(m.unit.uid): m.unit for m in memberships}
    return by_uid.get(chosen) or (memberships[0].unit if memberships else None)


class IdleSessionMiddleware:
    """End a session that nobody has touched for `settings.SESSION_IDLE_SECONDS`.

    The instant is noted every few minutes only, so that reading a page seldom writes to the database.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now = time.time()
            touched = request.session.get(TOUCHED_KEY)
            if touched is not None and now - touched > settings.SESSION_IDLE_SECONDS:
                logout(request)
            elif touched is None or now - touched > settings.SESSION_IDLE_SECONDS / 24:
                request.session[TOUCHED_KEY] = now
        return self.get_response(request)


class ActingUnitMiddleware:
    """`request.acting_unit`: the unit the person has chosen to act for, stamped on events."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.acting_unit = SimpleLazyObject(lambda: acting_unit(request))
        return self.get_response(request)


#: what somebody without a second factor may still do: set one up, or leave
_ON_THE_WAY = {"account_logout", "account_reauthenticate", "account_change_password", "leave_support"}


class SecondFactorMiddleware:
    """Nobody of the two bodies, and no administrator, goes on without a second factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.url_name or ""
        is_api = request.path.startswith("/api/")
        if name in _ON_THE_WAY or name.startswith("mfa_"):
            return None
        if not (is_api or getattr(view, "login_required", True)) or not lacks_second_factor(request.user):
            return None
        if is_api:
            words = "Tài khoản này phải bật xác thực hai lớp trước khi dùng API bằng phiên đăng nhập."
            body = {"type": "about:blank", "title": words, "status": 403, "detail": words}
            return JsonResponse(body, status=403, content_type="application/problem+json")
        return redirect("mfa_index")


class SupportMiddleware:
    """Who looks at the portal as another person for support changes nothing in his name."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if SUPPORT_KEY not in request.session or request.method in ("GET", "HEAD", "OPTIONS"):
            return None
        if request.resolver_match.url_name in ("leave_support", "account_logout"):
            return None
        words = "Bạn đang xem cổng thay người khác để hỗ trợ, nên chỉ xem được. Hãy thoát trước."
        return answer_refused(request, Refused(words, status=403))
