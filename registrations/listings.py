"""What stands in the files that lists of this app leave as: the columns of the page, no more."""

from core.models.mail import MailState
from core.spreadsheets.listing import Column, Listing
from criteria import scoring
from registrations.enums import (
    DESK_LABELS,
    InspectionState,
    LaunchForm,
    LetterState,
    ObligationKind,
    PilotListState,
    RegistrationState,
    ReportState,
    RowOutcome,
)
from units.enums import Kind


def _of_unit(*columns: Column) -> tuple[Column, ...]:
    return (
        Column("Mã đơn vị", "unit.code", 12),
        Column("Đơn vị", "unit.name", 44),
        Column("Loại đơn vị", "unit.kind", 24, words=dict(Kind.choices)),
        Column("Năm", "period.year", 8),
        *columns,
    )


REGISTRATIONS = Listing(
    "dang-ky-thi-dua",
    "Đăng ký thi đua",
    _of_unit(
        Column("Số tiếp nhận", "reference"),
        Column("Nộp lần đầu lúc", "first_filed_at"),
        Column("Nộp lúc", "filed_at"),
        Column("Nộp muộn", "is_late", 10),
        Column("Trạng thái", "state", words=dict(RegistrationState.choices) | DESK_LABELS),
    ),
)
REPORTS = Listing(
    "bao-cao-so-lieu",
    "Báo cáo số liệu",
    _of_unit(
        Column("Số tiếp nhận", "reference"),
        Column("Nộp lần đầu lúc", "first_submitted_at"),
        Column("Nộp lúc", "submitted_at"),
        Column("Nộp muộn", "is_late", 10),
        Column("Trạng thái", "state", words=dict(ReportState.choices) | DESK_LABELS),
    ),
)
LAUNCHES = Listing(
    "phat-dong",
    "Phát động phong trào",
    _of_unit(
        Column("Hạn cuối", "due", 12),
        Column("Ngày phát động", "launched_on", 14),
        Column("Hình thức", "launch_form", 32, words=dict(LaunchForm.choices)),
        Column("Số, ký hiệu văn bản", "document_number", 20),
        Column("Phát động muộn", lambda obligation: obligation.is_late, 12),
    ),
)
PILOTS = Listing(
    "chi-dao-diem",
    "Đơn vị chỉ đạo điểm",
    (
        Column("Năm", "list.period.year", 8),
        Column("Cấp chọn", lambda pilot: pilot.list.chooser, 36),
        Column("Đơn vị chỉ đạo điểm", lambda pilot: pilot.label, 48),
        Column("Lý do chọn", "reason", 48),
        Column("Từ ngày", "valid_from", 12),
        Column("Đến hết ngày", "valid_to", 12),
        Column("Trạng thái danh sách", "list.state", words=dict(PilotListState.choices)),
    ),
)
SCORES = Listing(
    "diem-va-hang",
    "Điểm và hạng",
    (
        Column("Hạng", lambda line: line["place"], 8),
        Column("Mã đơn vị", lambda line: line["unit"].code, 12),
        Column("Đơn vị", lambda line: line["unit"].name, 44),
        Column("Nhóm", lambda line: line["group"] or "Cả cấp", 30),
        Column("Tiêu chí đạt", lambda line: line["met"], 12),
        Column("Tiêu chí áp dụng", lambda line: line["applicable"], 12),
        Column("Điểm tiêu chí", lambda line: line["score"], 14),
        Column("Cộng, trừ", lambda line: line["adjustment"], 10),
        Column("Tổng điểm", lambda line: line["total"], 14),
        Column("Báo cáo nộp muộn", lambda line: line["standing"].is_late, 12),
    ),
)
PLACES = Listing(
    "xep-hang",
    "Xếp hạng đã công bố",
    (
        Column("Hạng", "place", 8),
        Column("Đơn vị", "unit.name", 44),
        Column("Nhóm", lambda row: row.group or "Cả cấp", 30),
        Column("Tổng điểm", lambda row: scoring.shown(scoring.read(row.total)), 14),
    ),
)
QUEUE = Listing(
    "bao-cao-cho-tham-dinh",
    "Báo cáo chờ thẩm định",
    _of_unit(
        Column("Số tiếp nhận", "reference"),
        Column("Nộp lúc", "submitted_at"),
        Column("Số liệu đã thẩm định", "judged", 12),
        Column("Số liệu", "total", 10),
        Column("Người thẩm định", lambda report: str(report.assigned_to or ""), 30),
        Column("Trạng thái", "state", words=dict(ReportState.choices) | DESK_LABELS),
    ),
)
INSPECTIONS = Listing(
    "kiem-tra",
    "Đợt kiểm tra",
    (
        Column("Năm", "period.year", 8),
        Column("Mã đợt", "reference", 18),
        Column("Tên đợt kiểm tra", "name", 60),
        Column("Từ ngày", "starts_on", 12),
        Column("Đến hết ngày", "ends_on", 12),
        Column("Số quyết định", "decision_number"),
        Column("Trạng thái", "state", 28, words=dict(InspectionState.choices)),
    ),
)


def _of_obligation(*columns: Column) -> tuple[Column, ...]:
    return (
        Column("Mã đơn vị", "obligation.unit.code", 12),
        Column("Đơn vị", "obligation.unit.name", 44),
        Column("Năm", "obligation.period.year", 8),
        Column("Việc phải làm", "obligation.kind", 24, words=dict(ObligationKind.choices)),
        *columns,
    )


REMINDERS = Listing(
    "so-nhac-viec",
    "Sổ nhắc việc",
    _of_obligation(
        Column("Hạn khi nhắc", "due", 12),
        Column("Người nhận", "user.full_name", 30),
        Column("Thư điện tử", "mail.to", 32),
        Column("Vì sao người này nhận", "why", 48),
        Column("Vào hàng lúc", "mail.queued_at"),
        Column("Gửi lúc", "mail.sent_at"),
        Column("Kết quả gửi", "mail.state", words=dict(MailState.choices)),
        Column("Máy chủ thư trả lời", "mail.answer", 40),
    ),
)
BULK_ACT = Listing(
    "viec-hang-loat",
    "Kết quả việc hàng loạt",
    _of_obligation(
        Column("Kết quả", "outcome", 20, words=dict(RowOutcome.choices)),
        Column("Lý do", "reason", 60),
    ),
)
LETTERS = Listing(
    "cong-van-don-doc",
    "Công văn đôn đốc",
    (
        Column("Năm", "period.year", 8),
        Column("Việc phải làm", "kind", 24, words=dict(ObligationKind.choices)),
        Column("Trích yếu", "subject", 60),
        Column("Số, ký hiệu", "number", 20),
        Column("Ngày ký", "signed_on", 12),
        Column("Người ký", "signer", 30),
        Column("Trạng thái", "state", words=dict(LetterState.choices)),
    ),
)


def obligations(state_of) -> Listing:
    """Who owes what; `state_of` says how far an obligation is, in the words of the board."""
    return Listing(
        "viec-phai-lam",
        "Việc phải làm",
        _of_unit(
            Column("Việc phải làm", "kind", words=dict(ObligationKind.choices)),
            Column("Hạn cuối", "due", 12),
            Column("Nộp lần đầu lúc", "met_at"),
            Column("Nộp muộn", "is_late", 10),
            Column("Trạng thái", state_of),
            Column("Vì sao phải làm", "reason", 40),
        ),
    )
