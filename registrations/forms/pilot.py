from django import forms
from django.db.models import Q

from core import clock
from core.forms import VietnameseDateField
from core.vietnamese import search_key
from registrations.enums import PilotListState
from registrations.forms.unit import UnitField
from registrations.models import Period
from units.enums import KINDS_OF_TIER, Tier
from units.models import Unit


def candidates(pilot_list):
    """Whom the list may name: the province anyone; a district its own communes, itself (for its offices)
    and any enterprise."""
    units = Unit.objects.operating_on(clock.today()).filter(is_predecessor_stub=False)
    if pilot_list.unit_id is None:
        return units
    own = Q(parent=pilot_list.unit_id) | Q(pk=pilot_list.unit_id)
    return units.filter(own | Q(kind__in=KINDS_OF_TIER[Tier.ENTERPRISE]))


class PilotForm(forms.Form):
    """One pilot unit; a list that was sent already asks for the reason of the change."""

    unit = UnitField(required=False)
    name = forms.CharField(
        label="Bộ phận, hoặc doanh nghiệp chưa có trên cổng",
        max_length=200,
        required=False,
        help_text="Để trống nếu chọn cả đơn vị. Ví dụ: Phòng Văn hóa và Thông tin.",
    )
    priority_fields = forms.ModelMultipleChoiceField(
        label="Lĩnh vực chỉ đạo điểm",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        to_field_name="code",
    )
    reason = forms.CharField(label="Lý do chọn", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    valid_from = VietnameseDateField(label="Từ ngày")
    valid_to = VietnameseDateField(
        label="Đến hết ngày", required=False, help_text="Để trống nếu chưa định ngày kết thúc."
    )
    comment = forms.CharField(
        label="Lý do thay đổi",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Danh sách đã gửi: cơ quan thường trực đọc được lý do và ghi nhận lại.",
    )

    def __init__(self, *args, pilot_list, pilot=None, **kwargs):
        initial = {"valid_from": clock.today()}
        if pilot:
            names = ("unit", "name", "reason", "valid_from", "valid_to")
            initial = {name: getattr(pilot, name) for name in names}
            initial["priority_fields"] = [field.code for field in pilot.fields.all()]
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["unit"].candidates = candidates(pilot_list)
        self.fields["priority_fields"].queryset = pilot_list.period.campaign.fields.all()
        if pilot_list.state in (PilotListState.DRAFT, PilotListState.RETURNED):
            del self.fields["comment"]

    def clean(self):
        said = self.cleaned_data
        if not said.get("unit") and not said.get("name") and "unit" not in self.errors:
            self.add_error("unit", "Hãy chọn đơn vị, hoặc ghi tên bộ phận, doanh nghiệp ở ô dưới.")
        begins, ends = said.get("valid_from"), said.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", "Ngày kết thúc phải sau ngày bắt đầu.")
        return said

    def values(self) -> dict:
        names = ("unit", "name", "reason", "valid_from", "valid_to")
        return {name: self.cleaned_data[name] for name in names}


class EndPilotForm(forms.Form):
    last_day = VietnameseDateField(label="Chỉ đạo điểm đến hết ngày")


#: beside the states of lists: what a district without a list is at, and a number that is off
MISSING, OFF_NUMBER = "chua-gui", "sai-so-luong"


class PilotFilterForm(forms.Form):
    """What the lists of the districts can be narrowed to; a wrong value narrows nothing."""

    year = forms.TypedChoiceField(label="Năm", required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[
            ("", "Tất cả"),
            (MISSING, "Chưa gửi"),
            *((s.value, s.label) for s in PilotListState if s != PilotListState.DRAFT),
            (OFF_NUMBER, "Số đơn vị chưa đúng"),
        ],
    )
    q = forms.CharField(label="Tìm huyện", required=False, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(self, data):
        super().__init__(data)
        years = Period.objects.exclude(pilots_last_day=None).values_list("year", flat=True)
        self.fields["year"].choices = [(year, year) for year in years]

    def narrow(self, obligations, norm):
        """`obligations` come with `list_state` and `running`, as the page annotates them."""
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("q"):
            obligations = obligations.filter(unit__search_name__contains=search_key(chosen["q"]))
        state = chosen.get("state")
        if state == MISSING:
            obligations = obligations.filter(met_at__isnull=True)
        elif state == OFF_NUMBER and norm:
            off = Q(running__lt=norm.at_least)
            if norm.at_most is not None:
                off |= Q(running__gt=norm.at_most)
            obligations = obligations.filter(off, met_at__isnull=False)
        elif state in PilotListState.values:
            obligations = obligations.filter(list_state=state)
        return obligations
