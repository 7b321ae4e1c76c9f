"""Asking another body for its opinion."""

from django import forms

from awards.enums import View
from awards.models import ConsultationRule
from core import clock
from core.forms import UploadField, VietnameseDateField


class AskForm(forms.Form):
    """An opinion asked of another office; how long it has and what silence means follow from the topic."""

    topic = forms.ModelChoiceField(
        label="Lĩnh vực và thời hạn",
        queryset=None,
        to_field_name="topic",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    office = forms.CharField(
        label="Cơ quan được xin ý kiến",
        max_length=200,
        required=False,
        help_text="Để trống: lấy cơ quan thường được hỏi về lĩnh vực này.",
    )
    question = forms.CharField(
        label="Nội dung xin ý kiến",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Để trống: lấy nội dung thường dùng của lĩnh vực này.",
    )

    def __init__(self, data=None):
        super().__init__(data)
        rules = ConsultationRule.objects.filter(validity__contains=clock.today()).order_by("pk")
        self.fields["topic"].queryset = rules
        self.fields["topic"].label_from_instance = lambda rule: (
            f"{rule.get_topic_display()} – {rule.office}. Trả lời trong {rule.working_days} ngày làm việc. "
            f"{rule.get_silence_display()}"
        )
        self.fields["topic"].error_messages["invalid_choice"] = "Hãy chọn một lĩnh vực trong danh sách."

    def words(self) -> dict:
        rule = self.cleaned_data["topic"]
        return {
            "rule": rule,
            "office": self.cleaned_data["office"].strip() or rule.office,
            "question": self.cleaned_data["question"].strip() or rule.question,
        }


class SendForm(forms.Form):
    """The letter as it was signed and sent outside the portal."""

    number = forms.CharField(label="Số công văn", max_length=30)
    sent_on = VietnameseDateField(label="Ngày gửi", help_text="Thời hạn trả lời tính từ ngày này.")
    upload = UploadField(label="Công văn đã ký (PDF)", required=False)

    def __init__(self, data=None, files=None):
        super().__init__(data, files, auto_id="id_send_%s")


class ReplyForm(forms.Form):
    """What an office answered, for each nominee."""

    number = forms.CharField(label="Số văn bản trả lời", max_length=30, required=False)
    replied_on = VietnameseDateField(label="Ngày trả lời")
    upload = UploadField(label="Văn bản trả lời (PDF)", required=False)

    def __init__(self, data=None, files=None, *, nominees):
        super().__init__(data, files, auto_id="id_reply_%s")
        self.nominees = list(nominees)
        for nominee in self.nominees:
            self.fields[f"view_{nominee.uid}"] = forms.ChoiceField(
                label=nominee.name, choices=View, required=False, initial=View.AGREES
            )
            self.fields[f"words_{nominee.uid}"] = forms.CharField(
                label=f"Nội dung ý kiến về {nominee.name}", max_length=1000, required=False
            )

    def views(self) -> dict:
        said = self.cleaned_data
        return {
            n.uid: (said.get(f"view_{n.uid}") or "", said.get(f"words_{n.uid}") or "") for n in self.nominees
        }
