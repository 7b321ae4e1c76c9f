import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from core import clock
from core.calendar import last_instant
from criteria.models import CriteriaSet
from registrations.enums import PeriodState


class Campaign(models.Model):
    """One stage of the movement, e.g. 2022–2025, with its yearly periods."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("mã", max_length=20, unique=True)
    name = models.CharField("tên", max_length=200)
    first_year = models.PositiveSmallIntegerField("năm đầu")
    last_year = models.PositiveSmallIntegerField("năm cuối")
    legal_basis = models.CharField("căn cứ", max_length=300)
    criteria_set = models.ForeignKey(CriteriaSet, on_delete=models.PROTECT, verbose_name="bộ tiêu chí")
    final_review_year = models.PositiveSmallIntegerField("năm tổng kết")
    is_assumed = models.BooleanField("giả định", default=False)

    class Meta:
        verbose_name = "giai đoạn phong trào"
        verbose_name_plural = "giai đoạn phong trào"
        ordering = ["-first_year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="campaign_years_are_in_order"
            ),
            models.CheckConstraint(
                condition=Q(final_review_year__gte=F("first_year"), final_review_year__lte=F("last_year")),
                name="campaign_is_reviewed_within_its_years",
            ),
        ]

    def __str__(self):
        return self.name


class PriorityField(models.Model):
    """One of the plan's ten priority fields (II.8 a–k)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="fields")
    code = models.CharField("mã", max_length=4)
    name = models.CharField("tên", max_length=120)
    position = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "lĩnh vực ưu tiên"
        verbose_name_plural = "lĩnh vực ưu tiên"
        ordering = ["campaign", "position"]
        constraints = [models.UniqueConstraint(fields=["campaign", "code"], name="field_code_is_unique")]

    def __str__(self):
        return self.name


class PeriodQuerySet(models.QuerySet):
    def open_on(self, day):
        """Periods that take filings on that day, on time or late."""
        return self.filter(opens_on__lte=day, locks_on__gte=day)


class Period(models.Model):
    """One year of a campaign. `last_day` is inclusive, to 23:59:59 in Asia/Ho_Chi_Minh."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="periods", verbose_name="giai đoạn"
    )
    year = models.PositiveSmallIntegerField("năm", unique=True)
    opens_on = models.DateField("mở từ ngày")
    last_day = models.DateField("ngày cuối nhận đúng hạn")
    locks_on = models.DateField("ngày cuối còn nhận (nộp muộn)")
    report_last_day = models.DateField("ngày cuối nộp báo cáo năm")
    supplement_days = models.PositiveSmallIntegerField("số ngày làm việc để bổ sung", default=5)
    communes_file = models.BooleanField("cấp xã nộp trực tiếp", default=False)
    enterprises_file = models.BooleanField("doanh nghiệp phải nộp", default=False)
    basis = models.CharField("căn cứ", max_length=300)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "kỳ"
        verbose_name_plural = "kỳ"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("opens_on"))
                & Q(locks_on__gte=F("last_day"))
                & Q(report_last_day__gte=F("last_day")),
                name="period_milestones_are_in_order",
                violation_error_message=(
                    "Các mốc phải theo thứ tự: mở, ngày cuối, khóa; báo cáo năm sau đăng ký."
                ),
            )
        ]

    def __str__(self):
        return f"Năm {self.year}"

    def state_on(self, day: date) -> PeriodState:
        if day < self.opens_on:
            return PeriodState.UPCOMING
        if day <= self.last_day:
            return PeriodState.OPEN
        return PeriodState.LATE if day <= self.locks_on else PeriodState.LOCKED

    @property
    def state(self) -> PeriodState:
        return self.state_on(clock.today())

    @property
    def last_instant(self):
        return last_instant(self.last_day)
