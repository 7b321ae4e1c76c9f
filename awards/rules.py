"""Who may do what on the road from dossier to award.

Whoever appraised a nominee does not judge it; no one judges a nominee of a unit he is or
lately was of, nor of its kin. The standing body's own nominees are appraised by the
commendation body, and that body's own are judged by the standing body. Where nobody of the two
bodies may act, a lead names someone of a third unit (`Designation`).
"""

import rules

from units.enums import Function
from units.models import UnitFunction
from units.rules import (
    files_for_unit,
    is_administrator,
    is_commendation_body,
    is_commendation_body_lead,
    is_leadership,
    is_standing_body,
    is_standing_body_lead,
    reads_unit,
)


@rules.predicate
def is_own(user, dossier):
    return dossier is not None and dossier.unit_id in user.authority.own


@rules.predicate
def was_submitted(user, dossier):
    return dossier is not None and dossier.first_submitted_at is not None


@rules.predicate
def is_on_paper(user, dossier):
    return dossier is not None and dossier.is_on_paper


@rules.predicate
def was_forwarded(user, dossier):
    """A nominee of the dossier is in a proposal that reached the commendation body."""
    return (
        dossier is not None
        and dossier.nominees.filter(proposal__state__in=["forwarded", "approved"]).exists()
    )


def _dossier_of(obj):
    return getattr(obj, "dossier", obj)


def _holds(user, obj, function) -> bool:
    """The dossier's unit holds the function; read once per loaded user, for lists ask it of every row."""
    holders = user.__dict__.setdefault("_holders", {})
    if function not in holders:
        holders[function] = UnitFunction.holder(function)
    holder = holders[function]
    return holder is not None and holder.pk in (_dossier_of(obj).unit_id, getattr(obj, "unit_id", None))


def _is_named_for(user, act, **case) -> bool:
    """A lead has named the person for this act; read once per loaded user."""
    if "_designations" not in user.__dict__:
        current = user.designations.filter(ended_at__isnull=True)
        user.__dict__["_designations"] = set(current.values_list("act", "dossier_id", "proposal_id"))
    return (act, case.get("dossier"), case.get("proposal")) in user.__dict__["_designations"]


@rules.predicate
def is_named_appraiser(user, obj):
    return _is_named_for(user, "appraise", dossier=_dossier_of(obj).pk)


@rules.predicate
def is_named_judge(user, obj):
    return _is_named_for(user, "judge", dossier=_dossier_of(obj).pk)


@rules.predicate
def is_named_to_forward(user, proposal):
    return _is_named_for(user, "forward", proposal=proposal.pk)


@rules.predicate
def is_named_to_approve(user, proposal):
    return _is_named_for(user, "approve", proposal=proposal.pk)


@rules.predicate
def judges_some(user, proposal):
    """The person is named to judge a dossier of which a nominee is in the proposal."""
    named = user.designations.filter(ended_at__isnull=True, act="judge").values("dossier")
    return proposal.nominees.filter(dossier__in=named).exists()


@rules.predicate
def is_of_standing_body(user, obj):
    return _holds(user, obj, Function.STANDING_BODY)


@rules.predicate
def is_of_commendation_body(user, obj):
    return _holds(user, obj, Function.COMMENDATION_BODY)


@rules.predicate
def is_conflicted(user, obj):
    """The person is, or within the set months was, of the unit concerned or of its kin."""
    concerned = {_dossier_of(obj).unit_id, getattr(obj, "unit_id", None), getattr(obj, "subject_id", None)}
    return bool(concerned & user.conflicted_units)


@rules.predicate
def is_appraiser(user, nominee):
    return nominee.appraised_by_id == user.pk


@rules.predicate
def is_in_forwarded_proposal(user, nominee):
    return nominee.proposal_id is not None and nominee.proposal.state in ("forwarded", "approved")


@rules.predicate
def appraised_any(user, proposal):
    return proposal.nominees.filter(appraised_by=user).exists()


@rules.predicate
def judged_any(user, proposal):
    return proposal.nominees.filter(judged_by=user).exists()


@rules.predicate
def reached_commendation_body(user, proposal):
    return proposal.state in ("forwarded", "approved")


