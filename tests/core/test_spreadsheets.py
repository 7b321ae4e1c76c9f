"""The strict reader of spreadsheets: what it takes, and the words in which it refuses."""

import io
import sys
import tracemalloc
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook, load_workbook

from core.spreadsheets import container
from core.spreadsheets.columns import Choice, Code, Day, Reference, Text, Whole
from core.spreadsheets.description import Sheet, SpreadsheetInvalid
from core.spreadsheets.reading import read
from core.spreadsheets.templates import write_template

COLUMNS = (
    Code(
        name="code",
        heading="Mã",
        is_required=True,
        example="00123",
        pattern=r"[0-9]{5}",
        words="gồm 5 chữ số",
    ),
    Text(name="name", heading="Tên nhiệm vụ", is_required=True, limit=20, example="Số hóa hồ sơ"),
    Whole(name="count", heading="Số hồ sơ", example="120"),
    Day(name="due", heading="Thời hạn", example="20/02/2027"),
    Choice(name="kind", heading="Lĩnh vực", options={"Y tế": "a", "Giáo dục": "b"}, example="Y tế"),
)
TASKS = Sheet("Nhiệm vụ", COLUMNS, max_rows=3000)
HEAD = ["Mã *", "Tên nhiệm vụ *", "Số hồ sơ", "Thời hạn", "Lĩnh vực"]
GOOD = ["00123", "Số hóa hồ sơ", 12, date(2027, 2, 20), "Y tế"]


RETYPE = ": hãy định dạng ô là Văn bản (Text) rồi gõ lại"
NO_NUMBER = ": Hãy nhập số nguyên không âm, ví dụ 1900 hoặc 1.900 (không có phần thập phân)."
NO_DAY = "Hãy nhập ngày có thật theo thứ tự ngày/tháng/năm, năm đủ bốn chữ số, ví dụ 20/02/2027."


def workbook(*rows, head=HEAD, name="Nhiệm vụ", change=None):
    book = Workbook()
    sheet = book.active
    sheet.title = name
    for row in (head, *rows):
        sheet.append(row)
    if change:
        change(book, sheet)
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file


def values(file, sheet=TASKS):
    return [row.values for row in read(file, [sheet])[sheet.name].rows]


def faults(file, sheets=(TASKS,)):
    with pytest.raises(SpreadsheetInvalid) as refused:
        read(file, sheets)
    return [str(fault) for fault in refused.value.faults]


def test_a_row_is_read_as_values_of_their_kind():
    assert values(workbook(GOOD)) == [
        {"code": "00123", "name": "Số hóa hồ sơ", "count": 12, "due": date(2027, 2, 20), "kind": "a"}
    ]


def test_what_is_typed_as_text_is_read_as_a_vietnamese_reads_it():
    decomposed = "Số  hóa\u00a0hồ\nsơ "
    row = ["00123", decomposed, "1.900", "3/4/2027", " y TẾ"]
    assert values(workbook(row)) == [
        {"code": "00123", "name": "Số hóa hồ sơ", "count": 1900, "due": date(2027, 4, 3), "kind": "a"}
    ]


def test_empty_cells_empty_rows_and_columns_in_another_order():
    head = ["Lĩnh vực", None, "Tên nhiệm vụ", "MÃ", "số hồ sơ", "Thời  hạn"]
    rows = [[None] * 6, [None, None, "A", "00001"], ["  "], [None, None, "B", "00002", 0]]
    assert [
        (r["code"], r["name"], r["count"], r["due"], r["kind"]) for r in values(workbook(*rows, head=head))
    ] == [
        ("00001", "A", None, None, None),
        ("00002", "B", 0, None, None),
    ]


