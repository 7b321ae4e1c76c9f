from django import forms

from units.enums import Scope

DAYS = [(30, "30 ngày"), (90, "90 ngày"), (180, "180 ngày"), (365, "một năm")]


class TokenForm(forms.Form):
    name = forms.CharField(
        label="Tên hệ thống",
        max_length=100,
        help_text="Hệ thống nào sẽ dùng mã này, ví dụ: Phần mềm quản lý văn bản của sở.",
    )
    scopes = forms.MultipleChoiceField(
        label="Được đọc",
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Chỉ chọn những gì hệ thống cần. Mã chỉ đọc, không nộp hay sửa được gì.",
        error_messages={"required": "Chọn ít nhất một mục."},
    )
    days = forms.TypedChoiceField(
        label="Dùng trong",
        choices=DAYS,
        coerce=int,
        initial=90,
        help_text="Hết thời hạn mã tự hết hiệu lực; khi đó tạo mã mới.",
    )
