import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from awards.enums import HoldKind
from awards.models.nominee import Nominee
from core.models import File


class HoldQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)


class Hold(models.Model):
    """A nominee is not judged while discipline, an investigation or a complaint is open.

    The hold suspends and refuses nothing; `Nominee.is_held` follows the open ones.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominee = models.ForeignKey(Nominee, on_delete=models.PROTECT, related_name="holds")
    kind = models.CharField("lý do", max_length=16, choices=HoldKind)
    reason = models.CharField("nội dung", max_length=300)
    document_number = models.CharField("số văn bản", max_length=60)
    document_on = models.DateField("ngày văn bản")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", verbose_name="văn bản")
    opened_at = models.DateTimeField("tạm dừng lúc")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    closed_at = models.DateTimeField("xét tiếp lúc", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField("kết luận", max_length=300, blank=True)
    closing_file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = "tạm dừng xét"
        verbose_name_plural = "tạm dừng xét"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["nominee", "kind"],
                condition=Q(closed_at__isnull=True),
                name="hold_is_open_once_per_kind",
                violation_error_message="Đối tượng đang tạm dừng vì lý do này rồi.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_by__isnull=False) & ~Q(outcome=""),
                name="hold_closed_has_outcome",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.nominee}"

    @property
    def case(self):
        return self.nominee.dossier
