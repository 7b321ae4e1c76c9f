from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render

from core import clock
from criteria.engine import evaluate, summarise
from criteria.enums import SetState, Tier, Verdict
from criteria.forms import ChoiceForm, SelfCheckForm
from criteria.models import CriteriaSet


@login_not_required
def criteria_list(request):
    context = _chosen(request)
    if context["criteria_set"]:
        context["criteria"] = context["criteria_set"].criteria.filter(tier=context["tier"])
    return render(request, "criteria/list.html", context)


@login_not_required
def self_check(request):
    context = _chosen(request)
    if context["criteria_set"] is None:
        return render(request, "criteria/self_check.html", context)
    criteria = list(context["criteria_set"].criteria.filter(tier=context["tier"]))
    form = SelfCheckForm(request.POST if request.method == "POST" else None, criteria=criteria)
    results = []
    if form.is_bound and form.is_valid():
        results = evaluate([criterion.rule() for criterion in criteria], form.figures())
    summary = summarise(results) if results else None
    context |= {
        "findings": form.findings(),
        "form": form,
        "lines": form.lines(results),
        "summary": summary,
        "tiles": [
            {"number": summary[verdict], "label": verdict.label, "tone": verdict.tone}
            for verdict in Verdict
            if summary and summary[verdict]
        ],
    }
    return render(request, "criteria/self_check.html", context)


def _chosen(request):
    """Tier and year asked for in the address, and the set that measures that year.

    Without the address saying so: the provincial tier and this year. A database without
    criteria gives no set; an address that names none that exists is not found.
    """
    in_force = CriteriaSet.objects.filter(state=SetState.IN_FORCE)
    set_of_year = {year: criteria_set for criteria_set in in_force for year in criteria_set.years()}
    if not set_of_year:
        return {"criteria_set": None}
    this_year = clock.today().year
    asked = {
        "tier": request.GET.get("tier", Tier.PROVINCIAL.value),
        "year": request.GET.get("year", this_year if this_year in set_of_year else max(set_of_year)),
    }
    choice = ChoiceForm(asked, years=set_of_year)
    if not choice.is_valid() or choice.cleaned_data["year"] is None:
        raise Http404("Không có bộ tiêu chí cho cấp và năm này.")
    year, chosen = choice.cleaned_data["year"], Tier(choice.cleaned_data["tier"])
    return {
        "criteria_set": set_of_year[year],
        "tier": chosen,
        "year": year,
        "choice": choice,
        "tabs": [
            {"label": tier.label, "url": f"?tier={tier}&year={year}", "active": tier == chosen, "count": None}
            for tier in Tier
        ],
    }
