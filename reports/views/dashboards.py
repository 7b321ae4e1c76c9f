"""The dashboards of the two bodies and of the leaders, and the lists behind their numbers."""

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from awards.models import FundYear
from awards.workflow.assignment import people_of
from core import clock, exports, press
from core.paging import page_of
from criteria.enums import Verdict
from registrations.enums import ObligationKind
from registrations.models import Evaluation, Period
from reports import listings
from reports.dashboards import awards, criteria, load, movement
from reports.dashboards.forms import CriteriaFilter, DashboardForm, DossierFilter
from units.enums import Function

#: in the order in which one is led to his own
PAGES = {
    "reports.view_standing_dashboard": "reports:standing_dashboard",
    "reports.view_commendation_dashboard": "reports:commendation_dashboard",
    "reports.view_leader_dashboard": "reports:leader_dashboard",
}
NAMES = {
    "reports:standing_dashboard": "Cơ quan thường trực",
    "reports:commendation_dashboard": "Cơ quan thi đua - khen thưởng",
    "reports:leader_dashboard": "Một trang cho lãnh đạo",
}


def pages_of(user) -> list[str]:
    return [name for permission, name in PAGES.items() if user.has_perm(permission)]


def papers_of(user, year: int) -> list[dict]:
    """The report on the prize fund, of the last year with a ceiling: who reads a dashboard and the ledger
    need not look for it elsewhere."""
    if not user.has_perm("awards.read_ledger"):
        return []
    has_fund = Exists(FundYear.objects.filter(year=OuterRef("year")))
    period = Period.objects.filter(year__lte=year).order_by(has_fund.desc(), "-year").first()
    found = press.links(user, period, "quy-khen-thuong") if period else []
    return [link | {"year": period.year} for link in found]


@require_safe
def dashboards(request):
    """Leads each person to the dashboard of his own work."""
    pages = pages_of(request.user)
    if not pages:
        raise PermissionDenied
    return redirect(pages[0])


def _page(request, here, template, blocks_of):
    form = DashboardForm(request.GET)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    if form.year is None:
        return render(request, template, {"form": form, "blocks": [], "here": NAMES[here], "year": None})
    context = {
        "form": form,
        "pages": [{"label": NAMES[name], "url": reverse(name) + query} for name in pages_of(request.user)],
        "papers": papers_of(request.user, form.year),
        "year": form.year,
        "part": form.part_in_words,
        "blocks": blocks_of(request.user, form.year, form.part),
        "here": NAMES[here],
        "now": clock.now(),
    }
    return render(request, template, context)


def _criteria(user, year, part):
    """What the person may read of the newest judged year: (period, judged then, the year before, tiers)."""
    period = criteria.newest_judged(year, user, part.tier)
    if period is None:
        return None
    tiers = [t for t in criteria.tiers_read_by(user, period) if part.tier in ("", t)]
    before = Period.objects.filter(year=period.year - 1).first()
    then = []
    if before:
        read_then = criteria.tiers_read_by(user, before)
        then = criteria.judged(before, [t for t in tiers if t in read_then], part.district)
    return period, criteria.judged(period, tiers, part.district), then, tiers


def _criteria_blocks(user, year, part, *, in_full):
    found = _criteria(user, year, part)
    if found is None:
        return [criteria.NOTHING_YET]
    period, now, before, tiers = found
    blocks = [criteria.summary(period, now, before, tiers, part.district)]
    if in_full:
        blocks += criteria.of_tiers(period, now, before, tiers, part.district)
        blocks.append(criteria.of_fields(period, now, before, part))
    return blocks


@require_safe
@permission_required("reports.view_standing_dashboard", raise_exception=True)
def standing_dashboard(request):
    """The standing body's: the movement first, then its own table of work."""

    def blocks(user, year, part):
        found, tiers = movement.tallies(part), {} if part.tier else movement.by_tier(year, part)
        yield movement.of_the_year(year, found, part)
        if not part.tier:
            yield movement.of_the_tiers(year, ObligationKind.REGISTRATION, tiers, part)
            yield movement.of_the_tiers(year, ObligationKind.LAUNCH, tiers, part)
        yield movement.over_the_years(year, found, part)
        yield load.of_people(user)
        yield awards.by_stage(awards.dossiers_of(user), part)
        yield from _criteria_blocks(user, year, part, in_full=True)
        yield awards.published(year)
        if user.has_perm("awards.read_ledger"):
            yield awards.funds(year)

    return _page(
        request,
        "reports:standing_dashboard",
        "reports/dashboard.html",
        lambda *asked: list(blocks(*asked)),
    )


