"""What stands in the files that lists of this app leave as: the columns of the page, no more."""

from core.spreadsheets.listing import Column, Listing
from registrations.enums import DESK_LABELS, ObligationKind, RegistrationState, ReportState
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
