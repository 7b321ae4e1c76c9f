import unicodedata
from datetime import date
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core import vietnamese as vn

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONE_MARKS = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]


def nfd(text):
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nguyễn Văn A", "nguyen van a"),
        ("NGUYEN VAN A", "nguyen van a"),
        ("  Nguyễn \t Văn\u00a0A ", "nguyen van a"),
        ("Ệ", "e"),
        ("đĐ", "dd"),
        ("\u00d0ặng", "dang"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("Ủy ban nhân dân", "uy ban nhan dan"),
        ("Thi đua - Khen thưởng", "thi dua khen thuong"),
        ("Sở TT&TT", "so tt tt"),
        ("H'Mông", "hmong"),
        ("H’Mông", "hmong"),
        ("QĐ 1234/QĐ-UBND", "qd 1234 qd ubnd"),
        ("Lào\u200b Cai", "lao cai"),
        ("…", ""),
        ("", ""),
    ],
)
def test_search_key(text, key):
    assert vn.search_key(text) == key


@given(st.text())
def test_search_key_ignores_composition_and_is_stable(text):
    key = vn.search_key(text)
    assert vn.search_key(nfd(text)) == key
    assert vn.search_key(vn.nfc(text)) == key
    assert vn.search_key(key) == key
    assert key == " ".join(key.split())


def test_nfc_composes_what_was_typed_in_pieces():
    assert vn.nfc(nfd("Ệ")) == "\u1ec6"


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Văn An",
        "Ông Nguyễn Văn An",
        "ÔNG NGUYỄN VĂN AN",
        "bà Nguyễn Văn An",
        "Ông/Bà: Nguyễn Văn An",
        "Đ/c Nguyễn Văn An",
        "đồng chí Nguyễn Văn An",
        "PGS.TS. Nguyễn Văn An",
        "TS.BS Nguyễn Văn An",
        "ThS Nguyễn Văn An",
        "Tiến sỹ Nguyễn Văn An",
        "Ông ThS. Nguyễn Văn An",
        nfd("Bà Nguyễn Văn An"),
    ],
)
def test_person_key_forgets_honorifics_and_titles(name):
    assert vn.person_key(name) == "nguyen van an"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Bá Thị Tiên", "ba thi tien"),
        ("Bàn Văn Ông", "ban van ong"),
        ("Ông", "ong"),
        ("TS.", "ts"),
        ("Tsần Sín", "tsan sin"),
        ("Giàng A Páo", "giang a pao"),
    ],
)
def test_person_key_keeps_what_is_part_of_the_name(name, key):
    assert vn.person_key(name) == key


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ("a", "ă"),
        ("ay", "ăn"),
        ("ăy", "ân"),
        ("cz", "da"),
        ("dz", "đa"),
        ("ey", "êa"),
        ("oy", "ôa"),
        ("ôy", "ơa"),
        ("uy", "ưa"),
        ("ma", "mà"),
        ("mà", "mả"),
        ("mả", "mã"),
        ("mã", "má"),
        ("má", "mạ"),
        ("mạ", "man"),
        ("An", "An Bình"),
        ("An Bình", "Anh"),
        ("Bạ An", "Ba Bình"),
        ("Khối 2", "Khối 10"),
        ("Khối 10", "Khối A"),
    ],
)
def test_sort_key_order(low, high):
    assert vn.sort_key(low).encode() < vn.sort_key(high).encode()


def test_sort_key_is_ascii_for_vietnamese_text():
    assert vn.sort_key("Đặng Lê 2") == "d1a1n0g0!l0e1!000000002 500"


def test_sort_key_ignores_case_composition_and_tone_placement():
    assert vn.sort_key("HOÀ BÌNH") == vn.sort_key("Hòa Bình") == vn.sort_key(nfd("hòa bình"))


def test_communes_in_alphabetical_order():
    communes = [
        "Xã A Mú Sung",
        "Xã Bản Cầm",
        "Xã Bản Phùng",
        "Xã Bảo Hà",
        "Xã Bảo Nhai",
        "Xã Cam Cọn",
        "Xã Cán Cấu",
        "Xã Cốc San",
        "Xã Dền Thàng",
        "Xã Điện Quan",
        "Xã Lùng Cải",
        "Xã Lùng Khấu Nhin",
        "Xã Lùng Phình",
        "Xã Ngũ Chỉ Sơn",
        "Xã Sán Chải",
        "Xã Sàng Ma Sáo",
        "Xã Y Tý",
    ]
    shuffled = Random(1).sample(communes, len(communes))
    assert sorted(shuffled, key=lambda name: vn.sort_key(name).encode()) == communes


word = st.tuples(
    st.lists(st.integers(0, len(LETTERS) - 1), min_size=1, max_size=5),
    st.integers(0, len(TONE_MARKS) - 1),
)


def written(words):
    """Letters and tones as text; the tone stands on the first letter."""
    return vn.nfc(
        " ".join(
            LETTERS[letters[0]] + TONE_MARKS[tone] + "".join(LETTERS[i] for i in letters[1:])
            for letters, tone in words
        )
    )


@given(st.lists(word, min_size=1, max_size=4), st.lists(word, min_size=1, max_size=4))
def test_sort_key_compares_letters_first_and_tones_last(a, b):
    order_a, order_b = (([w[0] for w in words], [w[1] for w in words]) for words in (a, b))
    key_a, key_b = (vn.sort_key(written(words)).encode() for words in (a, b))
    assert (key_a < key_b) == (order_a < order_b)
    assert (key_a == key_b) == (order_a == order_b)


