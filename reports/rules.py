import rules

from units.rules import is_standing_body, is_standing_body_lead

rules.add_perm("reports.publish_progress", is_standing_body_lead)
rules.add_perm("reports.answer_enquiry", is_standing_body)
