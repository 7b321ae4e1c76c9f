import uuid
from datetime import date

from django import forms

from core.forms import UploadField, VietnameseDateField
from registrations.enums import Channel

#: empty rows for tasks at first, and how many more the person asks for at a time
FIRST_ROWS, MORE_ROWS = 3, 5
#: the same for targets of the unit's own
FIRST_FREE, MORE_FREE = 1, 3


class GeneralForm(forms.Form):
    """Contact, objectives and priority fields."""

    contact_name = forms.CharField(label="Người liên hệ", max_length=120, required=False)
    contact_phone = forms.CharField(
        label="Điện thoại",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    objectives = forms.CharField(
        label="Mục tiêu thi đua",
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Nêu ngắn gọn những gì đơn vị sẽ làm được trong năm.",
    )
    priority_fields = forms.MultipleChoiceField(
        label="Lĩnh vực ưu tiên", required=False, widget=forms.CheckboxSelectMultiple
    )


class TargetForm(forms.Form):
    """The promised level of one criterion."""

    level = forms.CharField(
        max_length=120, required=False, widget=forms.TextInput(attrs={"placeholder": "ví dụ 98 %"})
    )

    def __init__(self, *args, criterion, **kwargs):
        super().__init__(*args, prefix=f"target-{criterion.code}", **kwargs)
        self.criterion = criterion
        self.fields["level"].label = criterion.name


def dropped(row: forms.Form) -> dict:
    """A row the person took away says nothing any more, not even what is wrong with it."""
    row.errors.clear()
    return {}


class FreeTargetForm(forms.Form):
    """A target of the unit's own, in words."""

    text = forms.CharField(label="Chỉ tiêu khác", max_length=300, required=False)
    level = forms.CharField(label="Mức phấn đấu", max_length=120, required=False)
    gone = forms.BooleanField(label="Bỏ chỉ tiêu này", required=False)

    def clean(self):
        if self.cleaned_data.get("gone"):
            return dropped(self)
        if self.cleaned_data.get("level") and not self.cleaned_data.get("text") and "text" not in self.errors:
            self.add_error("text", "Hãy ghi tên chỉ tiêu.")
        return self.cleaned_data


class TwoLines(forms.Textarea):
    def __init__(self):
        super().__init__(attrs={"rows": 2})


class TaskForm(forms.Form):
    """One task with its concrete product; an empty row is no task."""

    name = forms.CharField(label="Tên nhiệm vụ", max_length=300, required=False, widget=TwoLines)
    product = forms.CharField(label="Sản phẩm cụ thể", max_length=300, required=False, widget=TwoLines)
    field = forms.ChoiceField(label="Lĩnh vực", required=False)
    due = VietnameseDateField(label="Thời hạn", required=False)
    in_charge = forms.CharField(label="Người phụ trách", max_length=120, required=False)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    gone = forms.BooleanField(label="Bỏ nhiệm vụ này", required=False)

    def __init__(self, *args, field_choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", "Chọn lĩnh vực"), *field_choices]

    def clean(self):
        said = self.cleaned_data
        if said.get("gone"):
            return dropped(self)
        words = [value for name, value in said.items() if name not in ("key", "gone")]
        if any(words) and not said.get("name") and "name" not in self.errors:
            self.add_error("name", "Hãy ghi tên nhiệm vụ, hoặc xoá trắng cả dòng.")
        return said


class UploadForm(forms.Form):
    upload = UploadField(
        label="Kế hoạch đã ký (PDF)",
        required=False,
        help_text="Bản quét rõ chữ ký và dấu, tối đa 20 MB. Cần nhiều tệp thì mỗi lần lưu thêm một tệp.",
    )

    def __init__(self, *args, is_paper, **kwargs):
        super().__init__(*args, **kwargs)
        if is_paper:
            self.fields["upload"].label = "Bản quét văn bản đã nhận (PDF)"


class PaperForm(forms.Form):
    """How a paper came in, as the clerk who enters it reads from its stamp."""

    channel = forms.ChoiceField(
        label="Hình thức nộp",
        choices=[choice for choice in Channel.choices if choice[0] != Channel.PORTAL],
    )
    paper_number = forms.CharField(
        label="Số văn bản đến",
        max_length=60,
        required=False,
        help_text="Số do Văn thư ghi trên dấu đến, hoặc số biên nhận của một cửa.",
    )
    received_on = VietnameseDateField(
        label="Ngày nhận văn bản", required=False, help_text="Đúng hạn hay muộn tính theo ngày này."
    )


def _as_typed(task: dict) -> dict:
    """A task of `workflow.content_of` with its day as a date, which the form prints day first."""
    return task | {"due": date.fromisoformat(task["due"]) if task["due"] else None}


def _empty_tasks(count: int) -> list[dict]:
    """Each row has its key from the start, so that it stays the same task however often it is saved."""
    return [{"key": uuid.uuid4()} for _ in range(count)]


TaskFormSet = forms.formset_factory(TaskForm, extra=0, max_num=100, absolute_max=200)
FreeTargetFormSet = forms.formset_factory(FreeTargetForm, extra=0, max_num=20, absolute_max=40)


class DraftForm:
    """The parts of the edit page, read together; `content` is the shape of `workflow.content_of`.

    The words and the file are judged apart: a wrong file never costs what was typed. `more` asks
    for further empty rows of "tasks" or "free" targets; `paper` holds what a clerk said of a paper.
    """

    def __init__(self, *, content, criteria, priority_fields, data=None, files=None, more="", paper=None):
        field_choices = [(f.code, f.name) for f in priority_fields]
        level_of = {t["criterion"]: t["level"] for t in content["targets"]}
        free = [t for t in content["targets"] if t["criterion"] is None]
        rows = MORE_ROWS if more == "tasks" else max(1, FIRST_ROWS - len(content["tasks"]))
        free_rows = MORE_FREE if more == "free" else FIRST_FREE
        self.paper = None if paper is None else PaperForm(data, initial=paper)
        self.general = GeneralForm(
            data,
            initial={
                "contact_name": content["contact"]["name"],
                "contact_phone": content["contact"]["phone"],
                "objectives": content["objectives"],
                "priority_fields": content["fields"],
            },
        )
        self.general.fields["priority_fields"].choices = field_choices
        self.targets = [
            TargetForm(data, criterion=c, initial={"level": level_of.get(c.code, "")}) for c in criteria
        ]
        # What was typed stands alone: a row typed as it was saved is no empty row.
        self.free_targets = FreeTargetFormSet(
            data, prefix="free", initial=[*free, *[{}] * free_rows] if data is None else None
        )
        self.tasks = TaskFormSet(
            data,
            prefix="task",
            initial=[*map(_as_typed, content["tasks"]), *_empty_tasks(rows)] if data is None else None,
            form_kwargs={"field_choices": field_choices},
        )
        self.upload = UploadForm(data, files, is_paper=paper is not None)

    @property
    def _parts(self):
        paper = [self.paper] if self.paper else []
        return [*paper, self.general, *self.targets, self.free_targets, self.tasks]

    def has_valid_words(self) -> bool:
        # Every part is asked, so that each shows its errors.
        return not [part for part in self._parts if not part.is_valid()]

    @property
    def problems(self) -> list[dict]:
        """What is wrong with the words, as `{id, label, message}` of the field to mend."""
        paper = [self.paper] if self.paper else []
        forms_of_fields = [*paper, self.general, *self.targets, *self.free_targets, *self.tasks]
        return [
            {"id": field.id_for_label, "label": field.label, "message": message}
            for form in forms_of_fields
            for field in form
            for message in field.errors
        ]

    def uploads(self) -> list:
        """The file that came along, if it is a good one."""
        if not self.upload.is_valid():
            return []
        upload = self.upload.cleaned_data["upload"]
        return [upload] if upload else []

    def content(self) -> dict:
        """What was typed, once `has_valid_words`."""
        general = self.general.cleaned_data
        promised = [
            {"criterion": t.criterion.code, "text": "", "level": t.cleaned_data["level"]}
            for t in self.targets
        ]
        free = [
            {"criterion": None, "text": f["text"], "level": f["level"]}
            for f in self.free_targets.cleaned_data
            if f.get("text")
        ]
        return {
            "contact": {"name": general["contact_name"], "phone": general["contact_phone"]},
            "fields": general["priority_fields"],
            "objectives": general["objectives"],
            "targets": [*promised, *free],
            "tasks": [
                {
                    "key": str(task["key"] or uuid.uuid4()),
                    "name": task["name"],
                    "product": task["product"],
                    "field": task["field"] or None,
                    "due": task["due"].isoformat() if task["due"] else None,
                    "in_charge": task["in_charge"],
                }
                for task in self.tasks.cleaned_data
                if task.get("name")
            ],
        }

    def paper_values(self) -> dict | None:
        """What the clerk said of the paper, once `has_valid_words`; None when there is no paper."""
        return dict(self.paper.cleaned_data) if self.paper else None
