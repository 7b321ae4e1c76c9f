"""Tax numbers (mã số thuế): ten digits, or ten and three of a dependent unit.

Circular 86/2024/TT-BTC on tax registration, before it 105/2020/TT-BTC (the articles have not been
checked against the text): the tenth digit is a check digit; from 01/07/2025 the tax number of a
household business is the identity number of its representative, twelve digits, which is sealed.
"""

import re

#: the circular names the check digit and not how it is reckoned; these weights are the tax offices' practice
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


class TaxNumberRefused(ValueError):
    """Not a tax number; the message says why, in Vietnamese."""


def normalised(text: str) -> str:
    """The bare digits: ten, thirteen or twelve; raises TaxNumberRefused."""
    digits = re.sub(r"[ .-]", "", text)
    if re.fullmatch(r"[0-9]{12}", digits):
        return digits
    if not re.fullmatch(r"[0-9]{10}(?:[0-9]{3})?", digits):
        raise TaxNumberRefused(
            "Mã số thuế gồm 10 chữ số, hoặc 13 chữ số đối với đơn vị phụ thuộc; "
            "hộ kinh doanh dùng số định danh cá nhân 12 chữ số."
        )
    if check_digit(digits[:9]) != int(digits[9]):
        raise TaxNumberRefused(
            "Chữ số kiểm tra (chữ số thứ mười) của mã số thuế không khớp. Hãy xem lại từng chữ số."
        )
    return digits


def check_digit(nine: str) -> int:
    """The tenth digit; 10, which no number has, where the nine are never given out."""
    return 10 - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, nine, strict=True)) % 11


def is_identity_number(digits: str) -> bool:
    return len(digits) == 12


def shown(digits: str) -> str:
    return f"{digits[:10]}-{digits[10:]}" if len(digits) == 13 else digits
