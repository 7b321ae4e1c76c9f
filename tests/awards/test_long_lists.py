"""Acts on a whole list ask the database as often for a long one as for a short one."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.models import Award, Decision, Nominee, Proposal, PublicRecord
from awards.workflow import decision as deciding
from core.models import Event, VerificationCode
from tests.factories_awards import (
    a_forwarded_proposal,
    an_appraised_dossier,
    an_individual,
    many_nominees,
    signed,
)


def asked(client, address, posted):
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(address, posted)
    assert answer.status_code == 302, answer.content.decode()
    return len(captured)


def to_publication(world, enter, how_many) -> dict[str, int]:
    """A list of so many names judged at once, approved, put into a decision, published: queries by act."""
    first = [an_individual(world.unit, f"Người Đầu {how_many}")]
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing, first)
    many_nominees(dossier, how_many - 1)
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    judge, lead = enter(world.commendation), enter(world.commendation_lead)
    base, key = f"/to-trinh/{proposal.uid}/", {"request_key": uuid.uuid4()}
    queries = {
        "judge": asked(judge, f"{base}xet/", {"judgement": "approved", "scope": "all", **key}),
        "approve": asked(lead, f"{base}duyet/", {}),
        "start": asked(judge, "/quyet-dinh-khen-thuong/", {"proposal": proposal.uid, "title": "Tặng"}),
    }
    decision = proposal.decisions.get()
    deciding.submit(decision, by=world.commendation)
    deciding.issue(decision, by=world.commendation, **signed(world.commendation))
    return queries | {"publish": asked(lead, f"/quyet-dinh-khen-thuong/{decision.uid}/cong-bo/", {})}


#: names, and how many statements more: rows are written a thousand, or five hundred, to a statement
LENGTHS = [(3, 30, 0), pytest.param(20, 2000, 9, marks=pytest.mark.prove)]


@pytest.mark.parametrize(("few", "many", "more"), LENGTHS)
def test_from_judgement_to_publication(few, many, more, world, enter):
    to_publication(world, enter, 2)  # the first publication of all writes down what is counted
    short, long = (to_publication(world, enter, how_many) for how_many in (few, many))
    print(f"\n{few} names {short}\n{many} names {long}")
    assert {act: 0 <= long[act] - short[act] <= more for act in short} == dict.fromkeys(short, True)
    proposal = Proposal.objects.order_by("pk").last()
    decision = Decision.objects.get(proposal=proposal)
    awards = Award.objects.filter(decision=decision)
    assert set(proposal.nominees.values_list("state", flat=True)) == {"awarded"}
    # One of each for each name, each with its words in the history, and no number given twice or left out.
    names = set(proposal.nominees.values_list("uid", flat=True))
    for act in ("judge", "approve", "award"):
        told = Event.objects.filter(act=act, object_uid__in=names).values_list("object_uid", flat=True)
        assert sorted(told) == sorted(names)
    uids = set(awards.values_list("uid", flat=True))
    codes = VerificationCode.objects.filter(object_uid__in=uids)
    records = PublicRecord.objects.awards().filter(uid__in=uids)
    assert (len(uids), codes.count(), records.count()) == (many, many, many)
    numbers = sorted(int(reference[-5:]) for reference in awards.values_list("reference", flat=True))
    assert numbers == list(range(few + 3, few + many + 3))
    assert Nominee.objects.filter(proposal=proposal, award=None).count() == 0
