"""What people write of one nominee: who it is, its report, its initiatives."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, Q, When

from awards.enums import NomineeKind
from awards.models import AchievementReport, Nominee, NomineeInitiative
from core import identity
from core.forms import UploadField, VietnameseDateField, WholeNumberField
from units import tax
from units.enums import Sex
from units.models import Unit

FORGET = "forget_identity"


class NomineeForm(forms.ModelForm):
    """A nominee of the dossier; `report` is kept even when the words are not yet good."""

    kind = forms.ChoiceField(label="Đối tượng", choices=NomineeKind, widget=forms.RadioSelect)
    sex = forms.ChoiceField(
        label="Danh xưng (chỉ với cá nhân)",
        choices=[("", "Không"), (Sex.MALE, "Ông"), (Sex.FEMALE, "Bà")],
        required=False,
    )
    birth_date = VietnameseDateField(
        label="Ngày sinh (chỉ với cá nhân)",
        required=False,
        help_text="Không bắt buộc; chỉ dùng để xét trùng, không công bố.",
    )
    identity_number = forms.CharField(
        label="Số CCCD hoặc CMND (chỉ với cá nhân)",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Không bắt buộc. Giúp phân biệt người trùng tên; cổng mã hóa và không công bố.",
    )
    forget_identity = forms.BooleanField(label="Xóa số đã lưu", required=False)
    unit = forms.ModelChoiceField(
        label="Thuộc đơn vị",
        queryset=None,
        to_field_name="uid",
        empty_label=None,
        help_text="Đơn vị mà đối tượng thuộc về, hoặc chính là đối tượng. "
        "Với tổ chức chưa có tài khoản: đơn vị đề nghị.",
    )
    tax_number = forms.CharField(
        label="Mã số thuế (tổ chức chưa có tài khoản)",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="10 chữ số; đơn vị phụ thuộc 13 chữ số. Dùng để liên kết khi tổ chức có tài khoản.",
    )
    members = WholeNumberField(label="Số người (với tập thể)", required=False, max_value=100_000)
    women = WholeNumberField(
        label="Trong đó nữ",
        required=False,
        max_value=100_000,
        help_text="Không bắt buộc; dùng khi các tập thể đủ điều kiện như nhau.",
    )
    report = UploadField(
        label="Báo cáo thành tích (PDF)",
        required=False,
        help_text="Hoặc viết báo cáo ngay trên cổng, sau khi lưu đối tượng.",
    )
    is_certified = forms.BooleanField(
        label="Báo cáo tải lên có xác nhận của cấp trình khen thưởng", required=False
    )

    class Meta:
        model = Nominee
        fields = [
            "kind",
            "name",
            "sex",
            "birth_date",
            "position",
            "unit",
            "is_the_unit",
            "body_kind",
            "tax_number",
            "members",
            "women",
            "achievement",
        ]
        labels = {
            "name": "Họ tên hoặc tên tập thể, hộ gia đình",
            "position": "Chức vụ, nơi công tác, nơi ở hoặc địa chỉ",
            "is_the_unit": "Đối tượng chính là đơn vị này (cả đơn vị, không phải một bộ phận)",
            "body_kind": "Tổ chức chưa có tài khoản trên cổng",
            "achievement": "Tóm tắt thành tích",
        }
        help_texts = {
            "name": "Viết như sẽ in trong Quyết định, không ghi Ông, Bà.",
            "position": "In cạnh tên trong danh sách. Với tập thể thuộc đơn vị có thể để trống.",
            "body_kind": "Chỉ chọn khi đề nghị cho doanh nghiệp, hợp tác xã, hộ kinh doanh bên ngoài.",
            "achievement": "Trích ngang thành tích, in trong danh sách kèm Tờ trình.",
        }
        widgets = {"achievement": forms.Textarea(attrs={"rows": 5, "maxlength": 3000})}

    field_order = [
        "kind",
        "name",
        "sex",
        "birth_date",
        "identity_number",
        FORGET,
        "position",
        "unit",
        "is_the_unit",
        "body_kind",
        "tax_number",
        "members",
        "women",
        "achievement",
        "report",
        "is_certified",
    ]

    def __init__(self, *args, dossier, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [(k.value, k.label) for k in NomineeKind if k in dossier.form.nominee_kinds]
        self.fields["kind"].choices = kinds
        self.fields["body_kind"].choices = [("", "Không"), *self.fields["body_kind"].choices[1:]]
        self.fields["unit"].queryset = units_within(dossier)
        self.fields["unit"].initial = dossier.unit.uid
        if self.instance.pk:
            self.initial["unit"] = self.instance.unit.uid
        if self.instance.identity_index:
            self.fields[
                "identity_number"
            ].help_text = f"Đã lưu số {identity_shown(self.instance)}. Để trống thì giữ nguyên."
        else:
            del self.fields[FORGET]

    def clean_identity_number(self):
        typed = self.cleaned_data["identity_number"]
        if not typed.strip():
            return ""
        try:
            return identity.normalised(typed)
        except identity.IdentityRefused as refused:
            raise ValidationError(str(refused)) from refused

    def clean_tax_number(self):
        typed = self.cleaned_data["tax_number"]
        if not typed.strip():
            return ""
        try:
            number = tax.normalised(typed)
        except tax.TaxNumberRefused as refused:
            raise ValidationError(str(refused)) from refused
        if tax.is_identity_number(number):
            raise ValidationError("Số 12 chữ số là số định danh cá nhân: hãy để trống ô mã số thuế.")
        return number

    def clean(self):
        said = self.cleaned_data
        kind = said.get("kind")
        if kind == NomineeKind.INDIVIDUAL:
            if not said.get("sex"):
                self.add_error("sex", "Chọn Ông hoặc Bà.")
            if said.get("is_the_unit"):
                self.add_error("is_the_unit", "Một cá nhân không thể chính là đơn vị.")
        elif kind:
            said["sex"], said["birth_date"], said["identity_number"] = "", None, ""
        if said.get("is_the_unit") and kind == NomineeKind.HOUSEHOLD:
            self.add_error("is_the_unit", "Một hộ gia đình không thể chính là đơn vị.")
        if kind != NomineeKind.COLLECTIVE:
            said["members"] = said["women"] = None
            said["body_kind"] = ""
        self._clean_body(said)
        if (said.get("women") or 0) > (said.get("members") or 0):
            self.add_error("women", "Số nữ không thể nhiều hơn số người.")
        return said

    def _clean_body(self, said):
        if not said.get("body_kind"):
            said["tax_number"] = "" if "tax_number" in said else said.get("tax_number", "")
            return
        if said.get("is_the_unit"):
            self.add_error("is_the_unit", "Tổ chức chưa có tài khoản không thể là đơn vị trong danh sách.")
        if not said.get("position"):
            self.add_error("position", "Ghi địa chỉ của tổ chức; in cạnh tên trong danh sách.")

    def values(self) -> dict:
        """Model fields by name, once the form is valid; the identity number is sealed already."""
        said = self.cleaned_data
        values = {name: said[name] for name in self.Meta.fields}
        if not said["is_the_unit"] and not said["body_kind"]:
            values["subject"] = None
        return values | sealed(said["identity_number"], forget=self._forgets)

    @property
    def _forgets(self) -> bool:
        said = self.cleaned_data
        return bool(said.get(FORGET)) or said["kind"] != NomineeKind.INDIVIDUAL


def units_within(dossier):
    """The dossier's unit first, then those right below it."""
    own_first = Case(When(pk=dossier.unit_id, then=0), default=1)
    units = Unit.objects.filter(Q(pk=dossier.unit_id) | Q(parent=dossier.unit_id))
    return units.order_by(own_first, "sort_name")


