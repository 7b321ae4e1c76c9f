"""What becomes of a nominee: every role in every state tries every word on it, through the pages.

The table is the tests' own copy: the four verdicts of the appraisal, then the word of the commendation body.
"""

import pytest
from django.db import transaction

from awards.models import Award, Feedback, PublicRecord
from awards.workflow import appraisal as appraising
from awards.workflow import dossier as submitting
from core.models import Document, Event, OutboxMail
from tests.factories_awards import (
    a_forwarded_proposal,
    a_published_decision,
    a_submitted_dossier,
    an_appraised_dossier,
    an_approved_proposal,
    an_individual,
)

OK, NO, GONE, WRONG, LACKS = "ok", 403, 404, 409, 422
ROLES = [
    "filer",
    "colleague",
    "district",
    "stranger",
    "standing",
    "standing_lead",
    "commendation",
    "commendation_lead",
    "administrator",
]
VERDICTS = {
    "recommend": "recommended",
    "not_recommend": "not_recommended",
    "not_select": "not_selected",
    "mark_duplicate": "duplicate",
}
#: the unit's own people and the district read the dossier and say nothing of it
UNIT = {"filer": (NO, GONE, NO), "colleague": (NO, GONE, NO), "district": (NO, GONE, NO)}
OTHERS = {"stranger": (GONE,) * 3, "administrator": (GONE,) * 3}
BEFORE = {"commendation": (GONE,) * 3, "commendation_lead": (GONE,) * 3}


def of_the_desk(answer, feedback):
    return {"standing": (answer, GONE, feedback), "standing_lead": (answer, GONE, feedback)}


def once_forwarded(answer, judge, feedback=LACKS):
    """The standing body's verdicts are locked; the commendation body says its word."""
    return {
        **UNIT,
        **OTHERS,
        "standing": (answer, NO, feedback),
        "standing_lead": (answer, NO, feedback),
        "commendation": (NO, judge, NO),
        "commendation_lead": (NO, judge, NO),
    }


#: state → role → (each verdict, the judgement, feedback to the unit)
TABLE = {
    "proposed": {**UNIT, **OTHERS, **BEFORE, **of_the_desk(OK, LACKS)},
    "recommended": {**UNIT, **OTHERS, **BEFORE, **of_the_desk(OK, LACKS)},
    "not_recommended": {**UNIT, **OTHERS, **BEFORE, **of_the_desk(OK, OK)},
    "not_selected": {**UNIT, **OTHERS, **BEFORE, **of_the_desk(OK, OK)},
    "duplicate": {**UNIT, **OTHERS, **BEFORE, **of_the_desk(OK, OK)},
    "withdrawn": {**UNIT, **OTHERS, **BEFORE, **of_the_desk(WRONG, LACKS)},
    "appraised": {**UNIT, **OTHERS, **BEFORE, **of_the_desk(WRONG, LACKS)},
    "forwarded": once_forwarded(WRONG, OK),
    "approved": once_forwarded(WRONG, WRONG),
    "refused": once_forwarded(WRONG, WRONG),
    "awarded": once_forwarded(WRONG, WRONG),
}
#: the column above that says more than the nominee's own state does
STATES = {"appraised": "recommended", "forwarded": "recommended"}


def a_nominee_in(state, world):
    """The nominee, and the proposal it is in if it is in one."""
    people = [an_individual(world.unit, name) for name in ("Lò Thị Mai", "Trần Thị Hoa")]
    if state in ("proposed", "withdrawn", *VERDICTS.values()):
        dossier = a_submitted_dossier(world.unit, world.filer, people)
        nominee = dossier.nominees.get(name="Lò Thị Mai")
        if state in VERDICTS.values():
            action = next(a for a, target in VERDICTS.items() if target == state)
            appraising.give_verdict(action, nominee, by=world.standing, comment="Theo hồ sơ.")
        if state == "withdrawn":
            submitting.request_supplement(dossier, by=world.standing, comment="Bỏ một người.")
            submitting.remove_nominee(nominee, by=world.filer)
        return nominee, None
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing, people)
    nominee = dossier.nominees.get(name="Lò Thị Mai")
    proposal = None
    if state == "forwarded":
        proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    elif state in ("approved", "refused"):
        refused = ["Lò Thị Mai"] if state == "refused" else []
        proposal = an_approved_proposal(world, dossier, refused=refused)
    elif state == "awarded":
        proposal = a_published_decision(world, dossier).proposal
    nominee.refresh_from_db()
    return nominee, proposal


def counts():
    """What a refusal must leave as it was."""
    models = (Event, OutboxMail, Document, Award, PublicRecord, Feedback)
    return [model.objects.count() for model in models]


@pytest.mark.parametrize("state", TABLE)
def test_every_role_says_every_word(state, world, enter):
    nominee, proposal = a_nominee_in(state, world)
    assert nominee.state == STATES.get(state, state)
    before = (nominee.state, nominee.judgement, counts())
    base = f"/ho-so/{nominee.dossier.uid}/doi-tuong/{nominee.uid}/"
    judge = f"/to-trinh/{proposal.uid if proposal else nominee.uid}/doi-tuong/{nominee.uid}/xet/"
    tries = [(f"{base}ket-luan/", {"verdict": v, "comment": "Theo hồ sơ."}) for v in VERDICTS]
    tries += [(judge, {"judgement": j, "comment": "Lý do xét."}) for j in ("approved", "refused")]
    tries += [(f"{base}gop-y/", {"text": "Cần nêu rõ hiệu quả."})]
    found = {}
    for role in ROLES:
        client, answers = enter(getattr(world, role)), []
        for address, posted in tries:
            with transaction.atomic():
                response = client.post(address, posted)
                nominee.refresh_from_db()
                after = (nominee.state, nominee.judgement, counts())
                if response.status_code == 302:
                    assert after[2][0] > before[2][0], (role, address)
                    answers.append(OK)
                else:
                    assert after == before, (role, address)
                    assert len(response.content) > 500  # a page in words, not a bare status
                    answers.append(response.status_code)
                transaction.set_rollback(True)
        found[role] = answers
    expected = {
        role: [verdict] * 4 + [judgement] * 2 + [feedback]
        for role, (verdict, judgement, feedback) in TABLE[state].items()
    }
    assert found == expected