@rules.predicate
def is_published(user, decision):
    return decision.state == "published"


@rules.predicate
def recorded_issue(user, decision):
    """Whoever recorded the signed decision, or set the record right."""
    return user.pk in (decision.issued_by_id, decision.amended_by_id)


@rules.predicate
def reads_award(user, award):
    """The award's unit or the unit that proposed it is the person's, or below his."""
    authority = user.authority
    return authority.reads(award.unit_id) or authority.reads(award.nominee.dossier.unit_id)


@rules.predicate
def files_for_proposer(user, award):
    """The person files for the unit that proposed the award, or for its heir."""
    return user.authority.files_for(award.nominee.dossier.unit_id)


@rules.predicate
def drafted_correction(user, award):
    """The correction that waits for a second person is his own."""
    return award.corrections.filter(
        in_force_at__isnull=True, dropped_at__isnull=True, drafted_by=user
    ).exists()


@rules.predicate
def proposed_revocation(user, award):
    return award.revocations.filter(dismissed_at__isnull=True, proposed_by=user).exists()


handles = ~is_conflicted & (
    is_standing_body | (is_commendation_body & is_of_standing_body) | is_named_appraiser
)
leads = ~is_conflicted & (is_standing_body_lead | (is_commendation_body_lead & is_of_standing_body))

rules.add_perm(
    "awards.view_dossier",
    is_own
    | (was_submitted & (reads_unit | is_standing_body))
    | (is_on_paper & is_standing_body)
    | (is_commendation_body & (was_forwarded | (was_submitted & is_of_standing_body)))
    | (was_submitted & (is_named_appraiser | is_named_judge)),
)
rules.add_perm("awards.start_dossier", files_for_unit)
for action in ("edit", "submit", "withdraw"):
    rules.add_perm(f"awards.{action}_dossier", files_for_unit | (is_standing_body & is_on_paper))
rules.add_perm("awards.enter_on_paper_dossier", is_standing_body)
rules.add_perm("awards.open_awardform", is_standing_body_lead)
rules.add_perm("awards.record_recordeddecision", files_for_unit)
rules.add_perm("awards.cancel_recordeddecision", files_for_unit)
rules.add_perm(
    "awards.view_verdicts",
    ~is_conflicted & (is_standing_body | is_commendation_body | is_named_appraiser | is_named_judge),
)
rules.add_perm("awards.view_appraisal", is_standing_body | is_commendation_body)
rules.add_perm("awards.share_out", is_standing_body_lead | is_commendation_body_lead)
for action in ("request_supplement", "appraise"):
    rules.add_perm(f"awards.{action}_dossier", handles)
for action in ("reject", "reopen", "assign"):
    rules.add_perm(f"awards.{action}_dossier", leads)
rules.add_perm("awards.designate_dossier", is_standing_body_lead | is_commendation_body_lead)
rules.add_perm("awards.designate_proposal", is_standing_body_lead | is_commendation_body_lead)

for action in ("recommend", "not_recommend", "not_select", "mark_duplicate", "write_feedback"):
    rules.add_perm(f"awards.{action}_nominee", handles)
rules.add_perm("awards.release_feedback_nominee", leads)
rules.add_perm(
    "awards.judge_nominee",
    ~is_conflicted
    & ~is_appraiser
    & (is_commendation_body | (is_standing_body & is_of_commendation_body) | is_named_judge),
)

for action in ("hold", "release"):
    rules.add_perm(
        f"awards.{action}_nominee",
        ~is_conflicted
        & (is_standing_body | (is_commendation_body & (is_in_forwarded_proposal | is_of_standing_body))),
    )
rules.add_perm("awards.resolve_match_nominee", handles)
rules.add_perm("awards.link_nominee", is_standing_body)

rules.add_perm("awards.add_proposal", is_standing_body)
sees_whole_proposal = (
    is_standing_body
    | (reached_commendation_body & (is_commendation_body | is_named_to_approve))
    | is_named_to_forward
)
rules.add_perm("awards.view_proposal", sees_whole_proposal | (reached_commendation_body & judges_some))
rules.add_perm("awards.view_whole_proposal", sees_whole_proposal)
for action in ("edit", "finalise", "sign"):
    rules.add_perm(f"awards.{action}_proposal", is_standing_body)
