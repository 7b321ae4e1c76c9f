"""The papers of an award that their pages offer for printing."""

from awards.documents import certificate as of_certificate
from awards.documents import consultation as of_consultation
from awards.documents import decision as of_decision
from awards.documents import dossier as of_dossier
from awards.enums import AwardState, DossierState, NomineeState
from awards.models import (
    Award,
    Certificate,
    CertificateLayout,
    Consultation,
    Decision,
    Dossier,
    DossierSubmission,
    Nominee,
)
from awards.workflow.award import open_correction
from core import press
from core.models.document import DocumentFormat

#: on the dossier's page, besides the report of each nominee
OF_DOSSIER = ("to-trinh-don-vi", "trich-ngang", "bien-ban-hop-xet", "yeu-cau-bo-sung", "tra-ho-so")
RECEIPT = "giay-tiep-nhan-ho-so"
REPORT, EXTRACT = "bao-cao-thanh-tich", "trich-quyet-dinh"
CONSULTATION_LETTER = "cong-van-xin-y-kien"
CORRECTION, REVOCATION = "du-thao-dinh-chinh", "du-thao-huy-bo"
SHEETS, SHEETS_OF_DECISION, TEST_SHEET = "phoi-bang-khen", "phoi-ca-quyet-dinh", "to-thu-phoi"
OF_DECISION = ("to-trinh-chu-tich", "du-thao-quyet-dinh", SHEETS_OF_DECISION)

SEES_DOSSIER = "awards.view_dossier"
SEES_DECISION = "awards.view_decision"
SEES_AWARD = "awards.view_award"


def _submitted(dossier):
    """Others read a dossier once it is submitted; what the unit printed while writing it is its own."""
    return None if dossier.state == DossierState.DRAFT else dossier.submitted_at


press.offer(
    "to-trinh-don-vi", "Tờ trình và danh sách", Dossier, SEES_DOSSIER, of_dossier.submission, since=_submitted
)
press.offer(
    "trich-ngang", "Trích ngang thành tích", Dossier, SEES_DOSSIER, of_dossier.extract, since=_submitted
)
press.offer(
    "bien-ban-hop-xet", "Biên bản họp xét", Dossier, SEES_DOSSIER, of_dossier.minutes, since=_submitted
)
press.offer(
    "yeu-cau-bo-sung",
    "Công văn yêu cầu bổ sung",
    Dossier,
    "awards.request_supplement_dossier",
    of_dossier.supplement_letter_of,
    fits=lambda user, dossier: (
        dossier.state == DossierState.RETURNED and user.has_perm("awards.request_supplement_dossier", dossier)
    ),
    since=lambda dossier: dossier.submitted_at,
)
press.offer(
    "tra-ho-so",
    "Công văn trả hồ sơ",
    Dossier,
    "awards.reject_dossier",
    of_dossier.refusal_letter,
    fits=lambda user, dossier: (
        dossier.state == DossierState.REJECTED and user.has_perm("awards.reject_dossier", dossier)
    ),
)
press.offer(
    RECEIPT, "Giấy tiếp nhận hồ sơ", DossierSubmission, SEES_DOSSIER, of_dossier.receipt, door="dossier"
)
press.offer(
    REPORT,
    "Báo cáo thành tích",
    Nominee,
    SEES_DOSSIER,
    of_dossier.achievement_report,
    door="dossier",
    fits=lambda user, nominee: nominee.state != NomineeState.WITHDRAWN,
    since=lambda nominee: _submitted(nominee.dossier),
)
press.offer(
    "to-trinh-chu-tich", "Tờ trình Chủ tịch UBND tỉnh", Decision, SEES_DECISION, of_decision.submission
)
press.offer("du-thao-quyet-dinh", "Dự thảo Quyết định", Decision, SEES_DECISION, of_decision.draft)
press.offer(EXTRACT, "Trích Quyết định (bản điện tử có mã QR)", Award, SEES_AWARD, of_decision.award_extract)
press.offer(
    CORRECTION,
    "Dự thảo Quyết định đính chính",
    Award,
    "awards.draft_correction_award",
    of_decision.correction_of,
    fits=lambda user, award: (
        user.has_perm("awards.draft_correction_award", award) and open_correction(award) is not None
    ),
)
press.offer(
    REVOCATION,
    "Dự thảo Quyết định hủy bỏ",
    Award,
    "awards.revoke_award",
    of_decision.revocation_of,
    fits=lambda user, award: (
        award.state == AwardState.REVOCATION_PROPOSED and user.has_perm("awards.revoke_award", award)
    ),
)
ON_PAPER = (
    "Chữ đặt lên phôi in sẵn theo tọa độ đã khai báo, không có mã QR trừ khi phôi có ô mã. "
    "In tờ thử, soi lên phôi trước khi in thật; in cỡ 100 %, không co giãn."
)
press.offer(
    SHEETS_OF_DECISION,
    "Chữ in lên phôi Bằng khen, cả Quyết định",
    Decision,
    "awards.keep_register_decision",
    of_certificate.sheets_of,
    fits=lambda user, decision: (
        user.has_perm("awards.keep_register_decision", decision)
        and of_certificate.layout_of(decision.proposal.form) is not None
        and of_certificate.printable(decision).exists()
    ),
    formats=(DocumentFormat.PDF,),
    note=ON_PAPER,
)
press.offer(
    SHEETS,
    "Chữ in lên phôi Bằng khen",
    Certificate,
    SEES_AWARD,
    of_certificate.one_sheet,
    door="award",
    fits=lambda user, certificate: (
        user.has_perm("awards.keep_register_decision", certificate.award.decision)
        and of_certificate.layout_of(certificate.form) is not None
        and certificate.award.state not in (AwardState.REVOKED, AwardState.RETURNED)
    ),
    formats=(DocumentFormat.PDF,),
    note=ON_PAPER,
)
press.offer(
    TEST_SHEET,
    "Tờ thử",
    CertificateLayout,
    "awards.use_desk",
    of_certificate.test_sheet,
    formats=(DocumentFormat.PDF,),
    note="Khung và thước theo mi-li-mét, với chữ mẫu. In ở cỡ 100 %, đặt lên phôi rồi soi để chỉnh tọa độ.",
)
press.offer(
    CONSULTATION_LETTER,
    "Công văn xin ý kiến",
    Consultation,
    "awards.view_consultation",
    of_consultation.letter_of,
    fits=lambda user, consultation: user.has_perm("awards.view_consultation", consultation),
)
