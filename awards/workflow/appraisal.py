"""The appraisal of a submitted dossier: a verdict per nominee, finished, reopened."""

from django.db import transaction

from awards import checks
from awards.models import Dossier, Nominee
from awards.workflow.dossier import APPRAISABLE, DOSSIER
from core.transitions import Refused, Transition, Workflow

NOMINEE = Workflow(
    Nominee,
    Transition(
        "recommend", APPRAISABLE, "recommended", "Đề nghị khen thưởng", sentence="đã đề nghị khen thưởng"
    ),
    Transition(
        "not_recommend",
        APPRAISABLE,
        "not_recommended",
        "Không đề nghị",
        needs_comment=True,
        sentence="đã không đề nghị khen thưởng",
    ),
    Transition(
        "not_select",
        APPRAISABLE,
        "not_selected",
        "Đủ điều kiện, không chọn",
        needs_comment=True,
        sentence="đã không chọn",
    ),
    Transition(
        "mark_duplicate",
        APPRAISABLE,
        "duplicate",
        "Trùng đề nghị khác",
        needs_comment=True,
        sentence="đã ghi nhận trùng đề nghị",
    ),
)


def appraise(dossier, *, by, acting=None) -> None:
    """Finish the appraisal: every nominee has its verdict."""
    with DOSSIER.perform("appraise", dossier, by=by, acting=acting) as step:
        step.require(checks.missing_for_appraising(step.object))
        step.object.appraised_at = step.at


def reopen(dossier, *, by, comment, acting=None) -> None:
    with DOSSIER.perform("reopen", dossier, by=by, acting=acting, comment=comment) as step:
        if step.object.nominees.filter(proposal__isnull=False).exists():
            raise Refused("Có đối tượng đã nằm trong Tờ trình. Hãy đưa ra khỏi Tờ trình trước.")


def give_verdict(action: str, nominee, *, by, comment="", acting=None) -> None:
    """One of the four verdicts of the appraisal on one nominee of a submitted dossier."""
    with transaction.atomic():
        dossier = Dossier.objects.select_for_update().get(pk=nominee.dossier_id)
        if dossier.state != "submitted":
            raise Refused("Hồ sơ không ở trạng thái chờ thẩm định. Hãy tải lại trang.")
        with NOMINEE.perform(action, nominee, by=by, acting=acting, comment=comment) as step:
            step.object.appraised_by = by
            step.object.appraised_at = step.at
            step.object.appraisal_reason = step.comment
