"""Small real PDFs: one page each, in the layout of NĐ 30/2020, marked as invented."""

import hashlib
import uuid
from functools import cache

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core.documents import Document, Paragraph, Signature, render_pdf
from core.files import PDF
from core.models import File

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://demo.laocai.example/")
_MARK = "DỮ LIỆU MINH HOẠ"
#: name of the file -> what is printed on it
PAPERS = {
    "cong-van.pdf": ("CÔNG VĂN", "Đôn đốc nộp đăng ký thi đua (minh họa)"),
    "ke-hoach.pdf": ("KẾ HOẠCH", "Thực hiện phong trào thi đua về chuyển đổi số"),
    "minh-chung.pdf": ("BÁO CÁO", "Minh chứng số liệu"),
    "phat-dong.pdf": ("KẾ HOẠCH", "Phát động phong trào thi đua về chuyển đổi số"),
    "ke-hoach-kiem-tra.pdf": ("KẾ HOẠCH", "Kiểm tra phong trào thi đua về chuyển đổi số"),
    "quyet-dinh-kiem-tra.pdf": ("QUYẾT ĐỊNH", "Về việc thành lập đoàn kiểm tra"),
    "to-trinh.pdf": ("TỜ TRÌNH", "Về việc đề nghị tặng Bằng khen"),
    "bao-cao-thanh-tich.pdf": ("BÁO CÁO", "Thành tích đề nghị tặng Bằng khen"),
    "bien-ban.pdf": ("BIÊN BẢN", "Họp xét khen thưởng"),
    "giay-chung-nhan.pdf": ("GIẤY CHỨNG NHẬN", "Đăng ký doanh nghiệp"),
    "quyet-dinh.pdf": ("QUYẾT ĐỊNH", "Về việc tặng Bằng khen"),
}


def uid(*parts) -> uuid.UUID:
    """The same parts, the same identifier, whenever and wherever the demo is loaded."""
    return uuid.uuid5(_NAMESPACE, "/".join(map(str, parts)))


def paper(name: str, *owner, by, at) -> File:
    """A stored file of one of the `PAPERS`, its row not yet saved; `owner` makes it unique."""
    data = content(name)
    file = File(
        uid=uid("file", name, *owner),
        name=name,
        content_type=PDF,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=by,
        uploaded_at=at,
    )
    # A folder left by an earlier load holds a file of this name.
    default_storage.delete(file.path)
    default_storage.save(file.path, ContentFile(data))
    return file


@cache
def content(name: str) -> bytes:
    kind, abstract = PAPERS[name]
    document = Document(
        parent_body="",
        issuing_body="ĐƠN VỊ MINH HỌA",
        symbol="MH",
        year=2025,
        place="Lào Cai",
        kind=kind,
        abstract=abstract,
        body=(Paragraph("Trang này thay cho bản quét đã ký của đơn vị. Toàn bộ nội dung là minh họa."),),
        signature=Signature(("THỦ TRƯỞNG ĐƠN VỊ",), f"Người ký mẫu ({_MARK.lower()})"),
        recipients=("Lưu: VT",),
        mark=_MARK,
    )
    return render_pdf(document).pdf
