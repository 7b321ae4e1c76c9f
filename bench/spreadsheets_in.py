"""10,000 rows of units in from XLSX, checked and previewed, against django-import-export as it comes.

    python -m bench.spreadsheets_in [rows] [rounds]

Both read the same file, check every row and say what would change; neither writes.
"""

import dataclasses
import io
import statistics
import sys
import time
from datetime import date

from bench.portal import portal, race, tell
from bench.table import row

GOAL = 0.25
FAULTS = 37
HEADS = (
    "Mã",
    "Tên",
    "Tên viết tắt",
    "Loại",
    "Mã đơn vị cấp trên",
    "Mã số thuế",
    "Có thủ tục hành chính",
    "Hiệu lực từ",
)


def main(rows=10_000, rounds=3) -> bool:
    with portal():
        return measure(rows, rounds)


def measure(rows, rounds) -> bool:
    from import_export.formats.base_formats import XLSX
    from import_export.resources import modelresource_factory

    from core.spreadsheets.description import SpreadsheetInvalid
    from core.spreadsheets.reading import read_all
    from units.models import Unit
    from units.spreadsheets import UnitsIntake

    # A third of the units are there already, one half of them under another name.
    known = [Unit(**unit) for unit in units(rows // 3)]
    for number, unit in enumerate(known):
        unit.name += " (cũ)" if number % 2 else ""
        unit.fill_keys()
    Unit.objects.bulk_create(known, batch_size=1000)
    intake = UnitsIntake(by=None, acting=None)
    sheets = [dataclasses.replace(sheet, max_rows=rows) for sheet in intake.sheets()]
    resource = modelresource_factory(Unit)

    def preview(content):
        try:
            return len(intake.plan(*read_all(io.BytesIO(content), sheets)).changes)
        except SpreadsheetInvalid as invalid:
            return len(invalid.faults)

    def default(content):
        result = resource().import_data(XLSX().create_dataset(content), dry_run=True)
        return len(result.row_errors()) + len(result.invalid_rows)

    met = []
    for what, wrong in (("without faults", 0), (f"with {FAULTS} faults", FAULTS)):
        ours, theirs = for_us(rows, wrong), for_import_export(rows, wrong)
        assert preview(ours) == (wrong or rows - (rows // 3 + 1) // 2)
        taken = race(lambda o=ours: preview(o), lambda t=theirs: default(t), rounds=rounds, often=5)
        met.append(tell(f"XLSX in, {rows} rows {what}", taken, GOAL))
    grow(preview, rows)
    return all(met)


def grow(preview, rows):
    """Linear or not: the same rows four times over should take four times the processor's time."""
    contents = [for_us(rows // 4, FAULTS), for_us(rows, FAULTS)]
    seconds = [[], []]
    for _ in range(5):
        for content, times in zip(contents, seconds, strict=True):
            began = time.process_time()
            preview(content)
            times.append(time.process_time() - began)
    small, large = map(statistics.median, seconds)
    row(
        f"XLSX in, {rows} rows as long as {rows // 4}",
        f"{large:.3f} s",
        f"{small:.3f} s",
        large / small,
        "",
        met=None,
    )


def units(number) -> list[dict]:
    return [
        {
            "code": f"53{n:08d}",
            "name": f"Công ty trách nhiệm hữu hạn minh họa số {n}",
            "kind": "enterprise",
            "tax_number": f"53{n:08d}",
            "has_admin_procedures": False,
            "valid_from": date(2027, 1, 1),
        }
        for n in range(number)
    ]


def for_us(rows, wrong) -> bytes:
    lines = [
        [u["code"], u["name"], "", "Doanh nghiệp", "", u["tax_number"], "Không", u["valid_from"]]
        for u in units(rows)
    ]
    for n in range(wrong):
        lines[n * rows // wrong][7] = "31/02/2027"
    return written("Đơn vị", HEADS, lines)


def for_import_export(rows, wrong) -> bytes:
    """The columns of the model, for it knows no others, and the day as it wants it."""
    lines = [[*unit.values()] for unit in units(rows)]
    for n in range(wrong):
        lines[n * rows // wrong][5] = "31/02/2027"
    return written("Units", list(units(1)[0]), lines)


def written(sheet, heads, lines) -> bytes:
    from xlsxwriter import Workbook

    target = io.BytesIO()
    book = Workbook(target, {"default_date_format": "dd/mm/yyyy"})
    page = book.add_worksheet(sheet)
    for number, line in enumerate((heads, *lines)):
        page.write_row(number, 0, line)
    book.close()
    return target.getvalue()


if __name__ == "__main__":
    sys.exit(0 if main(*map(int, sys.argv[1:])) else 1)
