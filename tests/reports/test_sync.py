"""A client that syncs by cursor ends with exactly what the portal has, whatever is published meanwhile."""

import json
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awards.models import PublicCount, PublicRecord
from tests.reports.conftest import PUBLISHED, award_record

EXAMPLES = django_settings.BASE_DIR / "docs" / "api"

#: what one writer does: to which awards, whether it waits before it commits, and whether it gives up
WRITER = st.fixed_dictionaries(
    {
        "awards": st.lists(st.integers(1, 130), min_size=1, max_size=60, unique=True),
        "state": st.sampled_from(["valid", "corrected", "revoked"]),
        "pause": st.sampled_from([0, 0.002, 0.01]),
        "gives_up": st.sampled_from([False, False, False, True]),
    }
)
HISTORIES = st.lists(st.lists(WRITER, min_size=1, max_size=3), min_size=1, max_size=4)


def write(number, told):
    """One transaction of one writer: new awards are published, known ones corrected or revoked."""
    try:
        with transaction.atomic():
            at = PUBLISHED + timedelta(minutes=number)
            PublicRecord.append(
                [
                    award_record(n, f"Tập thể {n} lần {number}", state=told["state"], updated_at=at)
                    for n in told["awards"]
                ]
            )
            threading.Event().wait(told["pause"])
            if told["gives_up"]:
                raise InterruptedError
    except InterruptedError:
        pass
    finally:
        connection.close()


class Copy:
    """A client's copy: follows pages, remembers the cursor, believes the newest word."""

    def __init__(self):
        self.rows, self.cursor, self.client, self.newest = {}, 0, Client(), None

    def read_page(self) -> bool:
        answer = self.client.get(f"/api/v1/results/?cursor={self.cursor}")
        body = answer.json()
        for row in body["results"]:
            self.rows[row["reference"]] = row
        self.cursor = answer["X-Next-Cursor"]
        return body["next"] is not None

    def read_since(self) -> None:
        """The same by time: everything since the newest instant that was seen."""
        address = "/api/v1/results/"
        if self.newest:
            address += f"?updated_since={self.newest.replace('+', '%2B')}"
        while address:
            body = self.client.get(address).json()
            for row in body["results"]:
                self.rows[row["reference"]] = row
                self.newest = max(self.newest or "", row["updated_at"])
            address = body["next"]


def served():
    rows = {}
    for record in PublicRecord.objects.awards():
        rows[record.reference] = json.loads(record.answer)
    return rows


def play(history):
    by_cursor, by_time, number = Copy(), Copy(), 0
    for round_ in history:
        writers = []
        for told in round_:
            number += 1
            writers.append(threading.Thread(target=write, args=(number, told)))
        for writer in writers:
            writer.start()
        while any(writer.is_alive() for writer in writers):
            by_cursor.read_page()
            by_time.read_since()
        for writer in writers:
            writer.join()
    while by_cursor.read_page():
        pass
    by_time.read_since()
    assert by_cursor.rows == served()
    assert by_time.rows == served()
    counted = sum(PublicCount.objects.filter(kind="award").values_list("number", flat=True))
    assert counted == len(by_cursor.rows)


def check_histories(examples):
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(history=HISTORIES)
    def holds(history):
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE awards_publicrecord, awards_publiccount")
        play(history)

    holds()


@pytest.mark.django_db(transaction=True)
def test_a_copy_by_cursor_or_by_time_is_exactly_what_the_portal_has():
    check_histories(8)


@pytest.mark.prove
@pytest.mark.django_db(transaction=True)
def test_so_it_is_over_hundreds_of_histories():
    check_histories(300)


def test_whoever_follows_next_alone_has_everything_at_the_end(client, db):
    """Corrected while being read: the row comes again, later, in its new words."""
    PublicRecord.append([award_record(n, f"Tập thể {n}") for n in range(1, 121)])
    seen, address = {}, "/api/v1/results/"
    corrected = iter([5, 60, 110])
    while address:
        body = client.get(address).json()
        seen |= {row["reference"]: row for row in body["results"]}
        address = body["next"]
        if address and (number := next(corrected, None)):
            PublicRecord.append([award_record(number, "Đã đính chính", state="corrected")])
    assert seen == served()
    assert sum(row["name"] == "Đã đính chính" for row in seen.values()) == 2


@pytest.mark.django_db(transaction=True)
def test_the_examples_of_the_documentation_keep_a_copy(live_server, tmp_path):
    PublicRecord.append([award_record(n, f"Tập thể {n}") for n in range(1, 121)])
    kept, folder = tmp_path / "ket-qua.json", tmp_path / "trang"
    python = [sys.executable, EXAMPLES / "sync.py", live_server.url, kept]
    shell = [EXAMPLES / "sync.sh", live_server.url, folder]

    assert subprocess.run(python, check=True, capture_output=True, text=True).stdout == "120\n"
    subprocess.run(shell, check=True, capture_output=True)
    PublicRecord.append([award_record(7, "Đã đính chính", state="corrected"), award_record(121)])
    assert subprocess.run(python, check=True, capture_output=True, text=True).stdout == "2\n"
    subprocess.run(shell, check=True, capture_output=True)

    assert json.loads(kept.read_text("utf-8"))["results"] == served()
    pages = sorted(folder.glob("*.json"), key=lambda page: int(page.stem))
    rows = {}
    for page in pages:
        rows |= {row["reference"]: row for row in json.loads(page.read_text("utf-8"))["results"]}
    assert rows == served()
