"""Who asks again for what has not changed is told so first of all (core/unchanged.py)."""

import pytest

from awards.models import AwardForm, PublicRecord
from tests.factories import UserFactory
from tests.reports.conftest import award_record

pytestmark = pytest.mark.django_db
ADDRESSES = ["/ket-qua/", "/api/v1/results/"]


@pytest.fixture
def held(client, form):
    """What a visitor's browser has of each address, asked twice so that all that is kept is."""
    PublicRecord.append([award_record(1)])
    for address in ADDRESSES:
        client.get(address)
    return {address: client.get(address) for address in ADDRESSES}


def again(client, address, held, **headers):
    return client.get(address, headers={"if-none-match": held[address]["ETag"], **headers})


@pytest.mark.parametrize(("address", "queries"), [("/ket-qua/", 1), ("/api/v1/results/", 1)])
def test_the_answer_says_what_the_long_way_says(
    client, held, django_assert_num_queries, monkeypatch, address, queries
):
    with django_assert_num_queries(queries):
        short = again(client, address, held)
    monkeypatch.setattr("core.unchanged._given", {})
    whole = again(client, address, held)
    assert (short.status_code, whole.status_code, short.content) == (304, 304, b"")
    for name in ("ETag", "Last-Modified", "Cache-Control", "Access-Control-Allow-Origin"):
        assert short.get(name) == held[address].get(name) == whole.get(name), name
    assert short["Vary"] == held[address]["Vary"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_tag_of_another_answer_or_a_condition_of_another_kind_is_read_the_long_way(client, held, address):
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200
    assert again(client, address, held, **{"if-match": '"other"'}).status_code == 412
    assert (
        again(client, f"{address}?year=2024", held | {f"{address}?year=2024": held[address]}).status_code
        == 200
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_published_meanwhile_is_told(client, held, address):
    assert again(client, address, held).status_code == 304
    PublicRecord.append([award_record(1, "Tập thể đính chính", state="corrected")])
    assert "Tập thể đính chính" in again(client, address, held).content.decode()


def test_a_form_of_award_that_is_renamed_is_told(client, held):
    assert again(client, "/ket-qua/", held).status_code == 304
    AwardForm.objects.update(name="Bằng khen đổi tên")
    assert again(client, "/ket-qua/", held).status_code == 200


def test_who_is_logged_in_gets_his_own_page_whatever_tag_he_shows(client, held):
    assert again(client, "/ket-qua/", held).status_code == 304
    client.force_login(UserFactory(full_name="Nguyễn Văn Mẫu"))
    own = again(client, "/ket-qua/", held)
    assert (own.status_code, "Vào phần việc" in own.content.decode()) == (200, True)
