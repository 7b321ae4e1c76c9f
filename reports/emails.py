"""One function per message."""

from django.conf import settings
from django.urls import reverse

from core import outbox
from units.enums import Function, Role
from units.lineage import people_with
from units.models import User

SIGNATURE = "Cổng thi đua chuyển đổi số tỉnh Lào Cai\n"


def enquiry_asked(enquiry):
    """To everyone at the standing body's desk."""
    people = people_with(Function.STANDING_BODY, Role.REVIEWER, Role.LEAD)
    link = settings.SITE_URL + reverse("reports:enquiry", args=[enquiry.uid])
    for user in User.objects.filter(pk__in=people, is_active=True):
        outbox.queue(
            key=f"enquiry-{enquiry.uid}-{user.uid}",
            to=user,
            subject=f"Câu hỏi gửi cơ quan thường trực: {enquiry.name}",
            body=(
                f"Kính gửi {user.full_name},\n\n{enquiry.name} hỏi:\n\n{enquiry.text}\n\n"
                f"Hỏi từ trang: {enquiry.page or 'không rõ'}\n"
                f"Mã yêu cầu: {enquiry.request_id or 'không rõ'}\n"
                f"Trả lời tại: {link}\n\n{SIGNATURE}"
            ),
        )


def enquiry_answered(enquiry):
    outbox.queue(
        key=f"enquiry-answered-{enquiry.uid}",
        to=enquiry.user or enquiry.email,
        subject="Trả lời câu hỏi của ông/bà về cổng thi đua chuyển đổi số",
        body=(
            f"Kính gửi {enquiry.name},\n\n{enquiry.answer}\n\nÔng/bà đã hỏi:\n{enquiry.text}\n\n{SIGNATURE}"
        ),
    )
