from django import forms
from django.core.exceptions import ValidationError

from core import clock
from core.forms import UploadField, VietnameseDateField
from core.vietnamese import nfc, search_key
from units.enums import Change
from units.models import Unit
from units.reorganisation import NewUnit, Plan


class UnitField(forms.CharField):
    """One unit that acts today, by its code or its full name; a page may offer `<datalist id="units">`."""

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"list": "units"}

    def to_python(self, value):
        text = nfc(super().to_python(value))
        return unit_called(text) if text else None


def unit_called(text: str) -> Unit:
    """The unit with this code or name; raises ValidationError that says which are alike."""
    units = Unit.objects.operating_on(clock.today()).filter(is_predecessor_stub=False)
    # "SYT – Sở Y tế", as the suggestions of the browser write it.
    code = text.partition(" – ")[0].strip()
    found = list(units.filter(code__iexact=code)) or list(units.filter(search_name=search_key(text)))
    if len(found) == 1:
        return found[0]
    if found:
        which = "; ".join(f"{unit.code} – {unit.name}" for unit in found)
        raise ValidationError(f"“{text}” chỉ nhiều đơn vị: {which}. Hãy ghi mã.")
    alike = [f"{unit.code} – {unit.name}" for unit in units.search(text)[:3]] if search_key(text) else []
    hint = f" Có phải: {'; '.join(alike)}?" if alike else ""
    raise ValidationError(f"Không có đơn vị nào đang hoạt động có mã hoặc tên “{text}”.{hint}")


class LinesField(forms.CharField):
    """Several values, one a line; `read` turns a line into a value or raises ValidationError."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, read, **kwargs):
        super().__init__(**kwargs)
        self.read = read

    def to_python(self, value):
        found, wrong = [], []
        for number, line in enumerate(super().to_python(value).splitlines(), start=1):
            if not line.strip():
                continue
            try:
                found.append(self.read(line.strip()))
            except ValidationError as error:
                wrong += [f"Dòng {number}: {message}" for message in error.messages]
        if wrong:
            raise ValidationError(wrong)
        return found

    def has_changed(self, initial, data):
        return bool(data)


def _new_unit(line: str) -> NewUnit:
    code, mark, name = (part.strip() for part in line.partition("|"))
    if not mark or not code or not name:
        raise ValidationError("Hãy ghi “mã | tên”, ví dụ: SXD | Sở Xây dựng.")
    if not code.isascii() or not code.isalnum() or len(code) > 20:
        raise ValidationError(f"Mã “{code}” chỉ gồm chữ cái không dấu và chữ số, tối đa 20 ký tự.")
    if len(name) > 200:
        raise ValidationError("Tên dài quá 200 ký tự.")
    return NewUnit(code, nfc(name))


class ReorganisationForm(forms.Form):
    change = forms.ChoiceField(
        label="Loại sắp xếp",
        choices=[c for c in Change.choices if c[0] != Change.MIXED],
        widget=forms.RadioSelect,
    )
    title = forms.CharField(label="Nội dung", max_length=200, help_text="Ví dụ: Nhập xã A vào xã B.")
    predecessors = LinesField(
        label="Đơn vị cũ",
        read=unit_called,
        help_text="Mỗi dòng một đơn vị, ghi mã hoặc tên đầy đủ. Đơn vị kết thúc trước ngày hiệu lực.",
    )
    receiver = UnitField(
        label="Đơn vị đang có tiếp nhận",
        required=False,
        help_text="Khi nhập vào một đơn vị đang hoạt động, hoặc cơ quan tiếp nhận việc của đơn vị giải thể.",
    )
    new_units = LinesField(
        label="Đơn vị mới",
        read=_new_unit,
        required=False,
        help_text="Mỗi dòng một đơn vị, ghi “mã | tên”. Đơn vị mới cùng loại với đơn vị cũ thứ nhất.",
    )
    effective_on = VietnameseDateField(label="Hiệu lực từ ngày")
    legal_basis = forms.CharField(label="Số, ký hiệu văn bản", max_length=120)
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=120)
    issued_on = VietnameseDateField(label="Ngày ban hành")
    document = UploadField(
        label="Văn bản (PDF)",
        required=False,
        help_text="Chọn tệp ở lần bấm “Ghi nhận”; xem trước không giữ tệp.",
    )
    is_automatic = forms.BooleanField(
        label="Tự áp dụng trên cổng vào ngày hiệu lực",
        required=False,
        help_text="Nếu không chọn, quản trị viên bấm “Áp dụng” khi đến ngày.",
    )

    def clean(self):
        given = super().clean()
        olds, news, receiver = (given.get(name) for name in ("predecessors", "new_units", "receiver"))
        if olds and len({unit.pk for unit in olds}) < len(olds):
            self.add_error("predecessors", "Một đơn vị được ghi hai lần.")
        if news and len({new.code for new in news}) < len(news):
            self.add_error("new_units", "Một mã được ghi hai lần.")
        if given.get("issued_on") and given.get("effective_on") and "change" in given and olds is not None:
            self._check_shape(given["change"], olds, news or [], receiver)
        return given

    def _check_shape(self, change, olds, news, receiver):
        """How many units each kind of change takes and gives."""
        if change == Change.MERGE and len(news) + bool(receiver) != 1:
            self.add_error(
                "receiver", "Sáp nhập cần đúng một đơn vị kế thừa: đơn vị đang có hoặc một đơn vị mới."
            )
        if change == Change.MERGE and news and len(olds) < 2:
            self.add_error("predecessors", "Hợp nhất thành đơn vị mới cần từ hai đơn vị cũ trở lên.")
        if change == Change.SPLIT and (len(olds) != 1 or len(news) < 2 or receiver):
            self.add_error("new_units", "Chia tách cần một đơn vị cũ và từ hai đơn vị mới trở lên.")
        if change == Change.RENAME and (len(olds) != 1 or len(news) != 1 or receiver):
            self.add_error("new_units", "Đổi tên cần một đơn vị cũ và một tên mới.")
        if change == Change.ABOLISH and news:
            self.add_error(
                "new_units", "Giải thể không lập đơn vị mới; nếu có, hãy chọn sáp nhập hoặc chia tách."
            )

    def plan(self) -> Plan:
        given = {name: value for name, value in self.cleaned_data.items() if name != "document"}
        return Plan(**given | {"change": Change(given["change"])})


class UnitSearchForm(forms.Form):
    q = forms.CharField(
        label="Tìm đơn vị, cả tên cũ",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "ví dụ: ta chai"}),
    )
    kind = forms.ChoiceField(label="Loại", required=False)
    is_past = forms.BooleanField(label="Chỉ đơn vị đã kết thúc", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Tất cả"), *Unit._meta.get_field("kind").choices]

    def narrow(self, units):
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("q"):
            units = units.search(asked["q"]) if search_key(asked["q"]) else units.none()
        if asked.get("kind"):
            units = units.filter(kind=asked["kind"])
        today = clock.today()
        acting = Unit.objects.operating_on(today)
        if asked.get("is_past"):
            return units.filter(valid_from__lte=today).exclude(pk__in=acting.values("pk"))
        return units if asked.get("q") else units.filter(pk__in=acting.values("pk"))
