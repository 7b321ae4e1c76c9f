from django import forms

from core.forms import VietnameseDateField
from core.models import Holiday


class HolidayForm(forms.ModelForm):
    """One day that overrules the calendar."""

    class Meta:
        model = Holiday
        fields = ("day", "name", "is_working_day", "basis")
        field_classes = {"day": VietnameseDateField}
        labels = {"is_working_day": "Là ngày đi làm (làm bù)"}
        help_texts = {
            "name": "Ví dụ: Nghỉ Tết Nguyên đán, Làm bù.",
            "basis": "Thông báo, quyết định về lịch nghỉ.",
        }
        error_messages = {"day": {"unique": "Ngày này đã có trong lịch. Hãy sửa dòng đã có."}}


class YearForm(forms.Form):
    nam = forms.IntegerField(label="Năm", min_value=2022, max_value=2100, required=False)
