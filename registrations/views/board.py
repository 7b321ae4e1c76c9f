"""The board of a year, and what the standing body does from it with many units at once."""

import uuid
from contextlib import suppress

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import clock, exports
from core.paging import page_of
from core.schedule import missed
from core.transitions import Refused
from core.vietnamese import format_percent
from registrations import board as boards
from registrations import workflow
from registrations.enums import BoardAct, ObligationKind, RowOutcome
from registrations.forms import BoardForm, BulkForm
from registrations.forms.board import BY
from registrations.listings import BULK_ACT
from registrations.listings import obligations as listing_of
from registrations.models import BulkAct, Period, Wording

TITLES = {
    ObligationKind.REGISTRATION: "Đăng ký thi đua năm {year}",
    ObligationKind.LAUNCH: "Phát động phong trào năm {year}",
    ObligationKind.PILOTS: "Danh sách chỉ đạo điểm năm {year}",
    ObligationKind.SIX_MONTH_REPORT: "Báo cáo 6 tháng năm {year}",
    ObligationKind.ANNUAL_REPORT: "Báo cáo năm {year}",
}
PAGES = {
    ObligationKind.REGISTRATION: "registrations:registration",
    ObligationKind.LAUNCH: "registrations:launch",
    ObligationKind.PILOTS: "registrations:pilot_list",
    ObligationKind.SIX_MONTH_REPORT: "registrations:report",
    ObligationKind.ANNUAL_REPORT: "registrations:report",
}
OUTCOME_TONES = {RowOutcome.WAITING: "neutral", RowOutcome.DONE: "success", RowOutcome.REFUSED: "warning"}


@require_safe
@permission_required("registrations.open_board", raise_exception=True)
def board(request):
    """How far the obligations of one year and kind are; every number is of obligations and opens its list."""
    visible = boards.on_board_of(request.user)
    form = BoardForm(request.GET, visible)
    choice = form.choice
    if choice is None:
        return render(request, "registrations/board.html", {"form": form, "choice": None, "missed": missed()})
    owed = boards.with_stage(visible.filter(period__year=choice.year, kind=choice.kind), choice.kind)
    chosen = boards.narrowed(owed, choice)
    shown = chosen.filter(boards.in_stage(choice.stage)).select_related("unit")
    shown = shown.order_by("unit__sort_name", "unit_id")
    if exports.asked(request):
        listing = listing_of(lambda row: boards.label_of(choice.kind, row.stage)[0])
        return exports.answer(request, listing, shown.select_related("period"), form=form)
    counted = boards.counts(chosen)
    total, met = boards.number(counted, ""), boards.number(counted, "da-co")
    met_label, _ = boards.label_of(choice.kind, "da-co")
    page = page_of(request, shown, noun="đơn vị")
    for obligation in page["rows"]:
        obligation.label, obligation.tone = boards.label_of(choice.kind, obligation.stage)
        obligation.is_readable = request.user.has_perm("registrations.view_obligation", obligation)
        is_readable = obligation.is_readable and obligation.paper and obligation.met_at
        obligation.paper_url = reverse(PAGES[choice.kind], args=[obligation.paper]) if is_readable else ""
    context = {
        "form": form,
        "choice": choice,
        "goes_through": not total and _goes_through(request.user, choice),
        "title": TITLES[choice.kind].format(year=choice.year),
        "owed": total,
        "met": met,
        "met_percent": format_percent(met, total, threshold=100) if total else "–",
        "tiles": _tiles(counted, choice),
        "tabs": [
            {"label": label, "url": choice.url(by=by), "active": by == choice.by}
            for by, label in BY
            if by != "field" or choice.kind == ObligationKind.REGISTRATION or choice.by == "field"
        ],
        "by_label": dict(BY)[choice.by].removeprefix("Theo "),
        "table": list(boards.rows_by(owed, choice)),
        "legend": list(_legend(choice.kind)),
        "chart_caption": f"Đơn vị phải làm, chia theo trạng thái; bên phải: {met_label.lower()}",
        "met_label": met_label,
        "shown_as": _shown_as(form, choice),
        "all_url": choice.url(tier="", district="", field="", stage=""),
        "list": page,
        "list_total": page["total"],
        "can_act": request.user.has_perm("registrations.act_on_board"),
        "can_confirm": choice.kind == ObligationKind.REGISTRATION,
        "hidden": [(name, value) for name, value in vars(choice).items() if value],
        "seen_at": clock.now().isoformat(timespec="microseconds"),
        "missed": missed(),
    }
    return render(request, "registrations/board.html", context)


def _goes_through(user, choice) -> bool:
    """A district whose communes do not file themselves looks for them here in vain."""
    if choice.kind != ObligationKind.REGISTRATION or user.has_perm("registrations.view_board"):
        return False
    return Period.objects.filter(year=choice.year, communes_file=False).exists()


def _tiles(counted, choice):
    tiles = []
    for stage in ("", *boards.STAGES, *boards.FACTS):
        label, tone = boards.label_of(choice.kind, stage) if stage else ("Phải làm", "")
        url, number = choice.url(stage=stage), boards.number(counted, stage)
        tiles.append(
            {"number": number, "label": label, "url": url, "active": stage == choice.stage, "tone": tone}
        )
    return tiles


