import uuid

from django.conf import settings
from django.db import models


class MailState(models.TextChoices):
    QUEUED = "queued", "Chờ gửi"
    SENDING = "sending", "Đang gửi"
    SENT = "sent", "Đã gửi"
    UNCERTAIN = "uncertain", "Chưa rõ đã gửi hay chưa"
    FAILED = "failed", "Không gửi được"
    DROPPED = "dropped", "Không cần gửi nữa"
    BOUNCED = "bounced", "Bị trả lại"


TONES = {
    MailState.QUEUED: "info",
    MailState.SENDING: "info",
    MailState.SENT: "success",
    MailState.UNCERTAIN: "warning",
    MailState.FAILED: "danger",
    MailState.DROPPED: "neutral",
    MailState.BOUNCED: "danger",
}


class OutboxMail(models.Model):
    """One mail to one person. The row is the truth; the broker only hurries it along.

    `key` makes it impossible to queue the same mail twice. A send whose outcome is
    unknown (the worker died between handing over and noting it) is parked as
    `uncertain` for staff to see, and never repeated blindly.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField("khóa", max_length=200, unique=True)
    to = models.EmailField("người nhận")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    subject = models.CharField("tiêu đề", max_length=255)
    body = models.TextField("nội dung")
    message_id = models.CharField("Message-ID", max_length=255, unique=True)
    state = models.CharField("trạng thái", max_length=10, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    lease_until = models.DateTimeField(null=True)
    queued_at = models.DateTimeField("vào hàng lúc")
    sent_at = models.DateTimeField("gửi lúc", null=True)
    answer = models.CharField("trả lời của máy chủ thư", max_length=255, blank=True)
    #: dotted name of a function(mail) -> Words | None asked just before sending; "" = as it was queued
    still_due = models.CharField(max_length=120, blank=True)
    case_uid = models.UUIDField("vụ việc", null=True)
    unit_uid = models.UUIDField("đơn vị", null=True)

    class Meta:
        verbose_name = "thư"
        verbose_name_plural = "thư đi"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "lease_until"]),
            models.Index(fields=["unit_uid", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False) | ~models.Q(state="sent"),
                name="mail_sent_has_instant",
            )
        ]

    def __str__(self):
        return f"{self.to}: {self.subject}"
