from django.conf import settings
from django.db import models
from django.db.models import Q

from awards.enums import MatchVerdict
from awards.models.nominee import Nominee
from awards.models.recorded import RecordedAward


class MatchResolution(models.Model):
    """What a person decided of two that may be the same: another nominee, or a name on a Giấy khen.

    It holds for both of a pair, whoever of them was looked at.
    """

    nominee = models.ForeignKey(Nominee, on_delete=models.CASCADE, related_name="resolutions")
    other = models.ForeignKey(
        Nominee, on_delete=models.CASCADE, null=True, blank=True, related_name="resolutions_as_other"
    )
    recorded = models.ForeignKey(
        RecordedAward, on_delete=models.CASCADE, null=True, blank=True, related_name="resolutions"
    )
    verdict = models.CharField("kết luận", max_length=12, choices=MatchVerdict)
    reason = models.CharField("lý do", max_length=500, blank=True)
    resolved_at = models.DateTimeField("kết luận lúc")
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người kết luận"
    )

    class Meta:
        verbose_name = "kết luận về trùng lặp"
        verbose_name_plural = "kết luận về trùng lặp"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(other__isnull=False, recorded__isnull=True)
                | Q(other__isnull=True, recorded__isnull=False),
                name="resolution_is_about_one_other",
            ),
            models.UniqueConstraint(fields=["nominee", "other"], name="resolution_is_one_per_pair"),
            models.UniqueConstraint(
                fields=["nominee", "recorded"], name="resolution_is_one_per_recorded_award"
            ),
            models.CheckConstraint(
                condition=Q(verdict="information") | ~Q(reason=""), name="resolution_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.nominee}: {self.get_verdict_display()}"
