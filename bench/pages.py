"""Pages and API answers of 50 rows under gunicorn, at 100,000 awards: against a bare Django project, and
against the same portal at 1,000.

python -m bench.pages [largest] [rounds]
"""

import itertools
import sys
from dataclasses import replace
from types import SimpleNamespace

from bench.growth import FEWEST, publish
from bench.portal import Taken, in_turn
from bench.serving import sites_of_two_sizes
from bench.spreadsheets_out import make
from bench.table import at_least, at_most

REQUESTS = 40
GROWTH, NOT_MODIFIED = 1.5, 2.0
RESULTS, API = "/ket-qua/", "/api/v1/results/"
COMPRESSED = {"Accept-Encoding": "gzip"}
_asked = itertools.count()


def main(largest=100_000, rounds=15) -> bool:
    asked_by = SimpleNamespace()

    def fill():
        asked_by.staff = _reviewer()
        make(10_000)
        asked_by.filer, asked_by.draft = _filer()
        publish(1, FEWEST)
        _settle()

    def grow():
        publish(FEWEST + 1, largest)
        _settle()

    with sites_of_two_sizes(fill, grow) as (ours, small, floor):
        rates = measure(ours, floor, asked_by, rounds)
        growths = growth(ours, small, asked_by, rounds)
        met = [tell(what, rates[what], goal) for what, goal in GOALS.items()]
        for what, taken in growths.items():
            says = f"{what}: {largest} awards against {FEWEST}"
            met.append(at_most(says, *_rates(taken), taken.times, GROWTH))
        return all(met)


#: each row of the table with the rate, in rates of its floor, that it is held to
GOALS = {
    "staff list of 50 against the floor's list": 0.4,
    "results page of 50 against the floor's list": 0.8,
    "results page of 50, drawn anew each time, against the floor's list": None,
    "detail page of a registration against the floor's list": 0.3,
    "detail page of a result against the floor's list": 0.3,
    "API page of 50 against the floor's serializer": 0.8,
    "a 304 of the results page against the full answer": NOT_MODIFIED,
    "a 304 of the API page against the full answer": NOT_MODIFIED,
}


def measure(ours, floor, asked_by, rounds) -> dict[str, Taken]:
    """Seconds of `REQUESTS` requests to ours and to its floor, by the row of the table."""
    staff, filer = (
        replace(ours, headers=ours.headers | headers) for headers in (asked_by.staff, asked_by.filer)
    )
    a_list, an_answer = _of(floor, "/list/", times=2), _of(floor, "/api/")
    pairs = (
        (_of(staff, "/dang-ky/"), a_list),
        (_of(ours, RESULTS, times=3), a_list),
        (_drawn_anew(ours), a_list),
        (_of(filer, asked_by.draft), a_list),
        (_of(ours, f"{RESULTS}KT-2023-00001/", times=3), a_list),
        (_of(ours, API, times=3), an_answer),
        (_unchanged(ours, RESULTS), _in_full(ours, RESULTS)),
        (_unchanged(ours, API), _in_full(ours, API)),
    )
    return {what: in_turn(*pair, rounds=rounds) for what, pair in zip(GOALS, pairs, strict=True)}


def growth(ours, small, asked_by, rounds) -> dict[str, Taken]:
    """Seconds of as many requests to the large portal and to the small one, by page."""

    def of(path, *, headers=None, times=1):
        sites = (replace(site, headers=site.headers | (headers or {})) for site in (ours, small))
        return [_of(site, path, times=times) for site in sites]

    pairs = {
        "staff list": of("/dang-ky/", headers=asked_by.staff),
        "detail page of a registration": of(asked_by.draft, headers=asked_by.filer),
        "detail page of a result": of(f"{RESULTS}KT-2023-00001/", times=3),
        "results page": of(RESULTS, times=3),
        "results page, drawn anew": [_drawn_anew(site) for site in (ours, small)],
        "results page, last": of(_last(), times=3),
        "results page, of a year": of(f"{RESULTS}?year=2023", times=3),
        "results page, search": of(f"{RESULTS}?q=minh+hoa", times=3),
        "a 304 of the results page": [_unchanged(site, RESULTS) for site in (ours, small)],
        "API page": of(API, times=3),
        "API page, newest": of(f"{API}?order=newest&year=2023", times=3),
        "a 304 of the API page": [_unchanged(site, API) for site in (ours, small)],
    }
    return {what: in_turn(*pair, rounds=rounds) for what, pair in pairs.items()}


def _of(site, path, times=1, **more):
    """`times`: so many as many where they are quick, so that connecting does not count."""
    return lambda: site.seconds([path] * REQUESTS * times, **more) / times


def _drawn_anew(site):
    """No two addresses are the same, so that no page of them is kept."""
    return lambda: site.seconds(f"{RESULTS}?lan={next(_asked)}" for _ in range(REQUESTS))


def _in_full(site, path):
    """Compressed, as browsers and clients ask for it."""
    return _of(site, path, times=5, **COMPRESSED)


def _unchanged(site, path):
    tag = {"If-None-Match": site.answer(path, **COMPRESSED).headers["ETag"]}
    return _of(site, path, times=5, expected=304, **COMPRESSED, **tag)


def _last() -> str:
    """The last page of the results, which are those published first, however many came after."""
    from awards.models import PublicRecord

    places = PublicRecord.objects.awards().order_by("-place").values_list("place", flat=True)[:51]
    return f"{RESULTS}?sau={list(places)[-1]}"


def tell(what, taken, goal) -> bool:
    return at_least(what, *_rates(taken), 1 / taken.times, goal)


def _rates(taken) -> tuple[str, str]:
    ours, other = (f"{REQUESTS / seconds:.0f}/s" for seconds in (taken.ours, taken.floor))
    return ours, other


def _filer() -> tuple[dict[str, str], str]:
    """The headers of somebody who has a whole draft, and the draft's address."""
    from tests.factories_registrations import PeriodFactory
    from tests.filers import with_words

    (person,) = with_words(PeriodFactory(), 1)
    return person.headers, person.registration.get_absolute_url()


def _reviewer() -> dict[str, str]:
    """The headers of a member of the standing body's staff who is logged in."""
    from django.conf import settings
    from django.test import Client

    from tests.factories import holder_of
    from units.enums import Function

    client = Client()
    client.force_login(holder_of(Function.STANDING_BODY))
    return {"Cookie": f"__Host-sessionid={client.cookies[settings.SESSION_COOKIE_NAME].value}"}


def _settle():
    """As after a quiet night: what was written lies where it belongs."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    sys.exit(0 if main(*map(int, sys.argv[1:])) else 1)
