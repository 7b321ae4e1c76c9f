from django.db import models

from core import clock
from registrations.enums import ObligationKind
from registrations.models.campaign import Period
from units.models import Unit


class ObligationQuerySet(models.QuerySet):
    def outstanding(self):
        """Owed and not yet met: nothing filed, or taken back. Boards, percentages and
        reminders count these and nothing else."""
        return self.filter(is_waived=False, met_at__isnull=True)


class Obligation(models.Model):
    """What one unit owes in one period, and until when. `met_at` is the first filing."""

    period = models.ForeignKey(
        Period, on_delete=models.PROTECT, related_name="obligations", verbose_name="kỳ"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="obligations", verbose_name="đơn vị"
    )
    kind = models.CharField("việc phải làm", max_length=20, choices=ObligationKind)
    due = models.DateField("hạn cuối")
    reason = models.CharField("vì sao phải làm", max_length=200)
    met_at = models.DateTimeField("nộp lần đầu lúc", null=True, blank=True)
    is_waived = models.BooleanField("được miễn", default=False)
    waived_reason = models.CharField("lý do miễn", max_length=200, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = "nghĩa vụ"
        verbose_name_plural = "nghĩa vụ"
        ordering = ["period", "unit__sort_name"]
        constraints = [
            models.UniqueConstraint(fields=["period", "unit", "kind"], name="obligation_is_owed_once"),
            models.CheckConstraint(
                condition=models.Q(is_waived=False) | ~models.Q(waived_reason=""),
                name="obligation_waived_has_reason",
            ),
        ]

    def __str__(self):
        return f"{self.unit}: {self.get_kind_display()} {self.period.year}"

    @property
    def is_late(self) -> bool:
        """First filed after the day it was due, which lasts to 24:00 in Asia/Ho_Chi_Minh."""
        return self.met_at is not None and clock.local_date(self.met_at) > self.due
