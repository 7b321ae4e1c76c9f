import uuid
from contextlib import suppress
from ipaddress import ip_address

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from redis.exceptions import RedisError

from core.logs import request_id
from core.transitions import Refused


class RequestIdMiddleware:
    """Give each request an id that reaches the logs, the events and the tasks it causes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = request_id.set(uuid.uuid4().hex)
        request.id = request_id.get()
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = request.id
        return response


class ClientAddressMiddleware:
    """`REMOTE_ADDR` is the visitor's, not that of our own proxy: throttles and logs go by it.

    Only as many entries as there are proxies of ours are believed, counted from the end: what stands
    before them is whatever the visitor sent.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        count = settings.TRUSTED_PROXY_COUNT
        named = [
            part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
        ]
        if count and len(named) >= count and is_valid_address(named[-count]):
            request.META["REMOTE_ADDR"] = named[-count]
        return self.get_response(request)


def is_valid_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


class UploadMiddleware:
    """Tell the script that sends files where to go next, instead of sending it there.

    A script follows a redirect unseen: the page's messages would be spent before the person comes to it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if "X-Upload" in request.headers and response.status_code in (301, 302, 303):
            response.status_code = 204
        return response


class SentAgainMiddleware:
    """What a script sends again because the line broke is done once, and answered as the first time.

    Whether the portal had it all when the line broke, the browser cannot know. The script gives the same
    words and files the same key; of what was taken, the next page is kept under it.
    """

    UNDER_WAY = "under way"
    #: seconds: no request lives longer; and a page may wait for its line so long
    LONGEST, KEPT = 120, 24 * 3600

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        key = self._key_of(request)
        if not key:
            return self.get_response(request)
        try:
            known = None if cache.add(key, self.UNDER_WAY, self.LONGEST) else cache.get(key)
        except RedisError:
            return self.get_response(request)
        if known == self.UNDER_WAY:
            return HttpResponse(status=425)
        if known:
            messages.info(request, "Lần gửi trước đã tới cổng; không ghi thêm lần nữa.")
            return HttpResponseRedirect(known)
        response = self.get_response(request)
        with suppress(RedisError):
            if response.status_code in (301, 302, 303):
                cache.set(key, response["Location"], self.KEPT)
            else:
                cache.delete(key)
        return response

    def _key_of(self, request) -> str:
        """Empty for what no script has sent, and for visitors: nothing tells them apart."""
        try:
            sent = uuid.UUID(request.headers.get("X-Upload", ""))
        except ValueError:
            return ""
        if request.method != "POST" or not request.user.is_authenticated:
            return ""
        return f"sent:{request.user.pk}:{sent}:{request.path}"


class RefusedMiddleware:
    """Turn a refused action into words: as a page with the reasons, or as problem details to the API."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return answer_refused(request, exception) if isinstance(exception, Refused) else None


def answer_refused(request, refused: Refused):
    if request.path.startswith("/api/"):
        body = {
            "type": "about:blank",
            "title": str(refused),
            "status": refused.status,
            "detail": str(refused),
            "errors": refused.as_list(),
        }
        return JsonResponse(body, status=refused.status, content_type="application/problem+json")
    messages.error(request, str(refused))
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = ""
    context = {"refused": refused, "back": back}
    return render(request, "core/refused.html", context, status=refused.status)
