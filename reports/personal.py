"""What is held of whoever asks the standing body a question."""

from django.db.models import Q

from core.personal import HIDDEN, Holding, Outcome, hold
from reports.models import Enquiry


def _asked_by(subject) -> Q | None:
    return Q(user=subject.user) | Q(email__iexact=subject.user.email) if subject.user else None


hold(
    Holding(
        "reports.enquiry",
        "Người gửi câu hỏi",
        Enquiry,
        "Trả lời người hỏi; tìm chỗ vướng trên cổng.",
        {"name": HIDDEN, "email": "an-danh@an-danh.invalid", "text": HIDDEN, "answer": HIDDEN},
        (Outcome("answered", "đã trả lời", lambda day: Q(answered_at__date__lt=day)),),
        of=_asked_by,
        mark="name",
        also=("asked_at", "page"),
    )
)
