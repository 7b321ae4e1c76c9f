import re
from datetime import date

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError

from core import files
from core.filters import Stand
from core.models import SavedFilter
from core.vietnamese import format_number, nfc

LARGEST_FIGURE = 10**18

# Plain digits, or groups of three with one kind of separator throughout. A group that
# starts with zero ("0.950") is a fraction written the English way, not a whole number.
_WHOLE = re.compile(
    r"[0-9]+|[1-9][0-9]{0,2}(?P<separator>[. \u00a0\u202f])[0-9]{3}(?:(?P=separator)[0-9]{3})*"
)


class WholeNumberField(forms.Field):
    """A whole number from 0 to 10^18, typed "1900", "1.900" or "1 900"."""

    widget = forms.TextInput
    default_error_messages = {
        "required": "Hãy nhập số này.",
        "invalid": "Hãy nhập số nguyên không âm, ví dụ 1900 hoặc 1.900 (không có phần thập phân).",
        "min_value": "Số quá nhỏ, ít nhất là %(limit)s.",
        "max_value": "Số quá lớn, nhiều nhất là %(limit)s.",
    }

    def __init__(self, *, min_value: int = 0, max_value: int = LARGEST_FIGURE, **kwargs):
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**kwargs)

    def to_python(self, value) -> int | None:
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        if not _WHOLE.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        digits = re.sub(r"[^0-9]", "", text).lstrip("0")
        if len(digits) > len(str(self.max_value)):
            raise self._beyond("max_value", self.max_value)
        return int(digits or "0")

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is None:
            return
        if value < self.min_value:
            raise self._beyond("min_value", self.min_value)
        if value > self.max_value:
            raise self._beyond("max_value", self.max_value)

    def prepare_value(self, value):
        return format_number(value) if isinstance(value, int) else value

    def widget_attrs(self, widget) -> dict[str, str]:
        return {"inputmode": "numeric", "autocomplete": "off"}

    def _beyond(self, code: str, limit: int) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"limit": format_number(limit)})


class VietnameseDateField(forms.DateField):
    """A date typed day first: 20/02/2027, 20-2-2027, 20.02.2027, or the ISO form 2027-02-20.

    Eight digits (20022027) are read too: the numeric keypad of a phone has no slash.
    """

    widget = forms.DateInput(
        format="%d/%m/%Y",
        attrs={"placeholder": "ngày/tháng/năm", "inputmode": "numeric", "autocomplete": "off"},
    )
    input_formats = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d%m%Y")
    default_error_messages = {
        "required": "Hãy nhập ngày.",
        "invalid": "Hãy nhập ngày có thật theo thứ tự ngày/tháng/năm, năm đủ bốn chữ số, ví dụ 20/02/2027.",
    }
    _shape = re.compile(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{4}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{8}")

    def to_python(self, value) -> date | None:
        # strptime alone would also read other scripts' digits and "2122027".
        if isinstance(value, str):
            value = value.strip()
            if value and not self._shape.fullmatch(value):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        day = super().to_python(value)
        if day is not None and not 1900 <= day.year <= 2100:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class UploadField(forms.FileField):
    """One uploaded file, judged by `core.files` on its bytes and not on its name."""

    widget = forms.FileInput
    default_error_messages = {
        "required": "Hãy chọn tệp.",
        "invalid": "Chưa nhận được tệp. Hãy chọn lại.",
        "missing": "Chưa nhận được tệp. Hãy chọn lại.",
    }

    def __init__(self, *, accept: tuple[str, ...] = (files.PDF,), **kwargs):
        self.accept = accept
        kwargs.setdefault("help_text", f"{self.kinds}, tối đa {settings.UPLOAD_MAX_BYTES // 1024**2} MB.")
        super().__init__(allow_empty_file=True, **kwargs)

    @property
    def kinds(self) -> str:
        return ", ".join(files.EXTENSIONS[one] for one in self.accept)

    def to_python(self, data):
        upload = super().to_python(data)
        if upload is not None:
            try:
                files.check(upload, accept=self.accept)
            except files.FileRefused as refused:
                raise ValidationError(str(refused), code="refused") from refused
        return upload

    def widget_attrs(self, widget) -> dict[str, str]:
        return {
            "accept": ",".join(self.accept),
            "data-kinds": self.kinds,
            "data-most": settings.UPLOAD_MAX_BYTES,
        }


class _ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class UploadsField(UploadField):
    """Several files at once; the cleaned value is the list of those that came.

    `taken` are the good ones, for whoever keeps them although others were refused.
    """

    widget = _ManyFiles
    taken: tuple = ()

    def clean(self, data, initial=None) -> list:
        taken, errors = [], []
        for one in data or []:
            try:
                taken.append(super().clean(one, initial))
            except ValidationError as error:
                errors += error.error_list
        self.taken = tuple(taken)
        if errors:
            raise ValidationError(errors)
        if not taken and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return taken


class _Columns(forms.MultipleHiddenInput):
    """Nothing where all are shown: an address, and a filter saved from it, name only what was chosen."""

    choices: list = []

    def value_from_datadict(self, data, files, name) -> list[str]:
        asked = set(super().value_from_datadict(data, files, name) or ())
        known = [code for code, _ in self.choices]
        chosen = [code for code in known if code in asked]
        return [] if chosen == known else chosen


class ColumnsField(forms.MultipleChoiceField):
    """Which columns of a list are shown beside the first, which names the row.

    In the form that narrows the list it is carried along unseen; `{% saved_filters form %}` offers the
    choice. The cleaned value is what is shown: all of them where nothing known was asked for.
    """

    def __init__(self, columns: dict[str, str], *, first: str):
        self.first = first
        super().__init__(label="Cột", choices=list(columns.items()), required=False, widget=_Columns)

    def clean(self, value) -> list[str]:
        return super().clean(value) or [code for code, _ in self.choices]


class SaveFilterForm(forms.Form):
    """A name for what a list is narrowed to; the page itself has written where that is."""

    name = forms.CharField(
        label="Tên bộ lọc",
        max_length=SavedFilter._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Chỉ mình bạn thấy. Ví dụ: Cấp xã nộp muộn.",
        error_messages={"required": "Hãy đặt tên cho bộ lọc."},
    )
    stand = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="id_filter_%s", **kwargs)

    def clean_name(self) -> str:
        return " ".join(nfc(self.cleaned_data["name"]).split())

    def clean_stand(self) -> Stand | None:
        try:
            return Stand.unseal(self.cleaned_data["stand"])
        except signing.BadSignature:
            return None

    def clean(self):
        if not self.cleaned_data["stand"]:
            raise ValidationError("Không rõ danh sách cần lưu. Hãy mở lại danh sách, lọc rồi lưu lại.")
        return self.cleaned_data
