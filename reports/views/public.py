"""The public site: reads `PublicRecord` and the public side of periods and criteria, nothing else."""

from datetime import date
from typing import NamedTuple

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch, Sum
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from awards.enums import NomineeKind, PublicState
from awards.models import AwardForm, PublicCount, PublicRecord
from core import clock, exports
from core.paging import page_along
from core.vietnamese import format_number
from registrations.models import Campaign, Period
from reports import listings
from reports.kept import kept
from units.enums import Tier

#: of what was searched for no more are counted
MOST_COUNTED = 1000


class PublishedFilter(forms.Form):
    """What narrows a public list; what cannot be understood is not filtered by (its error shows)."""

    q = forms.CharField(
        label="Tìm theo tên, đơn vị, số quyết định",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "ví dụ: bao thang"}),
    )
    year = forms.TypedChoiceField(label="Năm quyết định", required=False, coerce=int, empty_value=None)
    award = forms.ChoiceField(label="Hình thức", required=False)
    state = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Tất cả"), *PublicState.choices]
    )
    #: the columns by which the fields narrow
    COLUMNS = {"year": "year", "award": "award_code", "state": "state"}
    kind: str

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = PublicCount.objects.filter(kind="decision", number__gt=0).order_by("-year")
        years = years.values_list("year", flat=True).distinct()
        self.fields["year"].choices = [("", "Tất cả"), *((y, str(y)) for y in years)]
        self.fields["award"].choices = [("", "Tất cả"), *AwardForm.objects.values_list("code", "name")]
        self.is_valid()
        self.asked = {
            column: self.cleaned_data[name]
            for name, column in self.COLUMNS.items()
            if self.cleaned_data.get(name)
        }

    def records(self):
        records = PublicRecord.objects.latest().filter(kind=self.kind, **self.asked).defer("answer")
        words = self.cleaned_data.get("q")
        return records.search(words) if words else records

    def counted(self) -> dict:
        """How many there are: known without counting, unless words were searched for; then up to a bound."""
        if not self.cleaned_data.get("q"):
            counts = PublicCount.objects.filter(kind=self.kind, **self.asked)
            return {"total": counts.aggregate(total=Sum("number"))["total"] or 0}
        found = self.records().order_by()[: MOST_COUNTED + 1].count()
        return {"total": min(found, MOST_COUNTED), "is_all": found <= MOST_COUNTED}


class DecisionFilter(PublishedFilter):
    kind = "decision"


class ResultFilter(PublishedFilter):
    kind = "award"
    COLUMNS = PublishedFilter.COLUMNS | {"nominee_kind": "nominee_kind"}
    nominee_kind = forms.ChoiceField(
        label="Đối tượng", required=False, choices=[("", "Tất cả"), *NomineeKind.choices]
    )
    field_order = ["q", "year", "award", "nominee_kind", "state"]


def progress_shown(figures: dict) -> dict:
    """Published counts as rows of charts, each beside its numbers, and the sums of the province."""
    sums = {name: sum(tier[name] for tier in figures["tiers"]) for name in ("required", "filed", "on_time")}
    return {
        **sums,
        "percent": _percent(sums["filed"], sums["required"]),
        "tiers": [
            {
                **tier,
                "label": Tier(tier["tier"]).label,
                "percent": _percent(tier["filed"], tier["required"]),
                "text": f"{format_number(tier['filed'])}/{format_number(tier['required'])}",
            }
            for tier in figures["tiers"]
        ],
        "criteria": [
            {**line, "percent": _percent(line["met"], line["measured"])} for line in figures["criteria"]
        ],
    }


def _percent(part: int, whole: int) -> float:
    return round(part * 100 / whole, 1) if whole else 0


@login_not_required
@require_safe
def public_home(request):
    today = clock.today()
    period = Period.objects.open_on(today).select_related("campaign").order_by("-year").first()
    progress_of_year = PublicRecord.objects.progress().order_by("-year").first()
    return render(
        request,
        "reports/public_home.html",
        {
            "period": period,
            "progress": progress_of_year,
            "shown": progress_shown(progress_of_year.payload) if progress_of_year else None,
            "decisions": PublicRecord.objects.decisions().order_by("place")[:3],
            "award_count": PublicCount.objects.filter(kind="award").aggregate(n=Sum("number"))["n"] or 0,
        },
    )


