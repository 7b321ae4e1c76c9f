import uuid
from ipaddress import ip_address

from django.conf import settings
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

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
