from django.db import models


class PeriodState(models.TextChoices):
    """Where a period stands today; follows from its dates, never stored."""

    UPCOMING = "upcoming", "Chưa mở"
    OPEN = "open", "Đang nhận đăng ký"
    LATE = "late", "Quá hạn, vẫn nhận (ghi nộp muộn)"
    LOCKED = "locked", "Đã khóa"


class ObligationKind(models.TextChoices):
    REGISTRATION = "registration", "Đăng ký thi đua"
    ANNUAL_REPORT = "annual_report", "Báo cáo năm"


class RegistrationState(models.TextChoices):
    """Labels as the unit reads them; `DESK_LABELS` says the same to the standing body."""

    DRAFT = "draft", "Đang soạn"
    FILED = "filed", "Đã nộp"
    CONFIRMED = "confirmed", "Đã xác nhận"
    RETURNED = "returned", "Được trả lại"
    WITHDRAWN = "withdrawn", "Đã rút"


class ReportState(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Đã nộp"
    RETURNED = "returned", "Được trả lại"
    VERIFIED = "verified", "Đã thẩm định"


class FigureVerdict(models.TextChoices):
    """What the standing body says of one declared figure."""

    PENDING = "pending", "Chưa thẩm định"
    ACCEPTED = "accepted", "Chấp nhận"
    CORRECTED = "corrected", "Điều chỉnh"
    REFUSED = "refused", "Không chấp nhận"


DESK_LABELS = {
    RegistrationState.FILED: "Chờ xét",
    RegistrationState.RETURNED: "Đã trả lại",
    ReportState.SUBMITTED: "Chờ thẩm định",
}
TONES = {
    "draft": "neutral",
    "filed": "info",
    "submitted": "info",
    "confirmed": "success",
    "verified": "success",
    "returned": "warning",
    "withdrawn": "neutral",
}
