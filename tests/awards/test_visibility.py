"""Who sees what: pages, files and API agree, and what may not be seen is not there at all."""

import pytest

from awards.models import Dossier, Proposal
from awards.workflow import judging
from awards.workflow import proposal as proposing
from tests.factories import UnitFactory, member_of
from tests.factories_awards import (
    a_forwarded_proposal,
    a_full_draft,
    a_published_decision,
    a_signed_proposal,
    a_submitted_dossier,
    an_appraised_dossier,
)
from units.enums import Function
from units.models import UnitFunction


def pages_of(dossier):
    document = dossier.documents.filter(is_removed=False).first()
    return [
        f"/ho-so/{dossier.uid}/",
        f"/ho-so/{dossier.uid}/bien-nhan/1/",
        f"/ho-so/{dossier.uid}/tep/{document.file.uid}/",
        f"/api/v1/dossiers/{dossier.uid}/",
    ]


def statuses(client, addresses):
    return [client.get(address).status_code for address in addresses]


def names_in_list(client):
    """The dossiers a person finds in the list of pages and of the API, which must agree."""
    listed = [row["uid"] for row in client.get("/api/v1/dossiers/").json()["results"]]
    page = client.get("/ho-so/").content.decode()
    assert [str(d.uid) in page for d in Dossier.objects.order_by("-pk")] == [
        str(d.uid) in listed for d in Dossier.objects.order_by("-pk")
    ]
    return set(listed)


SEEN = {"filer": 200, "colleague": 200, "district": 200, "standing": 200, "standing_lead": 200}
UNSEEN = {"stranger": 404, "commendation": 404, "commendation_lead": 404, "administrator": 404}


@pytest.mark.parametrize(("role", "status"), [*SEEN.items(), *UNSEEN.items()])
def test_a_submitted_dossier(role, status, world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    client = enter(getattr(world, role))
    assert statuses(client, pages_of(dossier)) == [status] * 4
    assert names_in_list(client) == ({str(dossier.uid)} if status == 200 else set())


@pytest.mark.parametrize("role", ["district", "stranger", "standing", "commendation", "administrator"])
def test_a_draft_is_the_units_own(role, world, enter):
    draft = a_full_draft(world.unit, world.filer)
    client = enter(getattr(world, role))
    assert statuses(client, pages_of(draft)) == [404] * 4
    assert names_in_list(client) == set()
    assert names_in_list(enter(world.filer)) == {str(draft.uid)}


def test_another_units_filer_sees_only_his_own(world, enter):
    unit = UnitFactory()
    other = member_of(unit)
    theirs = a_submitted_dossier(world.unit, world.filer)
    own = a_submitted_dossier(unit, other)
    client = enter(other)
    assert statuses(client, pages_of(theirs)) == [404] * 4
    assert names_in_list(client) == {str(own.uid)}
    document = theirs.documents.first()
    assert client.get(f"/ho-so/{own.uid}/tep/{document.file.uid}/").status_code == 404


def test_a_removed_paper_is_not_served(world, enter):
    draft = a_full_draft(world.unit, world.filer)
    file = draft.documents.first().file
    client = enter(world.filer)
    client.post(f"/ho-so/{draft.uid}/tep/{file.uid}/bo/")
    assert client.get(f"/ho-so/{draft.uid}/tep/{file.uid}/").status_code == 404


def test_the_commendation_body_sees_nothing_before_it_is_forwarded(world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    proposal = a_signed_proposal(world.standing, dossier)
    base = f"/to-trinh/{proposal.uid}/"
    addresses = [base, f"{base}van-ban/", f"{base}tep/van-ban/", f"{base}tep/ban-ky/", *pages_of(dossier)]
    client = enter(world.commendation)
    assert statuses(client, addresses) == [404] * 8
    assert proposal.reference not in client.get("/to-trinh/").content.decode()

    proposing.forward(proposal, by=world.standing_lead, request_key=proposal.uid)
    assert statuses(client, addresses) == [200, 200, 404, 200, 200, 200, 200, 200]  # no PDF rendered here
    assert proposal.reference in client.get("/to-trinh/").content.decode()

    proposing.return_(proposal, by=world.commendation, comment="Sai thể thức.")
    assert statuses(client, addresses) == [404] * 8


def test_the_commendation_body_appraises_the_standing_bodys_own(world, enter):
    body = UnitFunction.holder(Function.STANDING_BODY)
    dossier = a_submitted_dossier(body, member_of(body))
    assert statuses(enter(world.commendation), pages_of(dossier)) == [200] * 4


@pytest.mark.parametrize("address", ["/to-trinh/", "/quyet-dinh-khen-thuong/"])
def test_lists_of_the_two_bodies_are_closed_to_units(address, world, enter):
    assert [enter(getattr(world, role)).get(address).status_code for role in ("filer", "district")] == [
        403
    ] * 2
    assert enter(world.standing).get(address).status_code == 200


def test_a_returned_proposal_loses_its_number_and_its_judgements(world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    nominee = dossier.nominees.first()
    judging.judge(nominee, by=world.commendation, judgement="approved")
    response = enter(world.commendation).post(f"/to-trinh/{proposal.uid}/tra-lai/", {"comment": "Sai."})
    returned = Proposal.objects.get()
    nominee.refresh_from_db()
    assert response.url == "/to-trinh/"
    assert (returned.state, returned.number, returned.signed_file, nominee.judgement) == (
        "draft",
        "",
        None,
        "",
    )


@pytest.mark.parametrize(
    "address",
    ["/ho-so/", "/ho-so/{}/", "/ho-so/{}/nop/", "/to-trinh/", "/quyet-dinh-khen-thuong/"],
)
def test_nobody_reads_without_logging_in(address, world, client):
    dossier = a_submitted_dossier(world.unit, world.filer)
    response = client.get(address.format(dossier.uid))
    assert (response.status_code, response.url.split("?")[0]) == (302, "/tai-khoan/dang-nhap/")
    assert client.get("/api/v1/dossiers/").status_code == 401


def test_the_scan_of_a_decision(world, enter):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    decision = a_published_decision(world, dossier)
    address = f"/quyet-dinh-khen-thuong/{decision.uid}/tep/"
    roles = ("commendation", "standing", "filer", "stranger")
    assert [enter(getattr(world, role)).get(address).status_code for role in roles] == [200, 200, 404, 404]


@pytest.mark.parametrize("state", ["draft", "submitted", "appraised", "forwarded"])
def test_what_is_listed_is_what_the_rules_let_one_view(state, world):
    """`visible_to` and the rule agree for everybody."""
    build = {
        "draft": lambda: a_full_draft(world.unit, world.filer),
        "submitted": lambda: a_submitted_dossier(world.unit, world.filer),
        "appraised": lambda: an_appraised_dossier(world.unit, world.filer, world.standing),
    }
    dossier = build.get(state, build["appraised"])()
    if state == "forwarded":
        a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    people = [person for name, person in vars(world).items() if name != "unit"]
    listed = [Dossier.objects.visible_to(person).exists() for person in people]
    assert listed == [person.has_perm("awards.view_dossier", dossier) for person in people]
    assert True in listed
    assert False in listed
