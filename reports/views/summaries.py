from django.contrib.auth.decorators import permission_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock, press
from registrations.models import Campaign, Period
from reports.papers import OF_CAMPAIGN, OF_YEAR, READS


@require_safe
@permission_required(READS, raise_exception=True)
def summaries(request):
    """The summaries for the provincial People's Committee, by campaign and year."""
    begun = Period.objects.filter(opens_on__lte=clock.today()).select_related("campaign").order_by("-year")
    campaigns = Campaign.objects.filter(periods__in=begun).distinct().order_by("-first_year")
    context = {
        "campaigns": [
            {
                "campaign": campaign,
                "papers": press.links(request.user, campaign, *OF_CAMPAIGN),
                "years": [
                    {"period": period, "url": press.links(request.user, period, OF_YEAR)[0]["url"]}
                    for period in begun
                    if period.campaign_id == campaign.pk
                ],
            }
            for campaign in campaigns
        ]
    }
    return render(request, "reports/summaries.html", context)
