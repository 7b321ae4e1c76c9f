"""The outside of an XLSX file: what it is, how large it unpacks, what its sheets hide.

Nothing here trusts the file: sizes are measured while unpacking, XML with a document type is refused,
and what goes on to the reader of values is packed anew from what was measured.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.parsers import expat

from core.spreadsheets.description import Fault, SpreadsheetInvalid

LARGEST_FILE = 10 * 1024 * 1024
#: unpacked; a sheet of 5,000 rows takes about 3 MB
LARGEST_PART = 24 * 1024 * 1024
LARGEST_WHOLE = 48 * 1024 * 1024
_CHUNK = 64 * 1024
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REF = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(workbook|styles|sharedStrings)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[^/]+\.xml",
    re.IGNORECASE,
)
_SAVE_AS = "Hãy mở bằng Excel, chọn Lưu thành (Save As) và kiểu “Excel Workbook (*.xlsx)”"


@dataclass
class Look:
    """What a sheet's XML shows of itself, values aside."""

    is_hidden: bool = False
    last_row: int = 0
    letters: set[str] = field(default_factory=set)
    formulas: list[str] = field(default_factory=list)
    #: cells that show #N/A and its like; calamine gives them as empty
    errors: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)

    @property
    def last_column(self) -> int:
        return max(map(column_number, self.letters), default=0)


def column_number(letters: str) -> int:
    """ "A" is 1, "AA" 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def refuse(reason: str):
    raise SpreadsheetInvalid([Fault("", "", reason)])


def open_container(file) -> tuple[io.BytesIO, dict[str, Look]]:
    """A clean copy of the workbook in `file` (binary, seekable) and a look at each of its sheets.

    Raises `SpreadsheetInvalid` for everything that is not a plain XLSX of a bearable size.
    """
    _check_outside(file)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = _parts(archive)
            unpacked = {name: _unpack(archive, info) for name, info in parts.items()}
        return _repacked(unpacked), _look_at_sheets(unpacked)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, KeyError, ValueError):
        refuse(f"Tệp bị hỏng hoặc tải lên chưa hết. {_SAVE_AS}, rồi tải lại.")
    except (expat.ExpatError, ElementTree.ParseError):
        refuse(f"Nội dung tệp không đọc được. {_SAVE_AS}, rồi tải lại.")


def _check_outside(file):
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    head = file.read(8)
    if not size:
        refuse("Tệp rỗng (0 byte). Hãy chọn lại tệp Excel (.xlsx).")
    if size > LARGEST_FILE:
        refuse(
            f"Tệp nặng {size / 1048576:.0f} MB, tối đa {LARGEST_FILE // 1048576} MB. "
            "Hãy xoá hình ảnh, các dòng và cột thừa, hoặc tách thành nhiều tệp."
        )
    if head.startswith(_OLE):
        file.seek(0)
        if "EncryptedPackage".encode("utf-16-le") in file.read(LARGEST_FILE):
            refuse(
                "Tệp có mật khẩu nên không đọc được. Hãy bỏ mật khẩu (Tệp → Thông tin → Bảo vệ) rồi tải lại."
            )
        refuse(f"Đây là tệp Excel đời cũ (.xls). {_SAVE_AS}, rồi tải lại.")
    if not head.startswith(b"PK"):
        refuse(f"Đây không phải tệp Excel (.xlsx), dù tên tệp có thể ghi như vậy. {_SAVE_AS}, rồi tải lại.")


def _parts(archive) -> dict[str, zipfile.ZipInfo]:
    """The parts that are needed, once the whole is known to be a plain XLSX of a bearable size."""
    infos = {info.filename: info for info in archive.infolist()}
    names = {name.lower() for name in infos}
    if any(info.flag_bits & 1 for info in infos.values()):
        refuse("Tệp có mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi tải lại.")
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        refuse(f"Tệp có macro nên không được nhận. {_SAVE_AS} (không phải .xlsm), rồi tải lại.")
    if "xl/workbook.xml" not in names:
        refuse(
            "Đây không phải tệp Excel kiểu .xlsx (có thể là .xlsb, .ods hoặc tệp nén). "
            f"{_SAVE_AS}, rồi tải lại."
        )
    needed = {name: info for name, info in infos.items() if _NEEDED.fullmatch(name)}
    if sum(info.file_size for info in needed.values()) > LARGEST_WHOLE:
        _refuse_size()
    return needed


def _refuse_size():
    refuse(
        "Tệp bung ra quá lớn, thường do hàng trăm nghìn dòng trống đã được định dạng. "
        "Hãy chọn các dòng và cột trống phía sau dữ liệu, xoá hẳn (Delete), lưu lại; "
        "hoặc chép dữ liệu sang tệp mẫu mới tải về."
    )


def _unpack(archive, info) -> bytes:
    # What the directory says of the size may be a lie: the bytes themselves are counted.
    with archive.open(info) as part:
        data = part.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        _refuse_size()
    return data


def _repacked(unpacked) -> io.BytesIO:
    clean = io.BytesIO()
    with zipfile.ZipFile(clean, "w", zipfile.ZIP_STORED) as archive:
        for name, data in unpacked.items():
            archive.writestr(name, data)
    clean.seek(0)
    return clean


def _look_at_sheets(unpacked) -> dict[str, Look]:
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in _tree(unpacked["xl/_rels/workbook.xml.rels"]).iter()
        if relation.tag.endswith("}Relationship")
    }
    looks = {}
    for sheet in _tree(unpacked["xl/workbook.xml"]).iter():
        if not sheet.tag.endswith("}sheet"):
            continue
        target = targets[sheet.get(_REL)]
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        # A sheet that is a chart holds no cells.
        look = _look(unpacked[path]) if path in unpacked else Look()
        look.is_hidden = sheet.get("state", "visible") != "visible"
        looks[sheet.get("name")] = look
    return looks


def _tree(data):
    if b"<!DOCTYPE" in data:
        raise ValueError("A workbook has no document type.")
    return ElementTree.fromstring(data)


def _look(data: bytes) -> Look:
    look, at, row = Look(), "", 0

    def start(name, attributes):
        nonlocal at, row
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            at = attributes["r"]
            if attributes.get("t") == "e":
                look.errors.append(at)
        elif name in ("v", "is"):
            look.letters.add(at.rstrip("0123456789"))
            look.last_row = max(look.last_row, row)
        elif name == "row":
            row = int(attributes["r"])
            if attributes.get("hidden") in ("1", "true"):
                look.hidden_rows.append(row)
        elif name == "f":
            look.formulas.append(at)
        elif name == "mergeCell":
            look.merged.append(attributes["ref"])
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            look.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))

    def refuse_doctype(*_):
        raise ValueError("A sheet has no document type.")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse_doctype
    for begin in range(0, len(data), _CHUNK):
        parser.Parse(data[begin : begin + _CHUNK])
    parser.Parse(b"", True)
    return look
