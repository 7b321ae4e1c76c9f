import gzip
import re
import unicodedata
from xml.etree import ElementTree

import pytest
from django.conf import settings

from awards.models import PublicRecord
from tests.factories import UserFactory
from tests.reports.conftest import DECISION, award_record, decision_record

pytestmark = pytest.mark.django_db
STATIC = settings.BASE_DIR / "static"


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
    "query",
    [
        "?year=abc",
        "?award=x&nominee_kind=y",
        "?page=abc",
        "?page=99999",
        "?q=%00",
        "?q=%ED%A0%80",
        f"?q={'x' * 5000}",
        "?q=!!!",
        "?sau=abc",
        "?sau=99999999999999999999999",
        "?truoc=-99999999999999999",
        "?truoc=%00",
        "?hien=%00",
        "?nam=abc",
    ],
)
@pytest.mark.parametrize("address", ["/", "/ket-qua/", "/quyet-dinh/", "/tien-do/", "/du-lieu-mo/"])
def test_odd_questions_are_answered_calmly(client, published, address, query):
    assert client.get(f"{address}{query}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/ket-qua/%00/",
        "/ket-qua/KT-2025-99999/",
        "/du-lieu-mo/2025-02-30/",
        "/du-lieu-mo/0001-01-01/",
        "/du-lieu-mo/2999-01-01/results.csv",
        "/sitemap-ket-qua-0.xml",
        "/sitemap-ket-qua-99999999999999999999.xml",
    ],
)
def test_what_does_not_exist_is_a_page_that_says_so(client, published, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.parametrize("words", ["bao thang", "Bảo Thắng", unicodedata.normalize("NFD", "BẢO THẮNG")])
def test_search_finds_the_same_however_it_is_typed(client, published, words):
    for view in ("", "&hien=the"):
        page = client.get(f"/ket-qua/?q={words}{view}").content.decode()
        assert ("Huyện Bảo Thắng" in page, "Nguyễn Thị Mẫu" in page) == (True, False)


def names(answer):
    return [row.name for row in answer.context["rows"]]


def test_the_newest_decision_stands_first_in_the_order_it_was_printed(client, form):
    PublicRecord.append([award_record(n, f"Tập thể {n}") for n in (1, 2, 3)])
    PublicRecord.append([award_record(n, f"Tập thể {n}") for n in (4, 5)])
    PublicRecord.append([award_record(2, "Tập thể 2 mới", state="corrected")])
    assert names(client.get("/ket-qua/")) == [
        "Tập thể 4",
        "Tập thể 5",
        "Tập thể 1",
        "Tập thể 2 mới",
        "Tập thể 3",
    ]


def test_pages_lead_on_and_back_over_every_row_once(client, form):
    PublicRecord.append([award_record(n, f"Tập thể {n}") for n in range(120)])
    there, address = [], "?nominee_kind=collective&hien=the"
    while address:
        answer = client.get(f"/ket-qua/{address}")
        assert answer.context["total"] == 120
        there.append(names(answer))
        back, address = answer.context["previous_url"], answer.context["next_url"]
    assert [len(page) for page in there] == [50, 50, 20]
    assert [name for page in there for name in page] == [f"Tập thể {n}" for n in range(120)]
    answer = client.get(f"/ket-qua/{back}")
    assert names(answer) == there[1]
    answer = client.get(f"/ket-qua/{answer.context['previous_url']}")
    assert (names(answer), answer.context["previous_url"]) == (there[0], "")


def test_filters_and_their_count(client, form):
    person = award_record(2, "Nguyễn Thị Mẫu", kind="individual")
    PublicRecord.append([decision_record(), award_record(1), person, award_record(3, year=2024)])
    PublicRecord.append([award_record(1, state="revoked")])
    for query, expected in (("year=2025", 2), ("state=revoked", 1), ("nominee_kind=individual", 1), ("", 3)):
        answer = client.get(f"/ket-qua/?{query}")
        assert (answer.context["total"], len(answer.context["rows"])) == (expected, expected), query


def test_the_feed_tells_of_decisions_as_they_stand(client, published):
    feed = ElementTree.fromstring(client.get("/quyet-dinh/atom.xml").content)
    atom = "{http://www.w3.org/2005/Atom}"
    (entry,) = feed.findall(f"{atom}entry")
    assert entry.find(f"{atom}title").text == "Quyết định số 4321/QĐ-UBND: còn hiệu lực"
    assert entry.find(f"{atom}id").text == f"urn:uuid:{DECISION}"
    assert entry.find(f"{atom}updated").text == "2025-12-22T09:30:00+07:00"


def test_the_maps_lead_to_every_public_page_and_robots_to_the_maps(client, published):
    robots = client.get("/robots.txt").content.decode()
    index = robots.rpartition("Sitemap: ")[2].strip()
    place = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    maps = [found.text for found in ElementTree.fromstring(client.get(index).content).iter(place)]
    pages = [
        found.text
        for address in maps
        for found in ElementTree.fromstring(client.get(address).content).iter(place)
    ]
    assert f"http://testserver/quyet-dinh/{DECISION}/" in pages
    assert "http://testserver/ket-qua/KT-2025-00002/" in pages
    assert {client.get(page).status_code for page in pages} == {200}


@pytest.mark.parametrize("query", ["", "?q=tap the", "?year=2025"])
def test_no_page_holds_more_rows_when_there_are_more(client, form, query):
    """Of the rows of the table, no more are made into objects than the page shows, and one to look ahead."""
    PublicRecord.append([award_record(n, f"Tập thể {n}") for n in range(200)])
    made = []
    original = PublicRecord.from_db.__func__
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            PublicRecord, "from_db", classmethod(lambda cls, *a: made.append(1) or original(cls, *a))
        )
        client.get(f"/ket-qua/{query}")
    assert len(made) == 51


