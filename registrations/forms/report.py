import uuid

from django import forms

from core.files import EXTENSIONS
from core.forms import UploadsField, WholeNumberField
from criteria import engine
from criteria.enums import Operator
from registrations.checks import may_not_apply
from registrations.enums import FigureVerdict
from registrations.forms.registration import TwoLines, dropped

#: empty rows for initiatives at first, and how many more the person asks for at a time
FIRST_ROWS, MORE_ROWS = 1, 3


class NarrativeForm(forms.Form):
    narrative = forms.CharField(
        label="Kết quả nổi bật", max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    practices = forms.CharField(
        label="Cách làm mới",
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Việc làm hay mà đơn vị khác có thể học.",
    )
    difficulties = forms.CharField(
        label="Khó khăn, vướng mắc",
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    proposals = forms.CharField(
        label="Đề xuất",
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Gửi cơ quan thường trực tổng hợp, báo cáo UBND tỉnh.",
    )


class InitiativeForm(forms.Form):
    """One sáng kiến; an empty row is none."""

    name = forms.CharField(label="Tên sáng kiến", max_length=300, required=False, widget=TwoLines)
    authors = forms.CharField(label="Tác giả, nhóm tác giả", max_length=300, required=False, widget=TwoLines)
    effect = forms.CharField(label="Hiệu quả", max_length=500, required=False, widget=TwoLines)
    recognition = forms.CharField(
        label="Công nhận",
        max_length=300,
        required=False,
        widget=TwoLines,
        help_text="Số, ngày văn bản công nhận; chưa có thì để trống.",
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    gone = forms.BooleanField(label="Bỏ sáng kiến này", required=False)

    def clean(self):
        said = self.cleaned_data
        if said.get("gone"):
            return dropped(self)
        words = [value for name, value in said.items() if name not in ("key", "gone")]
        if any(words) and not said.get("name") and "name" not in self.errors:
            self.add_error("name", "Hãy ghi tên sáng kiến, hoặc xoá trắng cả dòng.")
        return said

    def values(self) -> dict:
        said = self.cleaned_data
        words = {name: said[name] for name in ("name", "authors", "effect", "recognition")}
        return {"key": str(said["key"] or uuid.uuid4()), **words}


InitiativeFormSet = forms.formset_factory(InitiativeForm, extra=0, max_num=50, absolute_max=100)


class FigureForm(forms.Form):
    """One criterion's row: its numbers or answer, why it does not apply, what is left out, a note, files."""

    ANSWERS = [("yes", "Có"), ("no", "Chưa có"), ("", "Chưa trả lời")]

    not_applicable = forms.CharField(
        label="Lý do không áp dụng",
        max_length=300,
        required=False,
        help_text="Chỉ ghi khi đơn vị không có trường hợp nào để tính; khi đó để trống hai ô số.",
    )
    excluded = WholeNumberField(label="Số không tính", required=False)
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)
    evidence = UploadsField(label="Thêm minh chứng", required=False, accept=tuple(EXTENSIONS))

    def __init__(self, data=None, files=None, *, criterion, values, unit):
        self.criterion, self.stored = criterion, values
        operator = Operator(criterion.operator)
        answer = {True: "yes", False: "no", None: ""}[values["answer"]]
        prefix = f"c{criterion.pk}"
        super().__init__(data, files, prefix=prefix, initial={**values, "answer": answer})
        wanted = f"Cần có: {criterion.evidence_wanted}. " if criterion.evidence_wanted else ""
        self.fields[
            "evidence"
        ].help_text = f"{wanted}Chọn được nhiều tệp PDF, DOCX, XLSX, JPG, PNG, mỗi tệp tối đa 20 MB."
        if operator.is_ratio:
            for name in ("numerator", "denominator"):
                label = getattr(criterion, f"{name}_label")
                self.fields[name] = WholeNumberField(label=label, required=False)
        elif operator == Operator.YES_NO:
            self.fields["answer"] = forms.ChoiceField(
                label="Trả lời", choices=self.ANSWERS, required=False, widget=forms.RadioSelect
            )
        else:
            self.fields["note"].label = "Kết quả, nêu bằng lời"
            self.fields["note"].widget = forms.Textarea(attrs={"rows": 2, "maxlength": 300})
        if operator == Operator.JUDGED or not may_not_apply(criterion, unit):
            del self.fields["not_applicable"]
        if operator.is_ratio and criterion.exclusion:
            self.fields["excluded"].help_text = (
                f"{criterion.exclusion}. Chỉ ghi số lượng, không cộng vào các ô trên; "
                "không tải lên tài liệu mật."
            )
        else:
            del self.fields["excluded"]

    def _present(self, *names):
        return [self[name] for name in names if name in self.fields]

    @property
    def asked(self):
        """The fields that answer the criterion, in reading order."""
        return self._present("numerator", "denominator", "answer") or [self["note"]]

    @property
    def remarks(self):
        """The fields that may stay empty."""
        asked = [field.name for field in self.asked]
        names = [n for n in ("not_applicable", "excluded", "note") if n not in asked]
        return self._present(*names)

    @property
    def is_unfolded(self) -> bool:
        """Whether a folded field holds something or is wrong."""
        return any(field.value() not in ("", None) or field.errors for field in self.remarks) or bool(
            self["evidence"].errors
        )

    def clean(self):
        if not self.has_valid_words():
            return self.cleaned_data
        said = self.values()
        if (said["numerator"] is None) != (said["denominator"] is None):
            empty = "numerator" if said["numerator"] is None else "denominator"
            self.add_error(empty, "Nhập đủ cả hai số.")
        numbers = {name: said[name] for name in ("numerator", "denominator", "answer", "not_applicable")}
        for field, message in engine.inconsistencies(engine.Figure(**numbers)):
            self.add_error(field, message)
        return self.cleaned_data

    def has_valid_words(self) -> bool:
        return not set(self.errors) - {"evidence"}

    def uploads(self) -> list:
        """The good files that came along, also beside bad ones."""
        self.is_valid()
        return list(self.fields["evidence"].taken)

    def values(self) -> dict:
        """The figure's model fields as typed; what is not asked here stays as it was."""
        cleaned = self.cleaned_data
        said = dict(self.stored)
        for name in ("numerator", "denominator", "excluded", "note"):
            if name in self.fields:
                said[name] = cleaned.get(name)
        if "answer" in self.fields:
            said["answer"] = {"yes": True, "no": False}.get(cleaned.get("answer"))
        if "not_applicable" in self.fields:
            said["not_applicable"] = engine.stated_reason(cleaned.get("not_applicable", ""))
        return said

    def figure(self) -> engine.Figure:
        """What the engine is asked about, once `has_valid_words`."""
        said = self.values()
        return engine.Figure(said["numerator"], said["denominator"], said["not_applicable"], said["answer"])


class ReportForm:
    """The rows and words of a report, read together; `stored` is the shape of `workflow.content_of_report`.

    Good rows can be saved beside bad ones. `more` asks for further empty rows of "initiatives".
    """

    def __init__(self, *, stored, criteria, unit, data=None, files=None, more=""):
        self.stored = stored
        self.words = NarrativeForm(data, initial={n: stored[n] for n in NarrativeForm.base_fields})
        self.rows = [
            FigureForm(data, files, criterion=c, values=stored["figures"][c.code], unit=unit)
            for c in criteria
        ]
        empty = MORE_ROWS if more == "initiatives" else max(0, FIRST_ROWS - len(stored["initiatives"]))
        initial = [*stored["initiatives"], *({"key": uuid.uuid4()} for _ in range(empty))]
        self.initiatives = InitiativeFormSet(
            data, prefix="initiative", initial=initial if data is None else None
        )

    @property
    def problems(self) -> list[dict]:
        """What is wrong, as `{id, label, message}` of the field to mend."""
        found = [(f"{row.criterion.name}, ", field) for row in self.rows for field in row]
        found += [("Sáng kiến, ", field) for row in self.initiatives for field in row]
        found += [("", field) for field in self.words]
        return [
            {"id": field.id_for_label, "label": f"{where}{field.label}", "message": message}
            for where, field in found
            for message in field.errors
        ]

    def errors(self) -> int:
        """How many rows and words still need mending."""
        parts = [self.words, *self.rows, *self.initiatives]
        return sum(bool(part.errors) for part in parts) + bool(self.initiatives.non_form_errors())

    def has_valid_words(self) -> bool:
        """Whether all but the files holds together."""
        # Every part is asked, so that each shows its errors.
        parts = [self.words.is_valid(), self.initiatives.is_valid()]
        return all([*parts, *[row.has_valid_words() for row in self.rows]])

    def content(self) -> dict:
        """What was typed; a part that is wrong stays as it was stored."""
        words = {name: self.stored[name] for name in self.words.fields}
        said = words | (self.words.cleaned_data if self.words.is_valid() else {})
        initiatives = self.stored["initiatives"]
        if self.initiatives.is_valid():
            initiatives = [row.values() for row in self.initiatives if row.cleaned_data.get("name")]
        return {
            "figures": {
                row.criterion.code: row.values() if row.has_valid_words() else row.stored for row in self.rows
            },
            "initiatives": initiatives,
            **said,
        }

    def evidence(self) -> list:
        """(criterion code, upload) for every good file that came along."""
        return [(row.criterion.code, upload) for row in self.rows for upload in row.uploads()]


class JudgeForm(forms.Form):
    """The standing body's word on one figure; what it lacks is said by `checks.missing_for_judging`."""

    verdict = forms.ChoiceField(label="Kết luận", required=False, widget=forms.RadioSelect)
    numerator = WholeNumberField(label="Tử số thẩm định", required=False)
    denominator = WholeNumberField(label="Mẫu số thẩm định", required=False)
    answer = forms.TypedChoiceField(
        label="Trả lời theo thẩm định",
        choices=[("", "Không điều chỉnh"), ("yes", "Có"), ("no", "Chưa có")],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
    )
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
                "answer": {True: "yes", False: "no", None: ""}[figure.verified_answer],
                "comment": figure.comment,
            },
        )
        operator = Operator(figure.criterion.operator)
        chosen = [FigureVerdict.ACCEPTED, FigureVerdict.CORRECTED, FigureVerdict.REFUSED]
        if operator == Operator.JUDGED:
            chosen.remove(FigureVerdict.CORRECTED)
        if not operator.is_ratio:
            del self.fields["numerator"], self.fields["denominator"]
        if operator != Operator.YES_NO:
            del self.fields["answer"]
        self.fields["verdict"].choices = [(v.value, v.label) for v in chosen]
