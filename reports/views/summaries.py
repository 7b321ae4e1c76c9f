from django.contrib.auth.decorators import permission_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import press
from registrations.models import Campaign, Period
from reports.dashboards.forms import YearForm
from reports.papers import OF_CAMPAIGN, OF_YEAR, READS


@require_safe
@permission_required(READS, raise_exception=True)
def summaries(request):
    """The reports of a year and of its campaign: each has a page with its preview and its files."""
    form = YearForm(request.GET)
    period = Period.objects.filter(year=form.year).select_related("campaign").first()
    campaigns = Campaign.objects.filter(periods__year__in=[y for y, _ in form.fields["year"].choices])
    context = {
        "form": form,
        "period": period,
        "of_year": _readable(request.user, period, OF_YEAR) if period else [],
        "campaigns": [
            {"campaign": campaign, "papers": _readable(request.user, campaign, OF_CAMPAIGN)}
            for campaign in campaigns.distinct().order_by("-first_year")
        ],
    }
    return render(request, "reports/summaries.html", context)


def _readable(user, obj, kinds) -> list[dict]:
    return press.links(user, obj, *(kind for kind, (_, right, _) in kinds.items() if user.has_perm(right)))
