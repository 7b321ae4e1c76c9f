"""Who may do what with registrations and reports of figures."""

import rules

from registrations.enums import TeamRole
from registrations.models.inspection import ANNOUNCED
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
def is_own(user, obj):
    return obj is not None and obj.unit_id in user.authority.own


@rules.predicate
def was_filed(user, registration):
    return registration is not None and registration.first_filed_at is not None


@rules.predicate
def was_submitted(user, report):
    return report is not None and report.first_submitted_at is not None


is_reader = reads_unit | is_standing_body | is_commendation_body


@rules.predicate
def is_on_paper(user, registration):
    """Entered by a clerk of the standing body, until it is returned to the unit."""
    return registration is not None and registration.is_on_paper


@rules.predicate
def heads_unit(user, obj):
    return obj is not None and user.is_authenticated and user.authority.heads(obj.unit_id)


@rules.predicate
def runs_unit(user, unit):
    return unit is not None and user.is_authenticated and user.authority.runs(unit.pk)


@rules.predicate
def files_for_commune(user, registration):
    """The person's district writes and files the registration for the commune."""
    return (
        registration is not None
        and user.is_authenticated
        and registration.through_id is not None
        and user.authority.files_for(registration.through_id)
    )


writes_registration = (files_for_unit | files_for_commune) & ~is_on_paper

rules.add_perm(
    "registrations.view_registration",
    is_own | files_for_commune | (was_filed & is_reader) | (is_on_paper & is_standing_body),
)
# The words as they stand, not only as they were filed.
rules.add_perm(
    "registrations.view_draft_registration", is_own | files_for_commune | (is_on_paper & is_standing_body)
)
for action in ("edit", "file"):
    rules.add_perm(
        f"registrations.{action}_registration", writes_registration | (is_standing_body & is_on_paper)
    )
for action in ("withdraw", "reopen", "ask_head"):
    rules.add_perm(f"registrations.{action}_registration", writes_registration)
for action in ("confirm", "return", "enter_on_paper"):
    rules.add_perm(f"registrations.{action}_registration", is_standing_body)
rules.add_perm("registrations.leave_on_paper_registration", is_standing_body & is_on_paper)
for action in ("approve", "send_back"):
    rules.add_perm(f"registrations.{action}_headapproval", heads_unit)
rules.add_perm("registrations.take_back_headapproval", files_for_unit)
rules.add_perm("registrations.set_approval_unit", runs_unit)

rules.add_perm("registrations.view_report", is_own | (was_submitted & is_reader))
for action in ("edit", "submit", "contest"):
    rules.add_perm(f"registrations.{action}_report", files_for_unit)


@rules.predicate
def is_conflicted(user, obj):
    """The person is, or within the set months was, of the unit concerned or of its kin."""
    return obj is not None and user.is_authenticated and obj.unit_id in user.conflicted_units


@rules.predicate
def is_of_standing_body(user, obj):
    """The unit holds the standing body's function; read once per loaded user, for lists."""
    if "_standing_unit" not in user.__dict__:
        holder = UnitFunction.holder(Function.STANDING_BODY)
        user.__dict__["_standing_unit"] = holder.pk if holder else None
    return obj is not None and obj.unit_id == user.__dict__["_standing_unit"]


# Nobody judges the figures of a unit he is or lately was of; those of the standing body itself
# are judged by the commendation body.
verifies = ~is_conflicted & (is_standing_body | (is_commendation_body & is_of_standing_body))
leads_verification = ~is_conflicted & (
    is_standing_body_lead | (is_commendation_body_lead & is_of_standing_body)
)
for action in ("return", "verify"):
    rules.add_perm(f"registrations.{action}_report", verifies)
rules.add_perm("registrations.reopen_report", leads_verification)
rules.add_perm("registrations.assign_report", is_standing_body_lead)
rules.add_perm("registrations.view_verification", is_standing_body | is_commendation_body)
rules.add_perm("registrations.add_judgement", verifies)

rules.add_perm("registrations.try_report", is_own)


@rules.predicate
def reads_reports_of(user, unit):
    return unit is not None and user.is_authenticated and user.authority.reads(unit.pk)


rules.add_perm("registrations.view_years", reads_reports_of | is_standing_body | is_commendation_body)

rules.add_perm("registrations.view_scores", is_standing_body | is_commendation_body)
rules.add_perm("registrations.record_adjustment", is_standing_body)
for action in ("publish", "retract"):
    rules.add_perm(f"registrations.{action}_ranking", is_standing_body_lead)


@rules.predicate
def has_units_below(user):
    return user.is_authenticated and bool(user.authority.below)


# Boards, bulk acts, letters and reminders: run by the standing body, read by the commendation body.
rules.add_perm("registrations.view_board", is_standing_body | is_commendation_body)
rules.add_perm(
    "registrations.open_board", is_standing_body | is_commendation_body | is_leadership | has_units_below
)
for verb in ("act_on_board", "draft_reminderletter"):
    rules.add_perm(f"registrations.{verb}", is_standing_body)
for action in ("sign", "cancel"):
    rules.add_perm(f"registrations.{action}_reminderletter", is_standing_body)
