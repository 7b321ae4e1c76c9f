from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from core import clock, files
from core.forms import UploadField
from core.vietnamese import nfc
from units import tax
from units.enums import Kind
from units.models import AccountRequest, Unit


class AccountRequestForm(forms.ModelForm):
    """What a stranger writes. `website` is a trap: people do not see it, machines fill it in."""

    tax_number = forms.CharField(
        label="Mã số thuế",
        max_length=20,
        help_text="10 chữ số; đơn vị phụ thuộc 13 chữ số. Hộ kinh doanh: số định danh cá nhân 12 chữ số.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    document = UploadField(
        label="Giấy tờ",
        accept=(files.PDF, "image/jpeg", "image/png"),
        help_text="Giấy chứng nhận đăng ký doanh nghiệp, hợp tác xã hoặc hộ kinh doanh; PDF, JPG hoặc PNG.",
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    website = forms.CharField(
        label="Để trống ô này",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    class Meta:
        model = AccountRequest
        fields = [
            "kind",
            "name",
            "tax_number",
            "address",
            "place",
            "contact_name",
            "contact_position",
            "contact_email",
            "contact_phone",
            "document",
        ]
        widgets = {"kind": forms.RadioSelect}
        labels = {"name": "Tên đầy đủ", "contact_name": "Người liên hệ", "place": "Địa bàn"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        acting = Unit.objects.operating_on(clock.today()).filter(is_predecessor_stub=False)
        districts = acting.filter(kind=Kind.DISTRICT)
        self.fields["place"].queryset = districts if districts.exists() else acting.filter(kind=Kind.COMMUNE)
        self.fields["place"].empty_label = "Chọn địa bàn"
        self.fields["kind"].choices = AccountRequest._meta.get_field("kind").choices

    def clean_tax_number(self):
        try:
            return tax.normalised(self.cleaned_data["tax_number"])
        except tax.TaxNumberRefused as refused:
            raise ValidationError(str(refused)) from refused

    def clean_name(self):
        return " ".join(nfc(self.cleaned_data["name"]).split())

    def clean_contact_email(self):
        return self.cleaned_data["contact_email"].strip().lower()

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise ValidationError("Hãy để trống ô này rồi gửi lại: ô chỉ dành để chặn máy gửi tự động.")
        return ""

    def clean(self):
        cleaned = super().clean()
        number, kind = cleaned.get("tax_number"), cleaned.get("kind")
        if number and tax.is_identity_number(number) and kind != Kind.HOUSEHOLD_BUSINESS:
            self.add_error("tax_number", "Chỉ hộ kinh doanh dùng số định danh cá nhân 12 chữ số.")
        return cleaned

    def _post_clean(self):
        """The row is built by the workflow: the number of a household is never in the clear."""

    def words(self) -> dict:
        words = {k: v for k, v in self.cleaned_data.items() if k not in ("website", "document")}
        return words | {"upload": self.cleaned_data["document"]}


class ApprovalForm(forms.Form):
    """Where the register may have the body already, a person says whether it is the same."""

    NEW = "new"

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = {str(unit.uid): unit for unit, _ in units}
        if not units:
            return
        known = [
            (uid, f"Mời vào đơn vị đã có: {unit.name} ({unit.code}), {reason}")
            for (uid, unit), (_, reason) in zip(self.units.items(), units, strict=True)
        ]
        self.fields["unit"] = forms.ChoiceField(
            label="Đơn vị trong sổ",
            widget=forms.RadioSelect,
            choices=[*known, (self.NEW, "Lập đơn vị mới: không phải đơn vị nào ở trên")],
            error_messages={"required": "Sổ đơn vị có nơi giống yêu cầu này. Hãy chọn một dòng."},
        )

    @property
    def unit(self) -> Unit | None:
        """The unit to join; None is a new one."""
        return self.units.get(self.cleaned_data.get("unit", self.NEW))


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Mã tra cứu", max_length=20, help_text="12 ký tự, ghi trong thư cổng đã gửi."
    )

    def clean_code(self):
        return self.cleaned_data["code"].strip().upper().replace("-", "").replace(" ", "")
