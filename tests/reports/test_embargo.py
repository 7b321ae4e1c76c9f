"""Nothing of a proposal or decision is in what the public reads before publication."""

import pytest

from tests.awards.conftest import today, world  # noqa: F401 - fixtures
from tests.factories_awards import (
    a_forwarded_proposal,
    a_published_decision,
    an_appraised_dossier,
    an_individual,
    an_issued_decision,
)

NAME = "Giàng Thị Kín"
PUBLIC = [
    "/",
    "/ket-qua/",
    "/ket-qua/?q=giang+thi+kin",
    "/quyet-dinh/",
    "/api/v1/results/",
    "/api/v1/results/?q=giang+thi+kin",
    "/api/v1/decisions/",
]


@pytest.fixture
def dossiers(world):  # noqa: F811
    return [an_appraised_dossier(world.unit, world.filer, world.standing, [an_individual(world.unit, NAME)])]


def read(client):
    """What the public reads, without the search word the page repeats."""
    return {address: client.get(address).content for address in PUBLIC}


def test_the_public_reads_the_same_with_and_without_a_proposal_and_a_decision(client, world, dossiers):  # noqa: F811
    before = read(client)
    a_forwarded_proposal(world.standing, world.standing_lead, *dossiers)
    assert read(client) == before


def test_an_issued_decision_is_still_unknown(client, world, dossiers):  # noqa: F811
    before = read(client)
    an_issued_decision(world, *dossiers)
    assert read(client) == before


def test_publication_shows_it_everywhere_at_once(client, world, dossiers):  # noqa: F811
    decision = a_published_decision(world, *dossiers)
    pages = {address: content.decode() for address, content in read(client).items()}
    assert [a for a, page in pages.items() if a.startswith("/ket-qua/") and NAME not in page] == []
    assert decision.number in pages["/"]
    assert decision.number in pages["/quyet-dinh/"]
    assert NAME in client.get("/api/v1/results/").json()["results"][0]["name"]
