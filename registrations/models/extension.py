import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import File
from registrations.models.obligation import Obligation


class ExtensionQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(ended_at__isnull=True)


class Extension(models.Model):
    """A later last day for what one unit owes. Ended or replaced, never deleted.

    The day in force stands in `Obligation.due`, which all else reads.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, related_name="extensions", verbose_name="nghĩa vụ"
    )
    last_day = models.DateField("gia hạn đến hết ngày")
    reason = models.CharField("lý do", max_length=300)
    document = models.OneToOneField(
        File, on_delete=models.PROTECT, null=True, blank=True, verbose_name="văn bản kèm theo"
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người duyệt"
    )
    granted_at = models.DateTimeField("duyệt lúc")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người kết thúc",
    )
    ended_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    ended_reason = models.CharField("lý do kết thúc", max_length=300, blank=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = "gia hạn"
        verbose_name_plural = "gia hạn"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"],
                condition=Q(ended_at__isnull=True),
                name="extension_in_force_is_one_per_obligation",
                violation_error_message="Đơn vị đang được gia hạn cho việc này.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_by__isnull=False) & ~Q(ended_reason=""),
                name="extension_ended_says_by_whom_and_why",
            ),
        ]

    def __str__(self):
        return f"{self.obligation}: gia hạn đến hết ngày {self.last_day:%d/%m/%Y}"

    @property
    def case(self) -> Obligation:
        return self.obligation
