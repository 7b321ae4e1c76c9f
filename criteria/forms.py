import re
from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from core import clock
from core.findings import Finding
from core.forms import UploadField, VietnameseDateField, WholeNumberField
from criteria.engine import Figure, Result, inconsistencies, stated_reason
from criteria.enums import Operator, Tier
from criteria.models import CriteriaSet, Criterion


class ChoiceForm(forms.Form):
    """Which tier and year a page shows."""

    tier = forms.ChoiceField(label="Cấp", choices=Tier.choices, widget=forms.HiddenInput)
    year = forms.TypedChoiceField(label="Năm", coerce=int, required=False, empty_value=None)

    def __init__(self, data, *, years):
        super().__init__(data)
        self.fields["year"].choices = [(year, year) for year in years]


@dataclass(frozen=True)
class Line:
    """One criterion of the form: its input fields, the reason why it does not apply
    (folded away unless used) and, once checked, figure and result."""

    criterion: Criterion
    fields: list[forms.BoundField]
    reason: forms.BoundField | None
    figure: Figure | None
    result: Result | None


class SelfCheckForm(forms.Form):
    """What one unit says about each criterion of its tier; nothing is stored."""

    def __init__(self, data=None, *, criteria):
        super().__init__(data)
        self.criteria = criteria
        for criterion in criteria:
            for name, field in _fields_of(criterion).items():
                self.fields[f"{criterion.code}-{name}"] = field

    def clean(self):
        for criterion in self.criteria:
            if not any(name in self.errors for name in self._names(criterion).values()):
                for field, message in inconsistencies(self.figure(criterion)):
                    self.add_error(f"{criterion.code}-{field}", message)
        return self.cleaned_data

    def start_from(self, figures: Mapping[str, Figure]) -> None:
        """Fill in what is already known, by the code of the criterion."""
        answers = {True: "yes", False: "no", None: ""}
        for criterion in self.criteria:
            figure = figures.get(criterion.code, Figure())
            for field, name in self._names(criterion).items():
                value = getattr(figure, field)
                self.initial[name] = answers[value] if field == "answer" else value

    def findings(self) -> list[Finding]:
        """Every error with the label of its field, for the summary above the form."""
        return [
            Finding(f"{self[name].label}: {message}", field=name)
            for name, messages in self.errors.items()
            for message in messages
        ]

    def figures(self) -> dict[str, Figure]:
        return {criterion.code: self.figure(criterion) for criterion in self.criteria}

    def figure(self, criterion) -> Figure:
        said = {field: self.cleaned_data.get(name) for field, name in self._names(criterion).items()}
        return Figure(**{**said, "not_applicable": stated_reason(said.get("not_applicable", ""))})

    def lines(self, results=()) -> list[Line]:
        result_of = {result.code: result for result in results}
        lines = []
        for criterion in self.criteria:
            fields = {field: self[name] for field, name in self._names(criterion).items()}
            result = result_of.get(criterion.code)
            lines.append(
                Line(
                    criterion=criterion,
                    reason=fields.pop("not_applicable", None),
                    fields=list(fields.values()),
                    figure=self.figure(criterion) if result else None,
                    result=result,
                )
            )
        return lines

    def _names(self, criterion) -> dict[str, str]:
        return {field: f"{criterion.code}-{field}" for field in _fields_of(criterion)}


def _fields_of(criterion) -> dict[str, forms.Field]:
    if criterion.operator == Operator.JUDGED:
        return {}
    reason = forms.CharField(label="Lý do không áp dụng", required=False, max_length=1000)
    if criterion.operator == Operator.YES_NO:
        answers = [("", "Chưa trả lời"), ("yes", "Có"), ("no", "Chưa có")]
        answer = forms.TypedChoiceField(
            label="Trả lời",
            choices=answers,
            required=False,
            coerce=lambda value: value == "yes",
            empty_value=None,
        )
        return {"answer": answer, "not_applicable": reason}
    return {
        "numerator": WholeNumberField(label=criterion.numerator_label, required=False),
        "denominator": WholeNumberField(label=criterion.denominator_label, required=False),
        "not_applicable": reason,
    }


class SetForm(forms.ModelForm):
    """The head of a draft."""

    class Meta:
        model = CriteriaSet
        fields = (
            "code", "title", "valid_from", "valid_to", "basis", "is_assumed", "note",
            "ranks_procedures_apart",
        )  # fmt: skip
        field_classes = {"valid_from": VietnameseDateField, "valid_to": VietnameseDateField}
        widgets = {
            "valid_from": VietnameseDateField.widget,
            "valid_to": VietnameseDateField.widget,
            "title": forms.Textarea(attrs={"rows": 2}),
            "basis": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "code": "Chữ, số và dấu gạch nối, ví dụ TDCDS-2026. Người đọc dùng mã này để trích dẫn.",
            "is_assumed": "Đánh dấu khi tỉnh chưa ban hành; mọi nơi hiện bộ này đều nói rõ là giả định.",
            "note": "Với bộ giả định: giả định từ đâu.",
        }

    def clean_code(self):
        return _plain_code(self.cleaned_data["code"])

    def _get_validation_exclusions(self):
        # Not a field of the form, yet the constraint on overlapping sets asks for it.
        return super()._get_validation_exclusions() - {"state"}


