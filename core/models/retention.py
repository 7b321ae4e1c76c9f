import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q


class RetentionPeriod(models.Model):
    """For how many months personal data of a kind is kept after how its matter ended.

    A row with its basis and validity: where the law names no period, the row says whose assumption it is.
    What has no row in force is kept.
    """

    uid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    #: `code` of a `core.personal.Holding` and of one of its outcomes
    holding = models.CharField("loại dữ liệu", max_length=60)
    outcome = models.CharField("kết quả của việc", max_length=40)
    months = models.PositiveSmallIntegerField("số tháng")
    validity = DateRangeField("thời gian áp dụng")
    basis = models.CharField("căn cứ", max_length=300)

    class Meta:
        verbose_name = "thời hạn lưu dữ liệu cá nhân"
        verbose_name_plural = "thời hạn lưu dữ liệu cá nhân"
        ordering = ["holding", "outcome", "validity"]
        constraints = [
            ExclusionConstraint(
                name="retention_period_is_one_at_a_time",
                expressions=[
                    ("holding", RangeOperators.EQUAL),
                    ("outcome", RangeOperators.EQUAL),
                    ("validity", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Đã có thời hạn áp dụng cho khoảng thời gian đó.",
            ),
            models.CheckConstraint(condition=Q(validity__isempty=False), name="retention_period_lasts"),
            models.CheckConstraint(condition=~Q(basis=""), name="retention_period_has_a_basis"),
        ]

    def __str__(self):
        return f"{self.holding}/{self.outcome}: {self.months} tháng"