def test_people_sort_by_given_name_then_family_then_middle_names():
    people = [
        "Giàng A Ân",
        "Đặng Thị Bình",
        "Nguyễn Văn Bình",
        "Nguyễn Văn Đức",
        "Lê Thị Hà",
        "Bà Lý Thị Hà",
        "Nguyễn An Hà",
        "Nguyễn Thị Hà",
        "Hoàng Hạ",
        "Trần Hồng Hải",
        "Vàng Seo Páo",
        "Sùng A Phử",
    ]
    shuffled = Random(2).sample(people, len(people))
    assert sorted(shuffled, key=lambda name: vn.person_sort_key(name).encode()) == people


def test_person_sort_key_of_one_word_and_of_nothing():
    assert vn.person_sort_key("An").encode() < vn.person_sort_key("Lê An").encode()
    assert vn.person_sort_key("").encode() < vn.person_sort_key("An").encode()


@pytest.mark.parametrize(("sex", "word"), [("male", "Ông"), ("female", "Bà"), ("", "Ông/Bà")])
def test_honorific(sex, word):
    assert vn.honorific(sex) == word


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (231, "hai trăm ba mươi mốt"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_050, "một nghìn không trăm năm mươi"),
        (1_900, "một nghìn chín trăm"),
        (3_510_000, "ba triệu năm trăm mười nghìn"),
        (5_000_000, "năm triệu"),
        (1_000_001, "một triệu không trăm linh một"),
        (1_005_000_000, "một tỷ không trăm linh năm triệu"),
        (21_000_000_000, "hai mươi mốt tỷ"),
        (10**12, "một nghìn tỷ"),
        (10**18, "một tỷ tỷ"),
    ],
)
def test_number_in_words(n, words):
    assert vn.number_in_words(n) == words


def test_a_negative_number_has_no_words():
    with pytest.raises(ValueError, match="zero up"):
        vn.number_in_words(-1)


WORD_VALUES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4,
    "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip


def read_back(words):
    """The number that words name, read by an independent little machine."""
    total = group = pending = 0
    for name in words.split():
        if name in WORD_VALUES:
            pending = WORD_VALUES[name]
        elif name == "mười":
            group += 10
        elif name == "mươi":
            group, pending = group + pending * 10, 0
        elif name == "trăm":
            group, pending = group + pending * 100, 0
        elif name == "tỷ":
            total, group, pending = (total + group + pending) * 10**9, 0, 0
        elif name in ("nghìn", "triệu"):
            unit = {"nghìn": 10**3, "triệu": 10**6}[name]
            total, group, pending = total + (group + pending) * unit, 0, 0
    return total + group + pending


@given(st.integers(0, 10**9 - 1), st.integers(0, 10**9 - 1))
def test_words_can_be_read_back(billions, rest):
    spoken = vn.number_in_words(billions * 10**9 + rest)
    assert read_back(spoken) == billions * 10**9 + rest


def test_money_in_words():
    assert vn.money_in_words(3_510_000) == "Ba triệu năm trăm mười nghìn đồng"


@pytest.mark.parametrize(
    ("n", "text"), [(0, "0"), (999, "999"), (1900, "1.900"), (-1900, "-1.900"), (10**6, "1.000.000")]
)
def test_format_number(n, text):
    assert vn.format_number(n) == text


@pytest.mark.parametrize(
    ("num", "den", "threshold", "text"),
    [
        (95, 100, None, "95,00 %"),
        (95, 100, 95, "95,00 %"),
        (94_999, 100_000, None, "95,00 %"),
        (94_999, 100_000, 95, "94,999 %"),
        (9_499, 10_000, 95, "94,99 %"),
        (900_001, 1_000_000, 90, "90,0001 %"),
        (95 * 10**16 - 1, 10**18, 95, "94,9999999999999999 %"),
        (1, 3, None, "33,33 %"),
        (2, 3, None, "66,67 %"),
        (1, 20_000, None, "0,01 %"),
        (0, 7, 80, "0,00 %"),
        (1_234_567, 100_000, None, "1.234,57 %"),
    ],
)
def test_format_percent(num, den, threshold, text):
    assert vn.format_percent(num, den, threshold=threshold) == text


def test_a_percentage_needs_a_denominator():
    with pytest.raises(ValueError, match="denominator"):
        vn.format_percent(1, 0)


@given(st.integers(0, 10**18), st.integers(1, 10**18), st.sampled_from([50, 60, 70, 80, 90, 95, 100]))
def test_a_shown_percentage_stands_on_the_true_side_of_the_threshold(num, den, threshold):
    assume(num <= den)
    shown = Fraction(vn.format_percent(num, den, threshold=threshold)[:-2].replace(",", "."))
    exact = Fraction(num * 100, den)
    assert (shown > threshold, shown < threshold) == (exact > threshold, exact < threshold)
    assert abs(shown - exact) <= Fraction(1, 200)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2025, 1, 2), "ngày 02 tháng 01 năm 2025"),
        (date(2027, 2, 20), "ngày 20 tháng 02 năm 2027"),
        (date(2025, 3, 9), "ngày 09 tháng 3 năm 2025"),
        (date(2025, 12, 31), "ngày 31 tháng 12 năm 2025"),
    ],
)
def test_long_date(day, text):
    assert vn.long_date(day) == text


@pytest.mark.parametrize(
    ("n", "numeral"),
    [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (90, "XC"), (400, "CD"), (2027, "MMXXVII"),
     (3999, "MMMCMXCIX")],
)  # fmt: skip
def test_roman(n, numeral):
    assert vn.roman(n) == numeral


@pytest.mark.parametrize("n", [0, 4000])
def test_roman_numerals_have_limits(n):
    with pytest.raises(ValueError, match="3999"):
        vn.roman(n)