def _plain_code(code: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*", code):
        raise forms.ValidationError("Mã chỉ gồm chữ không dấu, số, dấu chấm và dấu gạch nối.")
    return code


#: where the form shows what a constraint of a criterion refuses
FIELDS_OF = {
    "criterion_threshold_fits_its_operator": "threshold",
    "criterion_ratio_says_what_it_counts": "numerator_label",
    "criterion_code_is_unique_in_its_set": "code",
}


class CriterionForm(forms.ModelForm):
    """One criterion of a draft."""

    threshold = WholeNumberField(
        label="Ngưỡng (%)", required=False, max_value=100, help_text="Chỉ với tiêu chí tính bằng tỷ lệ."
    )
    points = WholeNumberField(
        label="Điểm",
        required=False,
        max_value=1000,
        help_text="Để trống ở mọi tiêu chí của một cấp: chia đều 100 điểm.",
    )

    class Meta:
        model = Criterion
        fields = (
            "code", "tier", "name", "clause", "text", "operator", "threshold", "numerator_label",
            "denominator_label", "unit_word", "exclusion", "evidence_wanted", "exempt", "is_required",
            "points", "note",
        )  # fmt: skip
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "text": "Chép đúng từng chữ của văn bản.",
            "clause": "Mục, điểm, khoản của văn bản, ví dụ IV.2.1.a, gạch đầu dòng thứ hai.",
            "unit_word": "Tử số đếm cái gì: hồ sơ, văn bản, hệ thống…",
            "exclusion": "Trường hợp văn bản cho loại ra, ví dụ hồ sơ mật.",
            "note": "Chỗ văn bản chưa rõ được hiểu thế nào.",
        }

    def clean_code(self):
        return _plain_code(self.cleaned_data["code"])

    def _get_validation_exclusions(self):
        # The set is not a field of the form, yet a code is unique within it.
        return super()._get_validation_exclusions() - {"criteria_set"}

    def _update_errors(self, errors):
        """What a constraint says is shown at the field to mend."""
        told = errors.error_dict.pop(NON_FIELD_ERRORS, []) if hasattr(errors, "error_dict") else []
        for error in told:
            self.add_error(self._field_of(error), error)
        if not hasattr(errors, "error_dict") or errors.error_dict:
            super()._update_errors(errors)

    def _field_of(self, error):
        messages = {c.violation_error_message: c.name for c in Criterion._meta.constraints}
        return FIELDS_OF.get(messages.get(error.message))


class CompareForm(forms.Form):
    """Which two sets stand side by side."""

    def __init__(self, data, *, sets):
        super().__init__(data)
        for name, label in (("old", "Bộ cũ"), ("new", "Bộ mới")):
            self.fields[name] = forms.ModelChoiceField(
                sets, to_field_name="code", label=label, empty_label="Chọn bộ tiêu chí"
            )
            self.fields[name].label_from_instance = _named


def _named(criteria_set):
    return f"{criteria_set.code} ({criteria_set.get_state_display().lower()})"


class PutInForceForm(forms.Form):
    """The second step: the code typed by whoever has read the whole."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    code = forms.CharField(label="Gõ lại mã bộ tiêu chí để xác nhận", max_length=40)

    def __init__(self, data, *, criteria_set):
        super().__init__(data)
        self.criteria_set = criteria_set

    def clean_code(self):
        if self.cleaned_data["code"].strip() != self.criteria_set.code:
            raise forms.ValidationError(f"Chưa đúng. Mã của bộ này là {self.criteria_set.code}.")
        return self.criteria_set.code


class ScaleForm(forms.Form):
    """The document that issues a scale, and the points it gives."""

    number = forms.CharField(label="Số, ký hiệu văn bản", max_length=60)
    issued_on = VietnameseDateField(label="Ngày văn bản")
    document = UploadField(label="Văn bản đã ký (PDF)")

    def __init__(self, data, files, *, criteria_set):
        super().__init__(data, files)
        self.criteria = list(criteria_set.criteria.all())
        for criterion in self.criteria:
            self.fields[f"p{criterion.pk}"] = WholeNumberField(
                label=f"{criterion.code} – {criterion.name}",
                required=False,
                max_value=1000,
                initial=criterion.points,
            )

    def clean_issued_on(self):
        day = self.cleaned_data["issued_on"]
        if day > clock.today():
            raise forms.ValidationError("Ngày văn bản không thể ở sau hôm nay.")
        return day

    def act(self) -> dict:
        """The arguments of `workflow.issue_scale`."""
        said = {c.code: self.cleaned_data[f"p{c.pk}"] for c in self.criteria}
        return {
            "number": self.cleaned_data["number"],
            "issued_on": self.cleaned_data["issued_on"],
            "upload": self.cleaned_data["document"],
            "points": {code: points for code, points in said.items() if points is not None},
        }

    def heads(self):
        return [self[name] for name in ("number", "issued_on", "document")]

    def tiers(self):
        """(tier, its points fields), for the page."""
        groups = [(tier, [self[f"p{c.pk}"] for c in self.criteria if c.tier == tier]) for tier in Tier]
        return [(tier, fields) for tier, fields in groups if fields]
