import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from registrations.enums import BoardAct, RowOutcome
from registrations.models.obligation import Obligation
from registrations.models.wording import Wording
from units.models import Unit


class BulkAct(models.Model):
    """One act of the standing body on many units at once, each row on its own.

    `request_key` makes a double click the same act; `seen_at` is when the list was shown: what
    changed since was not seen and is refused.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    act = models.CharField("việc", max_length=10, choices=BoardAct)
    request_key = models.UUIDField(unique=True)
    title = models.CharField("phạm vi", max_length=200)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, verbose_name="mẫu lời")
    seen_at = models.DateTimeField("danh sách mở lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người thực hiện"
    )
    acting = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("bắt đầu lúc")
    finished_at = models.DateTimeField("xong lúc", null=True)

    class Meta:
        verbose_name = "việc làm hàng loạt"
        verbose_name_plural = "việc làm hàng loạt"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["id"], condition=Q(finished_at__isnull=True), name="bulk_act_unfinished")
        ]

    def __str__(self):
        return f"{self.get_act_display()}: {self.title}"

    def get_absolute_url(self):
        return reverse("registrations:bulk_act", args=[self.uid])


class BulkActRow(models.Model):
    """What became of one unit in a bulk act."""

    act = models.ForeignKey(BulkAct, on_delete=models.PROTECT, related_name="rows")
    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, related_name="+", verbose_name="nghĩa vụ"
    )
    outcome = models.CharField("kết quả", max_length=10, choices=RowOutcome, default=RowOutcome.WAITING)
    reason = models.CharField("lý do", max_length=300, blank=True)

    class Meta:
        verbose_name = "dòng của việc hàng loạt"
        verbose_name_plural = "dòng của việc hàng loạt"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["act", "obligation"], name="bulk_act_row_is_one_per_obligation"),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | ~Q(reason=""), name="bulk_act_row_refused_has_reason"
            ),
        ]

    def __str__(self):
        return f"{self.obligation}: {self.get_outcome_display()}"
