"""The register of certificates, and the measures of a pre-printed sheet."""

from django import forms
from django.db.models import Q

from awards.models import CertificateLayout, LayoutField
from core.forms import VietnameseDateField
from core.vietnamese import search_key


class RegisterFilter(forms.Form):
    q = forms.CharField(
        label="Tìm tên, đơn vị, số vào sổ, số Quyết định",
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    handed = forms.ChoiceField(
        label="Trao",
        required=False,
        choices=[("", "Tất cả"), ("chua", "Chưa trao"), ("roi", "Đã trao")],
    )

    def narrow(self, certificates):
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("handed"):
            certificates = certificates.filter(handed_on__isnull=chosen["handed"] == "chua")
        if text := chosen.get("q", "").strip():
            key = search_key(text)
            found = (
                Q(award__search_name__contains=key)
                | Q(award__unit__search_name__contains=key)
                | Q(award__decision__number=text)
            )
            number, _, year = text.partition("/")
            if number.isdecimal() and len(number) < 9:
                named = Q(number=int(number))
                found |= named & Q(year=int(year)) if year.isdecimal() and len(year) == 4 else named
            certificates = certificates.filter(found)
        return certificates


class HandOutForm(forms.Form):
    handed_on = VietnameseDateField(label="Ngày trao")
    handed_to = forms.CharField(
        label="Người nhận",
        max_length=200,
        required=False,
        help_text="Để trống: từng người, tập thể có tên trên Bằng nhận.",
    )
    note = forms.CharField(label="Ghi chú", max_length=200, required=False)


class LayoutForm(forms.ModelForm):
    class Meta:
        model = CertificateLayout
        fields = ["name", "width", "height", "shift_x", "shift_y", "note"]
        help_texts = {
            "shift_x": "Máy in lệch sang trái bao nhiêu thì ghi bấy nhiêu; số âm để dịch sang trái.",
            "shift_y": "Số âm để dịch lên.",
        }


def field_forms(data, layout):
    """One row for each box on the sheet, and two empty ones."""
    made = forms.inlineformset_factory(
        CertificateLayout,
        LayoutField,
        fields=["content", "text", "x", "y", "width", "size", "align", "is_bold", "is_italic", "is_upper"],
        extra=2,
        can_delete=True,
    )
    return made(data, instance=layout, prefix="o")
