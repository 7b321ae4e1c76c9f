from django.db import models


class PeriodState(models.TextChoices):
    """Where a period stands today; follows from its dates, never stored."""

    UPCOMING = "upcoming", "Chưa mở"
    OPEN = "open", "Đang nhận đăng ký"
    LATE = "late", "Quá hạn, vẫn nhận (ghi nộp muộn)"
    LOCKED = "locked", "Đã khóa"


class ObligationKind(models.TextChoices):
    REGISTRATION = "registration", "Đăng ký thi đua"
    LAUNCH = "launch", "Phát động phong trào"
    PILOTS = "pilots", "Danh sách chỉ đạo điểm"
    SIX_MONTH_REPORT = "six_month_report", "Báo cáo 6 tháng"
    ANNUAL_REPORT = "annual_report", "Báo cáo năm"


class RegistrationState(models.TextChoices):
    """Labels as the unit reads them; `DESK_LABELS` says the same to the standing body."""

    DRAFT = "draft", "Đang soạn"
    FILED = "filed", "Đã nộp"
    CONFIRMED = "confirmed", "Đã xác nhận"
    RETURNED = "returned", "Được trả lại"
    WITHDRAWN = "withdrawn", "Đã rút"


class Channel(models.TextChoices):
    """How a filing came in; everything but the portal is paper that a clerk has entered."""

    PORTAL = "portal", "Nộp trên cổng"
    POST = "post", "Bưu chính"
    IN_PERSON = "in_person", "Nộp trực tiếp"
    ONE_STOP = "one_stop", "Bộ phận một cửa"
    PUBLIC_SERVICE = "public_service", "Cổng dịch vụ công trực tuyến"
    E_DOCUMENT = "e_document", "Văn bản điện tử"


class ApprovalState(models.TextChoices):
    """Where the word of the head of the unit stands, before the unit files."""

    ASKED = "asked", "Chờ thủ trưởng duyệt"
    APPROVED = "approved", "Thủ trưởng đã duyệt"
    SENT_BACK = "sent_back", "Thủ trưởng yêu cầu sửa"
    TAKEN_BACK = "taken_back", "Đã trình lại bản khác"


class ReportState(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Đã nộp"
    RETURNED = "returned", "Được trả lại"
    VERIFIED = "verified", "Đã thẩm định"
    CONTESTED = "contested", "Đã gửi kiến nghị"


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
    ReportState.CONTESTED: "Có kiến nghị",
}
TONES = {
    "draft": "neutral",
    "filed": "info",
    "submitted": "info",
    "confirmed": "success",
    "verified": "success",
    "returned": "warning",
    "contested": "warning",
    "withdrawn": "neutral",
    "noted": "success",
    "planned": "neutral",
    "under_way": "info",
    "concluded": "warning",
    "closed": "success",
    "cancelled": "neutral",
    "communicated": "success",
    "open": "warning",
    "answered": "info",
}


class LaunchForm(models.TextChoices):
    """How a unit launched the movement (plan III.1: "hình thức phù hợp, thiết thực")."""

    CONFERENCE = "conference", "Hội nghị phát động"
    DOCUMENT = "document", "Văn bản phát động"
    COMBINED = "combined", "Lồng ghép vào hội nghị, phong trào khác"
    ONLINE = "online", "Hội nghị trực tuyến"
    OTHER = "other", "Hình thức khác"


class PilotLevel(models.TextChoices):
    """Who chooses the pilot units (plan III.3)."""

    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện"


class PilotListState(models.TextChoices):
    DRAFT = "draft", "Đang lập"
    FILED = "filed", "Đã gửi"
    RETURNED = "returned", "Được trả lại"
    NOTED = "noted", "Đã ghi nhận"


class InspectionState(models.TextChoices):
    PLANNED = "planned", "Trong kế hoạch"
    UNDER_WAY = "under_way", "Đang kiểm tra"
    CONCLUDED = "concluded", "Đã kết thúc, chờ khắc phục"
    CLOSED = "closed", "Đã đóng"
    CANCELLED = "cancelled", "Đã hủy"


class TeamRole(models.TextChoices):
    HEAD = "head", "Trưởng đoàn"
    DEPUTY = "deputy", "Phó trưởng đoàn"
    SECRETARY = "secretary", "Thư ký"
    MEMBER = "member", "Thành viên"


class VisitState(models.TextChoices):
    PLANNED = "planned", "Chưa thông báo kết quả"
    COMMUNICATED = "communicated", "Đã thông báo kết quả"


class FindingKind(models.TextChoices):
    GOOD = "good", "Điểm tốt, cách làm hay"
    SHORTCOMING = "shortcoming", "Hạn chế"
    WRONG_FIGURE = "wrong_figure", "Số liệu chưa đúng"
    VIOLATION = "violation", "Vi phạm"


class FindingState(models.TextChoices):
    OPEN = "open", "Cần khắc phục"
    ANSWERED = "answered", "Đã trả lời, chờ đoàn xem"
    CLOSED = "closed", "Đã khắc phục"


class Audience(models.TextChoices):
    """Whom a rule reminds of what a unit still owes."""

    FILERS = "filers", "Người lập hồ sơ của đơn vị"
    HEADS = "heads", "Thủ trưởng đơn vị"
    PARENT = "parent", "Người lập hồ sơ của đơn vị cấp trên"
    STANDING_BODY = "standing_body", "Cơ quan thường trực"


class WordingUse(models.TextChoices):
    MAIL = "mail", "Thư nhắc"
    LETTER = "letter", "Công văn đôn đốc"


class BoardAct(models.TextChoices):
    """What the standing body does with many units at once."""

    CONFIRM = "confirm", "Xác nhận đăng ký"
    REMIND = "remind", "Gửi thư nhắc"


class RowOutcome(models.TextChoices):
    WAITING = "waiting", "Đang chờ"
    DONE = "done", "Đã thực hiện"
    REFUSED = "refused", "Không thực hiện"


class LetterState(models.TextChoices):
    """Labels as the standing body reads them; a unit sees a letter only once it is signed."""

    DRAFT = "draft", "Dự thảo"
    SIGNED = "signed", "Đã ban hành"
    CANCELLED = "cancelled", "Đã hủy dự thảo"
