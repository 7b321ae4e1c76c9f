"""The public site: reads `PublicRecord` and the public side of periods and criteria, nothing else."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from awards.enums import NomineeKind
from awards.models import AwardForm, PublicRecord
from core import clock, exports
from core.paging import page_of
from registrations.enums import ObligationKind
from registrations.models import Campaign, Obligation, Period
from reports import listings


class ResultFilter(forms.Form):
    q = forms.CharField(
        label="Tìm theo tên, đơn vị, số quyết định",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "ví dụ: bao thang"}),
    )
    year = forms.TypedChoiceField(label="Năm quyết định", required=False, coerce=int, empty_value=None)
    award = forms.ChoiceField(label="Hình thức", required=False)
    nominee_kind = forms.ChoiceField(
        label="Đối tượng", required=False, choices=[("", "Tất cả"), *NomineeKind.choices]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = PublicRecord.objects.decisions().order_by("-year").values_list("year", flat=True).distinct()
        self.fields["year"].choices = [("", "Tất cả"), *((y, str(y)) for y in years)]
        self.fields["award"].choices = [("", "Tất cả"), *AwardForm.objects.values_list("code", "name")]

    def apply(self, records):
        """The records asked for; what cannot be understood is not filtered by (its error shows)."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("q"):
            records = records.search(asked["q"])
        if asked.get("year"):
            records = records.filter(year=asked["year"])
        if asked.get("award"):
            records = records.filter(award_code=asked["award"])
        if asked.get("nominee_kind"):
            records = records.filter(nominee_kind=asked["nominee_kind"])
        return records


def _progress(period):
    """How many of those obliged have registered: numbers only, no names."""
    owed = Obligation.objects.filter(period=period, kind=ObligationKind.REGISTRATION, is_waived=False)
    total = owed.count()
    met = owed.filter(met_at__isnull=False).count()
    percent = round(met * 100 / total, 1) if total else 0
    return {"total": total, "met": met, "percent": percent}


@login_not_required
@require_safe
def public_home(request):
    today = clock.today()
    period = Period.objects.open_on(today).select_related("campaign").order_by("-year").first()
    campaign = period.campaign if period else Campaign.objects.order_by("-first_year").first()
    return render(
        request,
        "reports/public_home.html",
        {
            "period": period,
            "campaign": campaign,
            "progress": _progress(period) if period else None,
            "decisions": PublicRecord.objects.decisions().order_by("-sequence")[:3],
            "award_count": PublicRecord.objects.awards().count(),
        },
    )


@login_not_required
@require_safe
def results(request):
    form = ResultFilter(request.GET)
    records = form.apply(PublicRecord.objects.awards()).order_by("-year", "sequence")
    if exports.asked(request):
        return exports.answer(request, listings.RESULTS, records, form=form)
    return render(
        request, "reports/results.html", {"form": form, **page_of(request, records, noun="kết quả")}
    )


@login_not_required
@require_safe
def result(request, reference):
    record = get_object_or_404(PublicRecord.objects.awards(), reference=reference)
    return render(request, "reports/result.html", {"record": record})


@login_not_required
@require_safe
def decisions(request):
    records = PublicRecord.objects.decisions().order_by("-sequence")
    if exports.asked(request):
        return exports.answer(request, listings.DECISIONS, records)
    return render(request, "reports/decisions.html", page_of(request, records, noun="Quyết định"))


@login_not_required
@require_safe
def decision(request, uid):
    record = get_object_or_404(PublicRecord.objects.decisions(), uid=uid)
    awards = PublicRecord.objects.awards().filter(decision_uid=uid).order_by("sequence")
    return render(
        request, "reports/decision.html", {"record": record, **page_of(request, awards, noun="kết quả")}
    )
