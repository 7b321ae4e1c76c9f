"""What a unit is told of those it put forward and who were not taken."""

from django.db import transaction

from awards import checks, emails
from awards.models import Feedback, Nominee
from core import clock
from core.models import Event
from core.transitions import Refused


def write_feedback(nominee, *, text: str, by, acting=None) -> Feedback:
    """Write, or write anew, what the unit will read of a nominee that was not taken."""
    with transaction.atomic():
        locked = Nominee.objects.select_for_update().get(pk=nominee.pk)
        if not by.has_perm("awards.write_feedback_nominee", locked):
            why = checks.conflict_with(by, locked) or "bạn không thẩm định đối tượng này"
            raise Refused(f"Không ghi được góp ý: {why}.", status=403)
        if findings := checks.missing_for_feedback(locked, text):
            raise Refused("Chưa ghi được góp ý.", findings, status=422)
        known = Feedback.objects.filter(nominee=locked).first()
        if known and known.released_at:
            raise Refused("Góp ý đã được duyệt gửi, không sửa được nữa.")
        feedback, _ = Feedback.objects.update_or_create(
            nominee=locked,
            defaults={"text": text.strip(), "written_at": clock.now(), "written_by": by},
        )
        Event.record("write_feedback", locked, by=by, acting=acting, comment=text.strip())
    return feedback


def release_feedback(nominee, *, by, acting=None) -> None:
    """A lead lets the unit read it; it is told once the embargo on the outcome is lifted."""
    with transaction.atomic():
        feedback = Feedback.objects.select_for_update().get(nominee=nominee)
        if not by.has_perm("awards.release_feedback_nominee", nominee):
            why = checks.conflict_with(by, nominee) or "chỉ lãnh đạo cơ quan thẩm định duyệt gửi"
            raise Refused(f"Không duyệt gửi được: {why}.", status=403)
        if feedback.written_by_id == by.pk:
            raise Refused("Người viết góp ý không tự duyệt gửi; một lãnh đạo khác sẽ duyệt.", status=403)
        if feedback.released_at:
            raise Refused("Góp ý này đã được duyệt gửi.")
        feedback.released_at, feedback.released_by = clock.now(), by
        feedback.save()
        Event.record("release_feedback", nominee, by=by, acting=acting)


def tell_feedback() -> int:
    """Tell units what was released of nominees whose outcome they may read; returns how many dossiers."""
    waiting = Nominee.objects.filter(feedback__released_at__isnull=False, feedback__told_at__isnull=True)
    revealed = waiting.with_publication().filter(is_revealed=True).select_related("dossier__unit", "feedback")
    told = {}
    for nominee in revealed.order_by("dossier", "pk"):
        told.setdefault(nominee.dossier, []).append(nominee)
    for dossier, nominees in told.items():
        with transaction.atomic():
            rows = Feedback.objects.select_for_update().filter(nominee__in=nominees, told_at__isnull=True)
            keys = list(rows.values_list("pk", flat=True))
            if keys:
                emails.feedback_released(dossier, keys)
                Feedback.objects.filter(pk__in=keys).update(told_at=clock.now())
    return len(told)