@require_safe
@permission_required("reports.view_commendation_dashboard", raise_exception=True)
def commendation_dashboard(request):
    """The commendation body's: its own table of work first, then the movement."""

    def blocks(user, year, part):
        found = movement.tallies(part)
        yield awards.on_the_desk(user)
        yield awards.judging(user)
        yield awards.by_stage(awards.dossiers_of(user), part)
        yield awards.published(year)
        yield awards.funds(year)
        yield load.of_people(user)
        yield movement.of_the_year(year, found, part)
        yield movement.over_the_years(year, found, part)
        yield from _criteria_blocks(user, year, part, in_full=True)

    return _page(
        request,
        "reports:commendation_dashboard",
        "reports/dashboard.html",
        lambda *asked: list(blocks(*asked)),
    )


@require_safe
@permission_required("reports.view_leader_dashboard", raise_exception=True)
def leader_dashboard(request):
    """One sheet for a leader of the province; nothing in it is under embargo."""

    def blocks(user, year, part):
        found = movement.tallies(part)
        tiers = {} if part.tier else movement.by_tier(year, part)
        yield movement.of_the_year(year, found, part).only("Phải làm", "Đã làm", "Tỷ lệ", "Quá hạn, chưa nộp")
        if not part.tier:
            registered = movement.of_the_tiers(year, ObligationKind.REGISTRATION, tiers, part)
            yield registered.only("Phải làm", "Đã làm", "Tỷ lệ đúng hạn", "Quá hạn, chưa nộp")
        yield movement.over_the_years(year, found, part).only(
            "Đã đăng ký", "Tỷ lệ đúng hạn", "Tỷ lệ phát động", "Tỷ lệ báo cáo"
        )
        (met,) = _criteria_blocks(user, year, part, in_full=False)
        yield met.only("Đạt", "Chưa đạt", "Tỷ lệ đạt", "Tỷ lệ đạt năm trước")
        yield awards.by_stage(awards.dossiers_of(user), part).only(
            "Tất cả", "16–30 ngày", "Trên 30 ngày", "Quá hạn thẩm định"
        )
        yield awards.published(year)
        yield awards.funds(year).only("Mức trần (đồng)", "Đã dùng (đồng)", "Tỷ lệ đã dùng")

    return _page(
        request,
        "reports:leader_dashboard",
        "reports/leader_dashboard.html",
        lambda *asked: list(blocks(*asked)),
    )


# --- The lists behind the numbers --------------------------------------------------------------


@require_safe
@permission_required("reports.view_dashboard_list", raise_exception=True)
def dossier_list(request):
    user = request.user
    reads_load = user.has_perm("reports.view_load")
    body = Function.STANDING_BODY if user.authority.is_standing_body else Function.COMMENDATION_BODY
    form = DossierFilter(request.GET, people=people_of(body) if reads_load else None)
    found = form.narrow(awards.dossiers_of(user)).select_related("unit", "assigned_to")
    found = found.order_by("submitted_at", "pk")
    if exports.asked(request):
        return exports.answer(request, listings.dossiers(with_load=reads_load), found, form=form)
    page, today = page_of(request, found, noun="hồ sơ"), clock.today()
    rows = [
        {
            "dossier": dossier,
            "stage": awards.STAGES[dossier.state],
            "days": listings.days_of(dossier),
            "is_overdue": dossier.state == "submitted" and dossier.due_on and dossier.due_on < today,
            "url": dossier.get_absolute_url() if reads_load else "",
        }
        for dossier in page["rows"]
    ]
    context = {"form": form, **page, "rows": rows}
    return render(request, "reports/dossier_list.html", context)


@require_safe
@permission_required("reports.view_dashboard_list", raise_exception=True)
def criteria_list(request):
    """Unit by unit what was found on a criterion, as the number counted it."""
    form = CriteriaFilter(request.GET)
    asked = form.cleaned_data
    period = Period.objects.filter(year=asked.get("year")).select_related("campaign__criteria_set").first()
    found, names = Evaluation.objects.none(), {}
    if period:
        read = criteria.tiers_read_by(request.user, period)
        tiers = [tier for tier in read if asked.get("tier") in ("", None, tier)]
        found = criteria.lines(period, tiers, **form.lines())
        names = dict(period.campaign.criteria_set.criteria.values_list("code", "name"))
    if exports.asked(request):
        return exports.answer(request, listings.criteria(names), found, form=form)
    page = page_of(request, found, noun="kết quả")
    rows = [
        {
            "evaluation": evaluation,
            "criterion": names.get(evaluation.line["code"], evaluation.line["code"]),
            "verdict": Verdict(evaluation.line["verdict"]),
        }
        for evaluation in page["rows"]
    ]
    opens_reports = request.user.has_perm("reports.view_unpublished")
    context = {"form": form, **page, "rows": rows, "opens_reports": opens_reports}
    return render(request, "reports/criteria_list.html", context)