@pytest.mark.parametrize(
    ("place", "cell", "reason"),
    [
        (0, None, "không được để trống"),
        (0, 123, "ô là số, mã phải ở dạng chữ để không mất số 0 đứng đầu" + RETYPE),
        (0, "٠٠١٢٣", "mã “٠٠١٢٣” không đúng: gồm 5 chữ số"),
        (0, "0012", "mã “0012” không đúng: gồm 5 chữ số"),
        (1, " \u00a0", "không được để trống"),
        (1, "ă" * 21, "dài 21 ký tự, tối đa 20"),
        (1, 0.98, "ô là số 0,98, phải là chữ" + RETYPE),
        (1, True, "ô là TRUE, phải là chữ"),
        (1, datetime(2027, 2, 20), "ô là ngày tháng, phải là chữ" + RETYPE),
        (1, "#N/A", "ô đang báo lỗi của Excel; hãy gõ giá trị"),
        (2, "#DIV/0!", "ô đang báo lỗi của Excel; hãy gõ giá trị"),
        (2, 95.5, "95,5 không phải số nguyên"),
        (2, "95.0", "“95.0”" + NO_NUMBER),
        (2, "٩٥", "“٩٥”" + NO_NUMBER),
        (2, -5, "“-5”" + NO_NUMBER),
        (2, 10**16, "số quá dài, Excel chỉ giữ 15 chữ số" + RETYPE),
        (2, f"{10**18 + 1}", "“1000000000000000001”: Số quá lớn, nhiều nhất là 1.000.000.000.000.000.000."),
        (2, date(2027, 2, 20), "ô là ngày tháng, phải là số nguyên"),
        (3, 46073, "ô là số 46073, không phải ngày; hãy gõ ngày/tháng/năm, ví dụ 20/02/2027"),
        (3, datetime(2027, 2, 20, 8, 30), "ô có cả giờ, chỉ được ghi ngày"),
        (3, time(8, 30), "ô là giờ, phải là ngày"),
        (3, "30/02/2027", NO_DAY),
        (3, "20/2/27", NO_DAY),
        (4, "Văn hóa", "“Văn hóa” không có trong danh sách: Y tế; Giáo dục"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_by_sheet_and_cell(place, cell, reason):
    wrong = [*GOOD]
    wrong[place] = cell
    assert faults(workbook(GOOD, wrong)) == [f"Sheet “Nhiệm vụ”, ô {'ABCDE'[place]}3: {reason}"]


def test_a_formula_is_refused_by_name_whatever_it_comes_to():
    assert faults(workbook([*GOOD[:2], "=5+7", *GOOD[3:]], ["00001", "A", "=C2", None, None])) == [
        f"Sheet “Nhiệm vụ”, ô C{n}: ô chứa công thức; hãy chép rồi dán lại giá trị (Paste Special → Values)"
        for n in (2, 3)
    ]


def test_text_that_begins_as_a_formula_would_is_text():
    def as_text(book, sheet):
        sheet["B2"].data_type = "s"

    assert values(workbook(["00001", "=1+1"], change=as_text))[0]["name"] == "=1+1"


def test_all_faults_come_at_once_in_the_order_of_the_file():
    def spoil(book, sheet):
        sheet.merge_cells("B4:C4")
        sheet.row_dimensions[5].hidden = True
        sheet.column_dimensions["D"].hidden = True

    rows = [["x", None, 1.5, "?", "?"], GOOD, GOOD, GOOD]
    assert [fault.split(":")[0] for fault in faults(workbook(*rows, change=spoil))] == [
        f"Sheet “Nhiệm vụ”, ô {cell}" for cell in ("D1", "A2", "B2", "C2", "D2", "E2", ["B4", "C4"][0], "A5")
    ]


def test_the_heading_must_be_that_of_the_template():
    head = ["Mã", "Tên nhiệm vụ", "Ghi chú thêm", "Thời hạn", "Thời hạn"]
    assert faults(workbook(GOOD, head=head)) == [
        "Sheet “Nhiệm vụ”: thiếu cột “Số hồ sơ” ở dòng tiêu đề (dòng 1)",
        "Sheet “Nhiệm vụ”: thiếu cột “Lĩnh vực” ở dòng tiêu đề (dòng 1)",
        "Sheet “Nhiệm vụ”, ô C1: cột “Ghi chú thêm” không có trong mẫu; hãy xoá hoặc sửa tiêu đề",
        "Sheet “Nhiệm vụ”, ô E1: tiêu đề “Thời hạn” lặp lại",
    ]


def test_the_wrong_sheet_and_a_sheet_too_many_are_named():
    assert faults(workbook(GOOD, name="Sheet1")) == [
        "Sheet “Nhiệm vụ”: không có sheet này (tệp có: “Sheet1”). Hãy dùng tệp mẫu và giữ nguyên tên sheet.",
        "Sheet “Sheet1”: sheet này không có trong mẫu; hãy chuyển dữ liệu sang đúng sheet rồi xoá nó",
    ]


def test_a_hidden_sheet_is_not_read_unseen():
    def hide(book, sheet):
        book.create_sheet("Hướng dẫn")
        sheet.sheet_state = "hidden"
        book.active = 1

    assert faults(workbook(GOOD, change=hide)) == [
        "Sheet “Nhiệm vụ”: sheet đang bị ẩn; hãy bỏ ẩn (Unhide) và kiểm tra lại"
    ]


def test_a_file_without_rows_says_so():
    said = "Tệp không có dòng dữ liệu nào. Hãy điền từ dòng ngay dưới tiêu đề."
    assert faults(workbook()) == [said]
    assert faults(workbook([" "])) == [said]


def test_more_rows_than_allowed_are_refused():
    few = Sheet("Nhiệm vụ", COLUMNS, max_rows=3)
    assert faults(workbook(*[GOOD] * 6), [few]) == [
        "Sheet “Nhiệm vụ”, ô A7: mỗi lần nhập nhiều nhất 3 dòng; hãy tách thành nhiều tệp"
    ]


def packed(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return file


def replaced(file, name, data):
    """The workbook with one part replaced or added."""
    result = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info))
        new.writestr(name, data)
    return result


SAVE_AS = "Hãy mở bằng Excel, chọn Lưu thành (Save As) và kiểu “Excel Workbook (*.xlsx)”"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Tệp rỗng (0 byte). Hãy chọn lại tệp Excel (.xlsx)."),
        (
            "Mã;Tên\r\n".encode(),
            f"Đây không phải tệp Excel (.xlsx), dù tên tệp có thể ghi như vậy. {SAVE_AS}, rồi tải lại.",
        ),
        (OLE + bytes(512), f"Đây là tệp Excel đời cũ (.xls). {SAVE_AS}, rồi tải lại."),
        (
            OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
            "Tệp có mật khẩu nên không đọc được. Hãy bỏ mật khẩu (Tệp → Thông tin → Bảo vệ) rồi tải lại.",
        ),
        (b"PK\x03\x04" + bytes(40), f"Tệp bị hỏng hoặc tải lên chưa hết. {SAVE_AS}, rồi tải lại."),
        (
            packed(word__document_dot_xml="<x/>").getvalue(),
            "Đây không phải tệp Excel kiểu .xlsx (có thể là .xlsb, .ods hoặc tệp nén). "
            f"{SAVE_AS}, rồi tải lại.",
        ),
        (
            replaced(workbook(GOOD), "xl/vbaProject.bin", b"x").getvalue(),
            f"Tệp có macro nên không được nhận. {SAVE_AS} (không phải .xlsm), rồi tải lại.",
        ),
        (workbook(GOOD).getvalue()[:-300], f"Tệp bị hỏng hoặc tải lên chưa hết. {SAVE_AS}, rồi tải lại."),
        (
            bytes(container.LARGEST_FILE + 1),
            "Tệp nặng 10 MB, tối đa 10 MB. "
            "Hãy xoá hình ảnh, các dòng và cột thừa, hoặc tách thành nhiều tệp.",
        ),
    ],
    ids=["empty", "csv", "xls", "password", "broken zip", "docx", "macro", "cut off", "too heavy"],
)
def test_what_is_no_plain_xlsx_is_told_what_it_is(content, words):
    assert faults(io.BytesIO(content)) == [words]


