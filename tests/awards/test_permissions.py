"""Who may do what in which state, through the pages. The tables are the tests' own copy."""

import uuid

import pytest
from django.db import transaction

from awards.models import Award, PublicRecord
from awards.workflow import appraisal as appraising
from awards.workflow import decision as deciding
from awards.workflow import dossier as submitting
from awards.workflow import posting
from awards.workflow import proposal as proposing
from core.models import Document, Event, OutboxMail
from tests.factories_awards import (
    a_decision,
    a_forwarded_proposal,
    a_full_draft,
    a_proposal,
    a_published_decision,
    a_signed_proposal,
    a_submitted_dossier,
    an_appraised_dossier,
    an_approved_proposal,
    an_award_in,
    an_issued_decision,
    answer,
    appraise,
    judge_all,
    other_words,
)
from tests.factories_registrations import a_pdf

OK, NO, GONE, WRONG = "ok", 403, 404, 409


def rows(table):
    return [(role, state, answers) for (role, state), answers in table.items()]


def counts():
    """What a refusal must leave as it was."""
    models = (Event, OutboxMail, Document, Award, PublicRecord)
    return [model.objects.count() for model in models]


def try_all(client, obj, base, actions, targets):
    """POST each action from the same state; each success is rolled back."""
    before, state = counts(), obj.state
    found = []
    for action in actions:
        address, posted = actions[action]
        posted = posted() if callable(posted) else posted
        with transaction.atomic():
            response = client.get(base) if action == "view" else client.post(base + address, posted)
            obj.refresh_from_db()
            if action == "view":
                found.append(OK if response.status_code == 200 else response.status_code)
            elif response.status_code == 302:
                assert obj.state == targets[action], action
                assert counts()[0] > before[0] or action == "edit", action
                found.append(OK)
            else:
                assert (obj.state, counts()) == (state, before), action
                found.append(response.status_code)
            transaction.set_rollback(True)
        obj.refresh_from_db()
    return tuple(found)


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


def a_dossier_in(state, world):
    if state == "draft":
        return a_full_draft(world.unit, world.filer)
    dossier = a_submitted_dossier(world.unit, world.filer)
    if state == "submitted":
        for nominee in dossier.nominees.all():
            appraising.give_verdict("recommend", nominee, by=world.standing)
    elif state == "returned":
        submitting.request_supplement(dossier, by=world.standing, comment="Bổ sung biên bản.")
        answer(dossier, world.filer)
    elif state == "rejected":
        submitting.reject(dossier, by=world.standing_lead, comment="Không thuộc đối tượng.")
    elif state == "appraised":
        appraise(dossier, world.standing)
    elif state == "withdrawn":
        submitting.withdraw(dossier, by=world.filer)
    return dossier


@pytest.mark.parametrize(("role", "state", "answers"), rows(DOSSIER_TABLE))
def test_dossier(role, state, answers, world, enter):
    dossier = a_dossier_in(state, world)
    words = {"comment": "Lý do đầy đủ."}
    saved = {
        "achievement_from": "01/01/2022",
        "achievement_to": "31/12/2025",
        "summary": "Mới",
        "kind": "other",
    }
    actions = {
        "view": ("", {}),
        "edit": ("sua/", saved | {"version": dossier.version}),
        "submit": ("nop/", lambda: {"version": dossier.version, "request_key": uuid.uuid4()}),
        "request_supplement": ("yeu-cau-bo-sung/", {"text_1": "Bổ sung biên bản.", "about_1": ""}),
        "reject": ("tu-choi/", words),
        "appraise": ("tham-dinh/", {}),
        "reopen": ("mo-lai/", words),
        "withdraw": ("rut/", {}),
    }
    base = f"/ho-so/{dossier.uid}/"
    targets = DOSSIER_TARGETS | {"edit": state}
    found = try_all(enter(getattr(world, role)), dossier, base, actions, targets)
    assert found == answers


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


@pytest.mark.parametrize(("role", "state", "expected"), rows(VERDICT_TABLE))
def test_verdict(role, state, expected, world, enter):
    dossier = a_dossier_in(state, world)
    nominee = dossier.nominees.first()
    before = (nominee.state, counts())
    client = enter(getattr(world, role))
    for verdict, target in VERDICTS.items():
        with transaction.atomic():
            response = client.post(
                f"/ho-so/{dossier.uid}/doi-tuong/{nominee.uid}/ket-luan/",
                {"verdict": verdict, "comment": "Theo hồ sơ."},
            )
            nominee.refresh_from_db()
            if expected == OK:
                assert (response.status_code, nominee.state) == (302, target)
                assert nominee.appraised_by == getattr(world, role)
            else:
                assert (response.status_code, (nominee.state, counts())) == (expected, before)
            transaction.set_rollback(True)
        nominee.refresh_from_db()


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


def a_proposal_in(state, world):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    if state == "approved":
        return an_approved_proposal(world, dossier)
    if state == "forwarded":
        proposal = a_forwarded_proposal(world.standing, world.standing_lead, dossier)
        judge_all(proposal, world.commendation)
        return proposal
    if state == "signed":
        return a_signed_proposal(world.standing, dossier)
    proposal = a_proposal(world.standing, dossier)
    if state == "posted":
        posting.post(proposal, working_days=1, by=world.standing_lead)
        # Its time is over: the day that may be commented on has passed.
        proposal.postings.update(last_day="2027-01-14")
    if state == "finalised":
        proposing.finalise(proposal, by=world.standing)
    return proposal


