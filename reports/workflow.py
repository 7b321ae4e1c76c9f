"""The acts of this app: progress is published, help is put away, questions are asked and answered."""

from django.db import transaction

from awards.models import PublicRecord
from core import clock
from core.models import Event
from core.transitions import Refused
from reports import emails, progress
from reports.models import Enquiry, GuideRead


def publish_progress(period, *, by, acting=None) -> PublicRecord:
    """Make today's counts public; they take the place of what was published of the period before."""
    if not by.has_perm("reports.publish_progress", period):
        raise Refused("Chỉ lãnh đạo cơ quan thường trực công bố tiến độ phong trào.", status=403)
    with transaction.atomic():
        now = clock.now()
        figures = progress.figures_of(period)
        if not figures["tiers"]:
            raise Refused("Kỳ này chưa có đơn vị nào phải đăng ký nên chưa có gì để công bố.", status=422)
        record = PublicRecord(
            kind="progress",
            uid=period.uid,
            payload={
                "id": str(period.uid),
                "campaign": period.campaign.code,
                "year": period.year,
                "as_of": clock.local_date(now).isoformat(),
                **figures,
            },
            published_at=now,
            updated_at=now,
            year=period.year,
            search_text=f"tiến độ {period.year}",
        )
        PublicRecord.append([record])
        Event.record("publish_progress", period, by=by, acting=acting, data={"sequence": record.sequence})
    return record


def read_guide(user, manual) -> None:
    GuideRead.objects.get_or_create(user=user, manual=manual, defaults={"read_at": clock.now()})


def ask(*, request_key, user, name, email, text, page="", request_id="") -> Enquiry:
    """Keep a question and tell the standing body; the same key again is the same question."""
    with transaction.atomic():
        enquiry, is_new = Enquiry.objects.get_or_create(
            request_key=request_key,
            defaults={
                "user": user,
                "name": name,
                "email": email,
                "text": text,
                "page": page,
                "request_id": request_id,
                "asked_at": clock.now(),
            },
        )
        if is_new:
            Event.record("ask", enquiry, by=user, data={"page": page, "request_id": request_id})
            emails.enquiry_asked(enquiry)
    return enquiry


def answer(enquiry, *, text, by, acting=None) -> None:
    """Answer once, by mail."""
    with transaction.atomic():
        enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
        if not by.has_perm("reports.answer_enquiry", enquiry):
            raise Refused("Chỉ cơ quan thường trực trả lời câu hỏi.", status=403)
        if enquiry.answered_at:
            raise Refused(f"Câu hỏi này {enquiry.answered_by.full_name} đã trả lời.", status=409)
        enquiry.answer, enquiry.answered_by, enquiry.answered_at = text, by, clock.now()
        enquiry.save(update_fields=["answer", "answered_by", "answered_at"])
        Event.record("answer", enquiry, by=by, acting=acting)
        emails.enquiry_answered(enquiry)
