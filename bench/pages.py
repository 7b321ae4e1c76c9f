"""Pages and API answers of 50 rows under gunicorn, against a bare Django project, at 1,000 and 100,000 rows.

python -m bench.pages [largest] [rounds]
"""

import sys
from dataclasses import replace

from bench.growth import publish
from bench.serving import Site, side_by_side, sites
from bench.spreadsheets_out import make
from bench.table import at_least, at_most

REQUESTS = 60
GROWTH, NOT_MODIFIED = 1.5, 2.0
FEWEST = 1_000


def main(largest=100_000, rounds=5) -> bool:
    with sites() as (ours, floor):
        staff = _reviewer(ours)
        make(10_000)
        filer, draft = _filer(ours)
        publish(1, FEWEST)
        small = measure(ours, staff, floor, (filer, draft), rounds)
        publish(FEWEST + 1, largest)
        _analyse()
        large = measure(ours, staff, floor, (filer, draft), rounds)
        met = [tell(what, large[what], goal) for what, goal in GOALS.items()]
        for what, (seconds, _) in large.items():
            few = small[what][0]
            rates = f"{REQUESTS / seconds:.0f}/s", f"{REQUESTS / few:.0f}/s"
            met.append(at_most(f"{what}: {largest} awards against {FEWEST}", *rates, seconds / few, GROWTH))
        return all(met)


#: each row of the table with the rate, in rates of its floor, that it is held to
GOALS = {
    "staff list of 50 against the floor's list": 0.4,
    "results page of 50 against the floor's list": 0.8,
    "results page of 50, drawn anew each time": None,
    "detail page of a registration against the floor's list": 0.3,
    "detail page of a result against the floor's list": 0.3,
    "API page of 50 against the floor's serializer": 0.8,
    "a 304 against the full answer": NOT_MODIFIED,
}


def measure(ours, staff, floor, own, rounds) -> dict[str, tuple[float, float]]:
    """Seconds of `REQUESTS` requests to ours and to its floor, by the row of the table."""
    filer, draft = own
    tag = {"If-None-Match": ours.answer("/api/v1/results/").headers["ETag"]}
    asked = iter(range(10**9))

    def drawn_anew():
        # No two addresses are the same, so that no page of them is kept.
        return sum(ours.seconds(f"/ket-qua/?lan={next(asked)}", 1, at_once=1) for _ in range(REQUESTS)) / 2

    def of(site, path, **more):
        return lambda: site.seconds(path, REQUESTS, **more)

    a_list, an_answer = of(floor, "/list/"), of(floor, "/api/")
    pairs = {
        "staff list of 50 against the floor's list": (of(staff, "/dang-ky/"), a_list),
        "results page of 50 against the floor's list": (of(ours, "/ket-qua/"), a_list),
        "results page of 50, drawn anew each time": (drawn_anew, a_list),
        "detail page of a registration against the floor's list": (
            of(filer, draft),
            a_list,
        ),
        "detail page of a result against the floor's list": (of(ours, "/ket-qua/KT-2023-00001/"), a_list),
        "API page of 50 against the floor's serializer": (of(ours, "/api/v1/results/"), an_answer),
        "a 304 against the full answer": (
            of(ours, "/api/v1/results/", expected=304, **tag),
            of(ours, "/api/v1/results/"),
        ),
    }
    return {what: side_by_side(*pair, rounds=rounds) for what, pair in pairs.items()}


def tell(what, seconds, goal) -> bool:
    own, its_floor = (REQUESTS / taken for taken in seconds)
    return at_least(what, f"{own:.0f}/s", f"{its_floor:.0f}/s", own / its_floor, goal)


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