def a_signature():
    return {"number": "7/TTr", "signed_on": "15/01/2027", "signer": "Trần Văn Mẫu", "upload": a_pdf()}


@pytest.mark.parametrize(("role", "state", "answers"), rows(PROPOSAL_TABLE))
def test_proposal(role, state, answers, world, enter):
    proposal = a_proposal_in(state, world)
    waiting = an_appraised_dossier(world.unit, world.filer, world.standing).nominees.first()
    actions = {
        "view": ("", {}),
        "gather": ("chon/", {"nominee": waiting.uid, "act": "gather"}),
        "post": ("lay-y-kien/", {"working_days": 3}),
        "finalise": ("chot/", {}),
        "sign": ("ky/", a_signature),
        "forward": ("chuyen-trinh/", lambda: {"request_key": uuid.uuid4()}),
        "return": ("tra-lai/", {"comment": "Sai thể thức."}),
        "approve": ("duyet/", {}),
    }
    base = f"/to-trinh/{proposal.uid}/"
    found = try_all(enter(getattr(world, role)), proposal, base, actions, PROPOSAL_TARGETS)
    assert found == answers


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


def a_decision_in(state, world):
    dossier = an_appraised_dossier(world.unit, world.filer, world.standing)
    if state == "issued":
        return an_issued_decision(world, dossier)
    if state == "published":
        return a_published_decision(world, dossier)
    decision = a_decision(world, dossier)
    if state == "submitted":
        deciding.submit(decision, by=world.commendation)
    return decision


@pytest.mark.parametrize(("role", "state", "answers"), rows(DECISION_TABLE))
def test_decision(role, state, answers, world, enter):
    decision = a_decision_in(state, world)
    name = decision.nominees.first()
    words = {"comment": "Chủ tịch yêu cầu sửa trích yếu."}
    actions = {
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
    targets = DECISION_TARGETS | {"strike": state}
    found = try_all(enter(getattr(world, role)), decision, base, actions, targets)
    assert found == answers


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


@pytest.mark.parametrize("state", A_STATES)
def test_award(state, world, enter):
    """Every role in turn on the same award: it takes the whole road to make one."""
    award = an_award_in(state, world)
    asked = {"ground": "93-2-a", "explanation": "Số liệu khai không đúng."}
    actions = {
        "view": ("", {}),
        "draft_correction": ("dinh-chinh/", other_words(award) | {"position": "Công chức Địa chính"}),
        "drop_correction": ("dinh-chinh/bo/", {"comment": "Lập nhầm người."}),
        "correct": ("dinh-chinh/hieu-luc/", a_signature),
        "propose_revocation": ("de-nghi-huy-bo/", lambda: asked | {"upload": a_pdf()}),
        "dismiss_revocation": ("khong-huy-bo/", {"comment": "Chủ tịch không hủy bỏ."}),
        "revoke": ("huy-bo/", lambda: a_signature() | {"public_reason": "Kê khai thành tích không đúng."}),
        "return_items": ("nop-lai/", {"returned_on": "15/01/2027", "money": "0"}),
    }
    base = f"/khen-thuong/{award.uid}/"
    targets = AWARD_TARGETS | {"draft_correction": award.state, "drop_correction": award.state}
    expected = {role: answers for (role, of), answers in AWARD_TABLE.items() if of == state}
    found = {role: try_all(enter(getattr(world, role)), award, base, actions, targets) for role in expected}
    assert found == expected


# Beginning each

START_TABLE = {
    "filer": (302, 403, 403),
    "colleague": (422, 403, 403),
    "district": (422, 403, 403),
    "stranger": (422, 403, 403),
    "standing": (422, 302, 403),
    "standing_lead": (422, 302, 403),
    "commendation": (422, 403, 302),
    "commendation_lead": (422, 403, 302),
    "administrator": (422, 403, 403),
}


@pytest.mark.parametrize(("role", "answers"), START_TABLE.items())
def test_start(role, answers, world, enter):
    """A dossier for the commune, a proposal of what waits, a decision on what is approved."""
    proposal = an_approved_proposal(world, an_appraised_dossier(world.unit, world.filer, world.standing))
    an_appraised_dossier(world.unit, world.filer, world.standing)
    client = enter(getattr(world, role))
    campaign = proposal.campaign
    group = f"{campaign.code}|{proposal.form.code}|{proposal.rule_set.code}"
    dossier = {"unit": world.unit.uid, "campaign": campaign.uid, "form": proposal.form.code}
    posts = [
        ("/ho-so/bat-dau/", dossier),
        ("/to-trinh/", {"group": group, "title": "Đợt mới"}),
        ("/quyet-dinh-khen-thuong/", {"proposal": proposal.uid, "title": "Tặng Bằng khen"}),
    ]
    assert tuple(client.post(url, posted).status_code for url, posted in posts) == answers
