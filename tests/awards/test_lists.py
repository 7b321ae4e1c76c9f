"""Every list holds its number of queries, its filters and its pages."""

import uuid

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.models import Decision, Dossier, Nominee, Proposal
from core import clock
from core.models import ReferenceCounter
from tests.factories import UnitFactory, member_of
from tests.factories_awards import (
    a_campaign,
    a_decision,
    a_draft,
    a_proposal,
    a_submitted_dossier,
    an_appraised_dossier,
    an_approved_proposal,
    an_individual,
    the_form,
)


def queries(client, address):
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def copies(template, count):
    """`count` more rows like `template`, submitted dossiers each of another unit."""
    for number in range(count):
        template.pk, template.uid = None, uuid.uuid4()
        template._state.adding = True
        if isinstance(template, Dossier) and template.reference:
            template.unit = UnitFactory(name=f"Xã sao {number}")
        if isinstance(template, Nominee):
            template.name = f"Người thứ {number} trong {count}"
        if isinstance(template, (Proposal, Decision)):
            template.reference = ReferenceCounter.next_reference("SAO", clock.today().year)
        template.save()


def grown(client, address, template):
    """Queries with one row, with three and with fifty."""
    found = [queries(client, address)]
    for more in (2, 47):
        copies(template, more)
        found.append(queries(client, address))
    return found


