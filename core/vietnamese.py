"""The one place that knows the Vietnamese language.

Search and sort keys are stored in columns with the C collation: the database
compares bytes and needs no language of its own.
"""

import re
import unicodedata
from datetime import date

# Old fonts and converters put the Icelandic and African letters in the place of Đ.
_STROKED_D = str.maketrans("ðɖ", "đđ")
_APOSTROPHES = dict.fromkeys(map(ord, "'`´‘’ʼ"))

# Dictionary order of the tones: level, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
_LETTERS_OF_THEIR_OWN = {
    ("a", _BREVE): "a1",
    ("a", _CIRCUMFLEX): "a2",
    ("e", _CIRCUMFLEX): "e1",
    ("o", _CIRCUMFLEX): "o1",
    ("o", _HORN): "o2",
    ("u", _HORN): "u1",
}
# Sort keys: no text < end of level < end of word < digits < letters.
_LEVEL_END, _WORD_END = " ", "!"

_TITLES = re.compile(
    r"(?:(?:ông|bà|đồng\s+chí|đ/c|đc"
    r"|(?:phó\s+)?giáo\s+sư|tiến\s+s[ĩỹ]|thạc\s+s[ĩỹ]|bác\s+s[ĩỹ]|kỹ\s+sư"
    r"|p?gs|tskh|ts|ths|bs|ds|ks|cn|ng(?:nd|ưt)|tt(?:nd|ưt))[\s.,:/]+)+(?=\w)",
    re.IGNORECASE,
)

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
#: words of several syllables that titles must not part, and a number from its noun
_TOGETHER = re.compile(
    r"\b(?:chuyển đổi số|bằng khen|giấy khen|chủ tịch|giai đoạn [\d-]+"
    r"|(?:quyết định |tờ trình )?số \S*\d\S*)",
    re.IGNORECASE,
)
_HOUSEHOLD = re.compile(r"(?:hộ\s+)?gia\s+đình\s+|hộ\s+", re.IGNORECASE)

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def nfc(text: str) -> str:
    """The composed form, in which all text is stored."""
    return unicodedata.normalize("NFC", text)


def search_key(text: str) -> str:
    """Lower-case words without diacritics, one blank between them: "Bảo Thắng" → "bao thang".

    The same for NFC and NFD and for both ways of placing a tone (hoà, hòa).
    Punctuation separates words; an apostrophe joins them (H'Mông → hmong).
    """
    bare = ("".join(c for c in word if not _is_mark(c)) for word in _words(text))
    return " ".join(word.replace("đ", "d") for word in bare if word)


def person_key(name: str) -> str:
    """The search key of a name without honorifics and academic titles, to find duplicates."""
    return search_key(_without_titles(name))


def household_key(name: str) -> str:
    """The key of the head's name: "Hộ ông Lý A Sử", "Hộ gia đình Lý A Sử" and "Gia đình bà …" alike."""
    return person_key(_HOUSEHOLD.sub("", nfc(name).strip()))


def sort_key(text: str) -> str:
    """A string whose byte order is the Vietnamese alphabetical order of `text`.

    First the letters (a ă â b c d đ e ê …), two characters each so that ă sorts after
    every a; then one digit for the tone of each word. Numbers sort by value
    ("Khối 2" before "Khối 10").
    """
    words, tones = [], []
    for word in _words(text):
        letters: list[str] = []
        tone = "0"
        for char in re.sub(r"[0-9]+", lambda number: number[0].zfill(9), word):
            if char in _TONES:
                tone = _TONES[char]
            elif _is_mark(char):
                if letters:
                    letters[-1] = _LETTERS_OF_THEIR_OWN.get((letters[-1][0], char), letters[-1])
            elif char == "đ":
                letters.append("d1")
            else:
                letters.append(char if char.isdigit() else char + "0")
        words.append("".join(letters))
        tones.append(tone)
    return _WORD_END.join(words) + _LEVEL_END + "".join(tones)


def person_sort_key(name: str) -> str:
    """Sorts people as Vietnamese lists do: given name (the last word), family name, middle names."""
    words = _without_titles(name).split() or [""]
    given, family, middle = words[-1], words[0], words[1:-1]
    return _LEVEL_END.join(sort_key(part) for part in (given, family, " ".join(middle)))


