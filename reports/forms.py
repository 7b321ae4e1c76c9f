from uuid import uuid4

from django import forms

from core.vietnamese import nfc


class AskForm(forms.Form):
    """A question to the standing body. `website` is a trap: people do not see it, machines fill it in."""

    name = forms.CharField(
        label="Họ và tên", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label="Thư điện tử",
        max_length=254,
        help_text="Câu trả lời được gửi tới địa chỉ này.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    text = forms.CharField(
        label="Câu hỏi, vướng mắc",
        max_length=4000,
        help_text="Bạn đang làm gì, thấy gì trên màn hình, mong muốn gì. Đừng ghi mật khẩu hay nội dung mật.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    page = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    request_id = forms.RegexField(r"^[0-9a-f]{32}$", required=False, widget=forms.HiddenInput)
    request_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    website = forms.CharField(
        label="Để trống ô này",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if user.is_authenticated:
            # Whoever is logged in is known: the answer goes to his own address.
            del self.fields["name"], self.fields["email"]

    def clean_name(self):
        return nfc(self.cleaned_data["name"])

    def clean_text(self):
        return nfc(self.cleaned_data["text"])

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Hãy để trống ô này.")
        return ""


class AnswerForm(forms.Form):
    text = forms.CharField(
        label="Trả lời",
        max_length=4000,
        help_text="Gửi tới thư điện tử của người hỏi, kèm câu hỏi.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_text(self):
        return nfc(self.cleaned_data["text"])