def test_dossiers(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    assert grown(enter(world.standing), "/ho-so/", dossier) == [11] * 3


def test_dossiers_of_a_unit(world, enter):
    draft = a_draft(world.unit, world.filer)
    assert grown(enter(world.filer), "/ho-so/", draft) == [16] * 3


def test_dossiers_in_the_api(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    assert grown(enter(world.standing), "/api/v1/dossiers/", dossier) == [7] * 3


def test_the_appraisal_desk(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    found = grown(enter(world.standing), "/tham-dinh-ho-so/", dossier)
    assert found == [found[0]] * 3


def test_nominees_of_a_dossier(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer, [an_individual(world.unit)])
    nominee = dossier.nominees.get()
    assert grown(enter(world.standing), f"/ho-so/{dossier.uid}/", nominee) == [50] * 3


def test_proposals(world, enter):
    proposal = a_proposal(world.standing, an_appraised_dossier(world.unit, world.filer, world.standing))
    assert grown(enter(world.standing), "/to-trinh/", proposal) == [10] * 3


def test_nominees_of_a_proposal(world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing, [an_individual(world.unit)])
    proposal = a_proposal(world.standing, dossier)
    nominee = proposal.nominees.get()
    assert grown(enter(world.standing), f"/to-trinh/{proposal.uid}/", nominee) == [38] * 3


def test_waiting_nominees(world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing, [an_individual(world.unit)])
    proposal = a_proposal(world.standing, dossier)
    nominee = proposal.nominees.get()
    nominee.proposal = None
    nominee.save()
    assert grown(enter(world.standing), f"/to-trinh/{proposal.uid}/chon/", nominee) == [12] * 3


def test_decisions(world, enter):
    decision = a_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    assert grown(enter(world.commendation), "/quyet-dinh-khen-thuong/", decision) == [10] * 3


def test_nominees_of_a_decision(world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing, [an_individual(world.unit)])
    decision = a_decision(world, dossier)
    nominee = decision.nominees.get()
    assert grown(enter(world.commendation), f"/quyet-dinh-khen-thuong/{decision.uid}/", nominee) == [31] * 3


def test_a_page_has_fifty_rows(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    copies(dossier, 50)
    client = enter(world.standing)
    page = client.get("/ho-so/").content.decode()
    assert "1–50 trong 51 hồ sơ" in page
    assert page.count('<th scope="row">') == 50
    assert client.get("/ho-so/?page=2").content.decode().count('<th scope="row">') == 1


FOUND = {
    "": 3,
    "?state=submitted": 2,
    "?state=draft": 0,
    "?state=returned": 0,
    "?state=vo-nghia": 3,
    "?q=ban+phiet": 1,
    "?q=Bản+Phiệt": 1,
    "?q=hs-2027-00002": 1,
    "?q=nong+van+thang": 1,
    "?year=2027": 3,
    "?year=2026": 0,
    "?year=khong": 3,
}


@pytest.mark.parametrize(("query", "count"), FOUND.items())
def test_filters(query, count, world, enter):
    a_submitted_dossier(world.unit, world.filer)
    unit = UnitFactory(name="Sở Y tế")
    filer = member_of(unit)
    a_submitted_dossier(unit, filer, [an_individual(unit, "Nông Văn Thắng")])
    an_appraised_dossier(unit, filer, world.standing, [an_individual(unit, "Lò Thị Mai")])
    page = enter(world.standing).get(f"/ho-so/{query}").content.decode()
    assert page.count('<th scope="row">') == count


def test_counts_on_top_are_filters(world, enter):
    a_submitted_dossier(world.unit, world.filer)
    an_appraised_dossier(world.unit, world.filer, world.standing)
    tiles = enter(world.standing).get("/ho-so/").context["tiles"]
    assert [(tile["label"], tile["number"], tile["url"]) for tile in tiles] == [
        ("Tất cả", 2, "?state="),
        ("Chờ thẩm định", 1, "?state=submitted"),
        ("Chờ đơn vị bổ sung", 0, "?state=returned"),
        ("Đã thẩm định", 1, "?state=appraised"),
        ("Đã từ chối tiếp nhận", 0, "?state=rejected"),
        ("Đã rút", 0, "?state=withdrawn"),
    ]


def test_the_list_is_printed_collectives_first(world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    an_approved_proposal(world, dossier)
    other = an_appraised_dossier(world.unit, world.filer, world.standing)
    proposal = a_proposal(world.standing, other)
    rows = enter(world.standing).get(f"/to-trinh/{proposal.uid}/").context["rows"]
    assert [(row["nominee"].number, row["nominee"].name) for row in rows] == [
        (1, "Bộ phận Một cửa"),
        (1, "Nguyễn Thị Hòa"),
    ]


def test_moving_up_and_down(world, enter):
    names = ["Lò Thị Mai", "Nông Văn Thắng", "Vàng A Páo"]
    nominees = [an_individual(world.unit, name) for name in names]
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing, nominees)
    proposal = a_proposal(world.standing, dossier)
    client = enter(world.standing)

    def printed():
        return list(proposal.nominees.in_order().values_list("name", flat=True))

    order = printed()
    last = proposal.nominees.get(name=order[2])
    base = f"/to-trinh/{proposal.uid}/doi-tuong/{last.uid}"
    assert client.post(f"{base}/len/").url == f"/to-trinh/{proposal.uid}/#id_n{last.uid}"
    assert printed() == [order[0], order[2], order[1]]
    client.post(f"{base}/len/")
    client.post(f"{base}/len/")
    assert printed() == [order[2], order[0], order[1]]
    client.post(f"{base}/xuong/")
    assert printed() == [order[0], order[2], order[1]]
    client.post(f"{base}/bo/")
    assert printed() == [order[0], order[1]]


def test_begin_offers_what_has_begun(world, enter):
    the_form()
    a_campaign()
    choices = enter(world.filer).get("/ho-so/").context["start_form"].fields["campaign"].queryset
    assert [campaign.code for campaign in choices] == ["2022-2025"]


def test_time_left_of_the_desk(world, enter, today):
    """Twenty working days from Friday 15/01/2027, with Tết between."""
    dossier = a_submitted_dossier(world.unit, world.filer)
    client = enter(world.standing)
    row = client.get("/ho-so/").context["rows"][0]
    assert (row["dossier"], row["time_left"]) == (dossier, "Còn 20 ngày làm việc (hạn 19/02/2027)")
