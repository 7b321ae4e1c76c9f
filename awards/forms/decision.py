"""A decision: which proposal, the minutes of the Council, what was recorded of its issue."""

from django import forms

from awards.enums import NomineeKind
from awards.forms.proposal import SignatureForm
from core import clock
from core.forms import UploadField, VietnameseDateField


class DecisionForm(forms.Form):
    """A new draft decision on an approved proposal."""

    proposal = forms.ModelChoiceField(
        label="Tờ trình đã duyệt", queryset=None, to_field_name="uid", empty_label=None
    )
    title = forms.CharField(
        label="Trích yếu",
        max_length=300,
        help_text="Phần “Về việc …” của Quyết định.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kinds = forms.MultipleChoiceField(
        label="Chỉ lấy",
        choices=NomineeKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Để trống: mọi đối tượng đã duyệt. Một Tờ trình có thể ra nhiều Quyết định.",
    )

    def __init__(self, data=None, *, proposals, initial=None):
        super().__init__(data, auto_id="id_new_%s", initial=initial)
        self.fields["proposal"].queryset = proposals
        self.fields["proposal"].label_from_instance = lambda p: f"{p.number} – {p.title}"
        self.has_proposals = proposals.exists()


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
