"""What a unit writes of a Giấy khen decision of its own, and of each name on it."""

from django import forms

from awards.enums import NomineeKind
from awards.forms.nominee import sealed
from awards.models import AwardForm
from core import clock, identity
from core.forms import UploadField, VietnameseDateField
from units.enums import Sex
from units.models import Unit


class RecordForm(forms.Form):
    unit = forms.ModelChoiceField(
        label="Đơn vị quyết định", queryset=None, to_field_name="uid", empty_label=None
    )
    form = forms.ModelChoiceField(label="Hình thức", queryset=None, to_field_name="code", empty_label=None)
    number = forms.CharField(label="Số quyết định", max_length=60)
    signed_on = VietnameseDateField(label="Ngày ký")
    title = forms.CharField(label="Trích yếu", max_length=300)
    achievement_from = VietnameseDateField(label="Thành tích từ ngày")
    achievement_to = VietnameseDateField(
        label="Thành tích đến ngày", help_text="Dùng để xét trùng với Bằng khen cùng thời gian."
    )
    upload = UploadField(label="Quyết định đã ký (PDF)")

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, auto_id="id_record_%s", **kwargs)
        kinds = {unit.kind for unit in units}
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        self.fields["form"].queryset = AwardForm.objects.recorded().filter(issuer_kinds__overlap=list(kinds))

    def clean(self):
        said = self.cleaned_data
        since, until = said.get("achievement_from"), said.get("achievement_to")
        if since and until and until < since:
            self.add_error("achievement_to", "Ngày cuối phải sau ngày đầu.")
        if said.get("signed_on") and said["signed_on"] > clock.today():
            self.add_error("signed_on", "Ngày ký không thể ở tương lai.")
        return said


class RecordedAwardForm(forms.Form):
    kind = forms.ChoiceField(label="Đối tượng", widget=forms.RadioSelect)
    name = forms.CharField(
        label="Họ tên hoặc tên tập thể, hộ gia đình", max_length=200, help_text="Không ghi Ông, Bà."
    )
    sex = forms.ChoiceField(
        label="Danh xưng (chỉ với cá nhân)",
        choices=[("", "Không"), (Sex.MALE, "Ông"), (Sex.FEMALE, "Bà")],
        required=False,
    )
    birth_date = VietnameseDateField(label="Ngày sinh (chỉ với cá nhân)", required=False)
    identity_number = forms.CharField(
        label="Số CCCD hoặc CMND (chỉ với cá nhân)",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Không bắt buộc; cổng mã hóa, chỉ dùng để xét trùng.",
    )
    position = forms.CharField(label="Chức vụ, nơi công tác hoặc nơi ở", max_length=200, required=False)

    def __init__(self, *args, decision, **kwargs):
        super().__init__(*args, auto_id="id_name_%s", **kwargs)
        self.decision = decision
        self.fields["kind"].choices = [
            (k.value, k.label) for k in NomineeKind if k in decision.form.nominee_kinds
        ]

    def clean_identity_number(self):
        typed = self.cleaned_data["identity_number"]
        if not typed.strip():
            return ""
        try:
            return identity.normalised(typed)
        except identity.IdentityRefused as refused:
            raise forms.ValidationError(str(refused)) from refused

    def clean(self):
        said = self.cleaned_data
        if said.get("kind") == NomineeKind.INDIVIDUAL:
            if not said.get("sex"):
                self.add_error("sex", "Chọn Ông hoặc Bà.")
        elif said.get("kind"):
            said["sex"], said["birth_date"], said["identity_number"] = "", None, ""
        return said

    def values(self) -> dict:
        said = dict(self.cleaned_data)
        number = said.pop("identity_number")
        is_the_unit = said["kind"] == NomineeKind.COLLECTIVE and said["name"] == self.decision.unit.name
        return said | {"subject": self.decision.unit if is_the_unit else None} | sealed(number)
