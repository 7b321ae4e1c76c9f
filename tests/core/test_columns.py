"""The width of a table goes where its words are, and nowhere else."""

import io
import re
import zipfile
from dataclasses import replace

import pytest

from core.documents import Annex, Band, Column, Table, Total, render_docx, render_pdf
from core.documents.columns import fitted
from core.documents.measure import width
from tests.core import document_examples as examples

FORM = (
    Column("STT", 11, "center"),
    Column("Tên", 52),
    Column("Địa chỉ", 47),
    Column("Tóm tắt thành tích", 62),
)
WHOLE = 11 + 52 + 47 + 62
LONG = "Hướng dẫn 100% hộ trong thôn nộp hồ sơ dịch vụ công trực tuyến toàn trình năm 2025 " * 2
ROWS = tuple((str(n), f"Giàng A Páo {n}", "Xã Nậm Chảy", LONG.strip()) for n in range(1, 61))


def as_the_form_has_it(columns):
    whole = sum(column.width for column in columns)
    return pytest.approx([column.width / whole for column in columns])


def with_list(*columns, rows=ROWS):
    return replace(examples.proposal(), annexes=(Annex("DANH SÁCH", (Table(columns, rows),)),))


def test_the_column_with_the_most_words_gets_what_the_others_can_spare():
    shares = fitted(Table(FORM, ROWS))
    number, name, address, achievement = shares
    assert sum(shares) == pytest.approx(1)
    assert number == pytest.approx(11 / WHOLE)
    assert achievement > 1.3 * 62 / WHOLE
    assert min(name / 52, address / 47) * WHOLE >= 0.6 - 1e-9


def test_a_list_takes_fewer_pages_than_in_the_widths_of_its_form():
    kept = [replace(column, align="center") for column in FORM]
    assert render_pdf(with_list(*FORM)).pages <= 0.8 * render_pdf(with_list(*kept)).pages


def test_columns_of_numbers_and_short_words_stay_as_the_form_has_them():
    numbers = [Column("Năm", 20, "center"), Column("Đạt", 30, "right"), Column("Chưa đạt", 50, "right")]
    assert fitted(Table(tuple(numbers), (("2025", "1", "2"),))) == as_the_form_has_it(numbers)
    assert fitted(Table(FORM, (("1", "Lù Văn Páo", "Bát Xát", "Tốt"),))) == as_the_form_has_it(FORM)


@pytest.mark.parametrize("rows", [(), (Band("I. TẬP THỂ"),), (Total("Cộng", ("1", "2")),)])
def test_a_table_without_rows_of_words_stays_as_the_form_has_it(rows):
    assert fitted(Table(FORM, rows)) == as_the_form_has_it(FORM)


def test_no_word_is_broken_to_make_room_for_others():
    code = "KT-2025-00001-LAOCAI"
    rows = tuple((str(n), code, "", LONG) for n in range(1, 10))
    _, name, *_ = fitted(Table(FORM, rows))
    assert name * 165 >= width(code, 13) * 25.4 / 72


def test_letters_that_the_font_lacks_are_left_to_the_renderer_to_refuse():
    assert sum(fitted(Table(FORM, (("1", "漢字", "\t", LONG),)))) == pytest.approx(1)


def test_word_has_the_widths_of_the_pdf():
    document = with_list(*FORM)
    with zipfile.ZipFile(io.BytesIO(render_docx(document))) as package:
        text = package.read("word/document.xml").decode()
    shares = fitted(document.annexes[0].body[0])
    assert "".join(f'<col width="{100 * share:.4f}%">' for share in shares) in render_pdf(document).html
    grids = re.findall(r"<w:tblGrid>(.*?)</w:tblGrid>", text)
    (grid,) = (found for found in grids if found.count("gridCol") == len(FORM))
    widths = [int(w) for w in re.findall(r'w:w="(\d+)"', grid)]
    assert [w / sum(widths) for w in widths] == pytest.approx(shares, abs=0.001)
