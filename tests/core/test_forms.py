import io
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.files import PDF
from core.forms import UploadField, VietnameseDateField, WholeNumberField
from core.vietnamese import format_number
from tests import papers


class Sheet(forms.Form):
    figure = WholeNumberField(required=False)
    day = VietnameseDateField(required=False)
    paper = UploadField(required=False)


def refusal(field, value):
    with pytest.raises(ValidationError) as refused:
        field.clean(value)
    return refused.value.messages


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1900", 1900),
        ("1.900", 1900),
        ("1 900", 1900),
        ("1\u00a0900", 1900),
        ("1\u202f900", 1900),
        (" 1.900.000 ", 1_900_000),
        ("0", 0),
        ("007", 7),
        ("1.000.000.000.000.000.000", 10**18),
        (1900, 1900),
    ],
)
def test_a_whole_number_is_read(typed, number):
    assert WholeNumberField().clean(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["1.9", "1,5", "1,900", "-3", "+3", "٩٥", "９５", "1e3", "95.0", "0.950", "1.900 000", "1..900", "1.9000",
     "19.00", "9_5", "chín", "²", True],
)  # fmt: skip
def test_what_is_not_a_whole_number_is_refused_in_words(typed):
    assert refusal(WholeNumberField(), typed) == [
        "Hãy nhập số nguyên không âm, ví dụ 1900 hoặc 1.900 (không có phần thập phân)."
    ]


@pytest.mark.parametrize("typed", [str(10**18 + 1), "9" * 19, "1" * 5000])
def test_a_number_beyond_the_limit_is_refused(typed):
    assert refusal(WholeNumberField(), typed) == ["Số quá lớn, nhiều nhất là 1.000.000.000.000.000.000."]


def test_limits_of_its_own():
    field = WholeNumberField(min_value=1, max_value=1900)
    assert field.clean("1.900") == 1900
    assert refusal(field, "0") == ["Số quá nhỏ, ít nhất là 1."]
    assert refusal(field, "1.901") == ["Số quá lớn, nhiều nhất là 1.900."]


def test_an_empty_number_is_none_never_zero():
    assert WholeNumberField(required=False).clean(" ") is None
    assert refusal(WholeNumberField(), "") == ["Hãy nhập số này."]


@given(st.integers(0, 10**18))
def test_a_number_survives_showing_and_typing(number):
    field = WholeNumberField()
    assert field.clean(field.prepare_value(number)) == field.clean(str(number)) == number
    assert not field.has_changed(number, format_number(number))


@pytest.mark.parametrize(
    "typed", ["20/02/2027", "20/2/2027", "20-2-2027", "20.02.2027", "2027-02-20", "20022027", " 20/02/2027 "]
)
def test_a_date_is_read_day_first(typed):
    assert VietnameseDateField().clean(typed) == date(2027, 2, 20)


def test_the_day_comes_before_the_month():
    assert VietnameseDateField().clean("03/04/2027") == date(2027, 4, 3)


@pytest.mark.parametrize(
    "typed",
    ["20/02/27", "02/20/2027", "31/04/2027", "29/02/2027", "20/02-2027", "2022027", "20/02/0027",
     "20/02/2127", "٢٠/٠٢/٢٠٢٧", "20 tháng 2", "2027/02/20"],
)  # fmt: skip
def test_what_is_not_a_date_is_refused_in_words(typed):
    assert refusal(VietnameseDateField(), typed) == [
        "Hãy nhập ngày có thật theo thứ tự ngày/tháng/năm, năm đủ bốn chữ số, ví dụ 20/02/2027."
    ]


def test_an_empty_date():
    assert VietnameseDateField(required=False).clean("") is None
    assert refusal(VietnameseDateField(), "") == ["Hãy nhập ngày."]


def test_an_upload_is_kept():
    upload = SimpleUploadedFile("kế hoạch.pdf", papers.pdf())
    assert UploadField().clean(upload) is upload


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Tệp “a.pdf” rỗng (0 byte). Hãy chọn lại tệp PDF."),
        (
            b"MZ" + bytes(200),
            "Nội dung của “a.pdf” không phải là tệp PDF, dù tên tệp có thể ghi như vậy. "
            "Hãy xuất hoặc quét văn bản thành tệp PDF rồi tải lại.",
        ),
    ],
)
def test_a_wrong_upload_is_refused_in_words(content, message):
    assert refusal(UploadField(), SimpleUploadedFile("a.pdf", content)) == [message]


def test_the_kinds_of_file_can_be_widened():
    png = io.BytesIO()
    Image.new("RGB", (2, 2)).save(png, "PNG")
    upload = SimpleUploadedFile("a.png", png.getvalue())
    assert UploadField(accept=(PDF, "image/png")).clean(upload).name == "a.png"


def test_a_missing_upload_is_refused():
    assert refusal(UploadField(), None) == ["Hãy chọn tệp."]


def test_how_the_fields_are_drawn():
    sheet = Sheet(initial={"figure": 1900, "day": date(2027, 2, 20)})
    assert str(sheet["figure"]) == (
        '<input type="text" name="figure" value="1.900" inputmode="numeric" '
        'autocomplete="off" id="id_figure">'
    )
    assert str(sheet["day"]) == (
        '<input type="text" name="day" value="20/02/2027" placeholder="ngày/tháng/năm" inputmode="numeric" '
        'autocomplete="off" id="id_day">'
    )
    assert str(sheet["paper"]) == (
        '<input type="file" name="paper" accept="application/pdf" data-kinds="PDF" data-most="20971520"'
        ' aria-describedby="id_paper_helptext" id="id_paper">'
    )
    assert sheet["paper"].help_text == "PDF, tối đa 20 MB."


def test_what_was_typed_wrong_is_shown_again():
    sheet = Sheet({"figure": "1.9", "day": "20/02/27"})
    assert not sheet.is_valid()
    assert (sheet["figure"].value(), sheet["day"].value()) == ("1.9", "20/02/27")