rules.add_perm("awards.post_proposal", is_standing_body_lead)
for action in ("answer", "set_aside"):
    rules.add_perm(f"awards.{action}_comment", is_standing_body)
rules.add_perm("awards.forward_proposal", (is_standing_body_lead | is_named_to_forward) & ~appraised_any)
# The list as such is the commendation body's; on each name of it `judge_nominee` has the word.
rules.add_perm("awards.judge_proposal", reached_commendation_body & sees_whole_proposal)
rules.add_perm("awards.return_proposal", is_commendation_body)
rules.add_perm(
    "awards.approve_proposal",
    (is_commendation_body_lead | is_named_to_approve) & ~appraised_any & ~judged_any,
)


def _asks_on_proposal(user, case):
    """The standing body while the list is its own, the commendation body once it has it."""
    if case.state in ("forwarded", "approved"):
        return user.authority.is_commendation_body
    return user.authority.is_standing_body


@rules.predicate
def asks_on_case(user, consultation):
    if consultation.dossier_id:
        return user.has_perm("awards.appraise_dossier", consultation.dossier)
    return _asks_on_proposal(user, consultation.proposal)


rules.add_perm("awards.consult_dossier", handles)
rules.add_perm("awards.consult_proposal", rules.predicate(_asks_on_proposal))
for action in ("view", "send", "answer", "cancel"):
    rules.add_perm(f"awards.{action}_consultation", asks_on_case)

rules.add_perm("awards.add_decision", is_commendation_body)
rules.add_perm("awards.view_decision", is_commendation_body | (is_standing_body & is_published))
for action in ("edit", "submit", "return", "strike", "issue", "amend", "keep_register"):
    rules.add_perm(f"awards.{action}_decision", is_commendation_body)
rules.add_perm("awards.publish_decision", is_commendation_body_lead & ~recorded_issue)

# Correction and revocation record acts that the Chairman has signed: nobody is judged by them, so kin of
# the unit concerned may record them, and no name is left that nobody could set right.
rules.add_perm("awards.view_award", is_commendation_body | is_standing_body | reads_award)
rules.add_perm("awards.view_award_acts", is_commendation_body | is_standing_body | files_for_proposer)
rules.add_perm("awards.draft_correction_award", is_commendation_body)
rules.add_perm("awards.correct_award", is_commendation_body & ~drafted_correction)
rules.add_perm("awards.propose_revocation_award", is_standing_body | files_for_proposer)
for action in ("dismiss_revocation", "revoke"):
    rules.add_perm(f"awards.{action}_award", is_commendation_body & ~proposed_revocation)
rules.add_perm("awards.return_items_award", is_commendation_body)

rules.add_perm("awards.read_ledger", is_commendation_body | is_standing_body_lead | is_leadership)
rules.add_perm("awards.keep_fund", is_commendation_body)
rules.add_perm("awards.use_desk", is_commendation_body)

rules.add_perm("awards.view_exemplar", is_standing_body | is_commendation_body)
for action in ("add", "edit"):
    rules.add_perm(f"awards.{action}_exemplar", is_standing_body)
for action in ("publish", "withdraw"):
    rules.add_perm(f"awards.{action}_exemplar", is_standing_body_lead)

for model in (
    "awardform",
    "ruleset",
    "documentrequirement",
    "basesalary",
    "prizecoefficient",
    "prizerule",
    "fundyear",
    "timelimit",
    "revocationground",
    "certificatelayout",
    "layoutfield",
    "quota",
    "positionrank",
    "postingrule",
    "consultationrule",
):
    rules.add_perm(f"awards.view_{model}", is_administrator | is_commendation_body)
    rules.add_perm(f"awards.change_{model}", is_administrator)
    rules.add_perm(f"awards.add_{model}", is_administrator)
for verb in ("view", "add", "change"):
    rules.add_perm(f"awards.{verb}_fund", is_administrator)
# A box of a layout is measured anew, not kept.
rules.add_perm("awards.delete_layoutfield", is_administrator)
