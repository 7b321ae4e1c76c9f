"""Reads a filled-in spreadsheet strictly: every fault at once, named by sheet and cell, or every row."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook

from core.spreadsheets.columns import Reference
from core.spreadsheets.container import Look, column_letters, column_number, open_container, refuse
from core.spreadsheets.description import EXAMPLE_MARK, GUIDE, LISTS, Fault, Sheet, SpreadsheetInvalid
from core.vietnamese import format_number, nfc, search_key

#: no sheet of ours is wider; a value further out is a slip of the hand
_MOST_COLUMNS = 100
#: a sheet with more rows than it may have is still read up to here, to name all its faults at once
_MOST_READ = 5000
_EXAMPLE_CHANGED = (
    f"dòng ví dụ đã bị sửa; nếu là nội dung thật hãy bỏ chữ “{EXAMPLE_MARK}”, nếu không hãy xoá cả dòng"
)


@dataclass(frozen=True, slots=True)
class Row:
    """The values of one row by the names of the columns, and the row's number in Excel.

    A cell that could not be read has no value here.
    """

    number: int
    values: dict

    def __getitem__(self, name):
        return self.values[name]

    def reads(self, *names) -> bool:
        """Whether these cells could all be read."""
        return all(name in self.values for name in names)


@dataclass(frozen=True)
class Table:
    """What a sheet held, and where its columns stood, so that later checks can name a cell too."""

    sheet: Sheet
    rows: list[Row]
    letters: dict[str, str]

    def fault(self, row: Row, column: str, reason: str) -> Fault:
        return Fault(self.sheet.name, f"{self.letters[column]}{row.number}", reason)


def read(file, sheets: Iterable[Sheet]) -> dict[str, Table]:
    """The tables of `sheets` in the XLSX in `file`, by the name of the sheet; raises
    `SpreadsheetInvalid` with every fault."""
    tables, faults = read_all(file, sheets)
    if faults:
        raise SpreadsheetInvalid(faults)
    return tables


def read_all(file, sheets: Iterable[Sheet]) -> tuple[dict[str, Table], list[Fault]]:
    """The tables with whatever of them could be read, and every fault, for whoever compares rows too.

    Raises `SpreadsheetInvalid` for what is no workbook at all. Time and memory are linear in the rows
    and bounded whatever the file claims to be.
    """
    sheets = list(sheets)
    clean, looks = open_container(file)
    by_key = {search_key(name): name for name in looks}
    faults = _sheet_faults(sheets, looks)
    readable = []
    for sheet in sheets:
        name = by_key.get(search_key(sheet.name))
        if name is not None:
            of_sheet = list(_look_faults(sheet, looks[name]))
            faults += of_sheet
            if not _is_too_large(sheet, looks[name]):
                readable.append((sheet, name))
    tables = {sheet.name: Table(sheet, [], {}) for sheet in sheets}
    try:
        with CalamineWorkbook.from_filelike(clean) as book:
            for sheet, name in readable:
                cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                tables[sheet.name], found = _read_sheet(
                    sheet, cells, {*looks[name].formulas, *looks[name].errors}
                )
                faults += found
    except CalamineError:
        refuse("Nội dung tệp không đọc được. Hãy mở bằng Excel, lưu lại kiểu .xlsx rồi tải lại.")
    if not faults and not any(table.rows for table in tables.values()):
        faults.append(Fault("", "", "Tệp không có dòng dữ liệu nào. Hãy điền từ dòng ngay dưới tiêu đề."))
    return tables, in_order(faults, sheets)


def _sheet_faults(sheets, looks: dict[str, Look]) -> list[Fault]:
    wanted = {search_key(sheet.name): sheet for sheet in sheets}
    found = {search_key(name): name for name in looks}
    visible = ", ".join(f"“{name}”" for name, look in looks.items() if not look.is_hidden)
    faults = [
        Fault(
            sheet.name,
            "",
            f"không có sheet này (tệp có: {visible}). Hãy dùng tệp mẫu và giữ nguyên tên sheet.",
        )
        for key, sheet in wanted.items()
        if key not in found
    ]
    of_template = {search_key(GUIDE), search_key(LISTS)}
    for key, name in found.items():
        look = looks[name]
        if key in wanted and look.is_hidden:
            faults.append(Fault(name, "", "sheet đang bị ẩn; hãy bỏ ẩn (Unhide) và kiểm tra lại"))
        elif key not in wanted and key not in of_template and look.last_row:
            reason = "sheet này không có trong mẫu; hãy chuyển dữ liệu sang đúng sheet rồi xoá nó"
            faults.append(Fault(name, "", reason))
    return faults


def _is_too_large(sheet, look) -> bool:
    return look.last_row > max(sheet.max_rows, _MOST_READ) + 2 or look.last_column > _MOST_COLUMNS


def _look_faults(sheet: Sheet, look: Look) -> Iterable[Fault]:
    """Faults that stand outside the values: formulas, merged cells, what is hidden, what is too far out."""
    name, width = sheet.name, max(look.last_column, len(sheet.columns))
    for at in look.formulas:
        yield Fault(name, at, "ô chứa công thức; hãy chép rồi dán lại giá trị (Paste Special → Values)")
    for at in sorted({*look.errors} - {*look.formulas}):
        yield Fault(name, at, "ô đang báo lỗi của Excel; hãy gõ giá trị")
    for at in look.merged:
        yield Fault(name, at, "các ô bị gộp; hãy bỏ gộp (Unmerge) và ghi giá trị vào từng ô")
    for number in look.hidden_rows:
        if number <= look.last_row:
            yield Fault(
                name,
                f"A{number}",
                f"dòng {number} đang bị ẩn hoặc bị lọc; hãy bỏ ẩn, bỏ lọc rồi kiểm tra lại",
            )
    for first, _ in look.hidden_columns:
        if first <= width:
            yield Fault(name, f"{column_letters(first)}1", "cột đang bị ẩn; hãy bỏ ẩn rồi kiểm tra lại")
    if look.last_row > sheet.max_rows + 2:
        most = format_number(sheet.max_rows)
        yield Fault(
            name, f"A{look.last_row}", f"mỗi lần nhập nhiều nhất {most} dòng; hãy tách thành nhiều tệp"
        )
    if look.last_column > _MOST_COLUMNS:
        far = f"{column_letters(look.last_column)}1"
        yield Fault(name, far, "cột này có dữ liệu ở quá xa bên phải; hãy xoá các cột ngoài mẫu")


def _read_sheet(sheet: Sheet, cells: list[list], told: set[str]) -> tuple[Table, list[Fault]]:
    places, faults = _places(sheet, cells[0] if cells else [])
    letters = {name: column_letters(place + 1) for name, place in places.items()}
    table = Table(sheet, [], letters)
    if faults:
        return table, faults
    columns = [(column, places[column.name], letters[column.name]) for column in sheet.columns]
    typed = [place for column, place, _ in columns if not isinstance(column, Reference)]
    first = columns[0][1]
    for number, row in enumerate(cells[1:], start=2):
        if all(
            row[place] == "" or (isinstance(row[place], str) and not row[place].strip()) for place in typed
        ):
            continue
        if isinstance(row[first], str) and row[first].strip().startswith(EXAMPLE_MARK):
            if not _is_example(sheet, row, places):
                faults.append(Fault(sheet.name, f"{columns[0][2]}{number}", _EXAMPLE_CHANGED))
            continue
        values = {}
        for column, place, letter in columns:
            at = f"{letter}{number}"
            if at in told:  # the cell itself is at fault
                continue
            try:
                values[column.name] = column.read(row[place])
            except ValueError as error:
                faults.append(Fault(sheet.name, at, str(error)))
        table.rows.append(Row(number, values))
    return table, faults


def _places(sheet: Sheet, head: list) -> tuple[dict[str, int], list[Fault]]:
    """Where each column stands, by the words of its heading, in whatever order."""
    wanted = {_heading_key(column.heading): column for column in sheet.columns}
    places, faults = {}, []
    for place, cell in enumerate(head):
        heading = nfc(str(cell)).strip()
        if not heading:
            continue
        at = f"{column_letters(place + 1)}1"
        column = wanted.get(_heading_key(heading))
        if column is None:
            faults.append(
                Fault(sheet.name, at, f"cột “{heading[:60]}” không có trong mẫu; hãy xoá hoặc sửa tiêu đề")
            )
        elif column.name in places:
            faults.append(Fault(sheet.name, at, f"tiêu đề “{heading}” lặp lại"))
        else:
            places[column.name] = place
    for column in sheet.columns:
        if column.name not in places:
            faults.append(Fault(sheet.name, "", f"thiếu cột “{column.heading}” ở dòng tiêu đề (dòng 1)"))
    return places, faults


def _heading_key(heading: str) -> str:
    return search_key(heading.replace("*", " "))


def _is_example(sheet, row, places) -> bool:
    example = sheet.example
    return bool(example) and all(
        _as_shown(row[places[name]]) == _as_shown(shown) for name, shown in example.items()
    )


def _as_shown(value) -> str:
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return " ".join(nfc(str(value)).split())


def in_order(faults, sheets) -> list[Fault]:
    """As a person goes through the file: sheet by sheet, row by row, from left to right."""
    order = {sheet.name: number for number, sheet in enumerate(sheets)}

    def place(fault):
        found = re.match(r"([A-Z]+)([0-9]+)", fault.cell)
        at = (int(found[2]), column_number(found[1])) if found else (0, 0)
        return (order.get(fault.sheet, -1 if not fault.sheet else len(order)), fault.sheet, at)

    return sorted(faults, key=place)
