"""The commendation body's list: what narrows it, and the word on many at once."""

from django import forms
from django.db.models import Q

from awards.enums import HoldKind, NomineeKind
from core.forms import UploadField, VietnameseDateField
from core.vietnamese import search_key

WAITING, APPROVED, REFUSED, HELD = "cho", "dong-y", "khong-dong-y", "tam-dung"
STANDS = {
    WAITING: Q(judgement="", is_held=False),
    APPROVED: Q(judgement="approved"),
    REFUSED: Q(judgement="refused"),
    HELD: Q(is_held=True),
}


class NarrowForm(forms.Form):
    """What the list can be narrowed to; a wrong value narrows nothing."""

    q = forms.CharField(
        label="Tìm tên, đơn vị", required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(
        label="Đối tượng", required=False, choices=[("", "Tất cả"), *NomineeKind.choices]
    )
    stand = forms.ChoiceField(
        label="Kết quả xét",
        required=False,
        choices=[
            ("", "Tất cả"),
            (WAITING, "Chưa xét"),
            (APPROVED, "Đồng ý"),
            (REFUSED, "Không đồng ý"),
            (HELD, "Tạm dừng"),
        ],
    )

    def narrow(self, nominees):
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("kind"):
            nominees = nominees.filter(kind=chosen["kind"])
        if chosen.get("stand"):
            nominees = nominees.filter(STANDS[chosen["stand"]])
        if text := chosen.get("q", "").strip():
            key = search_key(text)
            nominees = nominees.filter(
                Q(search_name__contains=key)
                | Q(unit__search_name__contains=key)
                | Q(dossier__unit__search_name__contains=key)
            )
        return nominees


class JudgementForm(forms.Form):
    """One word for every nominee ticked, or for all that the list is narrowed to."""

    judgement = forms.ChoiceField(
        label="Kết quả xét",
        choices=[("approved", "Đồng ý"), ("refused", "Không đồng ý")],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label="Lý do",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bắt buộc khi không đồng ý.",
    )


class HoldForm(forms.Form):
    """One document that holds every nominee ticked."""

    kind = forms.ChoiceField(label="Vì", choices=HoldKind)
    reason = forms.CharField(label="Nội dung", max_length=300)
    document_number = forms.CharField(label="Số văn bản", max_length=60)
    document_on = VietnameseDateField(label="Ngày văn bản")
    upload = UploadField(label="Văn bản (PDF)", help_text="Tối đa 20 MB.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, prefix="hold", use_required_attribute=False, **kwargs)
