"""The papers of an award that their pages offer for printing."""

from awards.documents import consultation as of_consultation
from awards.documents import decision as of_decision
from awards.documents import dossier as of_dossier
from awards.enums import DossierState, NomineeState
from awards.models import Award, Consultation, Decision, Dossier, DossierSubmission, Nominee
from core import press

#: on the dossier's page, besides the report of each nominee
OF_DOSSIER = ("to-trinh-don-vi", "trich-ngang", "bien-ban-hop-xet", "yeu-cau-bo-sung", "tra-ho-so")
RECEIPT = "giay-tiep-nhan-ho-so"
REPORT, EXTRACT = "bao-cao-thanh-tich", "trich-quyet-dinh"
CONSULTATION_LETTER = "cong-van-xin-y-kien"
OF_DECISION = ("to-trinh-chu-tich", "du-thao-quyet-dinh")

SEES_DOSSIER = "awards.view_dossier"
SEES_DECISION = "awards.view_decision"


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
press.offer(EXTRACT, "Trích Quyết định", Award, SEES_DECISION, of_decision.award_extract, door="decision")
press.offer(
    CONSULTATION_LETTER,
    "Công văn xin ý kiến",
    Consultation,
    "awards.view_consultation",
    of_consultation.letter_of,
    fits=lambda user, consultation: user.has_perm("awards.view_consultation", consultation),
)
