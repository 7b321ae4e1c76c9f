from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms


class AddKeyForm(AddWebAuthnForm):
    name = forms.CharField(label="Tên khóa", max_length=60, required=False)


class EditKeyForm(EditWebAuthnForm):
    name = forms.CharField(label="Tên khóa", max_length=60)
