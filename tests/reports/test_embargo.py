"""Nothing of a proposal or decision is in what the public reads before publication."""

import re
import uuid
from itertools import zip_longest

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from awards.models import Exemplar, PublicRecord
from awards.workflow import award as after
from awards.workflow import exemplar as writing
from core.models import VerificationCode
from criteria.models import CriteriaSet
from tests.awards.conftest import today, world  # noqa: F401 - fixtures
from tests.factories_awards import (
    a_campaign,
    a_decision,
    a_forwarded_proposal,
    a_published_decision,
    an_appraised_dossier,
    an_individual,
    an_issued_decision,
    draft_correction,
    judge_all,
    propose_revocation,
)
from tests.test_consistency import PUBLIC, _addresses

NAME = "Giàng Thị Kín"
#: what differs between two answers to one question, and nothing else may
VOLATILE = [
    rb'name="csrfmiddlewaretoken" value="[^"]+"',
    rb'name="request_key" value="[^"]+"',
]
#: questions put to every address that takes no parameter; an address that does not know one ignores it
QUERIES = [
    "",
    "?q=giang+thi+kin",
    "?q=lo+thi+hien",
    "?page=2",
    "?year=2027",
    "?award=BK-CT-UBND",
    "?nominee_kind=individual",
    "?updated_since=2027-01-01T00:00:00Z",
    "?tai-ve=xlsx",
    "?tai-ve=csv",
    "?format=json",
    "?state=valid",
]


@pytest.fixture
def dossiers(world):  # noqa: F811
    return [an_appraised_dossier(world.unit, world.filer, world.standing, [an_individual(world.unit, NAME)])]


@pytest.fixture
def published(world):  # noqa: F811
    """What the public reads anyway: a decision, and an article on an exemplar."""
    seen = an_appraised_dossier(
        world.unit, world.filer, world.standing, [an_individual(world.unit, "Lò Thị Hiện")]
    )
    decision = a_published_decision(world, seen)
    exemplar = writing.start(
        {
            "campaign": a_campaign(),
            "kind": "individual",
            "name": NAME,
            "title": "Người đưa chữ số về bản",
            "summary": "Một cách làm hay.",
            "body": "Chị dạy bà con dùng dịch vụ công.",
        },
        by=world.standing,
    )
    writing.publish(exemplar, by=world.standing_lead)
    return decision


def read(addresses, client=None) -> dict:
    """What each address answers, without what is volatile; nothing prepared for another reader."""
    client = client or Client()
    found = {}
    for address in addresses:
        cache.clear()
        answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        for words in VOLATILE:
            content = re.sub(words, b"", content)
        headers = {name: answer.get(name) for name in ("ETag", "Last-Modified", "Link", "Location")}
        found[address] = (answer.status_code, headers, content)
    return found


def asked(*objects) -> list[str]:
    """Every address of the URL map that answers without login, for each object that could be named."""
    uids = {uuid.UUID(int=7), *CriteriaSet.objects.values_list("uid", flat=True)}
    uids |= {*PublicRecord.objects.values_list("uid", flat=True), *(o.uid for o in objects)}
    uids |= set(Exemplar.objects.values_list("uid", flat=True))
    names = {*PublicRecord.objects.exclude(reference="").values_list("reference", flat=True)}
    names |= {getattr(o, "reference", "") for o in objects} - {""}
    names |= set(VerificationCode.objects.values_list("code", flat=True))
    fills = {
        "uuid": sorted(map(str, uids)),
        "slug": sorted(names),
        "str": [*sorted(names), "results.csv", "decisions.json"],
        "int": ["1"],
        "iso_day": ["2027-01-14", "2027-01-15"],
    }
    addresses = []
    for address in sorted(PUBLIC & set(_addresses())):
        if "<" not in address:
            addresses += [address + query for query in QUERIES]
            continue
        kinds = re.findall("<(\\w+)>", address)
        for values in zip_longest(*(fills[kind] for kind in kinds)):
            filled = address
            for kind, value in zip(kinds, values, strict=True):
                filled = filled.replace(f"<{kind}>", value or fills[kind][0], 1)
            addresses.append(filled)
    return addresses


def _forwarded(world, dossiers):  # noqa: F811
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, *dossiers)
    judge_all(proposal, world.commendation)
    return proposal


def _drafted(world, dossiers):  # noqa: F811
    return a_decision(world, *dossiers)


def _issued(world, dossiers):  # noqa: F811
    return an_issued_decision(world, *dossiers)


def _to_be_corrected(world, dossiers):  # noqa: F811
    award = world.seen
    draft_correction(award, world.commendation)
    return award


def _to_be_revoked(world, dossiers):  # noqa: F811
    award = world.seen
    propose_revocation(award, world.filer)
    assert after.open_revocation(award)
    return award


UNPUBLISHED = [_forwarded, _drafted, _issued, _to_be_corrected, _to_be_revoked]


@pytest.mark.parametrize("unpublished", UNPUBLISHED)
def test_every_public_address_answers_the_same_with_and_without(unpublished, world, dossiers, published):  # noqa: F811
    world.seen = published.awards.get()
    with transaction.atomic():
        made = unpublished(world, dossiers)
        nominee = dossiers[0].nominees.get()
        addresses = asked(made, getattr(made, "proposal", made), nominee, dossiers[0])
        with_it = read(addresses)
        transaction.set_rollback(True)
    without = read(addresses)
    assert [a for a in addresses if with_it[a] != without[a]] == []
    assert len(addresses) > 300
    named = [a for a in addresses if NAME.encode() in with_it[a][2] and "/dien-hinh/" not in a]
    assert named == []


def test_publication_shows_it_everywhere_at_once(client, world, dossiers):  # noqa: F811
    addresses = [
        "/",
        "/ket-qua/",
        "/ket-qua/?q=giang+thi+kin",
        "/quyet-dinh/",
        "/api/v1/results/?q=giang+thi+kin",
    ]
    before = read(addresses)
    decision = a_published_decision(world, *dossiers)
    pages = {address: answer[2].decode() for address, answer in read(addresses).items()}
    assert [a for a in addresses if before[a][2] == pages[a].encode()] == []
    assert [a for a, page in pages.items() if a.startswith("/ket-qua/") and NAME not in page] == []
    assert decision.number in pages["/"]
    assert decision.number in pages["/quyet-dinh/"]
    assert NAME in pages["/api/v1/results/?q=giang+thi+kin"]
