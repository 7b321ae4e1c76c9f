"""Who may do what with a dossier, and say what of its nominees, in which state, through the pages.

The tables are the tests' own copy.
"""

import uuid

import pytest

from awards.workflow import appraisal as appraising
from awards.workflow import dossier as submitting
from tests.awards.trying import GONE, NO, OK, WRONG, Clients, counts, of_state, try_all, undone
from tests.factories_awards import a_full_draft, a_submitted_dossier, answer, appraise, submit

# Dossier: view edit submit request_supplement reject appraise reopen withdraw

DOSSIER_TARGETS = {
    "submit": "submitted",
    "request_supplement": "returned",
    "reject": "rejected",
    "appraise": "appraised",
    "reopen": "submitted",
    "withdraw": "withdrawn",
}
HIDDEN = (GONE,) * 8
READS = (OK, NO, NO, NO, NO, NO, NO, NO)
# The desk's people: everything of the unit's is forbidden to them, their own acts wait for the state.
REVIEWS = (OK, NO, NO, WRONG, NO, WRONG, NO, NO)
LEADS = (OK, NO, NO, WRONG, WRONG, WRONG, WRONG, NO)
DOSSIER_TABLE = {
    ("filer", "draft"): (OK, OK, OK, NO, NO, NO, NO, OK),
    ("filer", "submitted"): (OK, WRONG, WRONG, NO, NO, NO, NO, OK),
    ("filer", "returned"): (OK, OK, OK, NO, NO, NO, NO, OK),
    ("filer", "rejected"): (OK, WRONG, WRONG, NO, NO, NO, NO, WRONG),
    ("filer", "appraised"): (OK, WRONG, WRONG, NO, NO, NO, NO, WRONG),
    ("filer", "withdrawn"): (OK, WRONG, WRONG, NO, NO, NO, NO, WRONG),
    **{(role, state): READS for role in ["colleague"] for state in ["draft", "submitted", "returned"]},
    **{("colleague", state): READS for state in ["rejected", "appraised", "withdrawn"]},
    ("district", "draft"): HIDDEN,
    **{("district", s): READS for s in ["submitted", "returned", "rejected", "appraised", "withdrawn"]},
    ("standing", "draft"): HIDDEN,
    ("standing", "submitted"): (OK, NO, NO, OK, NO, OK, NO, NO),
    ("standing", "returned"): REVIEWS,
    ("standing", "rejected"): REVIEWS,
    ("standing", "appraised"): REVIEWS,
    ("standing", "withdrawn"): REVIEWS,
    ("standing_lead", "draft"): HIDDEN,
    ("standing_lead", "submitted"): (OK, NO, NO, OK, OK, OK, WRONG, NO),
    ("standing_lead", "returned"): LEADS,
    ("standing_lead", "rejected"): LEADS,
    ("standing_lead", "appraised"): (OK, NO, NO, WRONG, WRONG, WRONG, OK, NO),
    ("standing_lead", "withdrawn"): LEADS,
    **{
        (role, state): HIDDEN
        for role in ["stranger", "commendation", "commendation_lead", "administrator"]
        for state in ["draft", "submitted", "returned", "rejected", "appraised", "withdrawn"]
    },
}


# Verdict on a nominee: recommend, not_recommend, not_select, mark_duplicate

VERDICTS = {
    "recommend": "recommended",
    "not_recommend": "not_recommended",
    "not_select": "not_selected",
    "mark_duplicate": "duplicate",
}
VERDICT_TABLE = {
    ("filer", "submitted"): NO,
    ("colleague", "submitted"): NO,
    ("district", "submitted"): NO,
    ("stranger", "submitted"): GONE,
    ("standing", "submitted"): OK,
    ("standing_lead", "submitted"): OK,
    ("commendation", "submitted"): GONE,
    ("commendation_lead", "submitted"): GONE,
    ("administrator", "submitted"): GONE,
    ("standing", "draft"): GONE,
    ("standing", "returned"): WRONG,
    ("standing", "rejected"): WRONG,
    ("standing", "appraised"): WRONG,
    ("standing", "withdrawn"): WRONG,
}