@pytest.mark.parametrize(("address", "queries"), [("/ket-qua/", 5), ("/quyet-dinh/", 5), ("/", 4)])
@pytest.mark.parametrize("rows", [1, 3, 50])
def test_lists_hold_their_query_count(client, form, django_assert_num_queries, address, queries, rows):
    PublicRecord.append([decision_record()])
    PublicRecord.append([award_record(n, f"Tập thể {n}") for n in range(rows)])
    with django_assert_num_queries(queries):
        client.get(address)


def test_the_first_visit_costs_at_most_150_kilobytes(client, published):
    """The page and all it loads, as they go over the wire; the fonts are compressed in themselves."""
    page = client.get("/", HTTP_ACCEPT_ENCODING="gzip")
    text = gzip.decompress(page.content).decode()
    loaded = set(re.findall(r'(?:<link[^>]* href|src|<use[^>]* href)="/static/([^"#]+)', text))
    fonts = {path.name for path in (STATIC / "fonts").glob("*.woff2")}
    loaded |= {f"fonts/{name}" for name in fonts}
    cost = {name: _on_the_wire(STATIC / name) for name in loaded} | {"page": len(page.content)}
    assert len(fonts) == 4
    assert {"css/portal.css", "js/portal.js", "icons/sprite.svg"} <= set(loaded)
    assert sum(cost.values()) <= 150_000, cost


def _on_the_wire(path):
    content = path.read_bytes()
    return len(content) if path.suffix == ".woff2" else len(gzip.compress(content))


def test_a_kept_page_is_as_new_as_what_is_published(client, published, django_assert_num_queries):
    """Drawn once; then one question a time, until something is published, corrected or renamed."""
    drawn = client.get("/ket-qua/")
    with django_assert_num_queries(1):
        kept = client.get("/ket-qua/")
    assert (kept.content, kept["ETag"]) == (drawn.content, drawn["ETag"])
    with django_assert_num_queries(1):
        stands = client.get("/ket-qua/", headers={"if-none-match": drawn["ETag"]})
    assert (stands.status_code, stands.content) == (304, b"")

    PublicRecord.append([award_record(1, "Huyện Bảo Yên", state="corrected")])
    anew = client.get("/ket-qua/", headers={"if-none-match": drawn["ETag"]})
    assert anew.status_code == 200
    page = anew.content.decode()
    assert ("Huyện Bảo Yên" in page, "Huyện Bảo Thắng" in page) == (
        True,
        False,
    )


def test_who_carries_a_cookie_gets_a_page_of_his_own(client, published):
    client.get("/ket-qua/")
    client.force_login(UserFactory(full_name="Nguyễn Văn Mẫu"))
    own = client.get("/ket-qua/")
    assert ("Vào phần việc" in own.content.decode(), "ETag" in own) == (True, False)
    client.logout()
    assert "Vào phần việc" not in client.get("/ket-qua/").content.decode()
