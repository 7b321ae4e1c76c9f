from django import forms

from core import clock
from core.forms import VietnameseDateField
from units.blocs import read_rows
from units.forms.reorganisation import UnitField, unit_called
from units.models import EmulationBloc


class BlocForm(forms.ModelForm):
    valid_from = VietnameseDateField(label="Từ ngày")
    valid_to = VietnameseDateField(
        label="Đến hết ngày", required=False, help_text="Để trống nếu chưa kết thúc."
    )

    class Meta:
        model = EmulationBloc
        fields = ["name", "valid_from", "valid_to", "basis"]


class BlocRowsForm(forms.Form):
    """Units and their blocs, pasted from a sheet."""

    rows = forms.CharField(
        label="Danh sách",
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": "SYT | Khối các sở kinh tế"}),
        help_text="Dán từ bảng tính hai cột: mã hoặc tên đơn vị, tên khối. Hoặc ghi “đơn vị | khối”.",
    )
    since = VietnameseDateField(label="Từ ngày", initial=clock.today)
    basis = forms.CharField(label="Căn cứ", max_length=200)

    def clean_rows(self):
        return read_rows(self.cleaned_data["rows"], unit_called)


class BlocHeadForm(forms.Form):
    unit = UnitField(label="Khối trưởng", help_text="Mã hoặc tên một đơn vị trong khối.")
    since = VietnameseDateField(label="Từ ngày", initial=clock.today)
