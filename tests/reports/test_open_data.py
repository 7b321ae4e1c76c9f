"""The open data: whole, in step with the history, the same byte for byte whenever it is made."""

import csv
import hashlib
import io
import json
from datetime import date, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from jsonschema_rs import validator_for

from awards.models import PublicRecord
from core.models import ScheduledRun
from reports import tasks
from reports.models import OpenDataRelease
from tests.reports.conftest import award_record, decision_record

pytestmark = pytest.mark.django_db
FIRST, SECOND = "2025-12-22T09:30:00+07:00", "2026-03-01T23:59:00+07:00"
TODAY = "2026-03-05T01:30:00+07:00"


def at(text):
    return datetime.fromisoformat(text)


@pytest.fixture
def history(form):
    """Two awards published on one day, one of them corrected on a later one, and one published today."""
    with time_machine.travel(at(TODAY), tick=False) as traveller:
        PublicRecord.append([decision_record(), award_record(1), award_record(2, "=1+1", kind="individual")])
        PublicRecord.append(
            [award_record(1, "Huyện Bảo Thắng mới", state="corrected", updated_at=at(SECOND))]
        )
        PublicRecord.append([award_record(3, "Của hôm nay", updated_at=at(TODAY))])
        yield traveller


def written(folder, day):
    call_command("dump_open_data", date=date.fromisoformat(day), to=folder, stdout=io.StringIO())
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def results(files):
    return {row["reference"]: row for row in map(json.loads, files["results.jsonl"].splitlines())}


def test_a_past_day_is_told_in_the_words_of_that_day(history, tmp_path):
    before = results(written(tmp_path / "a", "2026-02-28"))
    after = results(written(tmp_path / "b", "2026-03-01"))
    assert {name: (row["name"], row["state"]) for name, row in before.items()} == {
        "KT-2025-00001": ("Huyện Bảo Thắng", "valid"),
        "KT-2025-00002": ("=1+1", "valid"),
    }
    assert (after["KT-2025-00001"]["name"], after["KT-2025-00001"]["state"]) == (
        "Huyện Bảo Thắng mới",
        "corrected",
    )
    assert "KT-2025-00003" not in after


def test_it_is_the_same_byte_for_byte_whenever_it_is_made(history, tmp_path):
    first = written(tmp_path / "a", "2026-02-28")
    history.move_to(at("2027-01-01T12:00:00+07:00"))
    PublicRecord.append([award_record(2, "Sau này", state="revoked", updated_at=at(TODAY))])
    assert written(tmp_path / "b", "2026-02-28") == first


def test_a_day_that_has_not_ended_is_refused(history, tmp_path):
    with pytest.raises(CommandError):
        written(tmp_path, "2026-03-05")


def test_sums_schema_and_tables_agree(history, tmp_path):
    files = written(tmp_path, "2026-03-01")
    sums = dict(reversed(line.split("  ")) for line in files.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    for dataset in ("results", "decisions", "progress"):
        schema = validator_for(json.loads(files[f"{dataset}.schema.json"]))
        rows = [json.loads(line) for line in files[f"{dataset}.jsonl"].splitlines()]
        assert all(schema.is_valid(row) for row in rows)
    assert not validator_for(json.loads(files["results.schema.json"])).is_valid({"reference": 1})
    table = list(csv.DictReader(io.StringIO(files["results.csv"].decode("utf-8-sig"))))
    assert [(row["reference"], row["name"], row["unit_name"]) for row in table] == [
        ("KT-2025-00001", "Huyện Bảo Thắng mới", "Huyện Bảo Thắng mới"),
        ("KT-2025-00002", "'=1+1", "'=1+1"),
    ]


def test_the_night_releases_what_is_missing_and_nothing_twice(history, client):
    assert "Chưa có bộ dữ liệu nào" in client.get("/du-lieu-mo/").content.decode()
    tasks.release_open_data()
    tasks.release_open_data()
    days = [day.isoformat() for day in OpenDataRelease.objects.values_list("day", flat=True)]
    assert days == ["2026-03-01", "2025-12-22"]
    assert ScheduledRun.objects.get(job="release_open_data").outcome == "không có gì mới"


def test_any_past_day_is_served_by_what_was_published_until_then(history, client, tmp_path):
    tasks.release_open_data()
    for day in ("2025-12-22", "2026-02-28", "2026-03-04"):
        files = written(tmp_path / day, day)
        told = client.get(f"/du-lieu-mo/{day}/?format=json").json()
        assert {file["name"] for file in told["files"]} == set(files)
        for file in told["files"]:
            answer = client.get(file["url"])
            assert b"".join(answer) == files[file["name"]]
            assert hashlib.sha256(files[file["name"]]).hexdigest() == file["sha256"]
            assert client.get(file["url"], HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304
    for nothing in ("2025-12-21/", "2026-03-05/", "2026-03-01/x.csv", "2026-03-01/..%2Fx"):
        assert client.get(f"/du-lieu-mo/{nothing}").status_code == 404
