from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Q

from core import clock
from core.forms import UploadField, VietnameseDateField
from core.vietnamese import search_key
from registrations.enums import ObligationKind
from units.enums import KINDS_OF_TIER, Tier
from units.models import Unit

STATES = {
    "chua-nop": ("Chưa nộp", Q(is_waived=False, met_at__isnull=True)),
    "qua-han": ("Quá hạn, chưa nộp", None),
    "dung-han": ("Đã nộp đúng hạn", Q(is_waived=False, met_at__date__lte=F("due"))),
    "nop-muon": ("Nộp muộn", Q(is_waived=False, met_at__date__gt=F("due"))),
    "gia-han": ("Được gia hạn", Q(is_waived=False, extended_to__isnull=False)),
    "duoc-mien": ("Được miễn", Q(is_waived=True)),
}


class ObligationFilterForm(forms.Form):
    """What the list of a period can be narrowed to; a wrong value narrows nothing."""

    q = forms.CharField(label="Tìm đơn vị", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(
        label="Việc phải làm", required=False, choices=[("", "Mọi việc"), *ObligationKind.choices]
    )
    tier = forms.ChoiceField(label="Cấp", required=False, choices=[("", "Mọi cấp"), *Tier.choices])
    state = forms.ChoiceField(
        label="Trạng thái",
        required=False,
        choices=[("", "Tất cả"), *((key, label) for key, (label, _) in STATES.items())],
    )

    def narrow(self, obligations):
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("kind"):
            obligations = obligations.filter(kind=chosen["kind"])
        if chosen.get("tier"):
            obligations = obligations.filter(unit__kind__in=KINDS_OF_TIER[chosen["tier"]])
        if chosen.get("state") == "qua-han":
            obligations = obligations.outstanding().filter(due__lt=clock.today())
        elif chosen.get("state"):
            obligations = obligations.filter(STATES[chosen["state"]][1])
        if chosen.get("q"):
            obligations = obligations.filter(unit__search_name__contains=search_key(chosen["q"]))
        return obligations


class AddObligationForm(forms.Form):
    unit = forms.CharField(
        label="Đơn vị",
        max_length=200,
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
        help_text="Gõ mã hoặc tên đầy đủ; gõ vài chữ để chọn trong danh sách.",
    )
    kind = forms.ChoiceField(label="Việc phải làm")
    reason = forms.CharField(
        label="Vì sao đơn vị phải làm", max_length=200, help_text="Nêu căn cứ; đơn vị đọc được lý do này."
    )

    def __init__(self, *args, period, **kwargs):
        super().__init__(*args, **kwargs)
        self.period = period
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in period.dues]

    def candidates(self):
        """Units that act today."""
        return Unit.objects.operating_on(clock.today()).filter(is_predecessor_stub=False)

    def clean_unit(self):
        typed = self.cleaned_data["unit"].strip()
        found = list(self.candidates().filter(Q(code__iexact=typed) | Q(search_name=search_key(typed)))[:5])
        if not found:
            raise ValidationError("Không có đơn vị nào mang mã hoặc tên này. Hãy kiểm tra lại chính tả.")
        if len(found) > 1:
            known = "; ".join(f"{unit.code} ({unit.name}, {unit.parent or 'cấp tỉnh'})" for unit in found)
            raise ValidationError(f"Nhiều đơn vị trùng tên, hãy gõ mã: {known}.")
        return found[0]


class ExtendForm(forms.Form):
    last_day = VietnameseDateField(label="Gia hạn đến hết ngày", help_text="Đến 23:59:59 ngày này.")
    reason = forms.CharField(
        label="Lý do", max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text="Đơn vị đọc được."
    )
    document = UploadField(label="Văn bản kèm theo (PDF)", required=False)
