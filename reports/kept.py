"""Public pages kept as they were drawn until something more is published.

A list of results follows from the published records and the names of the forms of award alone. Both
are in the key of a kept page, so none is ever older than what the database says.
"""

import hashlib
from functools import wraps

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from core import exports
from core.unchanged import standing


def kept(view):
    """Draw the page once for all who carry no cookie; who has it already is told that it stands (304).

    Files are made anew each time, for they are logged; so is every page while the demo's clock, which
    stands on it, is shifted.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.COOKIES or settings.CLOCK_SHIFT_SECONDS or exports.asked(request):
            return view(request, *args, **kwargs)
        stood_on = _stands_on()
        told = repr((request.get_full_path(), stood_on))
        key = hashlib.sha256(told.encode()).hexdigest()
        page = caches["pages"].get(key)
        if page is None:
            drawn = view(request, *args, **kwargs)
            if drawn.status_code != 200:
                return drawn
            page = drawn.content
            caches["pages"].set(key, page)
        return standing(_as_it_stands(request, page), _stands_on, stood_on)

    return answer


#: the last publication, and the forms of award: all that a 304 costs, so asked at once and without making SQL
_STANDING = """
SELECT (SELECT (sequence, updated_at)::text FROM awards_publicrecord ORDER BY sequence DESC LIMIT 1),
       (SELECT array_agg((code, name)::text ORDER BY code) FROM awards_awardform)
"""


def _stands_on() -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(_STANDING)
        return cursor.fetchone()


def _as_it_stands(request, page: bytes) -> HttpResponse:
    etag = f'"{hashlib.sha256(page).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag) or HttpResponse(page)
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response
