"""The template to download, made from the description that the reader uses."""

from datetime import date

from xlsxwriter import Workbook

from core.spreadsheets.columns import Choice, Column, Day, Reference, Whole
from core.spreadsheets.description import EXAMPLE_MARK, GUIDE, LISTS, Sheet
from core.spreadsheets.listing import HEAD

_INK_SOFT, _REQUIRED = "#6B645A", "#FBE3DE"
#: Excel's own limits of the little window that a cell shows
_TITLE, _MESSAGE = 32, 255


def write_template(target, sheets: list[Sheet], *, title: str) -> None:
    """Write to the binary file `target`: the sheets to fill in, a guide, the lists of choices."""
    book = Workbook(target)
    book.set_properties({"title": title})
    formats = {
        "head": book.add_format(HEAD),
        "required": book.add_format(HEAD | {"bg_color": _REQUIRED}),
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "whole": book.add_format({"num_format": "0", "valign": "top"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
        "reference": book.add_format(
            {"num_format": "@", "text_wrap": True, "valign": "top", "font_color": _INK_SOFT}
        ),
        "example": book.add_format(
            {
                "num_format": "@",
                "italic": True,
                "font_color": _INK_SOFT,
                "bg_color": "#F4F2EE",
                "valign": "top",
            }
        ),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "bold": book.add_format({"bold": True, "valign": "top"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    pages = [(sheet, book.add_worksheet(sheet.name)) for sheet in sheets]
    _guide(book.add_worksheet(GUIDE), sheets, formats, title)
    lists = _lists(book, sheets)
    for sheet, page in pages:
        _fill(page, sheet, formats, lists)
    book.close()


def _format_of(column: Column) -> str:
    if isinstance(column, Day):
        return "day"
    if isinstance(column, Whole):
        return "whole"
    return "reference" if isinstance(column, Reference) else "text"


def _fill(page, sheet: Sheet, formats, lists) -> None:
    page.freeze_panes(1, 0)
    page.set_row(0, 32)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, formats[_format_of(column)])
        mark = " *" if column.is_required else ""
        page.write_string(0, place, column.heading + mark, formats["required" if mark else "head"])
        _validate(page, sheet, place, column, lists)
    example = sheet.example
    if example and not sheet.prefilled:
        for place, column in enumerate(sheet.columns):
            page.write_string(1, place, str(example[column.name]), formats["example"])
    for number, values in enumerate(sheet.prefilled, start=1):
        for place, column in enumerate(sheet.columns):
            _write(page, number, place, values.get(column.name, ""), formats[_format_of(column)])


def _write(page, row, place, value, cell_format) -> None:
    if isinstance(value, date):
        page.write_datetime(row, place, value, cell_format)
    elif isinstance(value, int):
        page.write_number(row, place, value, cell_format)
    elif value:
        page.write_string(row, place, value, cell_format)


def _validate(page, sheet: Sheet, place: int, column: Column, lists) -> None:
    """What Excel itself says and refuses while one types. The portal checks again whatever comes in."""
    options = {"validate": "any", "input_title": column.heading[:_TITLE]}
    options["input_message"] = f"{column.help} {column.rule}".strip()[:_MESSAGE]
    if isinstance(column, Choice):
        options |= {"validate": "list", "source": lists[sheet.name, column.name]}
        options |= {
            "error_title": "Không có trong danh sách",
            "error_message": "Hãy chọn một mục trong danh sách.",
        }
    elif isinstance(column, Day):
        options |= {"validate": "date", "criteria": "between"}
        options |= {"minimum": date(1900, 1, 1), "maximum": date(2100, 12, 31)}
        options |= {"error_title": "Không phải ngày", "error_message": column.rule, "error_type": "warning"}
    elif isinstance(column, Whole):
        options |= {"validate": "integer", "criteria": "between"}
        options |= {"minimum": column.minimum, "maximum": min(column.maximum, 10**15 - 1)}
        options |= {"error_title": "Không phải số nguyên", "error_message": column.rule}
    if options["input_message"] or options["validate"] != "any":
        page.data_validation(1, place, sheet.max_rows + 1, place, options)


def _lists(book, sheets) -> dict[tuple[str, str], str]:
    """Write each list of choices to a hidden sheet (within a cell it may not pass 255 characters)."""
    choices = [(sheet, c) for sheet in sheets for c in sheet.columns if isinstance(c, Choice)]
    if not choices:
        return {}
    page = book.add_worksheet(LISTS)
    page.hide()
    ranges = {}
    for place, (sheet, column) in enumerate(choices):
        page.write_string(0, place, column.heading)
        for number, words in enumerate(column.options, start=1):
            page.write_string(number, place, words)
        letter = chr(65 + place)
        ranges[sheet.name, column.name] = f"='{LISTS}'!${letter}$2:${letter}${len(column.options) + 1}"
    return ranges


def _guide(page, sheets, formats, title) -> None:
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 14)
    page.set_column(2, 2, 90)
    page.write_string(0, 0, title, formats["title"])
    lines = [
        "Điền vào các sheet dưới đây, mỗi dòng một mục. Giữ nguyên tên sheet và dòng tiêu đề.",
        "Cột có dấu * là bắt buộc. Chỉ gõ giá trị: không công thức, không gộp ô, không ẩn dòng hoặc cột.",
        f"Dòng bắt đầu bằng “{EXAMPLE_MARK}” là ví dụ, cổng không đọc; có thể xoá.",
        "Khi tải lên, cổng cho xem trước những gì sẽ thay đổi. Nếu có lỗi, cổng chỉ rõ từng ô, không ghi gì.",
    ]
    row = 2
    for line in lines:
        page.write_string(row, 0, line)
        row += 1
    for sheet in sheets:
        row += 1
        page.write_string(row, 0, f"Sheet “{sheet.name}”", formats["title"])
        row += 1
        if sheet.help:
            page.write_string(row, 0, sheet.help)
            row += 1
        for column in sheet.columns:
            page.write_string(row, 0, column.heading, formats["bold"])
            page.write_string(row, 1, _need(column), formats["wrap"])
            page.write_string(row, 2, f"{column.help} {column.rule}".strip(), formats["wrap"])
            row += 1


def _need(column: Column) -> str:
    if isinstance(column, Reference):
        return "Để tham khảo"
    return "Bắt buộc" if column.is_required else "Nếu có"
