import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from awards.models.dossier import Dossier
from awards.models.nominee import Nominee


class SupplementRequest(models.Model):
    """What the desk asks of the unit, item by item; until it is answered the clock stands still."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="supplement_requests")
    number = models.PositiveSmallIntegerField("lần yêu cầu")
    requested_at = models.DateTimeField("yêu cầu lúc")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người yêu cầu"
    )
    due_on = models.DateField("bổ sung đến hết ngày")
    closed_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    is_late = models.BooleanField("chậm bổ sung", default=False)

    class Meta:
        verbose_name = "yêu cầu bổ sung"
        verbose_name_plural = "yêu cầu bổ sung"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="supplement_number_is_unique"),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(closed_at__isnull=True),
                name="supplement_request_is_open_once",
                violation_error_message="Hồ sơ đang có một yêu cầu bổ sung chưa trả lời.",
            ),
        ]

    def __str__(self):
        return f"Yêu cầu bổ sung lần {self.number}"


class SupplementItem(models.Model):
    """One thing that is asked for, and the unit's word on it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(SupplementRequest, on_delete=models.PROTECT, related_name="items")
    nominee = models.ForeignKey(Nominee, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.CharField("cần bổ sung", max_length=500)
    answer = models.CharField("đơn vị trả lời", max_length=1000, blank=True)

    class Meta:
        verbose_name = "mục yêu cầu bổ sung"
        verbose_name_plural = "mục yêu cầu bổ sung"
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="supplement_item_says_what")]

    def __str__(self):
        return self.text