SHEET = "xl/worksheets/sheet1.xml"
TOO_LARGE = (
    "Tệp bung ra quá lớn, thường do hàng trăm nghìn dòng trống đã được định dạng. "
    "Hãy chọn các dòng và cột trống phía sau dữ liệu, xoá hẳn (Delete), lưu lại; "
    "hoặc chép dữ liệu sang tệp mẫu mới tải về."
)


def memory_and_words(file):
    tracemalloc.start()
    said = faults(file)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1048576, said


def sheet_of(rows):
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'


def test_two_million_empty_formatted_rows_take_bounded_memory():
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(1, 2_000_001))
    file = replaced(workbook(GOOD), SHEET, sheet_of(rows))
    peak, said = memory_and_words(file)
    assert said == [TOO_LARGE]
    assert peak < 60


def test_a_bomb_that_lies_about_its_size_takes_bounded_memory():
    file = replaced(workbook(GOOD), SHEET, b"<worksheet>" + b" " * (300 * 1048576))
    content = bytearray(file.getvalue())
    # The directory at the end says how large the part unpacks; make it say 1000 bytes.
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = content.find(signature)
        while at >= 0:
            if int.from_bytes(content[at + offset : at + offset + 4], "little") > 10**8:
                content[at + offset : at + offset + 4] = (1000).to_bytes(4, "little")
            at = content.find(signature, at + 4)
    peak, said = memory_and_words(io.BytesIO(content))
    assert said == [f"Tệp bị hỏng hoặc tải lên chưa hết. {SAVE_AS}, rồi tải lại."]
    assert peak < 60


