"""What may not enter the portal whatever its type: papers marked secret, and papers that can act.

State secrets are not handled on systems like this one (Luật Bảo vệ bí mật nhà nước 2018, điều 5).
Only words can be read: a mark on a scanned page without a text layer is not seen.
"""

import atexit
import hashlib
import re
from tempfile import NamedTemporaryFile

from core.paper_process import Reader
from core.vietnamese import nfc

reader = Reader()
atexit.register(reader.close)
#: the same bytes come again when a form is posted twice or one plan serves many
REMEMBERED = 200
_read_before: dict[bytes, dict] = {}
#: the three marks of Luật Bảo vệ bí mật nhà nước 2018, điều 8, without blanks
MARKS = {"MẬT": "MẬT", "TỐIMẬT": "TỐI MẬT", "TUYỆTMẬT": "TUYỆT MẬT"}
_MENTION = re.compile(r"\b(?:TUYỆT MẬT|TỐI MẬT|ĐỘ MẬT|DẤU MẬT|TÀI LIỆU MẬT|VĂN BẢN MẬT|BÍ MẬT NHÀ NƯỚC)\b")

TROUBLES = {
    "broken": "bị hỏng hoặc tải lên chưa hết. Hãy mở thử trên máy, lưu lại rồi tải lại.",
    "encrypted": "đang đặt mật khẩu hoặc mã hóa nên không thể thẩm định và lưu trữ. "
    "Hãy bỏ mật khẩu rồi tải lại.",
    "scripted": "có mã lệnh tự chạy bên trong. Hãy in ra PDF (Print to PDF) rồi tải lại bản in.",
    "attachments": "có tệp khác đính bên trong. Hãy tách riêng từng tệp rồi tải từng tệp lên.",
    "macros": "có macro. Hãy lưu lại ở dạng không có macro (.docx, .xlsx) hoặc xuất ra PDF rồi tải lại.",
    "remote": "lấy mẫu hoặc đối tượng từ nơi khác mỗi khi mở. Hãy xuất ra PDF rồi tải lại.",
    "bomb": "quá phức tạp, không đọc được trong thời gian cho phép. "
    "Hãy in ra PDF (Print to PDF) rồi tải lại bản in.",
}
SECRET = (
    "mang dấu độ mật “{mark}” nên không được đưa lên cổng; tệp chưa được lưu. Tài liệu bí mật nhà nước "
    "chỉ gửi theo đường văn bản mật. Nếu tài liệu này không mật, hãy bỏ dấu ở đầu trang rồi tải lại; "
    "nếu mật, hãy báo người phụ trách bảo vệ bí mật nhà nước của đơn vị."
)


class Stopped(Exception):
    """Why a paper may not be stored, as the end of a sentence that begins with the file's name."""


def examine(upload, kind: str) -> str:
    """Raise `Stopped`, or return the first words that only mention secrecy ("" when there are none).

    `kind` is "pdf" or "office". Another process reads the bytes, in bounded time (`core.paper_process`).
    """
    found = _found(upload, kind)
    if found["trouble"]:
        raise Stopped(TROUBLES[found["trouble"]])
    mark = next(filter(None, map(_mark, found["lines"])), None)
    values = (part for value in found["metadata"] for part in re.split(r"[;,:]", value))
    mark = mark or next(filter(None, (_mark(part.upper()) for part in values)), None)
    if mark:
        raise Stopped(SECRET.format(mark=mark))
    mention = _MENTION.search(" ".join(nfc(found["text"]).upper().split()))
    return mention[0].lower() if mention else ""


def _found(upload, kind: str) -> dict:
    with NamedTemporaryFile(suffix=f".{kind}") as copy:
        digest = hashlib.sha256(kind.encode())
        upload.seek(0)
        for chunk in upload.chunks():
            digest.update(chunk)
            copy.write(chunk)
        copy.flush()
        upload.seek(0)
        key = digest.digest()
        if key not in _read_before:
            if len(_read_before) >= REMEMBERED:
                _read_before.clear()
            _read_before[key] = reader.read(copy.name, kind)
    return _read_before[key]


def _mark(line: str) -> str | None:
    """The mark of secrecy that is all there is on a line, however it is spaced or framed."""
    letters = "".join(c for c in nfc(line) if c.isalpha())
    return MARKS.get(letters)
