"""What a list is narrowed to, saved under a name: its person's alone, and the list's own fields alone."""

import re

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import filters
from core.models import SavedFilter
from tests.factories_registrations import ObligationFactory

LIST = "/dang-ky/"
SAVE = "/bo-loc/"


def stand_on(page) -> str:
    """What the page writes into its own form; empty where it offers none."""
    found = re.search(r'name="stand" value="([^"]*)"', page.content.decode())
    return found[1] if found else ""


def save(client, address, name):
    return client.post(SAVE, {"name": name, "stand": stand_on(client.get(address))})


def links(client, address=LIST) -> list[tuple[str, str, bool]]:
    """(name, query, whether it is the one the list is narrowed by) as the page shows them."""
    context = client.get(address).context
    return [(one.name, one.query, one.query == context["query"]) for one in context.get("saved", ())]


@pytest.fixture
def desk(world, enter):
    return enter(world.standing)


def test_the_filter_one_stands_on_is_saved_and_leads_back_there(world, desk):
    page = save(desk, f"{LIST}?q=+b%E1%BA%A3n&tier=commune&late=yes&page=3", "  Cấp xã   nộp muộn ")
    query = "q=b%E1%BA%A3n&tier=commune&late=yes"
    assert (page.status_code, page.url) == (302, f"{LIST}?{query}#bo-loc")
    after = desk.get(page.url)
    assert ("Đã lưu bộ lọc “Cấp xã nộp muộn”." in after.content.decode(), stand_on(after)) == (True, "")
    assert links(desk) == [("Cấp xã nộp muộn", query, False)]
    assert links(desk, page.url) == [("Cấp xã nộp muộn", query, True)]
    assert f'href="?{query.replace("&", "&amp;")}" aria-current="true">Cấp xã nộp muộn</a>' in (
        after.content.decode()
    )


def test_nothing_but_right_values_of_the_list_s_own_fields_is_stored(desk):
    asked = "?csrfmiddlewaretoken=x&sau=5&tai-ve=&state=khong-co&year=1900&tier=commune&next=//evil&q="
    assert save(desk, LIST + asked, "Cấp xã").url == f"{LIST}?tier=commune#bo-loc"
    assert list(SavedFilter.objects.values_list("list", "query")) == [
        ("registrations:registrations", "tier=commune")
    ]


@pytest.mark.parametrize("address", [LIST, f"{LIST}?state=khong-co", f"{LIST}?q={'a' * 1000}"])
def test_there_is_nothing_to_save_where_nothing_is_narrowed(desk, address):
    assert stand_on(desk.get(address)) == ""


def test_a_name_is_needed_and_taken_once_on_each_list(world, desk):
    narrowed = f"{LIST}?tier=commune"
    save(desk, narrowed, "Của tôi")
    stand = stand_on(desk.get(f"{LIST}?late=yes"))
    for name, fault in (
        ("  ", "Hãy đặt tên cho bộ lọc."),
        ("của tôi", "Bạn đã có bộ lọc tên “của tôi” ở danh sách này."),
        ("x" * 61, "60 ký tự"),
    ):
        refused = desk.post(SAVE, {"name": name, "stand": stand})
        shown = refused.content.decode()
        assert (refused.status_code, fault in shown, f"{LIST}?late=yes" in shown) == (422, True, True), name
        assert (f'value="{name}"' in shown, stand_on(refused)) == (True, stand)
    assert [name for name, *_ in links(desk)] == ["Của tôi"]
    ObligationFactory(period=world.period)
    assert save(desk, "/ky/2027/viec-phai-lam/?state=qua-han", "Của tôi").status_code == 302
    assert [name for name, *_ in links(desk, "/ky/2027/viec-phai-lam/")] == ["Của tôi"]


def test_what_no_page_has_sealed_is_not_saved(desk):
    forged = signing.dumps({"list": "x", "path": "//evil.example", "query": "a=1"}, salt="other")
    for stand in ("", "x", forged):
        refused = desk.post(SAVE, {"name": "Tên", "stand": stand})
        assert (refused.status_code, "Hãy mở lại danh sách" in refused.content.decode()) == (422, True)
    assert not SavedFilter.objects.exists()


def test_a_list_keeps_so_many_and_says_so(desk, world):
    SavedFilter.objects.bulk_create(
        SavedFilter(user=world.standing, list="registrations:registrations", name=f"Số {n}", query=f"q={n}")
        for n in range(filters.MOST)
    )
    refused = save(desk, f"{LIST}?tier=commune", "Thêm một")
    assert (refused.status_code, "nhiều nhất 20 bộ lọc" in refused.content.decode()) == (422, True)
    assert SavedFilter.objects.count() == filters.MOST == 20


def test_a_filter_is_its_person_s_alone(world, enter, desk):
    save(desk, f"{LIST}?tier=commune", "Cấp xã")
    saved = SavedFilter.objects.get()
    other = enter(world.standing_lead)
    assert (links(other), other.post(f"/bo-loc/{saved.uid}/bo/").status_code) == ([], 404)
    assert SavedFilter.objects.filter(pk=saved.pk).exists()
    assert save(other, f"{LIST}?late=yes", "Cấp xã").status_code == 302

    removed = desk.post(f"/bo-loc/{saved.uid}/bo/", {"back": f"{LIST}?tier=commune"})
    assert (removed.status_code, removed.url) == (302, f"{LIST}?tier=commune")
    assert "Đã bỏ bộ lọc “Cấp xã”." in desk.get(removed.url).content.decode()
    assert [one.user for one in SavedFilter.objects.all()] == [world.standing_lead]
    assert desk.post(f"/bo-loc/{saved.uid}/bo/").status_code == 404
    elsewhere = SavedFilter.objects.create(user=world.standing, list="x", name="x", query="a=1")
    gone = desk.post(f"/bo-loc/{elsewhere.uid}/bo/", {"back": "https://evil.example/"})
    assert gone.url == "/ban-lam-viec/"


@pytest.mark.parametrize("rows", [0, 1, 20])
def test_saved_filters_cost_one_question(desk, world, rows):
    SavedFilter.objects.bulk_create(
        SavedFilter(user=world.standing, list="registrations:registrations", name=f"Số {n}", query=f"q={n}")
        for n in range(rows)
    )
    desk.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        desk.get(LIST)
    assert len([q for q in asked if "core_savedfilter" in q["sql"]]) == 1
