"""What becomes of a nominee: every role in every state tries every word on it, through the pages.

The table is the tests' own copy: the four verdicts of the appraisal, then the word of the commendation body.
"""

import pytest

from awards.models import Feedback
from awards.workflow import appraisal as appraising
from awards.workflow import decision as deciding
from awards.workflow import dossier as submitting
from awards.workflow import proposal as proposing
from tests.awards.trying import GONE, NO, OK, WRONG, Clients, counts, undone
from tests.factories_awards import (
    a_forwarded_proposal,
    a_submitted_dossier,
    an_individual,
    appraise,
    judge_all,
    signed,
)

LACKS = 422
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


def nominees(world):
    """One nominee in every state after the other, and the proposal it is in if it is in one."""
    people = [an_individual(world.unit, name) for name in ("Lò Thị Mai", "Trần Thị Hoa")]
    dossier = a_submitted_dossier(world.unit, world.filer, people)
    nominee = dossier.nominees.get(name="Lò Thị Mai")
    yield "proposed", nominee, None
    for verdict, state in VERDICTS.items():
        with undone(nominee, dossier):
            appraising.give_verdict(verdict, nominee, by=world.standing, comment="Theo hồ sơ.")
            yield state, nominee, None
    with undone(nominee, dossier):
        submitting.request_supplement(dossier, by=world.standing, comment="Bỏ một người.")
        submitting.remove_nominee(nominee, by=world.filer)
        yield "withdrawn", nominee, None
    appraise(dossier, world.standing)
    nominee.refresh_from_db()
    yield "appraised", nominee, None
    proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossier)
    nominee.refresh_from_db()
    yield "forwarded", nominee, proposal
    with undone(nominee, proposal):
        judge_all(proposal, world.commendation, refused=["Lò Thị Mai"])
        proposing.approve(proposal, by=world.commendation_lead)
        nominee.refresh_from_db()
        yield "refused", nominee, proposal
    judge_all(proposal, world.commendation)
    proposing.approve(proposal, by=world.commendation_lead)
    nominee.refresh_from_db()
    yield "approved", nominee, proposal
    decision = deciding.start(proposal, title="Tặng Bằng khen", by=world.commendation)
    deciding.submit(decision, by=world.commendation)
    deciding.issue(decision, by=world.commendation, **signed(world.commendation))
    deciding.publish(decision, by=world.commendation_lead)
    nominee.refresh_from_db()
    yield "awarded", nominee, proposal


def counted():
    return [*counts(), Feedback.objects.count()]


@pytest.mark.prove
def words_on(nominee, proposal):
    base = f"/ho-so/{nominee.dossier.uid}/doi-tuong/{nominee.uid}/"
    judge = f"/to-trinh/{proposal.uid if proposal else nominee.uid}/doi-tuong/{nominee.uid}/xet/"
    return [
        *((f"{base}ket-luan/", {"verdict": v, "comment": "Theo hồ sơ."}) for v in VERDICTS),
        *((judge, {"judgement": j, "comment": "Lý do xét."}) for j in ("approved", "refused")),
        (f"{base}gop-y/", {"text": "Cần nêu rõ hiệu quả."}),
    ]


def test_every_role_says_every_word(world, enter):
    clients, seen = Clients(world, enter), []
    for column, nominee, proposal in nominees(world):
        seen.append(column)
        assert nominee.state == STATES.get(column, column)
        before = (nominee.state, nominee.judgement, counted())
        found = {}
        for role in ROLES:
            client, answers = clients[role], []
            found[role] = answers
            for address, posted in words_on(nominee, proposal):
                with undone(nominee):
                    response = client.post(address, posted)
                    nominee.refresh_from_db()
                    after = (nominee.state, nominee.judgement, counted())
                    if response.status_code == 302:
                        assert after[2][0] > before[2][0], (column, role, address)
                        answers.append(OK)
                    else:
                        assert after == before, (column, role, address)
                        assert len(response.content) > 500  # a page in words, not a bare status
                        answers.append(response.status_code)
        expected = {
            role: [verdict] * 4 + [judgement] * 2 + [feedback]
            for role, (verdict, judgement, feedback) in TABLE[column].items()
        }
        assert found == expected, column
    assert sorted(seen) == sorted(TABLE)
