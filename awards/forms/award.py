"""What may still happen to an award."""

from django import forms
from django.db.models import Q

from awards.enums import AwardState, NomineeKind
from awards.forms.proposal import SignatureForm
from awards.models import RevocationGround
from awards.workflow.award import CORRECTABLE
from core import clock
from core.forms import UploadField, VietnameseDateField, WholeNumberField
from core.vietnamese import search_key


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
