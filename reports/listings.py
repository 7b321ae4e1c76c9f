"""What stands in the files that lists of this app leave as: the columns of the page, no more."""

from awards.enums import PublicState
from core import clock
from core.models.mail import MailState
from core.spreadsheets.listing import Column, Listing
from criteria.enums import Verdict
from reports.dashboards import awards

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
REORGANISATIONS = Listing(
    "sap-xep-don-vi",
    "Sắp xếp đơn vị",
    (
        Column("Mã", "code", 14),
        Column("Việc sắp xếp", "title", 60),
        Column("Căn cứ", "legal_basis", 60),
        Column("Có hiệu lực từ", "effective_on", 14),
        Column("Áp dụng trên cổng lúc", "applied_at"),
    ),
)


def dossiers(*, with_load: bool) -> Listing:
    """The dossiers behind a dashboard's number; who appraises each is for the two bodies."""
    columns = (
        Column("Mã đơn vị", "unit.code", 12),
        Column("Đơn vị đề nghị", "unit.name", 44),
        Column("Số tiếp nhận", "reference"),
        Column("Nộp gần nhất lúc", "submitted_at"),
        Column("Số ngày", days_of, 10),
        Column("Hạn thẩm định", "due_on", 14),
        Column("Giai đoạn", lambda dossier: awards.STAGES[dossier.state], 24),
    )
    if with_load:
        columns += (Column("Người thẩm định", lambda dossier: str(dossier.assigned_to or ""), 30),)
    return Listing("ho-so-theo-giai-doan", "Hồ sơ theo giai đoạn xử lý", columns)


def days_of(dossier) -> int | None:
    if dossier.state not in awards.UNDER_WAY:
        return None
    return (clock.today() - clock.local_date(dossier.submitted_at)).days


def criteria(names: dict[str, str]) -> Listing:
    """What was found on each criterion; `names` of the criteria by their codes."""
    return Listing(
        "ket-qua-tieu-chi",
        "Kết quả theo tiêu chí",
        (
            Column("Mã đơn vị", "report.unit.code", 12),
            Column("Đơn vị", "report.unit.name", 44),
            Column("Tiêu chí", lambda found: names.get(found.line["code"], found.line["code"]), 50),
            Column("Kết quả", lambda found: Verdict(found.line["verdict"]).label),
            Column("Giải thích", lambda found: found.line["explanation"], 70),
        ),
    )