def _legend(kind):
    for stage in boards.STAGES:
        label, tone = boards.label_of(kind, stage)
        yield {"label": label, "tone": tone, "is_faint": stage == "chua-bat-dau"}


def _shown_as(form, choice) -> str:
    """What the list is narrowed to, in words."""
    words = [boards.label_of(choice.kind, choice.stage)[0].lower()] if choice.stage else []
    words += [
        dict(form.fields[name].choices)[value]
        for name in ("tier", "district", "field")
        if (value := getattr(choice, name))
    ]
    return ", ".join(words)


def chosen_of(request, data):
    """The obligations a person chose on the board, by ticks or all the filter holds, with their title."""
    visible = boards.on_board_of(request.user)
    form = BoardForm(data, visible)
    choice = form.choice
    if choice is None:
        return None, visible.none(), ""
    owed = boards.with_stage(visible.filter(period__year=choice.year, kind=choice.kind), choice.kind)
    title = TITLES[choice.kind].format(year=choice.year)
    if data.get("scope") == "all":
        found = boards.narrowed(owed, choice).filter(boards.in_stage(choice.stage))
        narrowed_to = _shown_as(form, choice)
        title = f"{title}: {narrowed_to}" if narrowed_to else title
    else:
        found = owed.filter(uid__in=_ticked(data))
        title = f"{title}: đơn vị được chọn"
    return choice, found.select_related("unit", "period").order_by("unit__sort_name", "unit_id"), title


def _ticked(data):
    for text in data.getlist("chon"):
        with suppress(ValueError):
            yield uuid.UUID(text)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("registrations.act_on_board", raise_exception=True)
def bulk(request):
    """Says what an act on many units would do, and does it; what it did is a page of its own."""
    data = request.POST if request.method == "POST" else request.GET
    choice, found, title = chosen_of(request, data)
    if choice is None or data.get("act") not in BoardAct.values:
        return redirect("registrations:board")
    refused = None
    form = BulkForm(data if request.method == "POST" else None, initial=_first_seen(data))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_begin(request, form.cleaned_data, found, title))
        except Refused as error:
            refused = error
    rows = list(found[: workflow.MOST_ROWS + 1])
    context = {
        "form": form,
        "act": BoardAct(data["act"]),
        "title": title,
        "back": reverse("registrations:board") + choice.url(),
        "count": len(rows),
        "will": sum(_will(data["act"], row) for row in rows),
        "rows": rows[:100],
        "rest": len(rows) - 100,
        "kept": kept_of(choice, data),
        "refused": [{"message": str(refused), "field": ""}] if refused else [],
    }
    status = refused.status if refused else 422 if form.errors else 200
    return render(request, "registrations/bulk.html", context, status=status)


def _first_seen(data):
    wording = Wording.objects.filter(use="mail").first()
    return {
        "act": data.get("act"),
        "request_key": uuid.uuid4(),
        "seen_at": data.get("seen_at") or clock.now().isoformat(timespec="microseconds"),
        "wording": wording,
    }


def _begin(request, values, found, title) -> BulkAct:
    return workflow.start_bulk(
        values["act"],
        found,
        title=title,
        request_key=values["request_key"],
        seen_at=values["seen_at"],
        wording=values["wording"] if values["act"] == BoardAct.REMIND else None,
        by=request.user,
        acting=request.acting_unit or None,
    )


def _will(act, obligation) -> bool:
    """Whether the act has something to do there, as the row stands now."""
    return obligation.stage == "da-nop" if act == BoardAct.CONFIRM else obligation.met_at is None


def kept_of(choice, data):
    """What the page hands on to the act: the filter, the scope, the ticks."""
    kept = [(name, value) for name, value in vars(choice).items() if value]
    kept += [("scope", "all")] if data.get("scope") == "all" else []
    return kept + [("chon", value) for value in data.getlist("chon")]


@require_safe
def bulk_act(request, uid):
    """What became of each row; while rows are waiting the page asks again."""
    if not request.user.has_perm("registrations.view_bulkact"):
        raise PermissionDenied
    found = get_object_or_404(BulkAct.objects.select_related("by", "wording"), uid=uid)
    outcomes = {outcome: found.rows.filter(outcome=outcome).count() for outcome in RowOutcome}
    total = sum(outcomes.values())
    rows = found.rows.select_related("obligation__unit", "obligation__period").order_by("id")
    if exports.asked(request):
        return exports.answer(request, BULK_ACT, rows)
    page = page_of(request, rows, noun="đơn vị")
    for row in page["rows"]:
        row.tone = OUTCOME_TONES[row.outcome]
    context = {
        "bulk": found,
        "tiles": [
            {"number": number, "label": outcome.label, "tone": OUTCOME_TONES[outcome]}
            for outcome, number in outcomes.items()
            if number or outcome != RowOutcome.WAITING
        ],
        "done": total - outcomes[RowOutcome.WAITING],
        "total": total,
        "list": page,
    }
    name = "_bulk_act" if request.headers.get("HX-Request") else "bulk_act"
    return render(request, f"registrations/{name}.html", context)