def dossiers(world):
    """One dossier in every state after the other."""
    dossier = a_full_draft(world.unit, world.filer)
    yield "draft", dossier
    submit(dossier, world.filer)
    for nominee in dossier.nominees.all():
        appraising.give_verdict("recommend", nominee, by=world.standing)
    yield "submitted", dossier
    with undone(dossier):
        submitting.request_supplement(dossier, by=world.standing, comment="Bổ sung biên bản.")
        answer(dossier, world.filer)
        yield "returned", dossier
    with undone(dossier):
        submitting.reject(dossier, by=world.standing_lead, comment="Không thuộc đối tượng.")
        yield "rejected", dossier
    with undone(dossier):
        submitting.withdraw(dossier, by=world.filer)
        yield "withdrawn", dossier
    appraise(dossier, world.standing)
    yield "appraised", dossier


def acts_on(dossier):
    words = {"comment": "Lý do đầy đủ."}
    saved = {
        "achievement_from": "01/01/2022",
        "achievement_to": "31/12/2025",
        "summary": "Mới",
        "kind": "other",
    }
    return {
        "view": ("", {}),
        "edit": ("sua/", saved | {"version": dossier.version}),
        "submit": ("nop/", lambda: {"version": dossier.version, "request_key": uuid.uuid4()}),
        "request_supplement": ("yeu-cau-bo-sung/", {"text_1": "Bổ sung biên bản.", "about_1": ""}),
        "reject": ("tu-choi/", words),
        "appraise": ("tham-dinh/", {}),
        "reopen": ("mo-lai/", words),
        "withdraw": ("rut/", {}),
    }


@pytest.mark.prove
def try_verdicts(client, dossier, by):
    """One answer for the four verdicts: they are the same words to the same desk."""
    nominee = dossier.nominees.first()
    before, found = (nominee.state, counts()), set()
    for verdict, target in VERDICTS.items():
        with undone(nominee):
            response = client.post(
                f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}/ket-luan/",
                {"verdict": verdict, "comment": "Theo hồ sơ."},
            )
            nominee.refresh_from_db()
            if response.status_code == 302:
                assert (nominee.state, nominee.appraised_by) == (target, by)
            else:
                assert (nominee.state, counts()) == before
            found.add(OK if response.status_code == 302 else response.status_code)
    (answer,) = found
    return answer


def test_dossier_and_verdicts(world, enter):
    """Every role in turn in every state."""
    clients, seen = Clients(world, enter), set()
    for state, dossier in dossiers(world):
        seen.add(state)
        base, acts = f"/ho-so/{dossier.uid}/", acts_on(dossier)
        targets = DOSSIER_TARGETS | {"edit": state}
        expected = of_state(DOSSIER_TABLE, state)
        found = {role: try_all(clients[role], dossier, base, acts, targets) for role in expected}
        assert found == expected, state
        expected = of_state(VERDICT_TABLE, state)
        found = {role: try_verdicts(clients[role], dossier, getattr(world, role)) for role in expected}
        assert found == expected, state
    assert seen == {state for _, state in DOSSIER_TABLE}


def test_verdict_against_a_nominee_needs_a_reason(world, enter):
    dossier = a_submitted_dossier(world.unit, world.filer)
    nominee = dossier.nominees.first()
    before = counts()
    for verdict in ("not_recommend", "not_select", "mark_duplicate"):
        response = enter(world.standing).post(
            f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}/ket-luan/", {"verdict": verdict, "comment": "  "}
        )
        nominee.refresh_from_db()
        assert (response.status_code, nominee.state, counts()) == (422, "proposed", before)
        assert "Hãy ghi rõ ý kiến hoặc lý do." in response.content.decode()
