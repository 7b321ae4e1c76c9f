"""A hold on a nominee, opened and closed, by the desk of either body."""

from django import forms

from awards.enums import HoldKind
from core.forms import UploadField, VietnameseDateField


class HoldForm(forms.Form):
    """Why a nominee is not judged for now, and the paper that says so."""

    kind = forms.ChoiceField(label="Lý do", choices=HoldKind, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Nội dung", max_length=300, help_text="Ai đang xem xét việc gì; một câu ngắn."
    )
    document_number = forms.CharField(label="Số văn bản", max_length=60)
    document_on = VietnameseDateField(label="Ngày văn bản")
    upload = UploadField(label="Văn bản (PDF)")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="id_hold_%s", **kwargs)


class ReleaseForm(forms.Form):
    outcome = forms.CharField(
        label="Kết luận", max_length=300, help_text="Ví dụ: kết luận không có vi phạm, số và ngày văn bản."
    )
    upload = UploadField(label="Văn bản kết luận (PDF)", required=False)

    def __init__(self, *args, hold, **kwargs):
        super().__init__(*args, auto_id=f"id_{hold.uid}_%s", **kwargs)
        self.hold = hold
