"""Who may do what with an award in which state, and who may begin each thing, through the pages.

The tables are the tests' own copy.
"""

from awards.models import Award
from awards.workflow import award as after
from core import clock
from tests.awards.test_proposal_permissions import a_signature
from tests.awards.trying import GONE, NO, OK, WRONG, Clients, of_state, try_all, undone
from tests.factories_awards import (
    a_published_decision,
    an_appraised_dossier,
    an_approved_proposal,
    an_individual,
    draft_correction,
    other_words,
    propose_revocation,
    revoke,
    signed_act,
)
from tests.factories_registrations import a_pdf

# Award: view draft_correction drop_correction correct propose_revocation dismiss_revocation revoke
# return_items. In "drafted" a correction by `commendation` waits for a second person.

AWARD_TARGETS = {
    "correct": "corrected",
    "propose_revocation": "revocation_proposed",
    "dismiss_revocation": "published",
    "revoke": "revoked",
    "return_items": "returned",
}
A_STATES = ["published", "drafted", "corrected", "revocation_proposed", "revoked", "returned"]
AT_REST = (OK, OK, WRONG, WRONG, NO, WRONG, WRONG, WRONG)
A_READS = (OK, NO, NO, NO, NO, NO, NO, NO)
PROPOSES = (OK, NO, NO, NO, OK, NO, NO, NO)
PROPOSED_ALREADY = (OK, NO, NO, NO, WRONG, NO, NO, NO)
AWARD_TABLE = {
    **{
        (role, state): AT_REST
        for role in ["commendation", "commendation_lead"]
        for state in ["published", "corrected"]
    },
    ("commendation", "drafted"): (OK, WRONG, OK, NO, NO, WRONG, WRONG, WRONG),
    ("commendation_lead", "drafted"): (OK, WRONG, OK, OK, NO, WRONG, WRONG, WRONG),
    **{
        (role, state): answers
        for role in ["commendation", "commendation_lead"]
        for state, answers in {
            "revocation_proposed": (OK, WRONG, WRONG, WRONG, NO, OK, OK, WRONG),
            "revoked": (OK, WRONG, WRONG, WRONG, NO, WRONG, WRONG, OK),
            "returned": (OK, WRONG, WRONG, WRONG, NO, WRONG, WRONG, WRONG),
        }.items()
    },
    **{
        (role, state): PROPOSES if state in ("published", "corrected") else PROPOSED_ALREADY
        for role in ["filer", "standing", "standing_lead"]
        for state in A_STATES
    },
    **{(role, state): A_READS for role in ["colleague", "district"] for state in A_STATES},
    **{(role, state): (GONE,) * 8 for role in ["stranger", "administrator"] for state in A_STATES},
}


def awards(world):
    """One award in every state after the other."""
    a_published_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    award = Award.objects.get(kind="individual")
    yield "published", award
    with undone(award):
        draft_correction(award, world.commendation)
        yield "drafted", award
        after.correct(award, by=world.commendation_lead, **signed_act(world.commendation_lead))
        yield "corrected", award
    propose_revocation(award, world.filer)
    yield "revocation_proposed", award
    revoke(award, world.commendation)
    yield "revoked", award
    after.return_items(award, by=world.commendation, returned_on=clock.today())
    yield "returned", award


def test_award(world, enter):
    """Every role in turn in every state."""
    clients = Clients(world, enter)
    asked = {"ground": "93-2-a", "explanation": "Số liệu khai không đúng."}
    seen = set()
    for state, award in awards(world):
        seen.add(state)
        acts = {
            "view": ("", {}),
            "draft_correction": ("dinh-chinh/", other_words(award) | {"position": "Công chức Địa chính"}),
            "drop_correction": ("dinh-chinh/bo/", {"comment": "Lập nhầm người."}),
            "correct": ("dinh-chinh/hieu-luc/", a_signature),
            "propose_revocation": ("de-nghi-huy-bo/", lambda: asked | {"upload": a_pdf()}),
            "dismiss_revocation": ("khong-huy-bo/", {"comment": "Chủ tịch không hủy bỏ."}),
            "revoke": ("huy-bo/", lambda: a_signature() | {"public_reason": "Kê khai không đúng."}),
            "return_items": ("nop-lai/", {"returned_on": "15/01/2027", "money": "0"}),
        }
        base, expected = f"/khen-thuong/{award.uid}/", of_state(AWARD_TABLE, state)
        targets = AWARD_TARGETS | {"draft_correction": award.state, "drop_correction": award.state}
        found = {role: try_all(clients[role], award, base, acts, targets) for role in expected}
        assert found == expected, state
    assert seen == {state for _, state in AWARD_TABLE}


# Beginning each

START_TABLE = {
    "filer": (302, 403, 403),
    "colleague": (403, 403, 403),
    "district": (422, 403, 403),
    "stranger": (422, 403, 403),
    "standing": (403, 302, 403),
    "standing_lead": (403, 302, 403),
    "commendation": (403, 403, 302),
    "commendation_lead": (403, 403, 302),
    "administrator": (403, 403, 403),
}


def test_start(world, enter):
    """A dossier for the commune, a proposal of what waits, a decision on what is approved."""
    proposal = an_approved_proposal(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    other = an_individual(world.unit, "Lò Thị Mai")
    an_appraised_dossier(world.unit, world.filer, world.standing, [other])
    campaign = proposal.campaign
    group = f"{campaign.code}|{proposal.form.code}|{proposal.rule_set.code}"
    dossier = {"unit": world.unit.uid, "campaign": campaign.uid, "form": proposal.form.code}
    posts = [
        ("/ho-so/bat-dau/", dossier),
        ("/to-trinh/", {"group": group, "title": "Đợt mới"}),
        ("/quyet-dinh-khen-thuong/", {"proposal": proposal.uid, "title": "Tặng Bằng khen"}),
    ]
    found = {}
    for role in START_TABLE:
        with undone():
            client = enter(getattr(world, role))
            found[role] = tuple(client.post(url, posted).status_code for url, posted in posts)
    assert found == START_TABLE
