"""A year of the fund and the lines of its ledger."""

from django import forms

from awards.models import Fund
from awards.models.prize import FundEntryKind
from core import clock
from core.forms import VietnameseDateField, WholeNumberField


class CeilingForm(forms.Form):
    """What a fund may spend in a year."""

    fund = forms.ModelChoiceField(
        label="Quỹ", queryset=Fund.objects.all(), to_field_name="code", empty_label=None
    )
    year = forms.IntegerField(label="Năm", min_value=2022, max_value=2100)
    ceiling = WholeNumberField(label="Mức trần (đồng)", max_value=10**15)
    warn_percent = forms.IntegerField(
        label="Báo trước khi dùng đến (%)", min_value=1, max_value=100, initial=80
    )
    basis = forms.CharField(
        label="Căn cứ", max_length=300, help_text="Ví dụ: Quyết định giao dự toán số …, ngày …"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="id_ceiling_%s", **kwargs)
        self.fields["year"].initial = clock.today().year


class EntryForm(forms.Form):
    """A line of the ledger; "Chi khác" may be below zero, to set a wrong line right."""

    kind = forms.ChoiceField(
        label="Loại",
        choices=[c for c in FundEntryKind.choices if c[0] != FundEntryKind.PRIZE],
    )
    is_reversed = forms.BooleanField(label="Ghi giảm, để sửa một dòng đã ghi sai", required=False)
    amount = WholeNumberField(label="Số tiền (đồng)", min_value=1, max_value=10**15)
    on = VietnameseDateField(label="Ngày")
    note = forms.CharField(label="Diễn giải", max_length=300)

    def signed_amount(self) -> int:
        said = self.cleaned_data
        return -said["amount"] if said["is_reversed"] else said["amount"]
