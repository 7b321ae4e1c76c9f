from django.contrib.auth.decorators import permission_required
from django.db.models import Case, CharField, Count, F, OuterRef, Q, Subquery, Value, When
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock, exports
from core.paging import page_of
from core.vietnamese import format_percent
from registrations.enums import ObligationKind
from registrations.forms import BoardForm
from registrations.listings import obligations
from registrations.models import Obligation, Period, Registration, Report
from units.enums import KINDS_OF_TIER, Tier

#: a stage of an obligation: its word in addresses, label and tone
STAGES = {
    "chua-bat-dau": ("Chưa bắt đầu", "neutral"),
    "dang-soan": ("Đang soạn", "neutral"),
    "da-nop": ("Chờ xét", "info"),
    "da-xong": ("Đã xác nhận", "success"),
    "tra-lai": ("Đã trả lại", "warning"),
}
STAGE_OF_STATE = {
    "draft": "dang-soan",
    "filed": "da-nop",
    "submitted": "da-nop",
    "confirmed": "da-xong",
    "verified": "da-xong",
    "returned": "tra-lai",
}
LATE, OVERDUE = "nop-muon", "qua-han"


@require_safe
@permission_required("registrations.view_board", raise_exception=True)
def board(request):
    """How far the obligations of one year and kind are; every number is of obligations and opens its list."""
    newest = Period.objects.filter(opens_on__lte=clock.today()).first()
    asked = {
        "year": request.GET.get("year", newest.year if newest else ""),
        "kind": request.GET.get("kind", ObligationKind.REGISTRATION.value),
    }
    choice = BoardForm(asked)
    if not (choice.is_valid() and all(choice.cleaned_data.values())):
        return render(request, "registrations/board.html", {"choice": choice, "owed": None})
    year, kind = choice.cleaned_data["year"], choice.cleaned_data["kind"]
    owed = _with_stage(Obligation.objects.filter(period__year=year, kind=kind, is_waived=False), kind)
    stage, tier = request.GET.get("stage"), request.GET.get("tier")
    stage = stage if stage in (*STAGES, LATE, OVERDUE) else ""
    tier = tier if tier in Tier.values else ""
    rows = _counts_by_tier(owed, kind)
    totals = {key: sum(row[key] for row in rows) for key in [*STAGES, "total", "met", LATE, OVERDUE]}
    here = f"?year={year}&kind={kind}"
    shown = owed.filter(unit__kind__in=KINDS_OF_TIER[tier]) if tier else owed
    shown = shown.filter(_in_stage(stage)).select_related("unit").order_by("unit__sort_name", "unit_id")
    if exports.asked(request):
        listing = obligations(lambda row: _label(kind, row.stage)[0])
        return exports.answer(request, listing, shown.select_related("period"), form=choice)
    page = page_of(request, shown, noun="đơn vị")
    for obligation in page["rows"]:
        obligation.label, obligation.tone = _label(kind, obligation.stage)
        obligation.url = reverse(_PAGE[kind], args=[obligation.paper]) if obligation.is_readable else ""
    context = {
        "choice": choice,
        "year": year,
        "title": _TITLE[kind].format(year=year),
        "owed": totals["total"],
        "met_percent": _percent(totals["met"], totals["total"]),
        "tiles": _tiles(totals, kind, stage, here),
        "table": rows,
        "totals": totals,
        "stages": [(key, _label(kind, key)[0]) for key in STAGES],
        "bars": [
            {"label": r["label"], "percent": r["length"], "text": f"{r['percent']} ({r['met']}/{r['total']})"}
            for r in rows
        ],
        "here": here,
        "stage_label": _label(kind, stage)[0] if stage else "",
        "tier_label": Tier(tier).label if tier else "",
        "list": page,
    }
    return render(request, "registrations/board.html", context)


_TITLE = {
    ObligationKind.REGISTRATION: "Đăng ký thi đua năm {year}",
    ObligationKind.ANNUAL_REPORT: "Báo cáo năm {year}",
}
_PAGE = {
    ObligationKind.REGISTRATION: "registrations:registration",
    ObligationKind.SIX_MONTH_REPORT: "registrations:report",
    ObligationKind.ANNUAL_REPORT: "registrations:report",
}


def _with_stage(obligations, kind):
    """Each obligation with the `stage` its paper has reached, its uid and whether desks may read it."""
    model = Registration if kind == ObligationKind.REGISTRATION else Report
    papers = model.objects.filter(period=OuterRef("period"), unit=OuterRef("unit"))
    if model is Report:
        papers = papers.filter(kind=kind)
    return obligations.annotate(
        paper=Subquery(papers.values("uid")[:1]),
        paper_state=Subquery(papers.values("state")[:1]),
    ).annotate(
        stage=Case(
            *[When(paper_state=state, then=Value(stage)) for state, stage in STAGE_OF_STATE.items()],
            default=Value("chua-bat-dau"),
            output_field=CharField(),
        ),
        is_readable=Q(met_at__isnull=False, paper__isnull=False),
    )


_IS_LATE = Q(met_at__date__gt=F("due"))


def _in_stage(stage):
    if stage == LATE:
        return _IS_LATE
    if stage == OVERDUE:
        return Q(met_at__isnull=True, due__lt=clock.today())
    return Q(stage=stage) if stage in STAGES else Q()


def _counts_by_tier(owed, kind):
    """One row per tier that owes something: how many in each stage, met, late and overdue."""
    rows = []
    counts = {
        row["unit__kind"]: row
        for row in owed.order_by()
        .values("unit__kind")
        .annotate(
            total=Count("pk"),
            met=Count("pk", filter=Q(met_at__isnull=False)),
            **{key.replace("-", "_"): Count("pk", filter=_in_stage(key)) for key in [*STAGES, LATE, OVERDUE]},
        )
    }
    for tier in Tier:
        of_tier = [counts[kind] for kind in KINDS_OF_TIER[tier] if kind in counts]
        if not of_tier:
            continue
        row = {key: sum(c[key.replace("-", "_")] for c in of_tier) for key in [*STAGES, LATE, OVERDUE]}
        row |= {key: sum(c[key] for c in of_tier) for key in ("total", "met")}
        row |= {"tier": tier.value, "label": tier.label, "percent": _percent(row["met"], row["total"])}
        row |= {"length": row["met"] * 100 // row["total"]}
        row["cells"] = [{"stage": s, "number": row[s], "label": _label(kind, s)[0]} for s in STAGES]
        rows.append(row)
    return rows


def _percent(part, total):
    return format_percent(part, total, threshold=100) if total else "–"


def _label(kind, stage):
    if stage == LATE:
        return "Nộp muộn", "warning"
    if stage == OVERDUE:
        return "Quá hạn, chưa nộp", "danger"
    label, tone = STAGES[stage]
    if kind == ObligationKind.ANNUAL_REPORT:
        label = {"da-nop": "Chờ thẩm định", "da-xong": "Đã thẩm định"}.get(stage, label)
    return label, tone


def _tiles(totals, kind, chosen, here):
    tiles = [{"number": totals["total"], "label": "Phải nộp", "url": here, "active": not chosen, "tone": ""}]
    for stage in [*STAGES, LATE, OVERDUE]:
        label, tone = _label(kind, stage)
        url = f"{here}&stage={stage}#danh-sach"
        tiles.append(
            {"number": totals[stage], "label": label, "url": url, "active": stage == chosen, "tone": tone}
        )
    return tiles
