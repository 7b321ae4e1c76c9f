"""What the law says of the time after a decision and of revoking, as dated rows."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models


class Step(models.TextChoices):
    HAND_OUT = "hand_out", "Trao Bằng khen, Giấy khen"
    HAND_OUT_MANY = "hand_out_many", "Trao Bằng khen, Giấy khen (từ 100 trường hợp)"
    RETURN_ITEMS = "return_items", "Nộp lại hiện vật và tiền thưởng"


class TimeLimitQuerySet(models.QuerySet):
    def in_force_on(self, day, step):
        return self.filter(step=step, validity__contains=day).first()


class TimeLimit(models.Model):
    """How many working days the law gives for a step."""

    step = models.CharField("việc", max_length=20, choices=Step)
    working_days = models.PositiveSmallIntegerField("số ngày làm việc")
    validity = DateRangeField("hiệu lực")
    basis = models.CharField("căn cứ", max_length=300)

    objects = TimeLimitQuerySet.as_manager()

    class Meta:
        verbose_name = "thời hạn sau Quyết định"
        verbose_name_plural = "thời hạn sau Quyết định"
        ordering = ["step"]
        constraints = [
            ExclusionConstraint(
                name="time_limits_do_not_overlap",
                expressions=[("step", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
                violation_error_message="Đã có thời hạn cho việc này trong thời gian đó.",
            )
        ]

    def __str__(self):
        return f"{self.get_step_display()}: {self.working_days} ngày làm việc"


class RevocationGroundQuerySet(models.QuerySet):
    def in_force_on(self, day):
        return self.filter(validity__contains=day)


class RevocationGround(models.Model):
    """A ground on which an award may be revoked (Luật Thi đua, khen thưởng 2022, Art. 93.2)."""

    code = models.CharField("mã", max_length=20, unique=True)
    text = models.CharField("căn cứ hủy bỏ", max_length=400)
    basis = models.CharField("điều khoản", max_length=200)
    validity = DateRangeField("hiệu lực")

    objects = RevocationGroundQuerySet.as_manager()

    class Meta:
        verbose_name = "căn cứ hủy bỏ khen thưởng"
        verbose_name_plural = "căn cứ hủy bỏ khen thưởng"
        ordering = ["code"]

    def __str__(self):
        return f"{self.text} ({self.basis})"
