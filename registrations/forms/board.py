from django import forms

from core import clock, files
from core.forms import UploadField, VietnameseDateField
from core.models.mail import MailState
from core.vietnamese import search_key
from registrations import board
from registrations.enums import BoardAct, ObligationKind, WordingUse
from registrations.forms.campaign import ConstrainedForm
from registrations.models import Period, ReminderLetter, ReminderPreference, ReminderRule, Wording
from registrations.wording import faults_in
from units.enums import Tier

BY = [("tier", "Theo cấp"), ("district", "Theo huyện"), ("field", "Theo lĩnh vực")]


class BoardForm(forms.Form):
    """What a board shows; a wrong value chooses nothing."""

    year = forms.TypedChoiceField(label="Năm", coerce=int, empty_value=None)
    kind = forms.ChoiceField(label="Việc phải làm", choices=ObligationKind.choices)
    tier = forms.ChoiceField(label="Cấp", required=False, choices=[("", "Mọi cấp"), *Tier.choices])
    district = forms.ChoiceField(label="Huyện", required=False)
    field = forms.ChoiceField(label="Lĩnh vực ưu tiên", required=False)
    by = forms.ChoiceField(label="Chia", choices=BY, required=False, widget=forms.HiddenInput)
    stage = forms.ChoiceField(label="Trạng thái", required=False, widget=forms.HiddenInput)

    def __init__(self, data, owed):
        """`owed` are the obligations of all years that the person may see on a board."""
        newest = Period.objects.filter(opens_on__lte=clock.today()).first()
        asked = {"year": newest.year if newest else "", "kind": ObligationKind.REGISTRATION.value}
        asked |= {name: data[name] for name in self.base_fields if data.get(name)}
        super().__init__(asked)
        years = Period.objects.values_list("year", flat=True)
        self.fields["year"].choices = [(year, year) for year in years]
        year = int(asked["year"]) if str(asked["year"]).isdecimal() and int(asked["year"]) in years else None
        of_year = owed.filter(period__year=year) if year else owed.none()
        self.fields["district"].choices = [
            ("", "Mọi huyện"),
            (board.NO_DISTRICT, "Không thuộc huyện nào"),
            *board.districts_of(of_year),
        ]
        self.fields["field"].choices = [
            ("", "Mọi lĩnh vực"),
            (board.NO_FIELD, "Chưa nêu"),
            *(board.fields_of(year) if year else []),
        ]
        known = (*board.STAGES, *board.FACTS, *board.DEADLINE_FACTS)
        stages = [(stage, board.label_of(asked["kind"], stage)[0]) for stage in known]
        self.fields["stage"].choices = [("", ""), *stages]

    @property
    def choice(self) -> board.Choice | None:
        """None when there is no such year or kind."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        if not {"year", "kind"} <= chosen.keys():
            return None
        return board.Choice(**chosen)


class BulkForm(forms.Form):
    """What a bulk act carries besides the units: which, when the list was shown, and a key that makes
    it repeatable."""

    act = forms.ChoiceField(choices=BoardAct.choices, widget=forms.HiddenInput)
    request_key = forms.UUIDField(widget=forms.HiddenInput)
    seen_at = forms.DateTimeField(widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z"])
    wording = forms.ModelChoiceField(
        Wording.objects.filter(use=WordingUse.MAIL), label="Mẫu lời", required=False
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("act") == BoardAct.REMIND and not cleaned.get("wording"):
            self.add_error("wording", "Hãy chọn mẫu lời của thư nhắc.")
        return cleaned


class NewLetterForm(forms.Form):
    request_key = forms.UUIDField(widget=forms.HiddenInput)
    wording = forms.ModelChoiceField(
        Wording.objects.filter(use=WordingUse.LETTER), label="Mẫu lời", empty_label=None
    )


class WordedForm(ConstrainedForm):
    """Words with placeholders; `Wording.clean` refuses what is unknown and every literal date."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version


class WordingForm(WordedForm):
    class Meta:
        model = Wording
        fields = ("use", "name", "subject", "body")
        widgets = {"body": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # Its placeholders depend on it, and rules and mails name it.
            self.fields["use"].disabled = True


class LetterForm(WordedForm):
    class Meta:
        model = ReminderLetter
        fields = ("subject", "body")
        widgets = {"subject": forms.Textarea(attrs={"rows": 2}), "body": forms.Textarea(attrs={"rows": 10})}

    def clean(self):
        cleaned = super().clean()
        for name in self.Meta.fields:
            for fault in faults_in(cleaned.get(name, ""), WordingUse.LETTER):
                self.add_error(name, fault)
        return cleaned


class SignLetterForm(forms.Form):
    number = forms.CharField(label="Số, ký hiệu", max_length=30, help_text="Ví dụ 412/STTTT-CNTT.")
    signed_on = VietnameseDateField(label="Ngày ký")
    signer = forms.CharField(label="Người ký", max_length=120)
    signed_file = UploadField(label="Bản đã ký (PDF)", accept=(files.PDF,))


class RuleForm(WordedForm):
    class Meta:
        model = ReminderRule
        fields = (
            "kind",
            "days_before",
            "audience",
            "wording",
            "is_optional",
            "on_working_days",
            "valid_from",
            "valid_to",
        )
        field_classes = {"valid_from": VietnameseDateField, "valid_to": VietnameseDateField}
        help_texts = {"valid_to": "Để trống nếu chưa định ngày thôi áp dụng."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wording"].queryset = Wording.objects.filter(use=WordingUse.MAIL)


class PreferenceForm(forms.ModelForm):
    class Meta:
        model = ReminderPreference
        fields = ("is_digest", "takes_optional")


class DayForm(forms.Form):
    ngay = VietnameseDateField(label="Ngày")


class LedgerForm(forms.Form):
    """What the ledger of reminders can be narrowed to; a wrong value narrows nothing."""

    q = forms.CharField(
        label="Tìm đơn vị", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    year = forms.TypedChoiceField(label="Năm", required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(
        label="Việc phải làm", required=False, choices=[("", "Mọi việc"), *ObligationKind.choices]
    )
    state = forms.ChoiceField(label="Kết quả gửi", required=False)

    def __init__(self, data):
        super().__init__(data)
        years = [(year, year) for year in Period.objects.values_list("year", flat=True)]
        self.fields["year"].choices = [("", "Mọi năm"), *years]
        self.fields["state"].choices = [("", "Tất cả"), *MailState.choices]

    def narrow(self, reminders):
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("q"):
            reminders = reminders.filter(obligation__unit__search_name__contains=search_key(chosen["q"]))
        if chosen.get("year"):
            reminders = reminders.filter(obligation__period__year=chosen["year"])
        if chosen.get("kind"):
            reminders = reminders.filter(obligation__kind=chosen["kind"])
        if chosen.get("state"):
            reminders = reminders.filter(mail__state=chosen["state"])
        return reminders