def sealed(number: str, *, forget=False) -> dict:
    """The stored fields of an identity number; none of them changes when nothing was typed."""
    if number:
        kept = identity.seal(number)
        return {
            "identity_ciphertext": kept.ciphertext,
            "identity_key": kept.key,
            "identity_index": kept.index,
        }
    if forget:
        return {"identity_ciphertext": None, "identity_key": "", "identity_index": ""}
    return {}


def identity_shown(subject) -> str:
    """The last four digits, enough to tell two people apart on a page."""
    if not subject.identity_index:
        return ""
    try:
        return f"…{identity.unseal(subject.identity_ciphertext, subject.identity_key)[-4:]}"
    except identity.IdentityRefused:
        return "đã lưu, không đọc được"


class ReportForm(forms.ModelForm):
    """The report of achievement written in the portal, in the parts of its form."""

    class Meta:
        model = AchievementReport
        fields = ["overview", "results", "influence"]
        labels = {
            "overview": "I. Sơ lược đặc điểm, tình hình (tập thể) hoặc lý lịch (cá nhân)",
            "results": "II. Thành tích: nội dung, biện pháp, kết quả trong phong trào",
            "influence": "Phạm vi ảnh hưởng, hiệu quả áp dụng",
        }
        help_texts = {
            "overview": "Tập thể: thành lập, cơ cấu, nhiệm vụ. Cá nhân: quê quán, trình độ, công tác.",
            "results": "Nêu số liệu, so với trước; mỗi ý một dòng.",
            "influence": "Trong đơn vị, ngành hay toàn tỉnh. Không bắt buộc.",
        }
        widgets = {
            "overview": forms.Textarea(attrs={"rows": 6, "maxlength": 5000}),
            "results": forms.Textarea(attrs={"rows": 14, "maxlength": 20000}),
            "influence": forms.Textarea(attrs={"rows": 5, "maxlength": 5000}),
        }


class InitiativeForm(forms.ModelForm):
    recognised_on = VietnameseDateField(label="Ngày công nhận", required=False)

    class Meta:
        model = NomineeInitiative
        fields = ["name", "effect", "recognised_by", "recognition_number", "recognised_on"]
        labels = {
            "name": "Tên sáng kiến",
            "effect": "Hiệu quả, phạm vi áp dụng",
            "recognised_by": "Cơ quan công nhận",
            "recognition_number": "Số văn bản công nhận",
        }
        help_texts = {"recognised_by": "Để trống nếu sáng kiến chưa được công nhận."}

    def clean(self):
        said = self.cleaned_data
        if said.get("recognition_number") and not said.get("recognised_by"):
            self.add_error("recognised_by", "Ghi cơ quan đã ban hành văn bản công nhận.")
        return said
