"""Dashboards: who reads which, that each number opens the list it counted, and that nothing leaks."""

import re
from html import unescape
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client

from awards.models import Nominee
from registrations.ranking import digest, standings
from registrations.workflow.ranking import publish
from tests.factories import UnitFactory, UserFactory, holder_of, member_of
from tests.factories_awards import a_submitted_dossier
from tests.factories_registrations import (
    ON_TIME,
    ObligationFactory,
    PeriodFactory,
    a_filed_registration,
    a_verified_report,
)
from units.enums import Function, Role

STANDING, COMMENDATION, LEADER = (
    "/bang-theo-doi/thuong-truc/",
    "/bang-theo-doi/thi-dua-khen-thuong/",
    "/bang-theo-doi/lanh-dao/",
)
DOSSIERS, CRITERIA = "/bang-theo-doi/ho-so/", "/bang-theo-doi/tieu-chi/"


@pytest.fixture
def world(db):
    with time_machine.travel(ON_TIME, tick=False) as traveller:
        commune = UnitFactory(commune=True, name="Xã Bản Phiệt")
        yield SimpleNamespace(
            traveller=traveller,
            period=PeriodFactory(),
            unit=commune,
            filer=member_of(commune),
            district=member_of(commune.parent),
            head=member_of(commune, Role.HEAD),
            standing=holder_of(Function.STANDING_BODY),
            standing_lead=holder_of(Function.STANDING_BODY, Role.LEAD),
            commendation=holder_of(Function.COMMENDATION_BODY),
            commendation_lead=holder_of(Function.COMMENDATION_BODY, Role.LEAD),
            adviser=holder_of(Function.LEADERSHIP),
            leader=holder_of(Function.LEADERSHIP, Role.LEAD),
            administrator=UserFactory(administrator=True),
        )


