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
from awards.workflow import decision as deciding
from awards.workflow import exemplar as writing
from core.models import VerificationCode
from criteria.models import CriteriaSet
from tests.factories_awards import (
    a_campaign,
    a_decision,
    a_forwarded_proposal,
    a_published_decision,
    a_signed_proposal,
    an_appraised_dossier,
    an_approved_proposal,
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
    rb'"X-CSRFToken": "[^"]+"',
    rb'name="ma" value="[^"]+"',  # of a question to the standing body, so that it is asked once
]
#: what lists are asked besides; an address that does not know a question ignores it
QUERIES = [
    "?q=giang+thi+kin",
    "?page=2",
    "?year=2027&nominee_kind=individual",
    "?tai-ve=csv",
    "?order=newest",
]
LISTS = ("/ket-qua/", "/quyet-dinh/", "/lay-y-kien/", "/dien-hinh/", "/api/v1/")


@pytest.fixture
def dossiers(world):
    return [an_appraised_dossier(world.unit, world.filer, world.standing, [an_individual(world.unit, NAME)])]


@pytest.fixture
def published(world):
    """What the public reads anyway: a decision, and an article on an exemplar."""
    people = [an_individual(world.unit, name) for name in ("Lò Thị Hiện", "Lò Thị Sáng")]
    seen = an_appraised_dossier(world.unit, world.filer, world.standing, people)
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
            asks = QUERIES if address.startswith(LISTS) else []
            addresses += [address + query for query in ("", *asks)]
            continue
        kinds = re.findall("<(\\w+)>", address)
        for values in zip_longest(*(fills[kind] for kind in kinds)):
            filled = address
            for kind, value in zip(kinds, values, strict=True):
                filled = filled.replace(f"<{kind}>", value or fills[kind][0], 1)
            addresses.append(filled)
    return addresses


def all_that_is_unpublished(world, dossiers, award) -> list:
    """A proposal judged, a draft decision, an issued one, a correction and a revocation that wait."""
    judged, drafted, issued = dossiers
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, judged)
    judge_all(proposal, world.commendation)
    decisions = [a_decision(world, drafted), an_issued_decision(world, issued)]
    seen, asked_back = award.decision.awards.order_by("pk")
    draft_correction(seen, world.commendation)
    propose_revocation(asked_back, world.filer)
    assert after.open_correction(seen)
    assert after.open_revocation(asked_back)
    nominees = [dossier.nominees.get() for dossier in dossiers]
    return [proposal, *decisions, *(decision.proposal for decision in decisions), *nominees, *dossiers]


def test_every_public_address_answers_the_same_with_and_without(world, published):
    names = [NAME, "Giàng Thị Lặng", "Giàng Thị Mật"]
    dossiers = [
        an_appraised_dossier(world.unit, world.filer, world.standing, [an_individual(world.unit, name)])
        for name in names
    ]
    with transaction.atomic():
        made = all_that_is_unpublished(world, dossiers, published.awards.first())
        addresses = asked(*made)
        with_it = read(addresses)
        transaction.set_rollback(True)
    without = read(addresses)
    assert [a for a in addresses if with_it[a] != without[a]] == []
    asked_of = {re.sub("[0-9a-f-]{36}|(KT|QD|TT|HS)-[0-9-]+", "…", a.partition("?")[0]) for a in addresses}
    assert len(asked_of) >= len(PUBLIC) - 5
    named = [a for a in addresses for name in names if name.encode() in with_it[a][2]]
    assert [a for a in named if not a.startswith("/dien-hinh/")] == []


#: who reads pages behind the login and may learn nothing of what the two bodies are about
ROLES = ["filer", "colleague", "district", "stranger", "administrator"]
#: what they ask for in the work of a day: home, lists, search, counts, exports, history, the API
DAILY = [
    "/ban-lam-viec/",
    "/ho-so/",
    "/ho-so/?q=giang+thi+kin",
    "/ho-so/?tai-ve=csv",
    "/khen-thuong/",
    "/khen-thuong/?q=giang",
    "/to-trinh/",
    "/quyet-dinh-khen-thuong/",
    "/giay-khen/",
    "/thu/",
    "/lich-su-khen-thuong/{unit}/",
    "/don-vi/{unit}/",
    "/api/v1/dossiers/",
    "/api/v1/results/?q=giang",
    "/ho-so/{dossier}/",
    "/ho-so/{dossier}/doi-tuong/{nominee}/xem/",
    "/api/v1/dossiers/{dossier}/",
    "/to-trinh/{proposal}/",
    "/quyet-dinh-khen-thuong/{decision}/",
]