def test_one_cell_at_the_far_corner_takes_bounded_memory():
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    peak, said = memory_and_words(replaced(workbook(GOOD), SHEET, sheet_of(cells)))
    assert said == [
        "Sheet “Nhiệm vụ”, ô XFD1: cột này có dữ liệu ở quá xa bên phải; hãy xoá các cột ngoài mẫu",
        "Sheet “Nhiệm vụ”, ô A1048576: mỗi lần nhập nhiều nhất 3.000 dòng; hãy tách thành nhiều tệp",
    ]
    assert peak < 60


def test_entities_that_expand_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + sheet_of(
        "<row r='1'><c r='A1'/></row>"
    )
    broken = f"Tệp bị hỏng hoặc tải lên chưa hết. {SAVE_AS}, rồi tải lại."
    assert faults(replaced(workbook(GOOD), SHEET, bomb)) == [broken]
    assert faults(replaced(workbook(GOOD), "xl/workbook.xml", bomb)) == [broken]


def calls_to_read(rows, wrong):
    """How many functions run to read so many rows, `wrong` of them with a fault."""
    lines = [[f"{n:05d}", "Số hóa hồ sơ", n, "20/02/2027", "Y tế"] for n in range(rows)]
    for n in range(wrong):
        lines[n * rows // wrong][2] = "chín mươi"
    file, calls = workbook(*lines), 0

    def count(*_):
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        read(file, [TASKS])
    except SpreadsheetInvalid as refused:
        found = len(refused.faults)
    finally:
        sys.setprofile(None)
    return calls, found


def test_reading_takes_linear_time():
    small, found_in_small = calls_to_read(500, 9)
    large, found_in_large = calls_to_read(2000, 37)
    assert (found_in_small, found_in_large) == (9, 37)
    assert large < 4.1 * small


# The template


def template(*sheets):
    file = io.BytesIO()
    write_template(file, list(sheets), title="Mẫu thử")
    return file


def test_the_template_is_read_by_its_own_reader():
    file = template(TASKS)
    assert faults(file) == ["Tệp không có dòng dữ liệu nào. Hãy điền từ dòng ngay dưới tiêu đề."]
    book = load_workbook(file)
    book["Nhiệm vụ"].append(GOOD)
    assert values(saved(book)) == values(workbook(GOOD))


def test_the_template_says_what_is_wanted():
    book = load_workbook(template(TASKS))
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("Nhiệm vụ", "visible"),
        ("Hướng dẫn", "visible"),
        ("Danh mục", "hidden"),
    ]
    sheet = book["Nhiệm vụ"]
    assert [cell.value for cell in sheet[1]] == HEAD
    assert [cell.value for cell in sheet[2]] == ["VÍ DỤ: 00123", "Số hóa hồ sơ", "120", "20/02/2027", "Y tế"]
    assert (sheet.freeze_panes, sheet.column_dimensions["A"].width > 17) == ("A2", True)
    assert [(v.type, v.formula1, str(v.sqref)) for v in sheet.data_validations.dataValidation][2:] == [
        ("whole", "0", "C2:C3002"),
        ("date", "1", "D2:D3002"),
        ("list", "'Danh mục'!$A$2:$A$3", "E2:E3002"),
    ]
    assert [cell.value for cell in book["Danh mục"]["A"]] == ["Lĩnh vực", "Y tế", "Giáo dục"]


def test_an_example_row_that_was_half_changed_is_not_dropped_in_silence():
    book = load_workbook(template(TASKS))
    book["Nhiệm vụ"]["B2"] = "Nhiệm vụ thật"
    assert faults(saved(book)) == [
        "Sheet “Nhiệm vụ”, ô A2: dòng ví dụ đã bị sửa; nếu là nội dung thật hãy bỏ chữ “VÍ DỤ:”, "
        "nếu không hãy xoá cả dòng"
    ]


def test_prefilled_rows_are_there_and_what_is_for_reference_is_not_taken_in():
    sheet = Sheet(
        "Chỉ tiêu",
        (
            Code(name="code", heading="Mã"),
            Reference(name="demand", heading="Kế hoạch yêu cầu"),
            Text(name="level", heading="Mức phấn đấu"),
        ),
        prefilled=({"code": "007", "demand": "Tối thiểu 95 %", "level": "98 %"},),
    )
    assert values(template(sheet), sheet) == [{"code": "007", "demand": None, "level": "98 %"}]
