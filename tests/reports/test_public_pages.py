import pytest

from awards.models import PublicRecord
from tests.reports.conftest import DECISION, award_record, decision_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(form):
    PublicRecord.append(
        [decision_record(), award_record(1), award_record(2, "Nguyễn Thị Mẫu", kind="individual")]
    )


def test_results_find_bao_thang_without_diacritics(client, published):
    page = client.get("/ket-qua/?q=bao thang").content.decode()
    assert "Huyện Bảo Thắng" in page
    assert "Nguyễn Thị Mẫu" not in page


def test_a_result_shows_what_the_decision_printed(client, published):
    page = client.get("/ket-qua/KT-2025-00002/").content.decode()
    for words in ("Bà Nguyễn Thị Mẫu", "4321/QĐ-UBND", "20/12/2025", "09:30 ngày 22/12/2025", "Còn hiệu lực"):
        assert words in page


def test_a_decision_lists_its_awards(client, published):
    page = client.get(f"/quyet-dinh/{DECISION}/").content.decode()
    assert "Huyện Bảo Thắng" in page
    assert "Nguyễn Thị Mẫu" in page


def test_what_is_not_published_is_not_found(client, form):
    assert client.get("/ket-qua/KT-2025-00002/").status_code == 404
    assert client.get(f"/quyet-dinh/{DECISION}/").status_code == 404


@pytest.mark.parametrize(
    "query", ["?year=abc", "?award=x&nominee_kind=y", "?page=abc", "?page=99999", "?q=%00"]
)
def test_odd_questions_are_answered_calmly(client, published, query):
    assert client.get(f"/ket-qua/{query}").status_code == 200


@pytest.mark.parametrize(("address", "queries"), [("/ket-qua/", 4), ("/quyet-dinh/", 2)])
@pytest.mark.parametrize("rows", [1, 3, 50])
def test_lists_hold_their_query_count(client, form, django_assert_num_queries, address, queries, rows):
    PublicRecord.append([decision_record()])
    PublicRecord.append([award_record(n, f"Tập thể {n}") for n in range(rows)])
    with django_assert_num_queries(queries):
        client.get(address)