def honorific(sex: str) -> str:
    """`sex` is "male" or "female"; anything else means it is not known."""
    return {"male": "Ông", "female": "Bà"}.get(sex, "Ông/Bà")


def number_in_words(n: int) -> str:
    """3510000 → "ba triệu năm trăm mười nghìn"."""
    if n < 0:
        raise ValueError("Only numbers from zero up are written in words.")
    if n == 0:
        return _DIGITS[0]
    billions, rest = divmod(n, 10**9)
    words = [number_in_words(billions), "tỷ"] if billions else []
    for group, name in ((rest // 10**6, "triệu"), (rest // 1000 % 1000, "nghìn"), (rest % 1000, "")):
        if group:
            words += _below_thousand(group, is_first=not words)
            words += [name] if name else []
    return " ".join(words)


def money_in_words(n: int) -> str:
    """3510000 → "Ba triệu năm trăm mười nghìn đồng"."""
    words = number_in_words(n)
    return f"{words[0].upper()}{words[1:]} đồng"


def format_number(n: int) -> str:
    """1900 → "1.900"."""
    return f"{n:,d}".replace(",", ".")


def format_percent(num: int, den: int, *, threshold: int | None = None) -> str:
    """num/den as "95,00 %", computed on integers and rounded half up.

    With a threshold (whole per cent) it shows as many decimals as it takes to stand on
    the true side of it: 94999/100000 against 95 reads "94,999 %", never "95,00 %".
    """
    if den <= 0:
        raise ValueError("A percentage needs a denominator above zero.")
    decimals = 2
    while True:
        scale = 10**decimals
        rounded = (2 * num * 100 * scale + den) // (2 * den)
        if threshold is None or _side(rounded, threshold * scale) == _side(num * 100, threshold * den):
            break
        decimals += 1
    whole, fraction = divmod(rounded, scale)
    return f"{format_number(whole)},{fraction:0{decimals}d} %"


def long_date(d: date) -> str:
    """The date of an official document: "ngày 02 tháng 01 năm 2025".

    Days below 10 and the months 1 and 2 get a leading zero, the other months do not
    (NĐ 30/2020/NĐ-CP, Phụ lục I).
    """
    month = f"{d.month:02d}" if d.month <= 2 else str(d.month)
    return f"ngày {d.day:02d} tháng {month} năm {d.year}"


def roman(n: int) -> str:
    """1 to 3999 → "I" to "MMMCMXCIX"."""
    if not 1 <= n <= 3999:
        raise ValueError("Roman numerals go from 1 to 3999.")
    numeral = ""
    for value, letters in _ROMAN:
        count, n = divmod(n, value)
        numeral += letters * count
    return numeral


def _words(text: str) -> list[str]:
    """The words of a text, lower-case and decomposed; đ stays a letter."""
    folded = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    folded = unicodedata.normalize("NFKD", folded).translate(_STROKED_D)
    visible = (c for c in folded if unicodedata.category(c) != "Cf")
    return "".join(c if c.isalnum() or _is_mark(c) else " " for c in visible).split()


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")


def _without_titles(name: str) -> str:
    name = nfc(name).strip()
    titles = _TITLES.match(name)
    return name[titles.end() :] if titles else name


def _below_thousand(n: int, *, is_first: bool) -> list[str]:
    """1 to 999 in words; every group but the first names its hundreds ("không trăm linh năm")."""
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    words = [] if is_first and not hundreds else [_DIGITS[hundreds], "trăm"]
    if tens == 0 and ones:
        words += ["linh", _DIGITS[ones]] if words else [_DIGITS[ones]]
    elif tens == 1:
        words += ["mười"] + ([] if ones == 0 else ["lăm" if ones == 5 else _DIGITS[ones]])
    elif tens:
        words += [_DIGITS[tens], "mươi"] + ([_AFTER_TENS.get(ones, _DIGITS[ones])] if ones else [])
    return words


def _side(a: int, b: int) -> int:
    return (a > b) - (a < b)


def bind(text: str) -> str:
    """`text` with blanks that do not break inside words and numbers that belong together."""
    return _TOGETHER.sub(lambda found: found[0].replace(" ", NO_BREAK_SPACE), text)
