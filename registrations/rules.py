"""Who may do what with registrations and reports of figures."""

import rules

from units.rules import (
    files_for_unit,
    is_administrator,
    is_commendation_body,
    is_standing_body,
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

rules.add_perm("registrations.view_registration", is_own | (was_filed & is_reader))
for action in ("edit", "file", "withdraw", "reopen"):
    rules.add_perm(f"registrations.{action}_registration", files_for_unit)
for action in ("confirm", "return"):
    rules.add_perm(f"registrations.{action}_registration", is_standing_body)

rules.add_perm("registrations.view_report", is_own | (was_submitted & is_reader))
for action in ("edit", "submit"):
    rules.add_perm(f"registrations.{action}_report", files_for_unit)
for action in ("return", "verify"):
    rules.add_perm(f"registrations.{action}_report", is_standing_body)

rules.add_perm("registrations.view_board", is_standing_body | is_commendation_body)

for model in ("campaign", "period", "priorityfield", "obligation", "reminderrule", "reminder"):
    rules.add_perm(f"registrations.view_{model}", is_administrator | is_standing_body)
for model in ("campaign", "period", "obligation", "reminderrule"):
    rules.add_perm(f"registrations.change_{model}", is_administrator)
