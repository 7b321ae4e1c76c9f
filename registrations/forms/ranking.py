from django import forms

from core.forms import UploadField, WholeNumberField
from registrations.models import Period
from registrations.models.ranking import GREATEST_ADJUSTMENT
from units.enums import Tier


class ScoresForm(forms.Form):
    """Which year and tier the desk looks at."""

    # The newest fifty, so that the page reads no more as the years go by.
    year = forms.ModelChoiceField(
        Period.objects.filter(pk__in=Period.objects.order_by("-year").values("pk")[:50]).order_by("-year"),
        to_field_name="year",
        label="Năm",
        empty_label=None,
    )
    tier = forms.ChoiceField(label="Cấp", choices=Tier)


class AdjustmentForm(forms.Form):
    """A bonus or a penalty, with its reason and document."""

    kind = forms.ChoiceField(label="Loại", choices=[("bonus", "Điểm cộng"), ("penalty", "Điểm trừ")])
    points = WholeNumberField(label="Số điểm", min_value=1, max_value=GREATEST_ADJUSTMENT)
    reason = forms.CharField(label="Lý do", max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    document = UploadField(label="Văn bản làm căn cứ (PDF)")

    def act(self) -> dict:
        """The arguments of `workflow.ranking.adjust`."""
        points = self.cleaned_data["points"]
        return {
            "points": points if self.cleaned_data["kind"] == "bonus" else -points,
            "reason": self.cleaned_data["reason"],
            "upload": self.cleaned_data["document"],
        }


class FlipsForm(forms.Form):
    """Which of the units that would change are listed."""

    criterion = forms.ChoiceField(label="Tiêu chí", required=False)
    turns = forms.ChoiceField(
        label="Kết quả chung",
        required=False,
        choices=[("", "Tất cả"), ("loses", "Đủ → không đủ"), ("gains", "Không đủ → đủ")],
    )

    def __init__(self, data, *, names):
        super().__init__(data)
        told = [(code, f"{names[code]} ({code})") for code in sorted(names)]
        self.fields["criterion"].choices = [("", "Tất cả"), *told]

    def narrow(self, flips):
        if not self.is_valid():
            return flips
        code, turns = self.cleaned_data["criterion"], self.cleaned_data["turns"]
        if code:
            flips = [f for f in flips if code in {c.code for c in f.changes}]
        if turns:
            flips = [f for f in flips if f.turns and f.is_met == (turns == "gains")]
        return flips
