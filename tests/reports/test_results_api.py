import csv
import gzip
import io
import json
import unicodedata
import uuid
from datetime import timedelta
from itertools import chain

import openpyxl
import pytest
from django.db import DatabaseError, transaction

from awards.models import PublicRecord
from core.files import XLSX
from tests.reports.conftest import DECISION, PUBLISHED, award_record, decision_record

pytestmark = pytest.mark.django_db


def names(client, query=""):
    answer = client.get(f"/api/v1/results/{query}")
    assert answer.status_code == 200, answer.content
    return [row["name"] for row in answer.json()["results"]]


def test_a_result_has_exactly_the_published_fields(client, form):
    PublicRecord.append([award_record(1, "Nguyễn Thị Mẫu", kind="individual")])
    unit = str(uuid.uuid5(DECISION, "Nguyễn Thị Mẫu"))
    assert client.get("/api/v1/results/").json() == {
        "results": [
            {
                "reference": "KT-2025-00001",
                "name": "Nguyễn Thị Mẫu",
                "title": "Bà",
                "position": "Chuyên viên",
                "nominee_kind": "individual",
                "unit": {"id": unit, "code": "081", "name": "Nguyễn Thị Mẫu", "kind": "district"},
                "proposed_by": {"id": unit, "name": "Nguyễn Thị Mẫu"},
                "award": {"code": "BK-CT-UBND", "name": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"},
                "decision": {"number": "4321/QĐ-UBND", "date": "2025-12-20"},
                "campaign": "2022-2025",
                "year": 2025,
                "corrections": [],
                "revocation": None,
                "state": "valid",
                "published_at": "2025-12-22T02:30:00+00:00",
                "updated_at": "2025-12-22T02:30:00+00:00",
            }
        ],
        "next": None,
    }


def test_a_decision_has_exactly_the_published_fields(client, form):
    PublicRecord.append([decision_record()])
    assert client.get("/api/v1/decisions/").json() == {
        "results": [
            {
                "id": str(DECISION),
                "number": "4321/QĐ-UBND",
                "date": "2025-12-20",
                "title": "Về việc tặng Bằng khen trong phong trào thi đua chuyển đổi số",
                "authority": "Chủ tịch Ủy ban nhân dân tỉnh",
                "signer": "Nguyễn Văn Mẫu (minh họa)",
                "award": {"code": "BK-CT-UBND", "name": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"},
                "campaign": "2022-2025",
                "year": 2025,
                "counts": {"collective": 1, "household": 0, "individual": 0},
                "state": "valid",
                "published_at": "2025-12-22T02:30:00+00:00",
                "updated_at": "2025-12-22T02:30:00+00:00",
            }
        ],
        "next": None,
    }


@pytest.mark.parametrize("words", ["bao thang", "Bảo Thắng", unicodedata.normalize("NFD", "BẢO THẮNG")])
def test_search_ignores_diacritics_case_and_composition(client, form, words):
    PublicRecord.append([award_record(1, "Huyện Bảo Thắng"), award_record(2, "Huyện Bát Xát")])
    assert names(client, f"?q={words}") == ["Huyện Bảo Thắng"]


def test_filters_narrow_the_list(client, form):
    PublicRecord.append(
        [
            award_record(1, "Huyện Bát Xát"),
            award_record(2, "Lê Thị Mẫu", kind="individual", updated_at=PUBLISHED + timedelta(days=3)),
            award_record(3, "Sở Y tế", year=2024),
        ]
    )
    assert names(client) == ["Huyện Bát Xát", "Lê Thị Mẫu", "Sở Y tế"]
    assert names(client, "?order=newest") == ["Sở Y tế", "Lê Thị Mẫu", "Huyện Bát Xát"]
    assert names(client, f"?decision={DECISION}&state=valid&year=2024") == ["Sở Y tế"]
    assert names(client, f"?decision={uuid.uuid4()}") == names(client, "?state=revoked") == []
    assert names(client, "?q=!!!") == []
    assert names(client, "?year=2024") == ["Sở Y tế"]
    assert names(client, "?nominee_kind=individual") == ["Lê Thị Mẫu"]
    assert names(client, f"?unit={uuid.uuid5(DECISION, 'Sở Y tế')}") == ["Sở Y tế"]
    assert names(client, "?award=BK-CT-UBND&year=2025&q=bat") == ["Huyện Bát Xát"]
    assert names(client, "?updated_since=2025-12-24T00:00:00Z") == ["Lê Thị Mẫu"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("year=hai", "year"),
        ("unit=12", "unit"),
        ("award=KHONG-CO", "award"),
        ("nominee_kind=team", "nominee_kind"),
        ("updated_since=hom-qua", "updated_since"),
        ("cursor=bịa", "cursor"),
        ("cursor=-1", "cursor"),
        ("cursor=99999999999999999999", "cursor"),
        ("year=2025.0", "year"),
        ("year=1999", "year"),
        ("year=2101", "year"),
        ("year=２０２５", "year"),
        ("year=2025&year=2024", "year"),
        ("page=abc", "page"),
        ("page=2", "page"),
        ("upated_since=2025-01-01", "upated_since"),
        ("updated_since=9999-99-99", "updated_since"),
        ("updated_since=0001-01-01T00:00:00%2B23:59", "updated_since"),
        ("q=%00", "q"),
        (f"q={'x' * 5000}", "q"),
        ("format=xml", "format"),
        ("format=csv&year=abc", "year"),
        ("state=valid%00", "state"),
    ],
)
def test_what_cannot_be_understood_is_named(client, form, query, field):
    answer = client.get(f"/api/v1/results/?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_pages_of_fifty_hold_every_row_once(client, form):
    PublicRecord.append([award_record(n, f"Tập thể {n}") for n in range(1, 121)])
    seen, address = [], "/api/v1/results/"
    while address:
        body = client.get(address).json()
        seen.append([row["reference"] for row in body["results"]])
        address = body["next"]
    assert [len(page) for page in seen] == [50, 50, 20]
    assert sorted(chain.from_iterable(seen)) == [f"KT-2025-{n:05d}" for n in range(1, 121)]


def test_only_the_latest_word_on_an_award_is_shown(client, form):
    PublicRecord.append([award_record(1)])
    PublicRecord.append([award_record(1, state="revoked", updated_at=PUBLISHED + timedelta(days=9))])
    rows = client.get("/api/v1/results/").json()["results"]
    assert [(row["reference"], row["state"]) for row in rows] == [("KT-2025-00001", "revoked")]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_public_side_is_read_only(client, form, method):
    answer = getattr(client, method)("/api/v1/results/", content_type="application/json")
    assert answer.status_code == 405


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_asks_the_same_of_the_database_whatever_its_length(
    client, form, django_assert_num_queries, rows
):
    PublicRecord.append([award_record(n, f"Tập thể {n}") for n in range(rows)])
    with django_assert_num_queries(2):
        assert len(names(client)) == rows


def test_a_client_that_has_it_is_told_so_until_something_is_published(client, form):
    PublicRecord.append([award_record(1)])
    first = client.get("/api/v1/results/?year=2025")
    assert first["Last-Modified"] == "Mon, 22 Dec 2025 02:30:00 GMT"
    assert first["Cache-Control"] == "public, no-cache"
    held = {"HTTP_IF_NONE_MATCH": first["ETag"]}
    again = client.get("/api/v1/results/?year=2025", **held)
    assert (again.status_code, again.content) == (304, b"")
    since = client.get("/api/v1/results/?year=2025", HTTP_IF_MODIFIED_SINCE=first["Last-Modified"])
    assert since.status_code == 304
    assert client.get("/api/v1/results/?year=2024", **held).status_code == 200
    assert client.get("/api/v1/results/?year=2025&format=csv", **held).status_code == 200
    PublicRecord.append([award_record(1, state="revoked")])
    changed = client.get("/api/v1/results/?year=2025", **held)
    assert (changed.status_code, changed.json()["results"][0]["state"]) == (200, "revoked")
    late = client.get("/api/v1/results/?year=2025", HTTP_IF_MODIFIED_SINCE=first["Last-Modified"])
    assert late.status_code == 200


@pytest.mark.parametrize(
    "address", ["units/", "criteria/", "criteria-sets/", "periods/", "statistics/", "progress/"]
)
def test_other_public_lists_are_tagged_and_compressed_too(client, form, address):
    first = client.get(f"/api/v1/{address}")
    assert first["Access-Control-Allow-Origin"] == "*"
    assert client.get(f"/api/v1/{address}", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    PublicRecord.append([award_record(n, f"Tập thể {n}") for n in range(60)])
    packed = client.get("/api/v1/results/", HTTP_ACCEPT_ENCODING="gzip")
    assert packed["Content-Encoding"] == "gzip"
    assert len(json.loads(gzip.decompress(packed.content))["results"]) == 50


def test_one_result_and_one_decision(client, form):
    PublicRecord.append([decision_record(), award_record(1)])
    listed = client.get("/api/v1/results/").json()["results"][0]
    assert client.get("/api/v1/results/KT-2025-00001/").json() == listed
    assert client.get(f"/api/v1/decisions/{DECISION}/").json()["number"] == "4321/QĐ-UBND"
    for nothing in (
        "results/KT-2025-00009/",
        "results/%00/",
        f"decisions/{uuid.uuid4()}/",
        "decisions/x/",
        "no/",
    ):
        answer = client.get(f"/api/v1/{nothing}")
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json"), nothing


def test_statistics_add_up_to_what_is_published(client, form):
    PublicRecord.append([award_record(n, f"Tập thể {n}") for n in range(5)])
    PublicRecord.append([award_record(1, "Tập thể 1", state="revoked"), award_record(9, year=2024)])
    rows = client.get("/api/v1/statistics/").json()["results"]
    assert [(r["year"], r["nominee_kind"], r["state"], r["number"]) for r in rows] == [
        (2025, "collective", "revoked", 1),
        (2025, "collective", "valid", 4),
        (2024, "collective", "valid", 1),
    ]


@pytest.mark.parametrize("asked", [{"QUERY_STRING": "format=xlsx"}, {"HTTP_ACCEPT": XLSX}])
def test_a_workbook_keeps_text_as_text(client, form, asked):
    PublicRecord.append([award_record(1, "=1+1"), award_record(2, "Giàng Thị Ếch")])
    answer = client.get("/api/v1/results/", **asked)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    names = [(cell.value, cell.data_type) for cell in next(sheet.iter_cols(2, 2, 2))]
    assert names == [("=1+1", "s"), ("Giàng Thị Ếch", "s")]


@pytest.mark.parametrize("sign", "=+-@")
def test_a_table_is_safe_to_open(client, form, sign):
    PublicRecord.append([award_record(n, f"{sign}Ế{n}") for n in range(60)])
    answer = client.get("/api/v1/results/?format=csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["name"] for row in table] == [f"'{sign}Ế{n}" for n in range(60)]


def test_what_waited_for_the_lock_is_not_older_than_what_came_in_meanwhile(client, form):
    PublicRecord.append([award_record(1, updated_at=PUBLISHED + timedelta(hours=1))])
    PublicRecord.append([award_record(2, "Bắt đầu trước, ghi sau")])
    rows = client.get("/api/v1/results/").json()["results"]
    assert rows[0]["updated_at"] <= rows[1]["updated_at"]
    assert (
        names(client, f"?updated_since={rows[0]['updated_at'].replace('+', '%2B')}")[-1]
        == "Bắt đầu trước, ghi sau"
    )


def test_what_was_published_is_never_rewritten(form):
    PublicRecord.append([award_record(1)])
    for change in ({"payload": {}}, {"answer": "{}"}, {"state": "valid", "is_latest": False, "year": 2024}):
        with pytest.raises(DatabaseError), transaction.atomic():
            PublicRecord.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        PublicRecord.objects.all()._raw_delete("default")
