"""Who may do what on the road from dossier to award.

Whoever appraised a nominee does not judge it; no one judges a nominee of a unit he is or
lately was of, nor of its kin. The standing body's own nominees are appraised by the
commendation body, and that body's own are judged by the standing body.
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
    return holder is not None and _dossier_of(obj).unit_id == holder.pk


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


handles = ~is_conflicted & (is_standing_body | (is_commendation_body & is_of_standing_body))

rules.add_perm(
    "awards.view_dossier",
    is_own
    | (was_submitted & (reads_unit | is_standing_body))
    | (is_commendation_body & (was_forwarded | (was_submitted & is_of_standing_body))),
)
for action in ("start", "edit", "submit", "withdraw"):
    rules.add_perm(f"awards.{action}_dossier", files_for_unit)
rules.add_perm("awards.view_verdicts", ~is_conflicted & (is_standing_body | is_commendation_body))
for action in ("request_supplement", "appraise"):
    rules.add_perm(f"awards.{action}_dossier", handles)
for action in ("reject", "reopen"):
    rules.add_perm(
        f"awards.{action}_dossier",
        ~is_conflicted & (is_standing_body_lead | (is_commendation_body_lead & is_of_standing_body)),
    )

for action in ("recommend", "not_recommend", "not_select", "mark_duplicate"):
    rules.add_perm(f"awards.{action}_nominee", handles)
rules.add_perm(
    "awards.judge_nominee",
    ~is_conflicted & ~is_appraiser & (is_commendation_body | (is_standing_body & is_of_commendation_body)),
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
rules.add_perm("awards.view_proposal", is_standing_body | (is_commendation_body & reached_commendation_body))
for action in ("edit", "finalise", "sign"):
    rules.add_perm(f"awards.{action}_proposal", is_standing_body)
rules.add_perm("awards.forward_proposal", is_standing_body_lead & ~appraised_any)
rules.add_perm("awards.return_proposal", is_commendation_body)
rules.add_perm("awards.approve_proposal", is_commendation_body_lead & ~appraised_any & ~judged_any)

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
