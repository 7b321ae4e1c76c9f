"""The shipped campaigns (registrations/data) brought into the database; repeatable."""

import json
from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path

from django.db import transaction

from criteria.models import CriteriaSet
from registrations.enums import ObligationKind
from registrations.models import Campaign, Period, PilotNorm, PriorityField, ReminderRule, Wording
from registrations.models.campaign import MILESTONES

DATA = Path(__file__).parent / "data" / "campaigns.json"
REMINDERS = DATA.with_name("reminders.json")


@transaction.atomic
def load_campaigns(path: Path = DATA) -> dict[str, int]:
    """Bring in campaigns, priority fields, periods, reminder rules and their words; says
    how many are new, by noun.

    A row that is there is left as it is: an administrator may have moved its days. The
    criteria sets that the campaigns name must be there before.
    """
    content = json.loads(path.read_text("utf-8"))
    rows = [row for campaign in content["campaigns"] for row in _campaign(campaign, content["fields"])]
    rows += _reminders(json.loads(REMINDERS.read_text("utf-8")))
    new = Counter()
    for row, is_new in rows:
        new[row._meta.verbose_name] += is_new
    return dict(new)


def _campaign(values: dict, fields: list[dict]):
    values = dict(values)
    periods, norms = values.pop("periods"), values.pop("pilot_norms")
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
    for norm in norms:
        level = norm["level"]
        yield PilotNorm.objects.get_or_create(campaign=campaign, level=level, defaults=norm)
    for period in periods:
        days = {key: date.fromisoformat(period[key]) for key in MILESTONES if key in period}
        yield Period.objects.get_or_create(
            year=period["year"], defaults={**days, "campaign": campaign, "basis": period["basis"]}
        )


def _reminders(content: dict):
    wordings = {}
    for values in content["wordings"]:
        key = {name: values[name] for name in ("use", "name")}
        wordings[values["name"]], is_new = Wording.objects.get_or_create(**key, defaults=values)
        yield wordings[values["name"]], is_new
    for values in content["rules"]:
        values = {**values, "wording": wordings[values["wording"]], "valid_from": content["valid_from"]}
        for kind, days in product(ObligationKind, values.pop("days_before")):
            # Ended rules count too: what a lead has ended does not come back.
            known = ReminderRule.objects.filter(kind=kind, days_before=days, audience=values["audience"])
            rule = known.first()
            yield rule or ReminderRule.objects.create(kind=kind, days_before=days, **values), not rule
