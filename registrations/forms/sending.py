from django import forms


class SendForm(forms.Form):
    """What a filing carries besides the button: what was seen, and a key that makes it repeatable."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    request_key = forms.UUIDField(widget=forms.HiddenInput)
