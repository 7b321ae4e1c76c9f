"""The shipped campaigns (registrations/data) brought into the database; repeatable."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

from django.db import transaction

from criteria.models import CriteriaSet
from registrations.enums import ObligationKind
from registrations.models import Campaign, Period, PriorityField, ReminderRule
from registrations.models.campaign import MILESTONES

DATA = Path(__file__).parent / "data" / "campaigns.json"


@transaction.atomic
def load_campaigns(path: Path = DATA) -> dict[str, int]:
    """Bring in campaigns, priority fields, periods and reminder rules; how many are new, by noun.

    A row that is there is left as it is: an administrator may have moved its days. The
    criteria sets that the campaigns name must be there before.
    """
    content = json.loads(path.read_text("utf-8"))
    rows = [row for campaign in content["campaigns"] for row in _campaign(campaign, content["fields"])]
    rows += [
        ReminderRule.objects.get_or_create(kind=kind, days_before=days)
        for kind in ObligationKind
        for days in content["reminder_days"]
    ]
    new = Counter()
    for row, is_new in rows:
        new[row._meta.verbose_name] += is_new
    return dict(new)


def _campaign(values: dict, fields: list[dict]):
    values = dict(values)
    periods = values.pop("periods")
    criteria_set = CriteriaSet.objects.get(code=values.pop("criteria_set"))
    values["record_cutoff"] = date.fromisoformat(values["record_cutoff"])
    campaign, is_new = Campaign.objects.get_or_create(
        code=values.pop("code"), defaults={**values, "criteria_set": criteria_set}
    )
    yield campaign, is_new
    for position, field in enumerate(fields, start=1):
        yield PriorityField.objects.get_or_create(
            campaign=campaign, code=field["code"], defaults={"name": field["name"], "position": position}
        )
    for period in periods:
        days = {key: date.fromisoformat(period[key]) for key in MILESTONES if key in period}
        yield Period.objects.get_or_create(
            year=period["year"], defaults={**days, "campaign": campaign, "basis": period["basis"]}
        )
