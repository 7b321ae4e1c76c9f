from django import forms

from core import clock
from core.forms import VietnameseDateField
from core.vietnamese import nfc
from units.enums import Role
from units.people import roles_at


class InvitationForm(forms.Form):
    full_name = forms.CharField(label="Họ và tên", max_length=120)
    email = forms.EmailField(label="Thư điện tử", help_text="Lời mời gửi đến địa chỉ này.")
    position = forms.CharField(label="Chức vụ", max_length=120, required=False)
    roles = forms.MultipleChoiceField(label="Vai trò", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(role.value, role.label) for role in roles_at(unit)]

    def clean_email(self):
        return self.cleaned_data["email"].strip().lower()

    def clean_full_name(self):
        return nfc(self.cleaned_data["full_name"])


class GrantForm(forms.Form):
    role = forms.ChoiceField(label="Vai trò", choices=Role.choices)

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles_at(unit)]


class EndForm(forms.Form):
    last_day = VietnameseDateField(
        label="Ngày cuối của vai trò",
        help_text="Đến hết ngày này người đó còn quyền. Ghi hôm qua để kết thúc ngay.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = clock.today
