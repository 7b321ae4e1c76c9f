import uuid

from django.conf import settings
from django.db import models


class OpenDataRelease(models.Model):
    """The public data as it stood when a day on which something was published had ended.

    It serves every day until the next one. The files can be made again from `PublicRecord` at any
    time, byte for byte: nothing in them tells when they were made.
    """

    day = models.DateField("ngày", unique=True)
    #: the last publication in it
    sequence = models.BigIntegerField()
    #: [{"name", "size", "sha256"}], in the order in which they are shown
    files = models.JSONField("tệp")
    made_at = models.DateTimeField("tạo lúc")

    class Meta:
        verbose_name = "bộ dữ liệu mở"
        verbose_name_plural = "bộ dữ liệu mở"
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day:%d/%m/%Y}"


class GuideRead(models.Model):
    """A person has put away the guide of the first visit; another role has its own."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    manual = models.CharField("sách hướng dẫn", max_length=40)
    read_at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "hướng dẫn đã đọc"
        verbose_name_plural = "hướng dẫn đã đọc"
        constraints = [
            models.UniqueConstraint(fields=["user", "manual"], name="guideread_is_one_per_person_and_manual")
        ]

    def __str__(self):
        return f"{self.user} · {self.manual}"


class Enquiry(models.Model):
    """A question to the standing body, with the page it was asked on and that page's request."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    #: given with the form; the same key twice is one question
    request_key = models.UUIDField(unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        verbose_name="người hỏi",
        related_name="enquiries",
    )
    name = models.CharField("họ và tên", max_length=120)
    email = models.EmailField("thư điện tử")
    text = models.TextField("nội dung", max_length=4000)
    page = models.CharField("trang", max_length=300, blank=True)
    request_id = models.CharField("mã yêu cầu", max_length=32, blank=True)
    asked_at = models.DateTimeField("hỏi lúc")
    answer = models.TextField("trả lời", max_length=4000, blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        verbose_name="người trả lời",
        related_name="+",
    )

    class Meta:
        verbose_name = "câu hỏi"
        verbose_name_plural = "câu hỏi"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="enquiry_answer_has_words_time_and_person",
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.asked_at:%d/%m/%Y}"
