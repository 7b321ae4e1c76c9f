"""The results page of 50 and its API twin at 1,000 and 100,000 awards: queries, and rows made into objects.

python -m bench.growth [largest]

Asked through the WSGI application in this process, which alone lets its rows be counted.
"""

import os
import sys
import uuid
from datetime import UTC, datetime, timedelta
from io import BytesIO

# Connections are kept, as the web process keeps them.
os.environ["DB_ROLE"] = "web"

from bench.portal import portal
from bench.table import row

FEWEST = 1_000
AT = datetime(2025, 12, 22, 2, 30, tzinfo=UTC)


def ask(application, path):
    path, _, query = path.partition("?")
    environ = {
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
    }
    statuses = []
    answer = application(environ, lambda status, fields, exc_info=None: statuses.append(status))
    b"".join(answer)
    answer.close()
    assert statuses == ["200 OK"], (path, statuses)


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


def main(largest=100_000) -> bool:
    with portal():
        from django.core.wsgi import get_wsgi_application

        return measure(get_wsgi_application(), largest)


def measure(ours, largest) -> bool:
    from awards.models import AwardForm, PublicRecord

    AwardForm.objects.get_or_create(
        code="BK-CT-UBND", defaults={"name": "Bằng khen", "authority": "Chủ tịch"}
    )
    counter, published, counts = Counter(), 0, {}
    pages = {
        "results page": "/ket-qua/",
        "results page, drawn anew": "/ket-qua/?lan=1",
        "results page, of a year": "/ket-qua/?year=2023",
        "results page, search": "/ket-qua/?q=minh+hoa",
        "API page": "/api/v1/results/",
        "API page, newest": "/api/v1/results/?order=newest&year=2023",
    }
    for size in (FEWEST, largest):
        publish(published + 1, size)
        published = size
        ends = PublicRecord.objects.awards().order_by("-place").values_list("place", flat=True)[:51]
        for name, path in (pages | {"results page, last": f"/ket-qua/?sau={list(ends)[-1]}"}).items():
            if "anew" not in name:
                ask(ours, path)
            counts[name, size] = counter.of(ours, path)
    met = True
    for (name, size), of_few in counts.items():
        if size == FEWEST:
            of_many = counts[name, largest]
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
