"""A spreadsheet filled in as a unit does: the template taken, written, uploaded, confirmed."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from tests.registrations.pages import form_with


def of(dossier) -> str:
    """Where the import of a dossier's nominees stands."""
    return f"/ho-so/{dossier.uid}/doi-tuong/"


def template(client, base):
    answer = client.get(f"{base}mau/")
    return load_workbook(io.BytesIO(b"".join(answer)))


def upload(client, base, book):
    file = io.BytesIO()
    book.save(file)
    file = SimpleUploadedFile("danh-sach.xlsx", file.getvalue())
    return client.post(f"{base}nhap/", {"file": file})


def confirm(client, base, preview):
    return client.post(f"{base}nhap/", form_with(preview, "token"))


def write(sheet, rows):
    """Put `rows` (heading → value) under what the template holds; the example row is written over."""
    headings = {cell.value.removesuffix(" *"): cell.column for cell in sheet[1]}
    last = max((c.row for c in sheet["A"] if c.value and not str(c.value).startswith("VÍ DỤ")), default=1)
    for offset, row in enumerate(rows, start=1):
        for column in headings.values():
            sheet.cell(last + offset, column).value = None
        for heading, value in row.items():
            sheet.cell(last + offset, headings[heading]).value = value


def people(count, unit):
    return [
        {
            "Họ và tên": f"Nguyễn Văn Thứ {number}",
            "Ông/Bà": "Ông",
            "Ngày sinh": f"01/02/19{50 + number % 50}",
            "Số CCCD": f"0100800{number:05d}",
            "Chức vụ, nơi công tác": "Công chức",
            "Đơn vị": unit.name,
            "Tóm tắt thành tích": "Số hóa hồ sơ.",
        }
        for number in range(count)
    ]