def enter(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


OK, NO = 200, 403
MAY = {
    "address": (STANDING, COMMENDATION, LEADER, DOSSIERS, CRITERIA),
    "standing": (OK, NO, NO, OK, OK),
    "standing_lead": (OK, NO, OK, OK, OK),
    "commendation": (NO, OK, NO, OK, OK),
    "commendation_lead": (NO, OK, OK, OK, OK),
    "adviser": (NO, NO, OK, OK, OK),
    "leader": (NO, NO, OK, OK, OK),
    "district": (NO, NO, NO, NO, NO),
    "filer": (NO, NO, NO, NO, NO),
    "head": (NO, NO, NO, NO, NO),
    "administrator": (NO, NO, NO, NO, NO),
}
FIRST = {
    "standing": STANDING,
    "standing_lead": STANDING,
    "commendation": COMMENDATION,
    "commendation_lead": COMMENDATION,
    "adviser": LEADER,
    "leader": LEADER,
}


def test_who_reads_which_dashboard(world):
    found = {"address": MAY["address"]}
    for who in [*MAY][1:]:
        client = enter(getattr(world, who))
        found[who] = tuple(client.get(address).status_code for address in MAY["address"])
        answer = client.get("/bang-theo-doi/")
        assert (answer.url if answer.status_code == 302 else answer.status_code) == FIRST.get(who, 403)
    assert found == MAY


def numbers(page) -> list[tuple[str, str]]:
    """(number, address) of every linked number on a page."""
    cells = re.findall(r'<td class="number"[^>]*><a href="([^"]+)">([\d.]+)</a>', page)
    return [(number, unescape(address)) for address, number in cells]


def listed(client, address) -> int:
    """How many rows the list behind a number holds."""
    shown = client.get(address).context
    return shown["list"]["total"] if "list" in shown else shown["total"]


@pytest.fixture
def busy(world):
    """Units that filed in time, late and not at all; verified figures; dossiers of two ages."""
    for _ in range(2):
        unit = UnitFactory()
        ObligationFactory(period=world.period, unit=unit)
        a_filed_registration(unit, member_of(unit))
    ObligationFactory(period=world.period, unit=world.unit)
    ObligationFactory(period=world.period, unit=world.unit, of_report=True)
    a_filed_registration(world.unit, world.filer)
    a_verified_report(world.unit, world.filer, world.standing)
    world.dossier = a_submitted_dossier(world.unit, world.filer)
    world.traveller.move_to(ON_TIME.replace(month=2, day=21))
    late = UnitFactory(commune=True)
    ObligationFactory(period=world.period, unit=late)
    a_filed_registration(late, member_of(late))
    a_submitted_dossier(late, member_of(late))
    ObligationFactory(period=world.period, unit=UnitFactory())
    return world


@pytest.mark.parametrize(
    ("who", "address", "blocks"),
    [
        ("standing_lead", STANDING, {"viec-cua-nam", "cac-nam", "ho-so", "tieu-chi", "nguoi-tham-dinh"}),
        ("commendation", COMMENDATION, {"viec-cua-nam", "cac-nam", "ban-xet", "tieu-chi", "nguoi-tham-dinh"}),
        ("leader", LEADER, {"viec-cua-nam", "cac-nam", "ho-so", "cap-registration"}),
    ],
)
def test_each_number_opens_the_list_it_counted(busy, who, address, blocks):
    client = enter(getattr(busy, who))
    page = client.get(address).content.decode()
    assert blocks <= set(re.findall(r'<section class="board" id="([^"]+)">', page))
    opened = [(number, url) for number, url in numbers(page) if "/quy/" not in url]
    assert len(opened) > 10
    wrong = [(n, url, got) for n, url in opened if (got := listed(client, url)) != int(n.replace(".", ""))]
    assert wrong == []


@pytest.mark.parametrize(("who", "address"), [("standing_lead", STANDING), ("leader", LEADER)])
def test_a_district_with_the_units_below_it(busy, who, address):
    """The commune that filed in time has a district, which owes nothing; the others are in none."""
    client, district = enter(getattr(busy, who)), busy.unit.parent
    found = {}
    for chosen in (str(district.uid), "tinh", "khong-co"):
        page = client.get(address, {"district": chosen}).content.decode()
        opened = [(number, url) for number, url in numbers(page) if "/quy/" not in url]
        wrong = [
            (n, url, got) for n, url in opened if (got := listed(client, url)) != int(n.replace(".", ""))
        ]
        assert wrong == []
        # What lies on whose desk is told of the whole body.
        kept = {url for _, url in opened if f"district={chosen}" not in url and "whose=" not in url}
        found[chosen] = (row(page, "Đăng ký thi đua")[:2], "Chờ thẩm định" in page, bool(kept))
    assert found == {
        str(district.uid): (["1", "1"], True, False),
        "tinh": (["3", "2"], False, False),
        "khong-co": (["5", "4"], True, True),
    }
    page = client.get(address, {"district": str(district.uid), "tier": "commune"}).content.decode()
    assert f"Cấp xã, {district.name}" in page


def test_who_reads_the_ledger_finds_the_report_on_the_prize_fund(world):
    address = f"/van-ban/quy-khen-thuong/{world.period.uid}/"
    found = {}
    for who in ("standing", "standing_lead", "commendation", "leader"):
        client = enter(getattr(world, who))
        pages = [
            client.get(page, follow=True).content.decode() for page in ("/bang-theo-doi/", "/ban-lam-viec/")
        ]
        opens = client.get(address).status_code
        found[who] = ([f'href="{address}"' in page for page in pages], opens)
    assert found == {
        "standing": ([False, False], 403),
        "standing_lead": ([True, True], 200),
        "commendation": ([True, True], 200),
        "leader": ([True, True], 200),
    }


def row(page, label) -> list[str]:
    cells = re.search(rf'<th scope="row">{label}</th>(.*?)</tr>', page, re.DOTALL)[1]
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td.*?</td>", cells)]


def test_what_is_counted_of_the_year(busy):
    page = enter(busy.standing).get(STANDING).content.decode()
    assert row(page, "Đăng ký thi đua") == ["5", "4", "80,00 %", "3", "60,00 %", "1", "1"]
    assert row(page, "2027")[:4] == ["5", "4", "80,00 %", "60,00 %"]
    assert row(page, "Chờ thẩm định") == ["2", "1", "0", "0", "1", "1"]
    narrowed = enter(busy.standing).get(STANDING, {"tier": "commune"}).content.decode()
    assert row(narrowed, "Đăng ký thi đua") == ["2", "2", "100,00 %", "1", "50,00 %", "1", "0"]
    # Each chart stands above its table and is told in words.
    assert page.count('class="stacked-chart"') <= page.count("<table class=")
    assert 'aria-label="Đăng ký thi đua: 3 đúng hạn, 1 nộp muộn, 1 quá hạn, chưa nộp' in page


def test_a_leader_reads_no_verdict_before_it_is_published(busy):
    criterion = busy.period.campaign.criteria_set.criteria.filter(tier="commune").first().name
    asked = {"year": "2027", "tier": "commune"}

    def seen_by(who):
        client = enter(getattr(busy, who))
        page = client.get(LEADER if who == "leader" else STANDING).content.decode()
        return "Mức đạt tiêu chí năm 2027" in page, criterion in client.get(CRITERIA, asked).content.decode()

    def in_the_list(who):
        return client_rows(enter(getattr(busy, who)).get(CRITERIA, asked).content.decode())

    def client_rows(page):
        return page.count('data-label="Kết quả"') > 0

    assert (seen_by("standing")[0], in_the_list("standing")) == (True, True)
    assert (seen_by("leader")[0], in_the_list("leader")) == (False, False)
    found = standings(busy.period, "commune")
    publish(busy.period, "commune", by=busy.standing_lead, sha256=digest(found))
    assert (seen_by("leader")[0], in_the_list("leader")) == (True, True)


def test_what_is_found_of_a_nominee_changes_no_leader_s_page(world):
    """The same page whatever the two bodies have said of the names, until a decision is published."""
    dossier = a_submitted_dossier(world.unit, world.filer)
    client = enter(world.leader)

    def pages():
        shown = [client.get(address).content.decode() for address in (LEADER, DOSSIERS, CRITERIA)]
        return [re.sub(r'(nonce|value)="[^"]*"|X-CSRFToken[^}]*', "", page) for page in shown]

    names = list(dossier.nominees.values_list("name", flat=True))
    before = pages()
    Nominee.objects.filter(dossier=dossier).update(
        state="not_recommended",
        appraised_by=world.standing,
        appraised_at=ON_TIME,
        appraisal_reason="Chưa đạt",
    )
    assert pages() == before
    assert [name for name in names if any(name in page for page in before)] == []


@pytest.mark.parametrize(
    ("who", "address", "queries"),
    [("standing_lead", STANDING, 27), ("commendation", COMMENDATION, 29), ("leader", LEADER, 15)],
)
def test_dashboards_ask_the_same_whatever_they_count(world, who, address, queries, django_assert_num_queries):
    client = enter(getattr(world, who))
    a_verified_report(world.unit, world.filer, world.standing)
    for rows in (1, 3):
        for _ in range(rows):
            unit = UnitFactory(commune=True)
            ObligationFactory(period=world.period, unit=unit)
            filer = member_of(unit)
            a_filed_registration(unit, filer)
            a_verified_report(unit, filer, world.standing)
            a_submitted_dossier(unit, filer)
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)
