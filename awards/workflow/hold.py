"""Holds: a nominee is not judged while discipline, an investigation or a complaint is open.

Not a state of its own: whatever the nominee has been given stays, and is gone on with afterwards
(NĐ 152/2025 Art. 4.4).
"""

from django.db import transaction

from awards.models import Hold, Nominee
from core import clock
from core.findings import Finding
from core.models import Event
from core.transitions import Refused

#: until the name is printed in a published decision
HOLDABLE = ("proposed", "recommended", "approved")


def _locked(nominee, action, by) -> Nominee:
    locked = Nominee.objects.select_for_update(of=("self",)).select_related("dossier").get(pk=nominee.pk)
    if not by.has_perm(f"awards.{action}_nominee", locked):
        raise Refused("Bạn không có quyền tạm dừng hoặc cho xét tiếp đối tượng này.", status=403)
    return locked


def _say(findings) -> None:
    if findings:
        raise Refused("Chưa ghi được vì còn thiếu nội dung.", findings, status=422)


def hold(
    nominee, *, by, kind: str, reason: str, document_number: str, document_on, file, acting=None
) -> Hold:
    """Suspend the nominee; `file` is the document that says so."""
    with transaction.atomic():
        locked = _locked(nominee, "hold", by)
        if locked.state not in HOLDABLE:
            label = locked.get_state_display()
            raise Refused(f"Không tạm dừng được: đối tượng đang ở trạng thái “{label}”.")
        missing = []
        if not reason.strip():
            missing.append(Finding("Hãy ghi nội dung việc tạm dừng.", field="reason"))
        if not document_number.strip() or document_on is None:
            missing.append(Finding("Hãy ghi số và ngày của văn bản.", field="document_number"))
        elif document_on > clock.today():
            missing.append(Finding("Ngày văn bản không thể ở tương lai.", field="document_on"))
        if file is None:
            missing.append(Finding("Hãy tải lên văn bản làm căn cứ.", field="upload"))
        _say(missing)
        if locked.holds.open().filter(kind=kind).exists():
            raise Refused("Đối tượng đang tạm dừng vì lý do này rồi. Hãy tải lại trang.")
        opened = Hold.objects.create(
            nominee=locked,
            kind=kind,
            reason=reason.strip(),
            document_number=document_number.strip(),
            document_on=document_on,
            file=file,
            opened_at=clock.now(),
            opened_by=by,
        )
        _follow(locked)
        data = {"hold": str(opened.uid), "kind": kind, "document": opened.document_number}
        Event.record("hold", locked, by=by, acting=acting, comment=opened.reason, data=data)
    nominee.refresh_from_db()
    return opened


def release(opened, *, by, outcome: str, file=None, acting=None) -> None:
    """Close one hold; the nominee goes on once none is open."""
    with transaction.atomic():
        locked = _locked(opened.nominee, "release", by)
        current = Hold.objects.select_for_update(of=("self",)).get(pk=opened.pk)
        if current.closed_at is not None:
            raise Refused("Việc tạm dừng này đã kết thúc rồi. Hãy tải lại trang.")
        if not outcome.strip():
            _say([Finding("Hãy ghi kết luận của việc xem xét.", field="outcome")])
        current.closed_at, current.closed_by = clock.now(), by
        current.outcome, current.closing_file = outcome.strip(), file
        current.save()
        _follow(locked)
        data = {"hold": str(current.uid), "kind": current.kind}
        Event.record("release", locked, by=by, acting=acting, comment=current.outcome, data=data)
    opened.refresh_from_db()


def _follow(nominee) -> None:
    """`is_held` and its words are those of the holds that are open."""
    still = list(nominee.holds.open())
    nominee.is_held = bool(still)
    nominee.hold_reason = "; ".join(f"{h.get_kind_display()}: {h.reason}" for h in still)[:300]
    nominee.save(update_fields=["is_held", "hold_reason"])
