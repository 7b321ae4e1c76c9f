"""Who may do what with a decision in which state, through the pages. The tables are the tests' own copy."""

from awards.workflow import decision as deciding
from tests.awards.test_proposal_permissions import a_signature
from tests.awards.trying import GONE, NO, OK, WRONG, Clients, of_state, try_all
from tests.factories_awards import a_decision, an_appraised_dossier, signed

# Decision: view drop submit return strike issue amend publish

DECISION_TARGETS = {
    "drop": "draft",
    "submit": "submitted",
    "return": "draft",
    "issue": "issued",
    "amend": "issued",
    "publish": "published",
}
D_HIDDEN = (GONE,) * 8
D_STATES = ["draft", "submitted", "issued", "published"]
DECISION_TABLE = {
    ("commendation", "draft"): (OK, OK, OK, WRONG, WRONG, WRONG, WRONG, NO),
    ("commendation", "submitted"): (OK, WRONG, WRONG, OK, OK, OK, WRONG, NO),
    ("commendation", "issued"): (OK, WRONG, WRONG, WRONG, OK, WRONG, OK, NO),
    ("commendation", "published"): (OK, WRONG, WRONG, WRONG, WRONG, WRONG, WRONG, NO),
    ("commendation_lead", "draft"): (OK, OK, OK, WRONG, WRONG, WRONG, WRONG, WRONG),
    ("commendation_lead", "submitted"): (OK, WRONG, WRONG, OK, OK, OK, WRONG, WRONG),
    ("commendation_lead", "issued"): (OK, WRONG, WRONG, WRONG, OK, WRONG, OK, OK),
    ("commendation_lead", "published"): (OK, WRONG, WRONG, WRONG, WRONG, WRONG, WRONG, WRONG),
    **{
        (role, state): D_HIDDEN
        for role in ["standing", "standing_lead"]
        for state in ["draft", "submitted", "issued"]
    },
    ("standing", "published"): (OK, NO, NO, NO, NO, NO, NO, NO),
    ("standing_lead", "published"): (OK, NO, NO, NO, NO, NO, NO, NO),
    **{
        (role, state): D_HIDDEN
        for role in ["filer", "colleague", "district", "stranger", "administrator"]
        for state in D_STATES
    },
}


def decisions(world):
    """One decision in every state after the other."""
    decision = a_decision(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    yield "draft", decision
    deciding.submit(decision, by=world.commendation)
    yield "submitted", decision
    deciding.issue(decision, by=world.commendation, **signed(world.commendation))
    yield "issued", decision
    deciding.publish(decision, by=world.commendation_lead)
    yield "published", decision


def test_decision(world, enter):
    """Every role in turn in every state."""
    clients, words = Clients(world, enter), {"comment": "Chủ tịch yêu cầu sửa trích yếu."}
    seen = set()
    for state, decision in decisions(world):
        seen.add(state)
        name = decision.nominees.first()
        acts = {
            "view": ("", {}),
            "drop": (f"doi-tuong/{name.uid}/bo/", {}),
            "submit": ("trinh/", {}),
            "return": ("tra-lai/", words),
            "strike": (f"doi-tuong/{name.uid}/gach-ten/", words),
            "issue": ("ban-hanh/", a_signature),
            "amend": ("sua-ban-hanh/", a_signature),
            "publish": ("cong-bo/", {}),
        }
        base = f"/quyet-dinh-khen-thuong/{decision.uid}/"
        targets, expected = DECISION_TARGETS | {"strike": state}, of_state(DECISION_TABLE, state)
        found = {role: try_all(clients[role], decision, base, acts, targets) for role in expected}
        assert found == expected, state
    assert seen == {state for _, state in DECISION_TABLE}
