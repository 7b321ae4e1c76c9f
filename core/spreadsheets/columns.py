"""What a column of a spreadsheet may hold: from this come the cells of the template and their reading.

`read` turns a cell as calamine gives it (text, number, truth, date) into a value; a ValueError
says in words for people what is wrong with the cell.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from core.forms import LARGEST_FIGURE, VietnameseDateField, WholeNumberField
from core.vietnamese import nfc, search_key

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
#: Excel keeps fifteen digits of a number and makes the others zero
_EXACT = 10**15
_RETYPE = "hãy định dạng ô là Văn bản (Text) rồi gõ lại"
_SHOWN_CHOICES = 12


@dataclass(frozen=True, kw_only=True)
class Column:
    """`name` is the key of the value in a row that was read, `heading` what the person sees."""

    name: str
    heading: str
    is_required: bool = False
    width: int = 18
    help: str = ""
    example: Any = ""

    #: what an empty cell is
    empty = ""
    is_text = True
    #: how the person knows what to type, under the column's own `help`
    rule = ""

    def read(self, cell):
        if isinstance(cell, str):
            cell = " ".join(nfc(cell).split())
            if not cell:
                if self.is_required:
                    raise ValueError("không được để trống")
                return self.empty
            if _CONTROL.search(cell):
                raise ValueError("ô chứa ký tự điều khiển không đọc được; hãy xoá ô rồi gõ lại")
        elif isinstance(cell, bool):
            raise ValueError(f"ô là {'TRUE' if cell else 'FALSE'}, phải là {self.wanted}")
        elif isinstance(cell, time | timedelta):
            raise ValueError(f"ô là giờ, phải là {self.wanted}")
        return self.value(cell)

    #: in the words of a refusal: "ô là ngày, phải là …"
    wanted = "chữ"

    def value(self, cell):
        """The value of a cell that is text without blanks around it, a number or a date."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Text(Column):
    limit: int = 200

    @property
    def rule(self):
        return f"Tối đa {self.limit} ký tự."

    def value(self, cell):
        if isinstance(cell, date):
            raise ValueError(f"ô là ngày tháng, phải là chữ: {_RETYPE}")
        if isinstance(cell, int | float):
            if cell != int(cell) or abs(cell) >= _EXACT:
                raise ValueError(f"ô là số {_shown(cell)}, phải là chữ: {_RETYPE}")
            cell = str(int(cell))
        if len(cell) > self.limit:
            raise ValueError(f"dài {len(cell)} ký tự, tối đa {self.limit}")
        return cell


@dataclass(frozen=True, kw_only=True)
class Reference(Column):
    """Filled in by the template to be read by people; what stands there is not taken in."""

    def read(self, cell):
        return None


@dataclass(frozen=True, kw_only=True)
class Code(Text):
    """A code is text: a cell that Excel took for a number may have lost its leading zeros."""

    limit: int = 20
    pattern: str = r"[A-Za-z0-9]+"
    words: str = "chỉ gồm chữ cái không dấu và chữ số"
    wanted = "mã ở dạng chữ"

    @property
    def rule(self):
        return f"Gõ ở dạng chữ, giữ số 0 đứng đầu; {self.words}."

    def value(self, cell):
        if not isinstance(cell, str):
            kind = "ngày tháng" if isinstance(cell, date) else "số"
            raise ValueError(f"ô là {kind}, mã phải ở dạng chữ để không mất số 0 đứng đầu: {_RETYPE}")
        text = super().value(cell)
        if not re.fullmatch(self.pattern, text):
            raise ValueError(f"mã “{text}” không đúng: {self.words}")
        return text


@dataclass(frozen=True, kw_only=True)
class Email(Text):
    rule = "Địa chỉ thư điện tử, ví dụ ten@laocai.gov.vn."

    def value(self, cell):
        address = super().value(cell).lower()
        try:
            validate_email(address)
        except ValidationError:
            raise ValueError(f"“{address}” không phải địa chỉ thư điện tử") from None
        return address


@dataclass(frozen=True, kw_only=True)
class Whole(Column):
    minimum: int = 0
    maximum: int = LARGEST_FIGURE
    empty = None
    is_text = False
    wanted = "số nguyên"
    rule = "Số nguyên, không có phần thập phân."

    @cached_property
    def _field(self):
        return WholeNumberField(min_value=self.minimum, max_value=self.maximum)

    def value(self, cell):
        if isinstance(cell, date):
            raise ValueError("ô là ngày tháng, phải là số nguyên")
        if isinstance(cell, float):
            if cell != int(cell):
                raise ValueError(f"{_shown(cell)} không phải số nguyên")
            if abs(cell) >= _EXACT:
                raise ValueError(f"số quá dài, Excel chỉ giữ 15 chữ số: {_RETYPE}")
            cell = int(cell)
        try:
            return self._field.clean(cell)
        except ValidationError as error:
            raise ValueError(f"“{cell}”: {error.messages[0]}") from None


@dataclass(frozen=True, kw_only=True)
class Day(Column):
    empty = None
    is_text = False
    wanted = "ngày"
    rule = "Ngày/tháng/năm, ví dụ 20/02/2027."

    def value(self, cell):
        if isinstance(cell, int | float):
            raise ValueError(
                f"ô là số {_shown(cell)}, không phải ngày; hãy gõ ngày/tháng/năm, ví dụ 20/02/2027"
            )
        if isinstance(cell, datetime):
            if cell.time() != time():
                raise ValueError("ô có cả giờ, chỉ được ghi ngày")
            cell = cell.date()
        try:
            return _DAY.clean(cell)
        except ValidationError as error:
            raise ValueError(error.messages[0]) from None


_DAY = VietnameseDateField()


@dataclass(frozen=True, kw_only=True)
class Choice(Column):
    """One of `options`, by its words; case, blanks and the place of a tone do not matter."""

    options: dict[str, Any] = field(default_factory=dict, hash=False)
    empty = None
    rule = "Chọn trong danh sách của ô."

    @cached_property
    def _by_key(self):
        return {search_key(words): value for words, value in self.options.items()}

    def value(self, cell):
        key = search_key(cell if isinstance(cell, str) else _shown(cell))
        if key not in self._by_key:
            known = "; ".join([*self.options][:_SHOWN_CHOICES])
            known += "; …" if len(self.options) > _SHOWN_CHOICES else ""
            raise ValueError(f"“{_shown(cell)}” không có trong danh sách: {known}")
        return self._by_key[key]


def _shown(cell) -> str:
    """A cell in the words of a message, numbers with the decimal comma, cut short."""
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, int | float):
        return f"{cell:.15g}".replace(".", ",")
    return cell if len(cell) <= 60 else f"{cell[:59]}…"
