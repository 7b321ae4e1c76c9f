import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import File
from criteria.models import Scale
from registrations.models.campaign import Period
from units.enums import Tier
from units.models import Unit

#: the most points one bonus or penalty may be worth
GREATEST_ADJUSTMENT = 100


class AdjustmentQuerySet(models.QuerySet):
    def counting(self):
        return self.filter(withdrawn_at__isnull=True)


class Adjustment(models.Model):
    """A bonus (above zero) or penalty (below) of one unit in one period, with its reason, by a document."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.ForeignKey(
        Period, on_delete=models.PROTECT, related_name="adjustments", verbose_name="kỳ"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="adjustments", verbose_name="đơn vị"
    )
    points = models.SmallIntegerField("điểm")
    reason = models.CharField("lý do", max_length=400)
    document = models.ForeignKey(File, on_delete=models.PROTECT, verbose_name="văn bản")
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    withdrawn_at = models.DateTimeField("rút lúc", null=True, blank=True)

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        verbose_name = "điểm cộng, điểm trừ"
        verbose_name_plural = "điểm cộng, điểm trừ"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(points__range=(-GREATEST_ADJUSTMENT, GREATEST_ADJUSTMENT)) & ~Q(points=0),
                name="adjustment_points_are_not_zero",
                violation_error_message="Điểm cộng hoặc trừ từ 1 đến 100.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="adjustment_has_a_reason",
                violation_error_message="Phải ghi lý do.",
            ),
        ]

    def __str__(self):
        return f"{self.points:+d}: {self.reason}"


class RankingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everyone reads what is published; the desks also what has been retracted."""
        if user.has_perm("registrations.view_scores"):
            return self
        return self.published()

    def published(self):
        return self.filter(state="published")


class Ranking(models.Model):
    """The ranking of one tier in one period as a lead published it; its rows are frozen."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="rankings", verbose_name="kỳ")
    tier = models.CharField("cấp", max_length=12, choices=Tier)
    state = models.CharField(
        "trạng thái",
        max_length=12,
        choices=[("draft", "Chưa công bố"), ("published", "Đã công bố"), ("retracted", "Đã thu hồi")],
        default="draft",
    )
    #: none: the points are indicative, no scale has been issued
    scale = models.ForeignKey(
        Scale, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thang điểm"
    )
    sha256 = models.CharField("SHA-256", max_length=64)
    published_at = models.DateTimeField("công bố lúc", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người công bố",
    )

    objects = RankingQuerySet.as_manager()

    class Meta:
        verbose_name = "bảng xếp hạng"
        verbose_name_plural = "bảng xếp hạng"
        ordering = ["-period__year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "tier"],
                condition=Q(state="published"),
                name="ranking_is_published_once_per_period_and_tier",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False, published_by__isnull=False),
                name="ranking_published_has_instant_and_person",
            ),
        ]

    def __str__(self):
        return f"Xếp hạng {self.get_tier_display().lower()} năm {self.period.year}"

    def get_absolute_url(self):
        return reverse("registrations:ranking", args=[self.uid])


class RankingRow(models.Model):
    """One unit's place; never changed."""

    ranking = models.ForeignKey(Ranking, on_delete=models.PROTECT, related_name="rows")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rankings", verbose_name="đơn vị")
    #: the units ranked among each other: bloc, with or without procedures; empty when the whole tier is
    group = models.CharField("nhóm", max_length=300, blank=True)
    #: within the group; none: the unit is not ranked
    place = models.PositiveSmallIntegerField("hạng", null=True, blank=True)
    #: exact, as "1000/13"
    total = models.CharField("tổng điểm", max_length=40, blank=True)
    #: the sum line by line, as `registrations.ranking` explains it
    explanation = models.JSONField("cách tính", default=dict)

    class Meta:
        verbose_name = "hạng của đơn vị"
        verbose_name_plural = "hạng của đơn vị"
        ordering = ["group", "place", "unit__sort_name", "id"]
        constraints = [models.UniqueConstraint(fields=["ranking", "unit"], name="ranking_names_a_unit_once")]

    def __str__(self):
        return f"{self.unit}: {self.place}"
