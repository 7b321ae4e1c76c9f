"""Who may do what with a proposal in which state, through the pages. The tables are the tests' own copy."""

import uuid

import pytest

from awards.workflow import posting
from awards.workflow import proposal as proposing
from tests.awards.trying import GONE, NO, OK, WRONG, Clients, of_state, try_all, undone
from tests.factories_awards import a_proposal, an_appraised_dossier, an_individual, judge_all, signed
from tests.factories_registrations import a_pdf

# Proposal: view gather post finalise sign forward return approve

PROPOSAL_TARGETS = {
    "gather": "draft",
    "post": "posted",
    "finalise": "finalised",
    "sign": "signed",
    "forward": "forwarded",
    "return": "draft",
    "approve": "approved",
}
P_HIDDEN = (GONE,) * 8
P_STATES = ["draft", "posted", "finalised", "signed", "forwarded", "approved"]
PROPOSAL_TABLE = {
    ("standing", "draft"): (OK, OK, NO, OK, WRONG, NO, NO, NO),
    ("standing", "posted"): (OK, WRONG, NO, OK, WRONG, NO, NO, NO),
    ("standing", "finalised"): (OK, WRONG, NO, WRONG, OK, NO, NO, NO),
    ("standing", "signed"): (OK, WRONG, NO, WRONG, WRONG, NO, NO, NO),
    ("standing", "forwarded"): (OK, WRONG, NO, WRONG, WRONG, NO, NO, NO),
    ("standing", "approved"): (OK, WRONG, NO, WRONG, WRONG, NO, NO, NO),
    ("standing_lead", "draft"): (OK, OK, OK, OK, WRONG, WRONG, NO, NO),
    ("standing_lead", "posted"): (OK, WRONG, WRONG, OK, WRONG, WRONG, NO, NO),
    ("standing_lead", "finalised"): (OK, WRONG, WRONG, WRONG, OK, WRONG, NO, NO),
    ("standing_lead", "signed"): (OK, WRONG, WRONG, WRONG, WRONG, OK, NO, NO),
    ("standing_lead", "forwarded"): (OK, WRONG, WRONG, WRONG, WRONG, WRONG, NO, NO),
    ("standing_lead", "approved"): (OK, WRONG, WRONG, WRONG, WRONG, WRONG, NO, NO),
    **{
        (role, state): P_HIDDEN
        for role in ["commendation", "commendation_lead"]
        for state in ["draft", "posted", "finalised", "signed"]
    },
    ("commendation", "forwarded"): (OK, NO, NO, NO, NO, NO, OK, NO),
    ("commendation", "approved"): (OK, NO, NO, NO, NO, NO, WRONG, NO),
    ("commendation_lead", "forwarded"): (OK, NO, NO, NO, NO, NO, OK, OK),
    ("commendation_lead", "approved"): (OK, NO, NO, NO, NO, NO, WRONG, WRONG),
    **{
        (role, state): P_HIDDEN
        for role in ["filer", "colleague", "district", "stranger", "administrator"]
        for state in P_STATES
    },
}


def proposals(world):
    """One proposal in every state after the other."""
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    proposal = a_proposal(world.standing, dossier)
    yield "draft", proposal
    with undone(proposal):
        posting.post(proposal, working_days=1, by=world.standing_lead)
        # Its time is over: the day that may be commented on has passed.
        proposal.postings.update(last_day="2027-01-14")
        yield "posted", proposal
    proposing.finalise(proposal, by=world.standing)
    yield "finalised", proposal
    proposing.sign(proposal, by=world.standing, **signed(world.standing))
    yield "signed", proposal
    proposing.forward(proposal, by=world.standing_lead, request_key=uuid.uuid4())
    judge_all(proposal, world.commendation)
    yield "forwarded", proposal
    proposing.approve(proposal, by=world.commendation_lead)
    yield "approved", proposal


@pytest.mark.prove
def a_signature():
    return {"number": "7/TTr", "signed_on": "15/01/2027", "signer": "Trần Văn Mẫu", "upload": a_pdf()}


def test_proposal(world, enter):
    """Every role in turn in every state."""
    other = an_individual(world.unit, "Lò Thị Mai")
    waiting = an_appraised_dossier(world.unit, world.filer, world.standing, [other]).nominees.first()
    clients = Clients(world, enter)
    seen = set()
    for state, proposal in proposals(world):
        seen.add(state)
        acts = {
            "view": ("", {}),
            "gather": ("chon/", {"nominee": waiting.uid, "act": "gather"}),
            "post": ("lay-y-kien/", {"working_days": 3}),
            "finalise": ("chot/", {}),
            "sign": ("ky/", a_signature),
            "forward": ("chuyen-trinh/", lambda: {"request_key": uuid.uuid4()}),
            "return": ("tra-lai/", {"comment": "Sai thể thức."}),
            "approve": ("duyet/", {}),
        }
        base, expected = f"/to-trinh/{proposal.uid}/", of_state(PROPOSAL_TABLE, state)
        found = {role: try_all(clients[role], proposal, base, acts, PROPOSAL_TARGETS) for role in expected}
        assert found == expected, state
    assert seen == {state for _, state in PROPOSAL_TABLE}