rules.add_perm("registrations.view_bulkact", is_standing_body | is_commendation_body)
for model in ("reminderrule", "wording"):
    rules.add_perm(f"registrations.view_{model}", is_standing_body | is_commendation_body | is_administrator)
    for action in ("add", "change"):
        rules.add_perm(f"registrations.{action}_{model}", is_standing_body_lead)
for model in ("priorityfield", "reminder"):
    rules.add_perm(f"registrations.view_{model}", is_administrator | is_standing_body)

# Campaigns, periods and who owes what: read by everyone, run by the leads of the standing body.
for model in ("campaign", "period"):
    rules.add_perm(f"registrations.view_{model}", rules.is_authenticated)
    for action in ("add", "change"):
        rules.add_perm(f"registrations.{action}_{model}", is_standing_body_lead)
rules.add_perm("registrations.view_obligation", is_reader | is_own)
for action in ("correct", "extend"):
    rules.add_perm(f"registrations.{action}_obligation", is_standing_body_lead)


# Launches, pilots, inspections.


@rules.predicate
def was_sent(user, pilot_list):
    return pilot_list is not None and pilot_list.first_filed_at is not None


@rules.predicate
def is_provincial(user, pilot_list):
    return pilot_list is not None and pilot_list.unit_id is None


rules.add_perm("registrations.view_pilotnorm", is_administrator | is_standing_body)
for action in ("add", "change"):
    rules.add_perm(f"registrations.{action}_pilotnorm", is_administrator)

rules.add_perm("registrations.view_launch", is_own | is_reader)
for action in ("record", "correct", "withdraw"):
    rules.add_perm(f"registrations.{action}_launch", files_for_unit | is_standing_body)

rules.add_perm(
    "registrations.view_pilotlist",
    is_own | (is_provincial & is_standing_body) | (was_sent & (is_standing_body | is_commendation_body)),
)
for action in ("edit", "file", "change"):
    rules.add_perm(
        f"registrations.{action}_pilotlist", files_for_unit | (is_provincial & is_standing_body_lead)
    )
for action in ("note", "return"):
    rules.add_perm(f"registrations.{action}_pilotlist", is_standing_body & ~is_provincial)


def _role_in_team(user, obj) -> str | None:
    """The person's role in the team of the inspection that `obj` is or belongs to.

    Read once per loaded user, for pages ask it of every row.
    """
    if obj is None or not user.is_authenticated:
        return None
    if "_teams" not in user.__dict__:
        user.__dict__["_teams"] = dict(user.inspections.values_list("inspection", "role"))
    return user.__dict__["_teams"].get(getattr(obj, "case", obj).pk)


@rules.predicate
def is_of_team(user, obj):
    return _role_in_team(user, obj) is not None


@rules.predicate
def is_head_of_team(user, obj):
    return _role_in_team(user, obj) == TeamRole.HEAD


@rules.predicate
def is_announced_to(user, obj):
    """The inspection is announced and goes to one of the person's units (to this very one, for a visit)."""
    inspection = getattr(obj, "case", obj)
    if inspection.state not in ANNOUNCED:
        return False
    if obj is not inspection:
        return obj.unit_id in user.authority.own
    return inspection.visits.filter(unit__in=user.authority.own).exists()


@rules.predicate
def is_told(user, visit):
    return visit.state == "communicated"


@rules.predicate
def is_communicated(user, finding):
    return finding.visit.state == "communicated"


@rules.predicate
def asks_for_remedy(user, finding):
    return not finding.is_good


# No one inspects the own unit, whatever the team's list says.
inspects = (is_standing_body | is_of_team) & ~is_own
decides = (is_standing_body | is_head_of_team) & ~is_own

rules.add_perm("registrations.view_inspectionplan", is_standing_body | is_commendation_body)
rules.add_perm("registrations.record_inspectionplan", is_standing_body)
rules.add_perm(
    "registrations.view_inspection",
    is_standing_body | is_commendation_body | is_of_team | is_announced_to,
)
rules.add_perm("registrations.print_inspection", is_standing_body | is_commendation_body | is_of_team)
for action in ("plan", "edit", "start", "cancel", "close"):
    rules.add_perm(f"registrations.{action}_inspection", is_standing_body)
rules.add_perm("registrations.conclude_inspection", is_standing_body | is_head_of_team)
rules.add_perm(
    "registrations.view_visit", is_standing_body | is_commendation_body | is_of_team | is_announced_to
)
rules.add_perm(
    "registrations.print_visit",
    is_standing_body | is_commendation_body | is_of_team | (is_told & is_announced_to),
)
rules.add_perm("registrations.record_visit", inspects)
for action in ("communicate", "recall"):
    rules.add_perm(f"registrations.{action}_visit", decides)
rules.add_perm(
    "registrations.view_finding",
    is_standing_body | is_commendation_body | is_of_team | (is_communicated & is_announced_to),
)
rules.add_perm("registrations.answer_finding", files_for_unit & is_communicated & asks_for_remedy)
for action in ("accept", "reopen"):
    rules.add_perm(f"registrations.{action}_finding", inspects & is_communicated & asks_for_remedy)
