from django.db import models


class NomineeKind(models.TextChoices):
    COLLECTIVE = "collective", "Tập thể"
    HOUSEHOLD = "household", "Hộ gia đình"
    INDIVIDUAL = "individual", "Cá nhân"


#: order in lists and ceremonies: collectives, households, individuals (NĐ 152/2025 Art. 29.5)
KIND_ORDER = {NomineeKind.COLLECTIVE: 0, NomineeKind.HOUSEHOLD: 1, NomineeKind.INDIVIDUAL: 2}


class Route(models.TextChoices):
    """Who decides on a form of commendation, and so what the portal does with it."""

    PROPOSED = "proposed", "Đơn vị đề nghị, Chủ tịch Ủy ban nhân dân tỉnh quyết định"
    RECORDED = "recorded", "Đơn vị tự quyết định và ghi nhận tại cổng"


class HoldKind(models.TextChoices):
    """Why a nominee may not be commended for now (NĐ 152/2025 Art. 4.4)."""

    DISCIPLINE = "discipline", "Đang xem xét kỷ luật"
    INVESTIGATION = "investigation", "Đang điều tra, thanh tra, kiểm tra"
    COMPLAINT = "complaint", "Đang xác minh khiếu nại, tố cáo, phản ánh"


class MatchVerdict(models.TextChoices):
    """What a person says of two that may be the same."""

    DIFFERENT = "different", "Không trùng"
    DUPLICATE = "duplicate", "Trùng"
    INFORMATION = "information", "Đã xem, không ảnh hưởng"


