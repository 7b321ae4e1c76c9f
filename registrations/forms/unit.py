from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from core import clock
from core.vietnamese import search_key
from units.models import Unit


class UnitField(forms.CharField):
    """A unit that acts today, typed by code or full name; pages offer a `<datalist id="units">`."""

    def __init__(self, *, label="Đơn vị", candidates=None, **kwargs):
        super().__init__(
            label=label,
            max_length=200,
            widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
            help_text="Gõ mã hoặc tên đầy đủ; gõ vài chữ để chọn trong danh sách.",
            **kwargs,
        )
        self._candidates = candidates

    @property
    def candidates(self):
        if self._candidates is not None:
            return self._candidates
        return Unit.objects.operating_on(clock.today()).filter(is_predecessor_stub=False)

    @candidates.setter
    def candidates(self, units):
        self._candidates = units

    def clean(self, value) -> Unit | None:
        typed = super().clean(value).strip()
        if not typed:
            return None
        named = Q(code__iexact=typed) | Q(search_name=search_key(typed))
        found = list(self.candidates.filter(named).select_related("parent")[:5])
        if not found:
            raise ValidationError("Không có đơn vị nào mang mã hoặc tên này. Hãy kiểm tra lại chính tả.")
        if len(found) > 1:
            known = "; ".join(f"{unit.code} ({unit.name}, {unit.parent or 'cấp tỉnh'})" for unit in found)
            raise ValidationError(f"Nhiều đơn vị trùng tên, hãy gõ mã: {known}.")
        return found[0]

    def prepare_value(self, value):
        return value.code if isinstance(value, Unit) else value
