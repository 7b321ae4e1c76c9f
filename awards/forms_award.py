"""Forms of what comes with a decision and after it."""

from django import forms
from django.db.models import Q

from awards.enums import AwardState, NomineeKind
from awards.forms import SignatureForm
from awards.models import CertificateLayout, Exemplar, Fund, LayoutField, RevocationGround
from awards.models.prize import FundEntryKind
from awards.workflow.award import CORRECTABLE
from core import clock
from core.forms import UploadField, VietnameseDateField, WholeNumberField
from core.vietnamese import search_key
from units.models import Unit

IMAGES = ("image/jpeg", "image/png")


class CouncilForm(forms.Form):
    met_on = VietnameseDateField(label="Ngày họp Hội đồng")
    upload = UploadField(label="Biên bản (PDF)", help_text="Bản quét rõ chữ ký và dấu, tối đa 20 MB.")

    def clean_met_on(self):
        day = self.cleaned_data["met_on"]
        if day > clock.today():
            raise forms.ValidationError("Ngày họp không thể ở tương lai.")
        return day


class AmendForm(SignatureForm):
    """What was recorded of an issued decision, set right; the scan stays unless another comes."""

    def __init__(self, *args, decision, **kwargs):
        said = {"number": decision.number, "signed_on": decision.signed_on, "signer": decision.signer}
        super().__init__(*args, initial=said, auto_id="id_amend_%s", **kwargs)
        self.fields["upload"].required = False
        self.fields["upload"].help_text = "Để trống nếu giữ bản đang có."


class CorrectionForm(forms.Form):
    """The words as they should be; the act that says so is signed outside and recorded afterwards."""

    title = forms.ChoiceField(
        label=CORRECTABLE["title"],
        required=False,
        choices=[("", "Không"), ("Ông", "Ông"), ("Bà", "Bà")],
    )
    name = forms.CharField(label=CORRECTABLE["name"], max_length=200)
    position = forms.CharField(label=CORRECTABLE["position"], max_length=200, required=False)
    unit_name = forms.CharField(label=CORRECTABLE["unit_name"], max_length=200)
    reason = forms.CharField(
        label="Lý do đính chính (công khai)",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mọi người đọc được, cùng chữ đã in và chữ đính chính.",
    )

    def __init__(self, data=None, *, award):
        said = {field: getattr(award, field) for field in CORRECTABLE}
        super().__init__(data, initial=said, auto_id="id_draft_%s")
        if award.kind != NomineeKind.INDIVIDUAL:
            del self.fields["title"]

    def words(self) -> dict:
        return {field: self.cleaned_data[field] for field in CORRECTABLE if field in self.cleaned_data}


class CorrectForm(SignatureForm):
    """The Chairman's act that corrects, as it came back signed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="id_correct_%s", **kwargs)
        self.fields["number"].label = "Số, ký hiệu văn bản đính chính"


class RevocationForm(forms.Form):
    """What the proposing body says when it asks for a revocation."""

    ground = forms.ModelChoiceField(
        label="Căn cứ hủy bỏ", queryset=None, to_field_name="code", empty_label=None, widget=forms.RadioSelect
    )
    explanation = forms.CharField(
        label="Tóm tắt lý do",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Cơ quan thi đua - khen thưởng đọc; không công khai.",
    )
    upload = UploadField(label="Tờ trình đề nghị hủy bỏ (PDF)", help_text="Bản đã ký, tối đa 20 MB.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="id_propose_%s", **kwargs)
        self.fields["ground"].queryset = RevocationGround.objects.in_force_on(clock.today())


class RevokeForm(SignatureForm):
    public_reason = forms.CharField(
        label="Lý do công khai",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Hiện trên trang kết quả, trang xác minh và dữ liệu mở. Không ghi thông tin riêng.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="id_revoke_%s", **kwargs)
        self.fields["number"].label = "Số, ký hiệu Quyết định hủy bỏ"


class ReturnForm(forms.Form):
    returned_on = VietnameseDateField(label="Ngày nộp lại")
    money = WholeNumberField(label="Tiền thưởng nộp lại (đồng)", max_value=2_000_000_000)
    note = forms.CharField(
        label="Ghi chú",
        max_length=300,
        required=False,
        help_text="Ví dụ: đã nhận Bằng khen bản gốc, biên bản ngày nào.",
    )

    def __init__(self, *args, award, **kwargs):
        said = {"money": award.prize_amount or 0, "returned_on": clock.today()}
        super().__init__(*args, initial=said, auto_id="id_return_%s", **kwargs)


class AwardFilter(forms.Form):
    """What the list of awards can be narrowed to; a wrong value narrows nothing."""

    q = forms.CharField(
        label="Tìm tên, đơn vị, mã, số Quyết định",
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(
        label="Đối tượng", required=False, choices=[("", "Tất cả"), *NomineeKind.choices]
    )
    state = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Tất cả"), *AwardState.choices]
    )

    def __init__(self, data, *, reads_acts):
        super().__init__(data)
        if not reads_acts:
            # What is only proposed is not told to others.
            del self.fields["state"]

    def narrow(self, awards):
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("kind"):
            awards = awards.filter(kind=chosen["kind"])
        if chosen.get("state"):
            awards = awards.filter(state=chosen["state"])
        if text := chosen.get("q", "").strip():
            key = search_key(text)
            awards = awards.filter(
                Q(search_name__contains=key)
                | Q(unit__search_name__contains=key)
                | Q(reference__icontains=text)
                | Q(decision__number__icontains=text)
            )
        return awards


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


class ExemplarForm(forms.ModelForm):
    image_upload = UploadField(
        label="Ảnh (JPG, PNG)", required=False, accept=IMAGES, help_text="Không bắt buộc; tối đa 20 MB."
    )

    class Meta:
        model = Exemplar
        fields = [
            "campaign",
            "kind",
            "name",
            "place",
            "unit",
            "title",
            "summary",
            "body",
            "award_reference",
            "image_alt",
        ]
        help_texts = {
            "summary": "Một, hai câu; hiện ở trang danh sách.",
            "body": "Mỗi đoạn cách nhau một dòng trống. Không nhắc đến khen thưởng chưa công bố.",
            "award_reference": "Chỉ mã của khen thưởng đã công bố, ví dụ KT-2025-00012. Có thể để trống.",
            "image_alt": "Nói ảnh chụp gì; bắt buộc khi có ảnh.",
            "place": "Như sẽ in cạnh tên.",
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2}),
            "body": forms.Textarea(attrs={"rows": 14}),
            "unit": forms.Select,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.operating_on(clock.today()).order_by("sort_name")
        self.fields["unit"].required = False
        self.fields["unit"].empty_label = "Không thuộc đơn vị nào trên cổng"
        self.fields["image_upload"].label = (
            "Ảnh khác (JPG, PNG)" if self.instance.image_id else "Ảnh (JPG, PNG)"
        )

    def clean(self):
        said = super().clean()
        if (said.get("image_upload") or self.instance.image_id) and not said.get("image_alt", "").strip():
            self.add_error("image_alt", "Ghi mô tả ảnh cho người không xem được ảnh.")
        return said

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


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
