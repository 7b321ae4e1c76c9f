"""Lists: what they hold, how they are narrowed, and that more rows cost no more queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registrations.models import Registration, Report
from tests.factories import UnitFactory, member_of
from tests.factories_registrations import (
    ObligationFactory,
    PeriodFactory,
    a_draft,
    a_filed_registration,
    a_report,
    a_submitted_report,
)
from units.models import Unit


def _names(answer):
    table = answer.content.decode().partition("đã nộp</caption>")[2]
    return [re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r'<th scope="row">(.*?)</th>', table, re.S)]


def _copies(paper, count):
    """`count` more of the submitted paper, each of a department of its own, quickly."""
    units = Unit.objects.bulk_create(
        Unit(kind="department", code=f"B{n}", name=f"Ban {n}", sort_name=f"ban {n}", valid_from="2020-01-01")
        for n in range(count)
    )
    kept = {
        f.attname: getattr(paper, f.attname)
        for f in paper._meta.concrete_fields
        if f.name not in ("id", "uid", "unit", "request_key")
    }
    type(paper).objects.bulk_create(type(paper)(unit=unit, **kept) for unit in units)


def _queries(client, address):
    # The first visit fills what a process remembers.
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(captured)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_desk_s_list_of_registrations_costs_the_same(world, enter, rows):
    _copies(a_filed_registration(world.unit, world.filer), rows - 1)
    client = enter(world.standing)
    assert len(_names(client.get("/dang-ky/"))) == rows
    assert _queries(client, "/dang-ky/") == 11


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_desk_s_list_of_reports_costs_the_same(world, enter, rows):
    _copies(a_submitted_report(world.unit, world.filer), rows - 1)
    client = enter(world.standing)
    assert len(_names(client.get("/bao-cao/"))) == rows
    assert _queries(client, "/bao-cao/") == 12


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_unit_s_own_lists_cost_the_same(world, enter, rows):
    registration, report = a_draft(world.unit, world.filer), a_report(world.unit, world.filer)
    for year in range(2027 - rows + 1, 2027):
        period = PeriodFactory(year=year)
        for paper in (registration, report):
            kept = {
                f.attname: getattr(paper, f.attname)
                for f in paper._meta.concrete_fields
                if f.name not in ("id", "uid", "period")
            }
            type(paper).objects.create(period=period, **kept)
    client = enter(world.filer)
    assert (Registration.objects.count(), Report.objects.count()) == (rows, rows)
    assert (_queries(client, "/dang-ky/"), _queries(client, "/bao-cao/")) == (8, 8)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_board_costs_the_same(world, enter, rows):
    _copies(a_filed_registration(world.unit, world.filer), rows - 1)
    for registration in Registration.objects.all():
        ObligationFactory(period=world.period, unit=registration.unit, met_at=registration.filed_at)
    assert _queries(enter(world.standing), "/theo-doi/") == 16


@pytest.mark.parametrize("rows", [1, 3, 50])
@pytest.mark.parametrize("paper", ["registrations", "reports"])
def test_the_api_lists_cost_the_same(world, enter, rows, paper):
    begun = {"registrations": a_filed_registration, "reports": a_submitted_report}[paper]
    _copies(begun(world.unit, world.filer), rows - 1)
    client = enter(world.standing)
    assert len(client.get(f"/api/v1/{paper}/").json()["results"]) == rows
    assert _queries(client, f"/api/v1/{paper}/") == 7


def test_fifty_a_page(world, enter):
    _copies(a_filed_registration(world.unit, world.filer), 50)
    client = enter(world.standing)
    first, second = client.get("/dang-ky/?late=no"), client.get("/dang-ky/?late=no&page=2")
    assert (len(_names(first)), len(_names(second))) == (50, 1)
    assert 'href="?late=no&amp;page=2"' in first.content.decode()
    assert "51–51 trong 51 đăng ký" in second.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Xã Bản Phiệt", "Sở Tư pháp"}),
        ("?q=ban phiet", {"Xã Bản Phiệt"}),
        ("?q=BẢN+PHIỆT", {"Xã Bản Phiệt"}),
        ("?q=tu phap", {"Sở Tư pháp"}),
        ("?q=DK-2027-00002", {"Sở Tư pháp"}),
        ("?tier=commune", {"Xã Bản Phiệt"}),
        ("?year=2026", set()),
        ("?year=2027", {"Xã Bản Phiệt", "Sở Tư pháp"}),
        ("?state=confirmed", set()),
        ("?state=filed", {"Xã Bản Phiệt", "Sở Tư pháp"}),
        ("?late=yes", set()),
        ("?late=no", {"Xã Bản Phiệt", "Sở Tư pháp"}),
        # What cannot be narrowed to narrows nothing.
        ("?state=draft&tier=x&year=y", {"Xã Bản Phiệt", "Sở Tư pháp"}),
    ],
)
def test_the_list_narrows(world, enter, query, found):
    PeriodFactory(past=True)
    a_filed_registration(world.unit, world.filer)
    justice = UnitFactory(name="Sở Tư pháp")
    a_filed_registration(justice, member_of(justice))
    hidden = UnitFactory(name="Sở Còn nháp")
    a_draft(hidden, member_of(hidden))
    assert set(_names(enter(world.standing).get(f"/dang-ky/{query}"))) == found


def test_a_district_lists_what_its_communes_have_filed(world, enter):
    a_filed_registration(world.unit, world.filer)
    sister = UnitFactory(commune=True, parent=world.unit.parent, name="Xã Còn nháp")
    a_draft(sister, member_of(sister))
    elsewhere = UnitFactory(commune=True, name="Xã Huyện khác")
    a_filed_registration(elsewhere, member_of(elsewhere))
    assert _names(enter(world.district).get("/dang-ky/")) == ["Xã Bản Phiệt"]
    assert "đã nộp</caption>" not in enter(world.stranger).get("/dang-ky/").content.decode()


def test_a_filer_is_offered_the_open_period_once(world, enter):
    client = enter(world.filer)
    offer = f'value="{world.period.uid}"'
    assert client.get("/dang-ky/").content.decode().count(offer) == 1
    a_draft(world.unit, world.filer)
    assert client.get("/dang-ky/").content.decode().count(offer) == 0
