"""Who asks again for what has not changed is told so (304) before anything else is done.

A public answer that follows from its address and from something quickly asked, such as the number of the last
publication, says so with `standing`. The process remembers under which tag it gave the answer, and on what
it stood; while that is the same and the visitor shows the tag, no session, throttle, rule or view is asked.
Whoever sends a cookie or a token goes the whole way, as do all the first time.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse, HttpResponseNotModified

#: what a browser may take over from a 304 into the answer it has
_HEADERS = (
    "ETag",
    "Last-Modified",
    "Cache-Control",
    "Vary",
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
)
#: who sends one of these is somebody, or lays down conditions of another kind
_ASKS_FOR_MORE = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
_MOST = 2000


class _Given(NamedTuple):
    tag: str
    on: Callable[[], object]
    stood_on: object
    headers: dict[str, str]
    match: object


_given: dict[tuple, _Given] = {}


def standing(response: HttpResponse, on: Callable[[], object], stood_on: object) -> HttpResponse:
    """This answer holds while `on()` gives what it gave before the answer was made: `stood_on`."""
    response.stands_on = on, stood_on
    return response


class UnchangedMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        key = _key(request.META)
        if key is None:
            return self.get_response(request)
        given = _given.get(key)
        if given and _tag(request.META.get("HTTP_IF_NONE_MATCH")) == given.tag and _still_stands(given):
            # Metrics go by the name of the address.
            request.resolver_match = given.match
            return HttpResponseNotModified(headers=given.headers)
        response = self.get_response(request)
        if hasattr(response, "stands_on") and response.status_code in (200, 304):
            _remember(key, request, response)
        return response


def _still_stands(given: _Given) -> bool:
    """Asked at once, not after another question whether the connection still lives: if it does not, the long
    way opens one."""
    connection.health_check_done = True
    try:
        return given.on() == given.stood_on
    except (OperationalError, InterfaceError):
        connection.close()
        return False


def _key(meta) -> tuple | None:
    """All that such an answer can depend on besides what it stands on; None: not for this visitor."""
    if meta["REQUEST_METHOD"] != "GET" or any(meta.get(name) for name in _ASKS_FOR_MORE):
        return None
    names = ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_ACCEPT", "PATH_INFO", "QUERY_STRING")
    return tuple(meta.get(name, "") for name in names)


def _tag(header: str | None) -> str | None:
    """The weak form is that of the same answer compressed."""
    return header and header.removeprefix("W/")


def _remember(key, request, response) -> None:
    if len(_given) >= _MOST:
        _given.clear()
    headers = {name: response[name] for name in _HEADERS if name in response}
    _given[key] = _Given(_tag(response["ETag"]), *response.stands_on, headers, request.resolver_match)
