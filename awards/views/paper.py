"""Dossiers that came on paper: a clerk of the standing body finds the unit and enters what it sent."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from awards.models import AwardForm, Dossier
from awards.workflow import dossier as workflow
from core import clock
from registrations.models import Campaign
from registrations.views.registration import posted_uuid
from units.models import Unit

#: units shown for one search
SHOWN = 20


class UnitSearchForm(forms.Form):
    q = forms.CharField(
        label="Tên đơn vị gửi hồ sơ", required=False, widget=forms.TextInput(attrs={"type": "search"})
    )


class BeginForm(forms.Form):
    campaign = forms.ModelChoiceField(label="Giai đoạn", queryset=None, to_field_name="uid", empty_label=None)
    form = forms.ModelChoiceField(
        label="Hình thức", queryset=AwardForm.objects.proposed(), to_field_name="code", empty_label=None
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = Campaign.objects.filter(first_year__lte=clock.today().year)


@require_http_methods(["GET", "HEAD", "POST"])
def on_paper(request):
    if not request.user.authority.is_standing_body:
        raise PermissionDenied
    if request.method == "POST":
        begin = BeginForm(request.POST)
        unit = get_object_or_404(Unit.objects.operating_on(clock.today()), uid=posted_uuid(request, "unit"))
        if begin.is_valid():
            dossier = workflow.enter_on_paper(
                begin.cleaned_data["campaign"],
                begin.cleaned_data["form"],
                unit,
                by=request.user,
                acting=request.acting_unit,
            )
            return redirect("awards:edit", dossier.uid)
        return _page(request, UnitSearchForm({"q": unit.name}), begin, status=422)
    return _page(request, UnitSearchForm(request.GET), BeginForm())


def _page(request, form, begin, *, status=200):
    text = form.cleaned_data["q"].strip() if form.is_valid() else ""
    units = Unit.objects.operating_on(clock.today()).search(text)[:SHOWN] if text else None
    entering = Dossier.objects.filter(state__in=["draft", "returned"]).on_paper()
    context = {
        "form": form,
        "begin": begin,
        "units": list(units) if units is not None else None,
        "entering": entering.select_related("unit", "form", "saved_by").order_by("-saved_at")[:SHOWN],
    }
    return render(request, "awards/on_paper.html", context, status=status)
