"""Who may do what with criteria sets. Everyone reads what has left the draft."""

import rules

from units.rules import is_administrator, is_staff_body, is_standing_body, is_standing_body_lead

for model in ("criteriaset", "criterion", "scale"):
    rules.add_perm(f"criteria.view_{model}", is_administrator | is_staff_body)

rules.add_perm("criteria.view_draft", is_standing_body)
for action in ("start", "edit", "put_in_force", "retire"):
    rules.add_perm(f"criteria.{action}_criteriaset", is_standing_body_lead)
rules.add_perm("criteria.issue_scale", is_standing_body_lead)