def as_(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def behind_the_login(made) -> list[str]:
    """Every address of the URL map, filled with what could be named."""
    uids = [str(obj.uid) for obj in made]
    fills = {"uuid": uids, "int": ["1"], "slug": ["x"], "str": ["x"], "iso_day": ["2027-01-15"]}
    addresses = []
    for address in sorted(set(_addresses()) - PUBLIC):
        kinds = re.findall("<(\\w+)>", address)
        for uid in uids if "uuid" in kinds else uids[:1]:
            filled = address.replace("<uuid>", uid, 1).replace("<uuid>", str(made[0].nominees.first().uid))
            for kind in ("int", "slug", "str", "iso_day"):
                filled = filled.replace(f"<{kind}>", fills[kind][0])
            addresses.append(filled)
    # Leaving ends the session; a stream never ends.
    return [a for a in dict.fromkeys(addresses) if "dang-xuat" not in a]


@pytest.mark.parametrize(
    ("role", "crawl"),
    [(role, False) for role in ROLES] + [pytest.param(role, True, marks=pytest.mark.prove) for role in ROLES],
)
def test_whoever_logs_in_reads_the_same_with_and_without(role, crawl, world, published, dossiers):
    """The dossiers are appraised either way; a proposal judged and a decision signed are there or not."""
    other = an_individual(world.unit, "Giàng Thị Mật")
    issued = an_appraised_dossier(world.unit, world.filer, world.standing, [other])
    client = as_(getattr(world, role))
    client.get("/ban-lam-viec/")
    with transaction.atomic():
        proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossiers[0])
        judge_all(proposal, world.commendation)
        decision = an_issued_decision(world, issued)
        found = [dossiers[0], issued, proposal, decision, issued.nominees.get()]
        names = {
            "unit": world.unit.uid,
            "dossier": issued.uid,
            "nominee": issued.nominees.get().uid,
            "proposal": proposal.uid,
            "decision": decision.uid,
        }
        addresses = behind_the_login(found) if crawl else [page.format(**names) for page in DAILY]
        with_it = read(addresses, client)
        transaction.set_rollback(True)
    without = read(addresses, client)
    assert [a for a in addresses if with_it[a] != without[a]] == []
    # It is a reader's page and no wall of refusals that was compared.
    assert sum(answer[0] == 200 for answer in without.values()) >= 4


def test_each_body_reads_the_same_with_and_without_what_the_other_is_about(world, published, dossiers):
    """The standing body no decision before publication, the commendation body no list before it is sent."""
    lists = ["/ban-lam-viec/", "/to-trinh/", "/quyet-dinh-khen-thuong/", "/khen-thuong/", "/ho-so/"]
    desk, other = as_(world.standing), as_(world.commendation)
    proposal = an_approved_proposal(world, dossiers[0])
    with transaction.atomic():
        decision = deciding.start(proposal, title="Tặng Bằng khen", by=world.commendation)
        address = f"/quyet-dinh-khen-thuong/{decision.uid}/"
        with_it = read([*lists, address], desk)
        transaction.set_rollback(True)
    assert (with_it, with_it[address][0]) == (read([*lists, address], desk), 404)
    waiting = an_appraised_dossier(
        world.unit, world.filer, world.standing, [an_individual(world.unit, "Giàng Thị Mật")]
    )
    with transaction.atomic():
        drafted = a_signed_proposal(world.standing, waiting)
        address = f"/to-trinh/{drafted.uid}/"
        with_it = read([*lists, address], other)
        transaction.set_rollback(True)
    assert (with_it, with_it[address][0]) == (read([*lists, address], other), 404)


def test_publication_shows_it_everywhere_at_once(client, world, dossiers):
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
