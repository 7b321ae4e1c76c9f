"""Scores and places: the desk's, alive; the published, frozen and for every unit to read."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import exports, files
from core.paging import page_of
from criteria import scoring
from criteria.enums import Verdict
from registrations import fairness
from registrations.enums import ObligationKind
from registrations.forms.ranking import AdjustmentForm, ScoresForm
from registrations.listings import PLACES, SCORES
from registrations.models import Adjustment, Period, Ranking, Report
from registrations.ranking import digest, standings
from registrations.views.history import history
from registrations.workflow.ranking import RANKING, adjust, publish, retract, withdraw_adjustment
from units.enums import Tier
from units.models import Unit

sees_scores = permission_required("registrations.view_scores", raise_exception=True)


@require_safe
def rankings(request):
    """What has been published, for everyone; for the desk also the way to the scores."""
    visible = Ranking.objects.visible_to(request.user).select_related("period")
    context = {"list": page_of(request, visible, noun="bảng xếp hạng")}
    if request.user.has_perm("registrations.view_scores"):
        asked = ScoresForm(request.GET or None)
        if asked.is_valid():
            chosen = asked.cleaned_data
            return redirect("registrations:scores", chosen["year"].year, chosen["tier"])
        context["form"] = asked
    return render(request, "registrations/rankings.html", context)


def _chosen(year, tier) -> tuple[Period, Tier]:
    if tier not in Tier.values:
        raise Http404
    periods = Period.objects.select_related("campaign__criteria_set")
    return get_object_or_404(periods, year=year), Tier(tier)


@require_safe
@sees_scores
def scores(request, year, tier):
    """The places as they would be published now, each with its sum."""
    period, tier = _chosen(year, tier)
    found = standings(period, tier)
    if exports.asked(request):
        filters = {"Năm": str(period.year), "Cấp": tier.label}
        return exports.answer(request, SCORES, [_line(standing) for standing in found], filters=filters)
    published = Ranking.objects.published().filter(period=period, tier=tier).first()
    page = page_of(request, found, noun="đơn vị")
    context = {
        "period": period,
        "tier": tier,
        "list": {**page, "rows": [_line(standing) for standing in page["rows"]]},
        "scale": period.campaign.criteria_set.scale,
        "criteria_set": period.campaign.criteria_set,
        "published": published,
        "sha256": digest(found),
        "waiting": Report.objects.on_desk()
        .filter(period=period, unit__in=Unit.objects.of_tier(tier))
        .count(),
        "can_publish": published is None and request.user.has_perm("registrations.publish_ranking"),
    }
    return render(request, "registrations/scores.html", context)


def _line(standing):
    return {
        "standing": standing,
        "unit": standing.unit,
        "place": standing.place,
        "group": standing.group,
        "score": scoring.shown(standing.score),
        "adjustment": sum(a.points for a in standing.adjustments),
        "total": scoring.shown(standing.total),
        "met": standing.met,
        "applicable": sum(s.verdict != Verdict.NOT_APPLICABLE for s in standing.shares),
    }


@require_safe
@sees_scores
def show_fairness(request, year, tier):
    """How much the places hang on what was chosen when counting."""
    period, tier = _chosen(year, tier)
    found = standings(period, tier)
    criteria_set = period.campaign.criteria_set
    criteria = [c for c in criteria_set.criteria.all() if c.tier == tier]
    names, weights = {c.code: c.name for c in criteria}, fairness.weights_of(criteria, criteria_set.scale)
    context = {
        "period": period,
        "tier": tier,
        "criteria_set": criteria_set,
        "groups": [
            vars(group) | {"told": scoring.shown(group.mean)} for group in fairness.by_applicable(found)
        ],
        "bare": fairness.without_reweighting(found, weights),
        "weights": [vars(w) | {"name": names[w.code]} for w in fairness.sensitivity(found, weights)],
        "verifiers": fairness.verifiers(period, tier),
    }
    return render(request, "registrations/fairness.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sees_scores
def score(request, year, uid):
    """One unit's sum line by line, its bonus and penalty, and the form to record one."""
    unit = get_object_or_404(Unit, uid=uid)
    period, tier = _chosen(year, unit.tier)
    form, status = AdjustmentForm(request.POST or None, request.FILES or None), 200
    may_adjust = request.user.has_perm("registrations.record_adjustment", unit)
    if request.method == "POST":
        if not may_adjust:
            raise PermissionDenied
        if form.is_valid():
            adjust(period, unit, by=request.user, acting=request.acting_unit, **form.act())
            messages.success(request, "Đã ghi điểm.")
            return redirect("registrations:score", year, unit.uid)
        status = 422
    standing = next((s for s in standings(period, tier) if s.unit.pk == unit.pk), None)
    names = dict(period.campaign.criteria_set.criteria.values_list("code", "name"))
    is_published = Ranking.objects.published().filter(period=period, tier=tier).exists()
    adjustments = Adjustment.objects.filter(period=period, unit=unit).select_related(
        "recorded_by", "document"
    )
    context = {
        "period": period,
        "tier": tier,
        "unit": unit,
        "line": _line(standing) if standing else None,
        "shares": _shares(standing.explanation()["shares"], names) if standing else [],
        "adjustments": adjustments,
        "form": form,
        "may_adjust": may_adjust and not is_published,
        "report": Report.objects.visible_to(request.user)
        .filter(period=period, unit=unit, kind=ObligationKind.ANNUAL_REPORT)
        .first(),
    }
    return render(request, "registrations/score.html", context, status=status)


