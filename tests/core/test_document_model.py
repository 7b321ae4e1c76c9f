"""What a document says before anything is drawn: its lines, its annexes, its tables, its preview."""

from dataclasses import replace
from datetime import date

import pytest

from core.documents import Annex, Band, Column, Table, Total
from core.documents.preview import preview_of
from tests.core import document_examples as examples


@pytest.mark.parametrize(
    ("number", "symbol", "line"),
    [
        ("5", "TTr-STTTT", "Số: 05/TTr-STTTT"),
        ("123", "QĐ-UBND", "Số: 123/QĐ-UBND"),
        (None, "TTr-STTTT", "Số: " + 8 * "\u00a0" + "/TTr-STTTT"),
        ("ĐK-2027-000123", "", "Số: ĐK-2027-000123"),
        (None, "", ""),
    ],
)
def test_number_line(number, symbol, line):
    assert examples.simple(number=number, symbol=symbol).number_line == line


@pytest.mark.parametrize(
    ("day", "year", "line"),
    [
        (date(2026, 2, 5), None, "Lào Cai, ngày 05 tháng 02 năm 2026"),
        (date(2026, 11, 23), 2025, "Lào Cai, ngày 23 tháng 11 năm 2026"),
        (None, 2026, "Lào Cai, ngày tháng năm 2026"),
        (None, None, "Lào Cai, ngày tháng năm"),
    ],
)
def test_place_line(day, year, line):
    assert " ".join(examples.simple(day=day, year=year).place_line.split()) == line


@pytest.mark.parametrize(
    ("addressees", "lines"),
    [
        (("Sở Nội vụ",), ("Sở Nội vụ",)),
        (("Sở Nội vụ", "Sở Tài chính"), ("- Sở Nội vụ;", "- Sở Tài chính.")),
        ((), ()),
    ],
)
def test_addressees(addressees, lines):
    assert examples.simple(addressees=addressees).addressee_lines == lines


def test_bases_and_recipients_are_closed_as_the_decree_has_it():
    document = examples.simple(bases=("Căn cứ A", "Theo B;"), recipients=("Như trên", "Lưu: VT"))

    assert document.basis_lines == ("Căn cứ A;", "Theo B.")
    assert document.recipient_lines == ("- Như trên;", "- Lưu: VT.")


def test_annexes_are_numbered_in_roman_when_there_are_several():
    annex = Annex("DANH SÁCH", ())

    assert [examples.simple(annexes=(annex,) * 4).annex_label(at) for at in range(4)] == [
        "Phụ lục I",
        "Phụ lục II",
        "Phụ lục III",
        "Phụ lục IV",
    ]
    assert examples.simple(annexes=(annex,)).annex_label(0) == "Phụ lục"


@pytest.mark.parametrize("row", [("1",), ("1", "2", "3"), Total("Tổng", ()), Total("Tổng", ("1", "2"))])
def test_a_row_that_does_not_fit_the_table_is_refused(row):
    with pytest.raises(ValueError, match="row 2 does not fit 2 columns"):
        Table((Column("A", 1), Column("B", 1)), (("1", "2"), row))


def test_a_preview_leaves_no_heading_without_its_rows_and_counts_the_rows_it_leaves_out():
    names = [(f"Đơn vị {n}",) for n in range(1, 15)]
    table = Table((Column("Tên", 1),), (*names, Band("II"), *names))
    document = replace(examples.report(), body=(table,))

    (shown,) = (part for part in preview_of(document)["parts"] if part["kind"] == "table")

    assert [row["kind"] for row in shown["rows"]] == ["row"] * 14
    assert shown["rest"] == 14
