from dataclasses import dataclass

from django import forms

from core.findings import Finding
from core.forms import WholeNumberField
from criteria.engine import Figure, Result, inconsistencies, stated_reason
from criteria.enums import Operator, Tier
from criteria.models import Criterion


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