def _shares(shares, names):
    return [
        {
            "code": s["code"],
            "name": names.get(s["code"], s["code"]),
            "verdict": Verdict(s["verdict"]),
            "full": scoring.shown(scoring.read(s["full"])),
            "earned": scoring.shown(scoring.read(s["earned"])),
        }
        for s in shares
    ]


@require_POST
@sees_scores
def publish_ranking(request, year, tier):
    period, tier = _chosen(year, tier)
    ranking = publish(
        period, tier, by=request.user, sha256=request.POST.get("sha256", ""), acting=request.acting_unit
    )
    messages.success(request, "Đã công bố. Mọi đơn vị đọc được bảng xếp hạng này.")
    return redirect(ranking)


@require_safe
def ranking(request, uid):
    """A published ranking; its own unit reads the sum, the others the place and total."""
    shown = _fetch(request, uid)
    names = dict(shown.period.campaign.criteria_set.criteria.values_list("code", "name"))
    rows = shown.rows.select_related("unit")
    if exports.asked(request):
        filters = {"Năm": str(shown.period.year), "Cấp": shown.get_tier_display()}
        return exports.answer(request, PLACES, rows, filters=filters)
    reports = Report.objects.visible_to(request.user).filter(
        period=shown.period, kind=ObligationKind.ANNUAL_REPORT, unit__in=request.user.authority.own
    )
    report_of = {report.unit_id: report.get_absolute_url() for report in reports}
    own = [
        {
            "row": row,
            "shares": _shares(row.explanation["shares"], names),
            "report_url": report_of.get(row.unit_id, ""),
        }
        for row in rows.filter(unit__in=request.user.authority.own)
    ]
    page = page_of(request, rows, noun="đơn vị")
    for row in page["rows"]:
        row.told = scoring.shown(scoring.read(row.total))
    context = {
        "ranking": shown,
        "own": own,
        "list": page,
        "can_retract": shown.state == "published"
        and request.user.has_perm("registrations.retract_ranking", shown),
        "events": history(shown, RANKING),
    }
    return render(request, "registrations/ranking.html", context)


@require_POST
def retract_ranking(request, uid):
    shown = _fetch(request, uid)
    if not request.user.has_perm("registrations.retract_ranking", shown):
        raise PermissionDenied
    retract(shown, by=request.user, comment=request.POST.get("comment", ""), acting=request.acting_unit)
    messages.success(request, "Đã thu hồi. Các đơn vị không còn đọc được bảng này.")
    return redirect(shown)


def _fetch(request, uid) -> Ranking:
    visible = Ranking.objects.visible_to(request.user).select_related(
        "period__campaign__criteria_set", "scale"
    )
    return get_object_or_404(visible, uid=uid)


@require_POST
@sees_scores
def withdraw(request, uid):
    adjustment = get_object_or_404(Adjustment.objects.select_related("period", "unit"), uid=uid)
    withdraw_adjustment(adjustment, by=request.user, acting=request.acting_unit)
    messages.success(request, "Đã rút điểm này.")
    return redirect("registrations:score", adjustment.period.year, adjustment.unit.uid)


@require_safe
@sees_scores
def adjustment_document(request, uid):
    return files.serve(request, get_object_or_404(Adjustment, uid=uid).document, inline="xem" in request.GET)
