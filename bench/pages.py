"""Pages and API answers of 50 rows under gunicorn, against a bare Django project, at 1,000 and 100,000 rows.

python -m bench.pages [largest] [rounds]
"""

import sys
from dataclasses import replace

from bench.growth import publish
from bench.portal import Taken, in_turn
from bench.serving import Site, sites
from bench.spreadsheets_out import make
from bench.table import at_least, at_most

REQUESTS = 40
GROWTH, NOT_MODIFIED = 1.5, 2.0
FEWEST = 1_000


def main(largest=100_000, rounds=31) -> bool:
    with sites() as (ours, floor):
        staff = _reviewer(ours)
        make(10_000)
        filer, draft = _filer(ours)
        publish(1, FEWEST)
        _analyse()
        small = measure(ours, staff, floor, (filer, draft), rounds)
        publish(FEWEST + 1, largest)
        _analyse()
        large = measure(ours, staff, floor, (filer, draft), rounds)
        met = [tell(what, large[what], goal) for what, goal in GOALS.items()]
        # Each in times of its floor in the same rounds: between the two sizes lie minutes.
        for what, goal in GOALS.items():
            if goal:
                many, few = large[what].times, small[what].times
                says = f"{what}: {largest} awards against {FEWEST}"
                met.append(at_most(says, f"{many:.2f} ×", f"{few:.2f} ×", many / few, GROWTH))
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


def measure(ours, staff, floor, own, rounds) -> dict[str, Taken]:
    """Seconds of `REQUESTS` requests to ours and to its floor, by the row of the table."""
    filer, draft = own
    results, api = "/ket-qua/", "/api/v1/results/"
    asked = iter(range(10**9))

    def of(site, path, times=1, **more):
        """`times`: so many as many where they are quick, so that connecting does not count."""
        return lambda: site.seconds([path] * REQUESTS * times, **more) / times

    def drawn_anew():
        # No two addresses are the same, so that no page of them is kept.
        return ours.seconds(f"{results}?lan={next(asked)}" for _ in range(REQUESTS))

    def unchanged(path):
        """Compressed, as browsers and clients ask for it."""
        compressed = {"Accept-Encoding": "gzip"}
        tag = {"If-None-Match": ours.answer(path).headers["ETag"]}
        told, full = compressed | tag, compressed
        return of(ours, path, times=5, expected=304, **told), of(ours, path, times=5, **full)

    a_list, an_answer = of(floor, "/list/", times=2), of(floor, "/api/")
    pairs = (
        (of(staff, "/dang-ky/"), a_list),
        (of(ours, results, times=3), a_list),
        (drawn_anew, a_list),
        (of(filer, draft), a_list),
        (of(ours, f"{results}KT-2023-00001/", times=3), a_list),
        (of(ours, api, times=3), an_answer),
        unchanged(results),
        unchanged(api),
    )
    return {what: in_turn(*pair, rounds=rounds) for what, pair in zip(GOALS, pairs, strict=True)}


def tell(what, taken, goal) -> bool:
    rates = (f"{REQUESTS / seconds:.0f}/s" for seconds in (taken.ours, taken.floor))
    return at_least(what, *rates, 1 / taken.times, goal)


def _filer(site) -> tuple[Site, str]:
    """The portal as somebody who has a whole draft sees it, and the draft's address."""
    from tests.factories_registrations import PeriodFactory
    from tests.filers import with_words

    (person,) = with_words(PeriodFactory(), 1)
    return replace(site, headers=person.headers), person.registration.get_absolute_url()


def _reviewer(site) -> Site:
    """The portal as a member of the standing body's staff, who is logged in, sees it."""
    from django.conf import settings
    from django.test import Client

    from tests.factories import holder_of
    from units.enums import Function

    client = Client()
    client.force_login(holder_of(Function.STANDING_BODY))
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    return replace(site, headers=site.headers | {"Cookie": f"__Host-sessionid={key}"})


def _analyse():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    sys.exit(0 if main(*map(int, sys.argv[1:])) else 1)
