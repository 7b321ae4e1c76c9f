from django import forms
from django.db.models import Q

from core.vietnamese import search_key
from registrations.enums import DESK_LABELS, RegistrationState, ReportState
from registrations.models import Period
from units.enums import KINDS_OF_TIER, Tier

_DRAFTS = (RegistrationState.DRAFT, ReportState.DRAFT)


def _years():
    return [(year, year) for year in Period.objects.values_list("year", flat=True)]


class FilterForm(forms.Form):
    """What a list of filed papers can be narrowed to; a wrong value narrows nothing."""

    states = ()

    q = forms.CharField(
        label="Tìm đơn vị, số tiếp nhận", required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    year = forms.TypedChoiceField(label="Năm", required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label="Trạng thái", required=False)
    tier = forms.ChoiceField(label="Cấp", required=False, choices=[("", "Mọi cấp"), *Tier.choices])
    late = forms.ChoiceField(
        label="Thời hạn", required=False, choices=[("", "Tất cả"), ("no", "Đúng hạn"), ("yes", "Nộp muộn")]
    )

    def __init__(self, data):
        super().__init__(data)
        self.fields["year"].choices = [("", "Mọi năm"), *_years()]
        choices = [(s.value, DESK_LABELS.get(s, s.label)) for s in self.states if s not in _DRAFTS]
        self.fields["state"].choices = [("", "Mọi trạng thái"), *choices]

    def narrow(self, queryset):
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("year"):
            queryset = queryset.filter(period__year=chosen["year"])
        if chosen.get("state"):
            queryset = queryset.filter(state=chosen["state"])
        if chosen.get("tier"):
            queryset = queryset.filter(unit__kind__in=KINDS_OF_TIER[chosen["tier"]])
        if chosen.get("late"):
            queryset = queryset.filter(is_late=chosen["late"] == "yes")
        if chosen.get("q"):
            named = Q(unit__search_name__contains=search_key(chosen["q"]))
            queryset = queryset.filter(named | Q(reference__icontains=chosen["q"].strip()))
        return queryset


class RegistrationFilterForm(FilterForm):
    states = RegistrationState


class ReportFilterForm(FilterForm):
    states = ReportState