class DossierState(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Đã nộp"
    RETURNED = "returned", "Cần bổ sung"
    REJECTED = "rejected", "Không tiếp nhận"
    APPRAISED = "appraised", "Đã thẩm định"
    WITHDRAWN = "withdrawn", "Đã rút"


class NomineeState(models.TextChoices):
    PROPOSED = "proposed", "Được đề nghị"
    RECOMMENDED = "recommended", "Đề nghị khen thưởng"
    NOT_RECOMMENDED = "not_recommended", "Không đề nghị khen thưởng"
    NOT_SELECTED = "not_selected", "Đủ điều kiện, không được chọn"
    DUPLICATE = "duplicate", "Trùng đề nghị khác"
    APPROVED = "approved", "Được duyệt"
    REFUSED = "refused", "Không được duyệt"
    AWARDED = "awarded", "Được khen thưởng"
    WITHDRAWN = "withdrawn", "Đã rút"


#: outcomes that stand; the others are on their way
SETTLED = (
    NomineeState.NOT_RECOMMENDED,
    NomineeState.NOT_SELECTED,
    NomineeState.DUPLICATE,
    NomineeState.REFUSED,
    NomineeState.AWARDED,
)
#: what the proposing unit reads before publication: the stage, never a verdict (embargo)
STAGE_LABEL_UNDER_EMBARGO = "Đang xét"


class ProposalState(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    POSTED = "posted", "Đang niêm yết công khai"
    FINALISED = "finalised", "Đã chốt danh sách"
    SIGNED = "signed", "Đã ký"
    FORWARDED = "forwarded", "Đã chuyển trình"
    APPROVED = "approved", "Đã duyệt"


#: what the desk reads where the unit reads another word
DESK_LABELS = {
    DossierState.SUBMITTED: "Chờ thẩm định",
    DossierState.RETURNED: "Chờ đơn vị bổ sung",
    DossierState.REJECTED: "Đã từ chối tiếp nhận",
    NomineeState.PROPOSED: "Chờ thẩm định",
    NomineeState.APPROVED: "Đã duyệt, chờ Quyết định",  # a proposal's "approved" too
    NomineeState.AWARDED: "Đã khen thưởng",
    ProposalState.FORWARDED: "Chờ duyệt",
}


class DecisionState(models.TextChoices):
    DRAFT = "draft", "Dự thảo"
    SUBMITTED = "submitted", "Đã trình ký"
    ISSUED = "issued", "Đã ban hành"
    PUBLISHED = "published", "Đã công bố"


class AwardState(models.TextChoices):
    PUBLISHED = "published", "Còn hiệu lực"
    CORRECTED = "corrected", "Đã đính chính"
    REVOCATION_PROPOSED = "revocation_proposed", "Đang đề nghị hủy bỏ"
    REVOKED = "revoked", "Đã hủy bỏ, chờ thu hồi"
    RETURNED = "returned", "Đã hủy bỏ, đã thu hồi"


class ExemplarState(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    PUBLISHED = "published", "Đã đăng"
    WITHDRAWN = "withdrawn", "Đã gỡ"


class PublicState(models.TextChoices):
    """State of an award as the public and the API read it."""

    VALID = "valid", "Còn hiệu lực"
    CORRECTED = "corrected", "Đã đính chính"
    REVOKED = "revoked", "Đã hủy bỏ"


class DesignatedAct(models.TextChoices):
    """What someone of a third unit may be named for."""

    APPRAISE = "appraise", "Thẩm định đối tượng của hồ sơ"
    JUDGE = "judge", "Xét đối tượng của hồ sơ"
    FORWARD = "forward", "Chuyển trình Tờ trình"
    APPROVE = "approve", "Duyệt danh sách của Tờ trình"


class Topic(models.TextChoices):
    """What other offices are asked about (for enterprises: NĐ 152/2025 Art. 34.2 b, 34.5)."""

    TAX = "tax", "Nghĩa vụ thuế"
    SOCIAL_INSURANCE = "social_insurance", "Bảo hiểm xã hội"
    ENVIRONMENT = "environment", "Bảo vệ môi trường"
    POLICE = "police", "Chấp hành pháp luật"
    OTHER = "other", "Nội dung khác"


class Silence(models.TextChoices):
    """What it means when an office does not answer in time."""

    AGREES = "agrees", "Quá hạn không trả lời: coi như thống nhất, không có ý kiến khác."
    WAIT = "wait", "Quá hạn không trả lời: chưa kết luận được, phải có văn bản trả lời."


class ConsultationState(models.TextChoices):
    DRAFT = "draft", "Chưa gửi"
    SENT = "sent", "Chờ trả lời"
    ANSWERED = "answered", "Đã trả lời"
    CANCELLED = "cancelled", "Đã hủy"


class View(models.TextChoices):
    """What an office says of one nominee."""

    AGREES = "agrees", "Thống nhất"
    OBJECTS = "objects", "Không thống nhất"
    UNKNOWN = "unknown", "Không có thông tin"


class CommentState(models.TextChoices):
    RECEIVED = "received", "Chờ trả lời"
    ANSWERED = "answered", "Đã trả lời"
    SET_ASIDE = "set_aside", "Không xem xét"


class DocumentKind(models.TextChoices):
    """Papers of a dossier (plan IV.4; minutes come from the national procedure)."""

    SUBMISSION = "submission", "Tờ trình đề nghị khen thưởng (đã ký)"
    LIST = "list", "Danh sách đề nghị khen thưởng"
    ACHIEVEMENT_REPORT = "achievement_report", "Báo cáo thành tích"
    EXTRACT = "extract", "Trích ngang thành tích"
    CERTIFICATION = "certification", "Xác nhận của cấp trình khen thưởng"
    MINUTES = "minutes", "Biên bản họp xét khen thưởng"
    CONFIRMATION = "confirmation", "Văn bản xác nhận nghĩa vụ thuế, bảo hiểm xã hội"
    INITIATIVE = "initiative", "Văn bản công nhận sáng kiến"
    PAPER = "paper", "Bản quét hồ sơ giấy"
    OTHER = "other", "Tài liệu khác"


TONES = {
    "draft": "neutral",
    "submitted": "info",
    "returned": "warning",
    "rejected": "danger",
    "appraised": "success",
    "withdrawn": "neutral",
    "proposed": "info",
    "recommended": "success",
    "not_recommended": "danger",
    "not_selected": "neutral",
    "duplicate": "warning",
    "approved": "success",
    "refused": "danger",
    "awarded": "gold",
    "posted": "info",
    "finalised": "info",
    "signed": "info",
    "forwarded": "info",
    "sent": "info",
    "answered": "success",
    "cancelled": "neutral",
    "issued": "info",
    "published": "gold",
    "valid": "success",
    "corrected": "warning",
    "revoked": "danger",
    "revocation_proposed": "warning",
}
