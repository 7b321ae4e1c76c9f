from django import forms

from core.files import EXTENSIONS
from core.forms import UploadField, WholeNumberField
from criteria import engine
from criteria.enums import Operator
from registrations.enums import FigureVerdict


class NarrativeForm(forms.Form):
    narrative = forms.CharField(
        label="Kết quả nổi bật", max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    initiatives = forms.CharField(
        label="Sáng kiến, cách làm mới",
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    difficulties = forms.CharField(
        label="Khó khăn, đề xuất", max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class FigureForm(forms.Form):
    """One criterion's row: its numbers or answer, why it does not apply, a note, one more file."""

    ANSWERS = [("yes", "Có"), ("no", "Chưa có"), ("", "Chưa trả lời")]

    not_applicable = forms.CharField(
        label="Lý do không áp dụng",
        max_length=300,
        required=False,
        help_text="Chỉ ghi khi đơn vị không có trường hợp nào để tính; khi đó để trống hai ô số.",
    )
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)
    evidence = UploadField(
        label="Thêm minh chứng",
        required=False,
        accept=tuple(EXTENSIONS),
        help_text="PDF, DOCX, XLSX, JPG hoặc PNG, tối đa 20 MB.",
    )

    def __init__(self, data=None, files=None, *, figure):
        self.figure, self.criterion = figure, figure.criterion
        operator = Operator(self.criterion.operator)
        answer = {True: "yes", False: "no", None: ""}[figure.answer]
        super().__init__(
            data,
            files,
            prefix=f"c{self.criterion.pk}",
            initial={
                "numerator": figure.numerator,
                "denominator": figure.denominator,
                "answer": answer,
                "not_applicable": figure.not_applicable,
                "note": figure.note,
            },
        )
        if operator.is_ratio:
            for name in ("numerator", "denominator"):
                label = getattr(self.criterion, f"{name}_label")
                self.fields[name] = WholeNumberField(label=label, required=False)
        elif operator == Operator.YES_NO:
            self.fields["answer"] = forms.ChoiceField(
                label="Trả lời", choices=self.ANSWERS, required=False, widget=forms.RadioSelect
            )
        else:
            del self.fields["not_applicable"]
            self.fields["note"].label = "Kết quả, nêu bằng lời"
            self.fields["note"].widget = forms.Textarea(attrs={"rows": 2, "maxlength": 300})

    @property
    def asked(self):
        """The fields that answer the criterion, in reading order."""
        names = [n for n in ("numerator", "denominator", "answer") if n in self.fields]
        return [self[name] for name in names or ["note"]]

    @property
    def remarks(self):
        """The fields that may stay empty."""
        if "note" in [field.name for field in self.asked]:
            return []
        return [self["not_applicable"], self["note"]]

    @property
    def is_unfolded(self) -> bool:
        """Whether a folded field holds something or is wrong."""
        return any(field.value() or field.errors for field in [*self.remarks, self["evidence"]])

    def clean(self):
        said = self.values()
        if not self.has_valid_words():
            return self.cleaned_data
        if (said["numerator"] is None) != (said["denominator"] is None):
            empty = "numerator" if said["numerator"] is None else "denominator"
            self.add_error(empty, "Nhập đủ cả hai số.")
        del said["note"]
        for field, message in engine.inconsistencies(engine.Figure(**said)):
            self.add_error(field, message)
        return self.cleaned_data

    def has_valid_words(self) -> bool:
        return not set(self.errors) - {"evidence"}

    def upload(self):
        return None if "evidence" in self.errors else self.cleaned_data["evidence"]

    def values(self) -> dict:
        """The figure's model fields as typed."""
        cleaned = self.cleaned_data
        return {
            "numerator": cleaned.get("numerator"),
            "denominator": cleaned.get("denominator"),
            "answer": {"yes": True, "no": False}.get(cleaned.get("answer")),
            "not_applicable": engine.stated_reason(cleaned.get("not_applicable", "")),
            "note": cleaned.get("note", ""),
        }


class ReportForm:
    """The rows and words of a report, read together. Good rows can be saved beside bad ones."""

    def __init__(self, report, figures, data=None, files=None):
        self.words = NarrativeForm(
            data, initial={name: getattr(report, name) for name in NarrativeForm.base_fields}
        )
        self.rows = [FigureForm(data, files, figure=figure) for figure in figures]

    @property
    def problems(self) -> list[dict]:
        """What is wrong, as `{id, label, message}` of the field to mend."""
        found = [("", field) for field in self.words]
        for row in self.rows:
            found += [(f"{row.criterion.name}, ", field) for field in row]
        return [
            {"id": field.id_for_label, "label": f"{where}{field.label}", "message": message}
            for where, field in found
            for message in field.errors
        ]

    def errors(self) -> int:
        """How many rows and words still need mending."""
        return sum(bool(part.errors) for part in [self.words, *self.rows])

    def valid_words(self) -> dict:
        return self.words.cleaned_data if self.words.is_valid() else {}

    def valid_figures(self) -> dict:
        """Criterion code → values of the rows that hold together."""
        return {row.criterion.code: row.values() for row in self.rows if row.has_valid_words()}

    def evidence(self) -> list:
        """(criterion code, upload) for every good file that came along."""
        return [(row.criterion.code, row.upload()) for row in self.rows if row.upload()]


class JudgeForm(forms.Form):
    """The standing body's word on one figure; what it lacks is said by `checks.missing_for_judging`."""

    verdict = forms.ChoiceField(label="Kết luận", required=False, widget=forms.RadioSelect)
    numerator = WholeNumberField(label="Tử số thẩm định", required=False)
    denominator = WholeNumberField(label="Mẫu số thẩm định", required=False)
    comment = forms.CharField(
        label="Ý kiến",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
        help_text="Bắt buộc khi điều chỉnh hoặc không chấp nhận.",
    )

    def __init__(self, data=None, *, figure):
        self.figure = figure
        super().__init__(
            data,
            prefix=f"j{figure.criterion_id}",
            initial={
                "verdict": figure.verdict,
                "numerator": figure.verified_numerator,
                "denominator": figure.verified_denominator,
                "comment": figure.comment,
            },
        )
        is_ratio = Operator(figure.criterion.operator).is_ratio
        chosen = [FigureVerdict.ACCEPTED, FigureVerdict.CORRECTED, FigureVerdict.REFUSED]
        if not is_ratio:
            chosen.remove(FigureVerdict.CORRECTED)
            del self.fields["numerator"], self.fields["denominator"]
        self.fields["verdict"].choices = [(v.value, v.label) for v in chosen]
