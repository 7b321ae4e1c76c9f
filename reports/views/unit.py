"""The register and the page of one unit: what it was, what it has done, who came before and after."""

from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from awards.models import PublicRecord
from core import clock, exports
from core.paging import page_of
from registrations.models import Registration, Report
from reports.kinship import draw
from units.forms import UnitSearchForm
from units.lineage import Lineage
from units.listings import UNITS
from units.models import Unit, UnitFunction, UnitSuccession


@require_safe
def units(request):
    """The register. An old name finds its unit, and says who came after it."""
    form = UnitSearchForm(request.GET)
    after = UnitSuccession.objects.select_related("successor", "predecessor__ended_by")
    # Former communes of Yên Bái are found by name so that what they are now can be told.
    stubs = Q() if request.GET.get("q") else Q(is_predecessor_stub=False)
    listed = form.narrow(Unit.objects.filter(stubs)).select_related("parent", "ended_by", "begun_by")
    listed = listed.prefetch_related(Prefetch("succeeded_by", after)).order_by(
        "sort_name", "valid_from", "id"
    )
    if exports.asked(request):
        return exports.answer(request, UNITS, listed, form=form)
    page = page_of(request, listed, noun="đơn vị")
    for unit in page["rows"]:
        unit.standing = standing_of(unit)
    sees_requests = request.user.has_perm("units.view_accountrequest")
    return render(request, "reports/units.html", {"form": form, "sees_requests": sees_requests, **page})


def standing_of(unit) -> dict:
    """In words: whether the unit acts today and if not, why and who does instead."""
    today, end = clock.today(), unit.ended_by
    if (unit.begun_by and unit.begun_by.applied_at is None) or unit.valid_from > today:
        return {"tone": "info", "label": "Chưa hoạt động trên cổng", "why": str(unit.begun_by or "")}
    if not unit.has_ended:
        waits = end is not None and unit.valid_to < today
        why = f"{end.title} ({end.legal_basis}) chưa áp dụng trên cổng" if waits else ""
        return {"tone": "success", "label": "Đang hoạt động", "why": why}
    why = f"{end.title} ({end.legal_basis})" if end else ""
    return {"tone": "neutral", "label": f"Kết thúc sau ngày {unit.valid_to:%d/%m/%Y}", "why": why}


@require_safe
def unit(request, uid):
    found = get_object_or_404(Unit.objects.select_related("parent", "ended_by", "begun_by"), uid=uid)
    today = clock.today()
    lineage = Lineage()
    before = lineage.predecessors([found.pk])
    links = UnitSuccession.objects.select_related("predecessor", "successor")
    context = {
        "unit": found,
        "standing": standing_of(found),
        "drawing": draw(found),
        "predecessors": links.filter(successor=found).order_by("predecessor__sort_name"),
        "successors": links.filter(predecessor=found).order_by("successor__sort_name"),
        "has_ended": found.has_ended,
        "functions": UnitFunction.objects.filter(unit=found).order_by("-validity"),
        "bloc": found.bloc_on(today),
        "years": _years(request.user, {found.pk} | before),
        "names": _former_names(found),
        "children": found.children.operating_on(today).count(),
        "sees_figures": request.user.has_perm("registrations.view_years", found),
        "sees_people": request.user.has_perm("units.view_people", found),
    }
    return render(request, "reports/unit.html", context)


def _former_names(unit) -> list[Unit]:
    """The units that went on as this one alone: the same body under earlier names, the newest first."""
    names, current = [], unit
    for _ in range(20):
        steps = list(UnitSuccession.objects.filter(successor=current).select_related("predecessor")[:2])
        if len(steps) != 1 or not steps[0].members_follow or current.begun_by_id is None:
            break
        if steps[0].predecessor.ended_by_id != current.begun_by_id:
            break
        current = steps[0].predecessor
        names.append(current)
    return names


def _years(user, unit_ids) -> list[dict]:
    """What these units have filed, as far as the user may see it, and what was published, by year."""
    years = {}

    def of(year):
        return years.setdefault(year, {"registrations": [], "reports": [], "awards": []})

    for model, key in ((Registration, "registrations"), (Report, "reports")):
        visible = model.objects.visible_to(user).filter(unit__in=unit_ids)
        for paper in visible.select_related("unit", "period").order_by("unit__sort_name"):
            of(paper.period.year)[key].append(paper)
    uids = Unit.objects.filter(pk__in=unit_ids).values("uid")
    for award in PublicRecord.objects.awards().filter(unit_uid__in=uids).order_by("sequence"):
        of(award.year)["awards"].append(award)
    return [{"year": year, **found} for year, found in sorted(years.items(), reverse=True)]
