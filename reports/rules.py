"""Who reads which dashboard and which report, and who publishes the progress of the movement."""

import rules

from units.rules import (
    is_commendation_body,
    is_commendation_body_lead,
    is_leadership,
    is_standing_body,
    is_standing_body_lead,
)

rules.add_perm("reports.publish_progress", is_standing_body_lead)
rules.add_perm("reports.answer_enquiry", is_standing_body)

# Dashboards. The leaders' page says of dossiers their stage, of criteria and awards what is published.
rules.add_perm("reports.view_standing_dashboard", is_standing_body)
rules.add_perm("reports.view_commendation_dashboard", is_commendation_body)
rules.add_perm(
    "reports.view_leader_dashboard", is_leadership | is_standing_body_lead | is_commendation_body_lead
)
# The lists behind their numbers; each shows what its reader's dashboard counts.
rules.add_perm("reports.view_dashboard_list", is_leadership | is_standing_body | is_commendation_body)
# What was found on verified figures before the ranking of the tier is published.
rules.add_perm("reports.view_unpublished", is_standing_body | is_commendation_body)
# Who appraises what: the bodies' own matter.
rules.add_perm("reports.view_load", is_standing_body | is_commendation_body)
