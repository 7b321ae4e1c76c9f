"""The results page of 50 and its API twin at 100 to 100,000 awards: queries, rows made into objects, time.

python -m bench.growth [largest] [rounds]

Asked through the WSGI application in this process, which alone lets its rows be counted.
"""

import itertools
import os
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO

# Connections are kept, as the web process keeps them.
os.environ["DB_ROLE"] = "web"

from bench.portal import in_turn, portal
from bench.table import at_most, row

SIZES = 100, 1_000
ASKED = 10
#: a page that no award changes: between two sizes lie minutes of a machine that is not always as fast
STEADY = "/tai-khoan/dang-nhap/"
GROWTH = 1.5
AT = datetime(2025, 12, 22, 2, 30, tzinfo=UTC)


_asked = itertools.count()


def environ(path, **headers):
    path, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "10.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        **headers,
    }


def ask(application, path, expected=200, **headers):
    """One request and the headers of its answer; `{}` in a path makes each address another."""
    told, path = {}, path.format(next(_asked))

    def start(status, fields, exc_info=None):
        told.update(dict(fields), status=int(status.split()[0]))

    answer = application(environ(path, **headers), start)
    b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    assert told["status"] == expected, (path, told)
    return told


def seconds(application, path, expected=200, **headers) -> float:
    began = time.perf_counter()
    for _ in range(ASKED):
        ask(application, path, expected, **headers)
    return (time.perf_counter() - began) / ASKED


def publish(first, last):
    """Awards with those numbers, in decisions of 500."""
    from awards.models import PublicRecord
    from tests.reports.conftest import award_record

    for start in range(first, last + 1, 500):
        numbers = range(start, min(start + 500, last + 1))
        at = AT + timedelta(minutes=start)
        records = [
            award_record(
                n,
                f"Tập thể minh họa số {n}",
                year=2022 + n % 4,
                uid=uuid.uuid5(uuid.NAMESPACE_OID, str(n)),
                published_at=at,
                updated_at=at,
            )
            for n in numbers
        ]
        PublicRecord.append(records)


class Counter:
    """Queries, and objects made of rows of the public table."""

    def __init__(self):
        from awards.models import PublicRecord

        self.made = 0
        original = PublicRecord.from_db.__func__

        def counted(cls, *values):
            self.made += 1
            return original(cls, *values)

        PublicRecord.from_db = classmethod(counted)

    def of(self, application, path) -> tuple[int, int]:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        before = self.made
        with CaptureQueriesContext(connection) as queries:
            ask(application, path)
        return len(queries), self.made - before


def main(largest=100_000, rounds=21) -> bool:
    with portal():
        from django.conf import settings
        from django.core.wsgi import get_wsgi_application

        settings.API_REQUESTS_PER_MINUTE = {"address": 10**9, "token": 10**9}
        return measure(get_wsgi_application(), largest, rounds)


def measure(ours, largest, rounds) -> bool:
    from django.db import connection

    from awards.models import AwardForm

    AwardForm.objects.get_or_create(
        code="BK-CT-UBND", defaults={"name": "Bằng khen", "authority": "Chủ tịch"}
    )
    counter, published, taken, counts = Counter(), 0, {}, {}
    pages = {
        "results page": "/ket-qua/",
        "results page, drawn anew": "/ket-qua/?lan={}",
        "results page, last": None,
        "results page, of a year": "/ket-qua/?year=2023",
        "results page, search": "/ket-qua/?q=minh+hoa",
        "API page": "/api/v1/results/",
        "API page, newest": "/api/v1/results/?order=newest&year=2023",
    }
    for size in (*SIZES, largest):
        publish(published + 1, size)
        published = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE awards_publicrecord")
        from awards.models import PublicRecord

        ends = list(PublicRecord.objects.awards().order_by("-place").values_list("place", flat=True)[:51])
        pages["results page, last"] = f"/ket-qua/?sau={ends[-1]}"
        for name, path in pages.items():
            page, steady = (partial(seconds, ours, asked) for asked in (path, STEADY))
            taken[name, size] = in_turn(page, steady, rounds=rounds)
            counts[name, size] = counter.of(ours, path)
            print(
                f"{size:>7} awards, {name}: {taken[name, size].ours * 1000:.2f} ms, queries and rows "
                f"{counts[name, size]}"
            )
    met = True
    for name in pages:
        many, few = taken[name, largest], taken[name, SIZES[-1]]
        met &= at_most(
            f"{name}: {largest} awards against {SIZES[-1]}",
            f"{many.ours * 1000:.1f} ms",
            f"{few.ours * 1000:.1f} ms",
            many.times / few.times,
            GROWTH,
        )
        of_many, of_few = (counts[name, size] for size in (largest, SIZES[-1]))
        met &= row(
            f"{name}: queries and rows made into objects",
            "{}, {}".format(*of_many),
            "{}, {}".format(*of_few),
            None,
            "the same",
            met=of_many == of_few,
        )
    return met


if __name__ == "__main__":
    sys.exit(0 if main(*map(int, sys.argv[1:])) else 1)
