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
def is_issuer(user, decision):
    return decision.issued_by_id == user.pk


handles = ~is_conflicted & (
    is_standing_body | (is_commendation_body & is_of_standing_body) | is_named_appraiser
)
leads = ~is_conflicted & (is_standing_body_lead | (is_commendation_body_lead & is_of_standing_body))

rules.add_perm(
    "awards.view_dossier",
    is_own
    | (was_submitted & (reads_unit | is_standing_body))
    | (is_commendation_body & (was_forwarded | (was_submitted & is_of_standing_body)))
    | (was_submitted & (is_named_appraiser | is_named_judge)),
)
for action in ("start", "edit", "submit", "withdraw"):
    rules.add_perm(f"awards.{action}_dossier", files_for_unit)
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
for action in ("submit", "return", "issue"):
    rules.add_perm(f"awards.{action}_decision", is_commendation_body)
rules.add_perm("awards.publish_decision", is_commendation_body_lead & ~is_issuer)

for model in (
    "awardform",
    "ruleset",
    "documentrequirement",
    "basesalary",
    "prizecoefficient",
    "prizerule",
    "fund",
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
# A box of a layout is measured anew, not kept.
rules.add_perm("awards.delete_layoutfield", is_administrator)
