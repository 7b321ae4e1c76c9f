"""The head of the unit approves before the unit files, where the unit wants it so."""

from django.db import transaction

from core import clock
from core.models import Event
from core.transitions import Refused, Transition, Workflow
from registrations import checks, emails
from registrations.enums import ApprovalState
from registrations.models import ApprovalSetting, HeadApproval, Registration
from registrations.workflow.drafts import EDITABLE

APPROVAL = Workflow(
    HeadApproval,
    Transition("approve", ("asked",), "approved", "Duyệt", sentence="đã duyệt để nộp"),
    Transition("send_back", ("asked",), "sent_back", "Yêu cầu sửa", needs_comment=True),
    Transition("take_back", ("asked",), "taken_back", "Trình lại"),
)


def ask_head(registration, *, by, version: int, acting=None) -> HeadApproval:
    """Put the registration as seen at `version` before the head of the unit."""
    with transaction.atomic():
        draft = Registration.objects.select_for_update().get(pk=registration.pk)
        if not by.has_perm("registrations.ask_head_registration", draft):
            raise Refused("Bạn không có quyền trình bản đăng ký này.", status=403)
        if draft.state not in EDITABLE:
            raise Refused(f"Không trình được: bản đăng ký đang ở trạng thái “{draft.get_state_display()}”.")
        if draft.version != version:
            raise Refused("Bản đăng ký vừa được sửa sau khi bạn mở trang này. Hãy xem lại rồi trình.")
        missing = [finding for finding in checks.missing_for_asking(draft) if finding.blocks]
        if missing:
            raise Refused("Chưa trình được vì còn thiếu nội dung.", missing, status=422)
        earlier = draft.approvals.filter(state=ApprovalState.ASKED).first()
        if earlier and earlier.version == version:
            return earlier
        if earlier:
            with APPROVAL.perform("take_back", earlier, by=by, acting=acting, is_consequence=True):
                pass
        approval = HeadApproval.objects.create(
            registration=draft, version=version, asked_by=by, asked_at=clock.now()
        )
        Event.record("ask_head", approval, by=by, acting=acting, after=approval.state, at=approval.asked_at)
        emails.head_asked(approval)
    return approval


def approve(approval, *, by, acting=None) -> None:
    with APPROVAL.perform("approve", approval, by=by, acting=acting) as step:
        _decide(step, by)
        emails.head_approved(step.object)


def send_back(approval, *, by, comment, acting=None) -> None:
    with APPROVAL.perform("send_back", approval, by=by, acting=acting, comment=comment) as step:
        _decide(step, by)
        emails.head_sent_back(step.object, step.comment)


def _decide(step, by):
    approval = step.object
    if approval.registration.version != approval.version:
        raise Refused("Bản đăng ký đã được sửa sau khi trình. Người lập hồ sơ cần trình lại.")
    approval.decided_by, approval.decided_at = by, step.at


def require_head_approval(unit, is_required: bool, *, by, acting=None) -> None:
    """Say whether the head approves before `unit` files; wanted only where there is a head to ask."""
    with transaction.atomic():
        if not by.has_perm("registrations.set_approval_unit", unit):
            raise Refused("Chỉ quản trị hoặc thủ trưởng của đơn vị đặt được quy định này.", status=403)
        if is_required and not emails.heads_of(unit).exists():
            raise Refused(
                f"{unit.name} chưa có tài khoản thủ trưởng đơn vị. Hãy mời thủ trưởng vào cổng trước.",
                status=422,
            )
        ApprovalSetting.objects.update_or_create(
            unit=unit, defaults={"is_required": is_required, "set_by": by, "set_at": clock.now()}
        )
        Event.record(
            "require_head_approval" if is_required else "drop_head_approval", unit, by=by, acting=acting
        )
