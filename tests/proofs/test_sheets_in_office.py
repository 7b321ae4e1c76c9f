"""Workbooks and CSV as LibreOffice opens them: the right letters, and text that stays text."""

import csv
import os
import subprocess
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from core.documents import Column as Printed
from core.documents import Document, Table, render_xlsx
from core.spreadsheets.listing import Column, Listing, write_csv, write_xlsx

pytestmark = pytest.mark.prove

NAMES = [f"{sign}1+1 Sở Giáo dục và Đào tạo, ợ ữ Đ" for sign in "=+-@"]
LIST = Listing("don-vi", "Đơn vị", (Column("Đơn vị", "name", 40),))
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
AS_XLSX = "xlsx:Calc MS Excel 2007 XML"


def opened(folder, source, wanted, *more):
    """The files that LibreOffice writes of what it has read."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", *more, "--convert-to", wanted, "--outdir", folder / "out", source],
        # The names of the sheets become names of files.
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        check=True,
        capture_output=True,
        timeout=120,
    )
    return sorted((folder / "out").iterdir())


def first_column(path):
    return [row[0] for row in csv.reader(path.read_text("utf-8").splitlines())]


def test_a_list_as_a_workbook(tmp_path):
    with (tmp_path / "don-vi.xlsx").open("wb") as target:
        write_xlsx(target, LIST, LIST.values_of(SimpleNamespace(name=name) for name in NAMES))
    (sheet,) = opened(tmp_path, tmp_path / "don-vi.xlsx", AS_CSV)
    assert first_column(sheet) == ["Đơn vị", *NAMES]


def test_a_list_as_csv(tmp_path):
    with (tmp_path / "don-vi.csv").open("wb") as target:
        write_csv(target, LIST, LIST.values_of(SimpleNamespace(name=name) for name in NAMES))
    (book,) = opened(tmp_path, tmp_path / "don-vi.csv", AS_XLSX, "--infilter=CSV:59,34,76")
    cells = [row[0] for row in load_workbook(book).active.iter_rows()]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("Đơn vị", "s"),
        *((f"'{name}", "s") for name in NAMES),
    ]


def test_a_report_as_a_workbook(tmp_path):
    report = Document(
        kind="BÁO CÁO",
        abstract="Đơn vị chậm",
        issuing_body="SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
        place="Lào Cai",
        body=(
            Table((Printed("Đơn vị", 80), Printed("Số", 20, "right")), tuple((n, "1.900") for n in NAMES)),
        ),
    )
    (tmp_path / "bao-cao.xlsx").write_bytes(render_xlsx(report))
    sheet = next(path for path in opened(tmp_path, tmp_path / "bao-cao.xlsx", AS_CSV) if "chậm" in path.name)
    rows = list(csv.reader(sheet.read_text("utf-8").splitlines()))
    assert [row[0] for row in rows[-4:]] == NAMES
    assert {row[1] for row in rows[-4:]} <= {"1900", "1,900", "1.900"}
