"""The results page of 50 and its API twin, at 100 to 100,000 awards, against a bare Django project.

python -m bench.public_pages [largest] [rounds]

The floor runs in a process of its own on the same database: no middleware but what Django needs, one
indexed query of 50 rows, a Django REST framework serializer or a template. Both sides are asked through
their WSGI application, in turn; the throttle, the tags and the compression of ours are on.
"""

import json
import multiprocessing
import os
import statistics
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta
from io import BytesIO

# Connections are kept, as the web process keeps them.
os.environ["DB_ROLE"] = "web"

from bench.portal import portal

SIZES = (100, 1_000, 100_000)
ASKED = 10
GROWTH, FLOOR_GOAL, NOT_MODIFIED = 1.5, 0.8, 2.0
AT = datetime(2025, 12, 22, 2, 30, tzinfo=UTC)


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
    """One request and the headers of its answer."""
    told = {}

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


def floor(database_url, pipe):
    """A bare project, in a process of its own: answers how long a request takes."""
    import environ as read
    from django.conf import settings

    settings.configure(
        SECRET_KEY="bare",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="bench.floor",
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"],
        DATABASES={"default": read.Env.db_url_config(database_url) | {"CONN_MAX_AGE": 600}},
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        USE_TZ=True,
    )
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    while path := pipe.recv():
        pipe.send(seconds(application, path))


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


def main(largest=100_000, rounds=5) -> bool:
    with portal():
        from django.conf import settings
        from django.core.wsgi import get_wsgi_application

        settings.API_REQUESTS_PER_MINUTE = {"address": 10**9, "token": 10**9}
        ours = get_wsgi_application()
        here, there = multiprocessing.get_context("spawn").Pipe()
        bare = multiprocessing.get_context("spawn").Process(
            target=floor, args=(os.environ["DATABASE_URL"], there), daemon=True
        )
        bare.start()
        try:
            return measure(ours, here, largest, rounds)
        finally:
            here.send("")
            bare.join(10)


def measure(ours, bare, largest, rounds) -> bool:
    from django.db import connection

    from awards.models import AwardForm

    AwardForm.objects.get_or_create(
        code="BK-CT-UBND", defaults={"name": "Bằng khen", "authority": "Chủ tịch"}
    )
    counter, published, taken, counts = Counter(), 0, {}, {}
    pages = {
        "results page": "/ket-qua/",
        "results page, last": None,
        "results page, of a year": "/ket-qua/?year=2023",
        "results page, search": "/ket-qua/?q=minh+hoa",
        "API page": "/api/v1/results/",
        "API page, newest": "/api/v1/results/?order=newest&year=2023",
    }
    for size in (s for s in SIZES if s <= largest):
        publish(published + 1, size)
        published = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE awards_publicrecord")
        from awards.models import PublicRecord

        ends = list(PublicRecord.objects.awards().order_by("-place").values_list("place", flat=True)[:51])
        pages["results page, last"] = f"/ket-qua/?sau={ends[-1]}"
        for name, path in pages.items():
            seconds(ours, path)
            taken[name, size] = statistics.median(seconds(ours, path) for _ in range(rounds))
            counts[name, size] = counter.of(ours, path)
            print(
                f"{size:>7} awards, {name}: {taken[name, size] * 1000:.2f} ms, queries and rows "
                f"{counts[name, size]}"
            )
    met = True
    for name in pages:
        sizes = [size for size in SIZES if (name, size) in taken and size >= 1_000]
        if len(sizes) > 1:
            ratio = taken[name, sizes[-1]] / taken[name, sizes[0]]
            same = len({counts[name, size] for size in sizes}) == 1
            met &= ratio <= GROWTH and same
            print(
                f"{name}, {sizes[-1]} against {sizes[0]}: ratio {ratio:.2f} (goal {GROWTH}), "
                f"queries and rows {'the same' if same else 'NOT THE SAME'}"
            )
    return against_the_floor(ours, bare, rounds) and met


def against_the_floor(ours, bare, rounds) -> bool:
    def floor_of(path):
        bare.send(path)
        return bare.recv()

    tag = ask(ours, "/api/v1/results/")["ETag"]
    rows = {"ours": [], "serializer": [], "page": [], "list": [], "304": [], "gzip": []}
    for _ in range(rounds + 1):
        rows["ours"].append(seconds(ours, "/api/v1/results/"))
        rows["serializer"].append(floor_of("/api/"))
        rows["304"].append(seconds(ours, "/api/v1/results/", 304, HTTP_IF_NONE_MATCH=tag))
        rows["gzip"].append(seconds(ours, "/api/v1/results/", HTTP_ACCEPT_ENCODING="gzip"))
        rows["page"].append(seconds(ours, "/ket-qua/"))
        rows["list"].append(floor_of("/list/"))
    middle = {name: statistics.median(values[1:]) for name, values in rows.items()}
    ratios = (
        ("API page of 50 against the floor's serializer", middle["serializer"] / middle["ours"], FLOOR_GOAL),
        ("the same, compressed", middle["serializer"] / middle["gzip"], None),
        ("results page against the floor's list", middle["list"] / middle["page"], FLOOR_GOAL),
        ("a 304 against a full answer", middle["ours"] / middle["304"], NOT_MODIFIED),
        ("a 304 against a compressed one", middle["gzip"] / middle["304"], None),
    )
    for what, ratio, goal in ratios:
        told = f" (goal {goal}: {'met' if ratio >= goal else 'MISSED'})" if goal else ""
        print(f"{what}: {ratio:.2f} of its rate{told}")
    print(json.dumps({name: round(value * 1000, 3) for name, value in middle.items()}))
    return all(ratio >= goal for _, ratio, goal in ratios if goal)


if __name__ == "__main__":
    sys.exit(0 if main(*map(int, sys.argv[1:])) else 1)