@login_not_required
@require_safe
def movement(request):
    """What the movement is, its periods and criteria: their own public rows, and nobody's work."""
    campaigns = Campaign.objects.order_by("-first_year").select_related("criteria_set")
    periods = Period.objects.order_by("-year")
    return render(
        request,
        "reports/movement.html",
        {"campaigns": campaigns.prefetch_related(Prefetch("periods", periods), "fields")},
    )


@login_not_required
@require_safe
def progress(request):
    """How far the province is, as the standing body published it."""
    records = list(PublicRecord.objects.progress().order_by("-year").defer("answer"))
    wanted = request.GET.get("nam", "")
    record = next((r for r in records if str(r.year) == wanted), records[0] if records else None)
    context = {
        "record": record,
        "as_of": date.fromisoformat(record.payload["as_of"]) if record else None,
        "shown": progress_shown(record.payload) if record else None,
        "tabs": [{"label": f"Năm {r.year}", "url": f"?nam={r.year}", "active": r is record} for r in records],
        "awards": PublicCount.objects.filter(kind="award", year=record.year).aggregate(n=Sum("number"))["n"]
        if record
        else 0,
    }
    return render(request, "reports/progress.html", context)


class ListedResult(NamedTuple):
    """What the lists of results say of an award; plain values alone, for its row is drawn once."""

    address: str
    name: str
    whereabouts: str
    award: str
    decision_address: str
    decision: str
    decided_on: date
    tone: str
    label: str


def _listed(record: PublicRecord, addresses: tuple[str, str]) -> ListedResult:
    said = record.payload
    return ListedResult(
        address=f"{addresses[0]}{record.reference}/",
        name=f"{said['title']} {said['name']}".strip(),
        whereabouts=said["position"] or said["unit"]["name"],
        award=said["award"]["name"],
        decision_address=f"{addresses[1]}{record.decision_uid}/",
        decision=said["decision"]["number"],
        decided_on=record.decided_on,
        tone=record.tone,
        label=record.get_state_display(),
    )


def _as_listed(page: dict) -> dict:
    addresses = reverse("reports:results"), reverse("reports:decisions")
    return page | {"rows": [_listed(record, addresses) for record in page["rows"]]}


def _shown_as(request, view):
    query = request.GET.copy()
    query.pop("hien", None)
    if view:
        query["hien"] = view
    return f"?{query.urlencode()}"


@login_not_required
@require_safe
@kept
def results(request):
    form = ResultFilter(request.GET)
    if exports.asked(request):
        return exports.answer(request, listings.RESULTS, form.records().order_by("place"), form=form)
    as_cards = request.GET.get("hien") == "the"
    context = {
        "form": form,
        "as_cards": as_cards,
        "views": [
            {"label": "Danh sách", "url": _shown_as(request, ""), "active": not as_cards},
            {"label": "Thẻ", "url": _shown_as(request, "the"), "active": as_cards},
        ],
        **_as_listed(page_along(request, form.records(), key="place", noun="kết quả", **form.counted())),
    }
    return render(request, "reports/results.html", context)


@login_not_required
@require_safe
def result(request, reference):
    record = get_object_or_404(PublicRecord.objects.awards(), reference=reference)
    return render(request, "reports/result.html", {"record": record})


@login_not_required
@require_safe
@kept
def decisions(request):
    form = DecisionFilter(request.GET)
    if exports.asked(request):
        return exports.answer(request, listings.DECISIONS, form.records().order_by("place"), form=form)
    page = page_along(request, form.records(), key="place", noun="Quyết định", **form.counted())
    return render(request, "reports/decisions.html", {"form": form, **page})


@login_not_required
@require_safe
def decision(request, uid):
    record = get_object_or_404(PublicRecord.objects.decisions(), uid=uid)
    awards = PublicRecord.objects.awards().filter(decision_uid=uid).defer("answer")
    total = sum(record.payload["counts"].values())
    page = _as_listed(page_along(request, awards, key="place", noun="kết quả", total=total))
    return render(request, "reports/decision.html", {"record": record, **page})
