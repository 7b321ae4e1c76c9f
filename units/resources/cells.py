"""What a cell of the register's files may hold. A fault is a ValueError in words for people."""

import re
from datetime import date

from import_export import widgets

from core.vietnamese import nfc, search_key
from units.models import Unit
from units.resources.acts import ACT_OF_DAY, ONE_DAY


class Text(widgets.CharWidget):
    def __init__(self, max_length, is_required=False):
        super().__init__()
        self.max_length, self.is_required = max_length, is_required

    def clean(self, value, row=None, **kwargs):
        text = nfc(value.strip())
        if self.is_required and not text:
            raise ValueError("không được để trống")
        if text.startswith(("=", "+", "-", "@")):
            raise ValueError("ô chứa công thức, phải là chữ")
        if len(text) > self.max_length:
            raise ValueError(f"dài {len(text)} ký tự, tối đa {self.max_length}")
        return text


class BodyCode(Text):
    pattern, words = re.compile(r"[A-Za-z0-9]+"), "chỉ gồm chữ cái không dấu và chữ số"

    def __init__(self):
        super().__init__(20, is_required=True)

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value, row, **kwargs)
        if not self.pattern.fullmatch(text):
            raise ValueError(f"mã “{text}” không đúng: {self.words}")
        return text


class PlaceCode(BodyCode):
    """A code is text: spreadsheets like to drop the leading zero, which is part of it."""

    pattern = re.compile(r"[0-9]{3}|[0-9]{5}")
    words = "cấp huyện có 3 chữ số, cấp xã có 5 chữ số, kể cả số 0 đứng đầu"


class OneOf(Text):
    def __init__(self, values):
        super().__init__(40, is_required=True)
        self.values = values

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value, row, **kwargs)
        if text not in self.values:
            raise ValueError(f"“{text}” không phải một trong: {', '.join(self.values)}")
        return text


class IsoDate(widgets.Widget):
    """A date as yyyy-mm-dd; an empty cell is `default`, or a fault if there is none."""

    def __init__(self, **default):
        super().__init__()
        self.default = default

    def clean(self, value, row=None, **kwargs):
        text = value.strip()
        if not text:
            if not self.default:
                raise ValueError("không được để trống")
            return self.default["default"]
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise ValueError(f"“{text}” không phải ngày có thật dạng năm-tháng-ngày") from None


class DayBefore(IsoDate):
    """The file gives the day of the change: what ends was there until the day before."""

    def clean(self, value, row=None, **kwargs):
        day = super().clean(value, row, **kwargs)
        return day and day - ONE_DAY


class DayOfAct(IsoDate):
    def clean(self, value, row=None, **kwargs):
        day = super().clean(value, row, **kwargs)
        if day not in ACT_OF_DAY:
            raise ValueError(f"không có đợt sắp xếp nào có hiệu lực ngày {day:%d/%m/%Y}")
        return day


class Parent(widgets.Widget):
    """The unit with this code that existed at the time of the plan; empty gives None."""

    def clean(self, value, row=None, **kwargs):
        code = value.strip()
        parent = Unit.objects.valid_on(date(2022, 1, 1)).filter(code=code).first()
        if code and parent is None:
            raise ValueError(f"không có đơn vị cấp trên mã “{code}” (cấp trên phải đứng trước trong tệp)")
        return parent


class Kin(widgets.Widget):
    """The unit with this code and name on the day of the act, or `before` it."""

    def __init__(self, name_column, before=0):
        super().__init__()
        self.name_column, self.before = name_column, before

    def clean(self, value, row=None, **kwargs):
        code = value.strip()
        try:
            day = DayOfAct().clean(row["effective_date"])
        except ValueError:
            return None  # the date's own column says what is wrong
        unit = Unit.objects.valid_on(day - self.before * ONE_DAY).filter(code=code).first()
        if unit is None:
            raise ValueError(f"không có đơn vị mã “{code}”")
        if self.name_column and unit.search_name != search_key(row[self.name_column]):
            raise ValueError(f"mã “{code}” là {unit.name}, không phải “{row[self.name_column]}”")
        return unit
