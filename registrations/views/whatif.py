"""What another criteria set would change; what a unit's own other figures would. Nothing is stored."""

from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from core.paging import page_of
from criteria import scoring
from criteria.engine import evaluate, summarise
from criteria.forms import SelfCheckForm
from criteria.models import CriteriaSet
from registrations import evaluation, whatif, workflow
from registrations.forms.ranking import FlipsForm
from registrations.views.report import authorise, fetch


@require_safe
@permission_required("criteria.view_draft", raise_exception=True)
def what_if(request, uid):
    """The units whose verdicts or place would change under this set, by which criterion."""
    criteria_set = get_object_or_404(CriteriaSet.objects.visible_to(request.user), uid=uid)
    context = {"criteria_set": criteria_set, "found": None}
    period = whatif.last_measured()
    if period is not None:
        found = whatif.what_if(criteria_set, period)
        names = {change.code: change.name for flip in found.flips for change in flip.changes}
        form = FlipsForm(request.GET, names=names)
        context |= {
            "found": found,
            "form": form,
            "list": page_of(request, form.narrow(found.flips), noun="đơn vị"),
            "tiles": _tiles(found),
            "losses": _bars(found.losses, names, found.units),
            "gains": _bars(found.gains, names, found.units),
        }
    return render(request, "registrations/what_if.html", context)


def _tiles(found):
    loses = sum(f.turns and f.was_met for f in found.flips)
    gains = sum(f.turns and f.is_met for f in found.flips)
    moved = sum(f.place_before != f.place_after for f in found.flips)
    return [
        {"number": found.units, "label": "Đơn vị có số liệu thẩm định", "tone": "neutral"},
        {"number": loses, "label": "Đủ → không đủ", "tone": "danger"},
        {"number": gains, "label": "Không đủ → đủ", "tone": "success"},
        {"number": moved, "label": "Đổi hạng", "tone": "info"},
    ]


def _bars(counts, names, units):
    return [
        {"label": f"{names[code]} ({code})", "percent": number * 100 // units, "text": f"{number} đơn vị"}
        for code, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def try_figures(request, uid):
    """A unit changes its own figures and reads what would follow."""
    report = fetch(request, uid)
    authorise(request, "try", report)
    figures = list(report.figures.select_related("criterion"))
    criteria = [figure.criterion for figure in figures]
    # The demand is everyone's; the unit starts from what it has written.
    written = {c.code: f for c, f in zip(criteria, map(workflow.declared, figures), strict=True)}
    form = SelfCheckForm(request.POST if request.method == "POST" else None, criteria=criteria)
    if not form.is_bound:
        form.start_from(written)
    rules = [criterion.rule() for criterion in criteria]
    before, results = evaluate(rules, written), []
    if form.is_bound and form.is_valid():
        results = evaluate(rules, form.figures())
    points = evaluation.points_of(criteria, report.period.campaign.criteria_set.scale)
    context = {
        "report": report,
        "form": form,
        "findings": form.findings(),
        "lines": form.lines(results),
        "changes": whatif.changes(before, results, {c.code: c.name for c in criteria}) if results else [],
        "results": results,
        "was_met": summarise(before)["required_met"],
        "is_met": summarise(results)["required_met"],
        "score_before": scoring.shown(scoring.score(scoring.shares(before, points))),
        "score_after": scoring.shown(scoring.score(scoring.shares(results, points))),
    }
    return render(request, "registrations/try.html", context, status=422 if form.errors else 200)
