"""How far the province is in one year: counts by tier and criterion, of no single unit."""

from collections import Counter

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.utils.timezone import get_current_timezone

from criteria.enums import Verdict
from registrations.enums import ObligationKind, RegistrationState
from registrations.models import Evaluation, Obligation, Period, Registration
from units.enums import KINDS_OF_TIER, Tier

#: of fewer units a count would tell what one of them reported
FEWEST_UNITS = 3
COUNTED = (Verdict.MET, Verdict.NOT_MET)


def figures_of(period: Period) -> dict:
    """What would be published of the period now: `tiers` and `criteria`."""
    return {"tiers": list(_tiers(period)), "criteria": list(_criteria(period))}


def _tiers(period):
    owed = Obligation.objects.filter(period=period, kind=ObligationKind.REGISTRATION, is_waived=False)
    filed_on = TruncDate("met_at", tzinfo=get_current_timezone())
    by_kind = (
        owed.alias(filed_on=filed_on)
        .values("unit__kind")
        .annotate(
            required=Count("pk"),
            filed=Count("pk", filter=Q(met_at__isnull=False)),
            on_time=Count("pk", filter=Q(met_at__isnull=False) & Q(filed_on__lte=F("due"))),
        )
    )
    by_kind = {row["unit__kind"]: row for row in by_kind}
    confirmed = Registration.objects.filter(
        period=period, state=RegistrationState.CONFIRMED, unit__in=owed.values("unit")
    )
    confirmed = dict(confirmed.values_list("unit__kind").annotate(n=Count("pk")))
    for tier in Tier:
        rows = [by_kind[kind] for kind in KINDS_OF_TIER[tier] if kind in by_kind]
        counts = {name: sum(row[name] for row in rows) for name in ("required", "filed", "on_time")}
        if counts["required"] >= FEWEST_UNITS:
            counts["confirmed"] = sum(confirmed.get(kind, 0) for kind in KINDS_OF_TIER[tier])
            yield {"tier": str(tier), **counts}


def _criteria(period):
    newest = (
        Evaluation.objects.filter(
            report__period=period, report__kind=ObligationKind.ANNUAL_REPORT, report__state="verified"
        )
        .filter(on_verified=True)
        .order_by("report_id", "-id")
        .distinct("report_id")
    )
    seen = Counter()
    for results in newest.values_list("results", flat=True):
        seen.update((result["code"], result["verdict"]) for result in results)
    criteria_set = period.campaign.criteria_set
    for criterion in criteria_set.criteria.all() if criteria_set else ():
        met, not_met = (seen[criterion.code, verdict] for verdict in COUNTED)
        if met + not_met >= FEWEST_UNITS:
            yield {
                "code": criterion.code,
                "tier": criterion.tier,
                "text": criterion.text,
                "measured": met + not_met,
                "met": met,
            }
