"""What stands in the files that lists of this app leave as: the columns of the page, no more."""

from awards.enums import PublicState
from core.models.mail import MailState
from core.spreadsheets.listing import Column, Listing

MAILS = Listing(
    "thu-cua-cong",
    "Thư cổng đã gửi",
    (
        Column("Tiêu đề", "subject", 60),
        Column("Người nhận", "to", 32),
        Column("Vào hàng lúc", "queued_at"),
        Column("Gửi lúc", "sent_at"),
        Column("Kết quả", "state", 20, words=dict(MailState.choices)),
        Column("Số lần thử", "attempts", 10),
        Column("Máy chủ thư trả lời", "answer", 40),
    ),
)
RESULTS = Listing(
    "ket-qua-khen-thuong",
    "Kết quả khen thưởng",
    (
        Column("Mã tra cứu", "reference"),
        Column("Danh xưng", lambda record: record.payload["title"], 10),
        Column("Được khen thưởng", lambda record: record.payload["name"], 40),
        Column("Chức vụ, đơn vị", lambda r: r.payload["position"] or r.payload["unit"]["name"], 44),
        Column("Hình thức", lambda record: record.payload["award"]["name"], 32),
        Column("Số Quyết định", lambda record: record.payload["decision"]["number"]),
        Column("Ngày ký", "decided_on", 12),
        Column("Trạng thái", "state", words=dict(PublicState.choices)),
    ),
)
DECISIONS = Listing(
    "quyet-dinh",
    "Quyết định đã công bố",
    (
        Column("Số", lambda record: record.payload["decision"]["number"]),
        Column("Ngày ký", "decided_on", 12),
        Column("Trích yếu", lambda record: record.payload["title"], 60),
        Column("Công bố lúc", "published_at"),
        Column("Trạng thái", "state", words=dict(PublicState.choices)),
    ),
)
EXPORTS = Listing(
    "nhat-ky-xuat-du-lieu",
    "Nhật ký xuất dữ liệu",
    (
        Column("Lúc", "at"),
        Column("Người xuất", lambda export: str(export.user or "Khách"), 30),
        Column("Đơn vị", "acting_unit_name", 40),
        Column("Danh sách", "title", 36),
        Column("Dạng tệp", lambda export: export.file_format.upper(), 10),
        Column("Điều kiện lọc", "filters_text", 48),
        Column("Số dòng", "rows", 10),
        Column("Địa chỉ", "address", 16),
    ),
)
