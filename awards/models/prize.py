"""How prize money is rounded, which fund pays it, and what each fund has left."""

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.urls import reverse

from awards.models.regime import AwardForm


class Rounding(models.TextChoices):
    UP = "up", "Làm tròn lên"
    NEAREST = "nearest", "Làm tròn đến mức gần nhất"
    NONE = "none", "Không làm tròn"


class CoefficientDay(models.TextChoices):
    """Which day picks the coefficient; the base salary is always that of the decision."""

    DECISION = "decision", "Ngày ký Quyết định"
    RECEIPT = "receipt", "Ngày cơ quan thi đua - khen thưởng nhận hồ sơ"


class PrizeRule(models.Model):
    """How prizes of decisions signed within `validity` are worked out (NĐ 152/2025 Art. 49)."""

    validity = DateRangeField("áp dụng cho Quyết định ký trong")
    rounding = models.CharField("cách làm tròn", max_length=8, choices=Rounding, default=Rounding.UP)
    step = models.PositiveIntegerField("làm tròn đến (đồng)", default=10_000)
    coefficient_day = models.CharField(
        "hệ số lấy theo", max_length=8, choices=CoefficientDay, default=CoefficientDay.DECISION
    )
    basis = models.CharField("căn cứ", max_length=300)

    class Meta:
        verbose_name = "cách tính tiền thưởng"
        verbose_name_plural = "cách tính tiền thưởng"
        constraints = [
            ExclusionConstraint(
                name="prize_rules_do_not_overlap",
                expressions=[("validity", RangeOperators.OVERLAPS)],
                violation_error_message="Đã có cách tính tiền thưởng trong thời gian này.",
            ),
            models.CheckConstraint(condition=Q(step__gt=0), name="prize_rule_step_is_positive"),
        ]

    def __str__(self):
        return f"{self.get_rounding_display()} {self.step} đồng"


class Fund(models.Model):
    """A fund that pays prizes, e.g. Quỹ Thi đua, Khen thưởng of the province."""

    code = models.CharField("mã", max_length=20, unique=True)
    name = models.CharField("tên", max_length=200)
    basis = models.CharField("căn cứ", max_length=300)
    forms = models.ManyToManyField(
        AwardForm, blank=True, related_name="funds", verbose_name="trả tiền thưởng cho hình thức"
    )

    class Meta:
        verbose_name = "quỹ thi đua, khen thưởng"
        verbose_name_plural = "quỹ thi đua, khen thưởng"
        ordering = ["code"]

    def __str__(self):
        return self.name


class FundYear(models.Model):
    """What a fund may spend in a year, as decided outside the portal."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField("năm")
    ceiling = models.PositiveBigIntegerField("mức trần (đồng)")
    warn_percent = models.PositiveSmallIntegerField("báo trước khi dùng đến (%)", default=80)
    basis = models.CharField("căn cứ", max_length=300)

    class Meta:
        verbose_name = "quỹ của một năm"
        verbose_name_plural = "quỹ của các năm"
        ordering = ["-year", "fund"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "year"],
                name="fund_year_is_stated_once",
                violation_error_message="Quỹ này đã có mức trần của năm đó.",
            ),
            models.CheckConstraint(
                condition=Q(warn_percent__range=(1, 100)),
                name="fund_year_warns_within_its_ceiling",
                violation_error_message="Tỷ lệ báo trước từ 1 đến 100 %.",
            ),
        ]

    def __str__(self):
        return f"{self.fund}, năm {self.year}"

    def get_absolute_url(self):
        return reverse("awards:fund_year", args=[self.uid])


class FundEntryKind(models.TextChoices):
    PRIZE = "prize", "Tiền thưởng theo Quyết định"
    PAYMENT = "payment", "Đã chi trả"
    OTHER = "other", "Chi khác của quỹ"
    RECOVERY = "recovery", "Thu hồi tiền thưởng"


class FundEntry(models.Model):
    """One line of the ledger; a trigger keeps it. A wrong line is set right by another one."""

    fund_year = models.ForeignKey(FundYear, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField("loại", max_length=10, choices=FundEntryKind)
    amount = models.BigIntegerField("số tiền (đồng)")
    on = models.DateField("ngày")
    note = models.CharField("diễn giải", max_length=300)
    decision = models.ForeignKey(
        "awards.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="fund_entries"
    )
    award = models.ForeignKey(
        "awards.Award", on_delete=models.PROTECT, null=True, blank=True, related_name="fund_entries"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người ghi"
    )
    recorded_at = models.DateTimeField("ghi lúc")

    class Meta:
        verbose_name = "dòng sổ quỹ"
        verbose_name_plural = "sổ quỹ"
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["fund_year", "on"])]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="fund_entry_is_not_nothing"),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(kind="prize"), name="prizes_of_a_decision_are_entered_once"
            ),
        ]

    def __str__(self):
        return f"{self.fund_year}: {self.get_kind_display()} {self.amount}"
