import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q


class ConflictPeriod(models.Model):
    """For how many months a past membership bars a person from judging the unit, by the day of judging.

    No statute gives the number, so it is a row with its source, set by the administrator.
    """

    uid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    months = models.PositiveSmallIntegerField("số tháng")
    validity = DateRangeField("thời gian áp dụng")
    basis = models.CharField("căn cứ", max_length=300)

    class Meta:
        verbose_name = "thời hạn tránh xung đột lợi ích"
        verbose_name_plural = "thời hạn tránh xung đột lợi ích"
        ordering = ["-validity"]
        constraints = [
            ExclusionConstraint(
                name="conflict_period_is_one_at_a_time",
                expressions=[("validity", RangeOperators.OVERLAPS)],
                violation_error_message="Đã có thời hạn áp dụng cho khoảng thời gian đó.",
            ),
            models.CheckConstraint(condition=Q(validity__isempty=False), name="conflict_period_lasts"),
        ]

    def __str__(self):
        return f"{self.months} tháng"

    @classmethod
    def months_on(cls, day) -> int | None:
        """None when no row says so: then every past membership bars."""
        return cls.objects.filter(validity__contains=day).values_list("months", flat=True).first()
