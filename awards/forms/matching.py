"""A word on a possible match."""

from django import forms

from awards.enums import MatchVerdict


class ResolveForm(forms.Form):
    """A person's word on two that may be the same."""

    verdict = forms.ChoiceField(
        label="Kết luận",
        widget=forms.RadioSelect,
        choices=[
            (MatchVerdict.DIFFERENT, "Không trùng: khác người, khác tập thể hoặc khác thành tích"),
            (MatchVerdict.DUPLICATE, "Trùng: chỉ in một dòng, theo đề nghị kia"),
            (MatchVerdict.INFORMATION, "Đã xem, không ảnh hưởng"),
        ],
    )
    reason = forms.CharField(
        label="Lý do",
        max_length=500,
        required=False,
        help_text="Bắt buộc, trừ khi “Đã xem, không ảnh hưởng”.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, match, **kwargs):
        super().__init__(*args, auto_id=f"id_{(match.other or match.recorded).uid}_%s", **kwargs)
        if match.is_certificate:
            choices = self.fields["verdict"].choices
            self.fields["verdict"].choices = [c for c in choices if c[0] != MatchVerdict.DUPLICATE]
        if not self.is_bound and match.resolution:
            self.initial = {"verdict": match.resolution.verdict, "reason": match.resolution.reason}
