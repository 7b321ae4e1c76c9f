from django import forms

from core.forms import UploadField, VietnameseDateField
from core.vietnamese import search_key
from registrations.enums import LaunchForm as LaunchWay
from registrations.models import Period
from units.enums import KINDS_OF_TIER, Tier

#: where the launch of a unit stands: its word in addresses, and what it is called
STAGES = {
    "da-phat-dong": "Đã phát động",
    "phat-dong-muon": "Phát động muộn",
    "con-thieu": "Chưa phát động",
}


class LaunchForm(forms.Form):
    """What is recorded of a launch: `on_behalf` of a unit with the day its paper came; corrected, why."""

    launched_on = VietnameseDateField(label="Ngày phát động")
    form = forms.ChoiceField(label="Hình thức", choices=[("", "Chọn hình thức"), *LaunchWay.choices])
    document_number = forms.CharField(
        label="Số, ký hiệu văn bản", max_length=60, required=False, help_text="Ví dụ 35/KH-UBND."
    )
    upload = UploadField(
        label="Văn bản đã ký (PDF)", help_text="Kế hoạch, kết luận hoặc biên bản phát động; tối đa 20 MB."
    )
    received_on = VietnameseDateField(
        label="Ngày nhận bản giấy", help_text="Ghi thay đơn vị: ngày văn bản đến cơ quan thường trực."
    )
    note = forms.CharField(
        label="Ghi chú", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = forms.CharField(
        label="Lý do sửa", max_length=1000, help_text="Lưu vào lịch sử; bản ghi trước vẫn đọc được."
    )

    def __init__(self, *args, on_behalf, launch=None, **kwargs):
        initial = {}
        if launch:
            initial = {name: getattr(launch, name) for name in self.base_fields if hasattr(launch, name)}
        super().__init__(*args, initial=initial, **kwargs)
        if not on_behalf:
            del self.fields["received_on"]
        if launch is None:
            del self.fields["reason"]
        else:
            self.fields["upload"].required = False
            self.fields["upload"].help_text = "Để trống nếu giữ tệp đang có."

    def values(self) -> dict:
        """The fields of the launch itself."""
        apart = ("upload", "reason")
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class LaunchFilterForm(forms.Form):
    """What the list of launches can be narrowed to; a wrong value narrows nothing."""

    year = forms.TypedChoiceField(label="Năm", required=False, coerce=int, empty_value=None)
    tier = forms.ChoiceField(
        label="Cấp",
        required=False,
        choices=[("", "Mọi cấp"), *((t.value, t.label) for t in (Tier.PROVINCIAL, Tier.DISTRICT))],
    )
    stage = forms.ChoiceField(label="Tình trạng", required=False, choices=[("", "Tất cả"), *STAGES.items()])
    q = forms.CharField(label="Tìm đơn vị", required=False, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(self, data):
        super().__init__(data)
        years = Period.objects.exclude(launch_last_day=None).values_list("year", flat=True)
        self.fields["year"].choices = [(year, year) for year in years]

    def narrow(self, obligations):
        chosen = self.cleaned_data
        if chosen.get("tier"):
            obligations = obligations.filter(unit__kind__in=KINDS_OF_TIER[chosen["tier"]])
        if chosen.get("q"):
            obligations = obligations.filter(unit__search_name__contains=search_key(chosen["q"]))
        return obligations
