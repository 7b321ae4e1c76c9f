import unicodedata
import uuid
from datetime import timedelta
from itertools import chain

import pytest

from awards.models import PublicRecord
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
