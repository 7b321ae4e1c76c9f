"""What came on paper: the clerk looks for the unit and opens its registration."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from core import clock
from registrations import workflow
from registrations.models import Period, Registration
from registrations.views.registration import posted_uuid
from units.models import Unit

#: units shown for one search
SHOWN = 20


class UnitSearchForm(forms.Form):
    q = forms.CharField(
        label="Tên đơn vị gửi văn bản", required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    year = forms.TypedChoiceField(label="Năm đăng ký", required=False, coerce=int, empty_value=None)

    def __init__(self, data, *, years):
        super().__init__(data)
        self.fields["year"].choices = [(year, year) for year in years]


@require_http_methods(["GET", "HEAD", "POST"])
def on_paper(request):
    if not request.user.authority.is_standing_body:
        raise PermissionDenied
    periods = list(Period.objects.filter(opens_on__lte=clock.today()).order_by("-year"))
    if request.method == "POST":
        period = next((p for p in periods if p.uid == posted_uuid(request, "period")), None)
        if period is None:
            raise Http404
        units = Unit.objects.operating_on(clock.today())
        unit = get_object_or_404(units, uid=posted_uuid(request, "unit"))
        registration = workflow.enter_on_paper(period, unit, by=request.user, acting=request.acting_unit)
        return redirect("registrations:edit", registration.uid)
    form = UnitSearchForm(request.GET, years=[p.year for p in periods])
    chosen = form.cleaned_data if form.is_valid() else {}
    year = chosen.get("year") or (periods[0].year if periods else None)
    period = next((p for p in periods if p.year == year), None)
    rows = _found(period, chosen["q"]) if period and chosen.get("q", "").strip() else None
    entering = Registration.objects.filter(state__in=workflow.EDITABLE).on_paper()
    context = {
        "form": form,
        "period": period,
        "rows": rows,
        "entering": entering.select_related("period", "unit", "saved_by").order_by("-saved_at")[:SHOWN],
    }
    return render(request, "registrations/on_paper.html", context)


def _found(period, text) -> list[dict]:
    """Units by name with what is there of them in the period."""
    units = list(Unit.objects.operating_on(clock.today()).search(text)[:SHOWN])
    begun = {r.unit_id: r for r in Registration.objects.filter(period=period, unit__in=units)}
    return [{"unit": unit, "registration": begun.get(unit.pk)} for unit in units]
