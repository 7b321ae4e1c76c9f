import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.calendar import last_instant
from criteria.models import CriteriaSet
from registrations.enums import ObligationKind, PeriodState


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
    #: the report of record: eligibility is read from this year's annual report, as it stood on that day
    record_year = models.PositiveSmallIntegerField("năm của báo cáo làm căn cứ xét", null=True, blank=True)
    record_cutoff = models.DateField("ngày chốt số liệu", null=True, blank=True)
    #: figures that call for a second look: the law is silent, so the margins and their source are data
    jump_margin = models.PositiveSmallIntegerField(
        "mức biến động cần giải thích (điểm phần trăm)", default=20
    )
    near_margin = models.PositiveSmallIntegerField("khoảng sát mức phải đạt (điểm phần trăm)", default=2)
    margins_basis = models.CharField(
        "căn cứ của hai mức trên", max_length=300, default="Giả định; kế hoạch không quy định"
    )
    is_assumed = models.BooleanField("giả định", default=False)

    class Meta:
        verbose_name = "giai đoạn phong trào"
        verbose_name_plural = "giai đoạn phong trào"
        ordering = ["-first_year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="campaign_years_are_in_order",
                violation_error_code="last_year",
                violation_error_message="Năm cuối không được trước năm đầu.",
            ),
            models.CheckConstraint(
                condition=Q(final_review_year__gte=F("first_year"), final_review_year__lte=F("last_year")),
                name="campaign_is_reviewed_within_its_years",
                violation_error_code="final_review_year",
                violation_error_message="Năm tổng kết phải nằm trong giai đoạn.",
            ),
            models.CheckConstraint(
                condition=Q(record_year__gte=F("first_year"), record_year__lte=F("last_year")),
                name="campaign_report_of_record_is_within_its_years",
                violation_error_code="record_year",
                violation_error_message="Năm của báo cáo làm căn cứ xét phải nằm trong giai đoạn.",
            ),
            models.CheckConstraint(
                condition=Q(record_cutoff__isnull=True) | Q(record_year__isnull=False),
                name="campaign_cutoff_is_of_a_report",
                violation_error_code="record_year",
                violation_error_message="Có ngày chốt số liệu thì phải ghi năm của báo cáo làm căn cứ xét.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("registrations:campaign", args=[self.uid])


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


#: the days of a period, in the order of the year; all but the first are last days
MILESTONES = (
    "opens_on",
    "last_day",
    "locks_on",
    "launch_last_day",
    "pilots_last_day",
    "six_month_last_day",
    "report_last_day",
    "verify_last_day",
    "dossier_last_day",
)
LAST_DAYS = MILESTONES[1:]


def _in_order(name, field, condition, message):
    """A truth about the order of milestones; forms show its message at `field`."""
    return models.CheckConstraint(
        condition=condition,
        name=f"period_{name}",
        violation_error_code=field,
        violation_error_message=message,
    )


class Period(models.Model):
    """One year of a campaign and its milestones.

    Each `…last_day` is inclusive, to 23:59:59 in Asia/Ho_Chi_Minh; one left empty is not
    asked for in this year.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="periods", verbose_name="giai đoạn"
    )
    year = models.PositiveSmallIntegerField(
        "năm", unique=True, error_messages={"unique": "Năm này đã có kỳ."}
    )
    opens_on = models.DateField("mở từ ngày")
    last_day = models.DateField("ngày cuối nhận đúng hạn")
    locks_on = models.DateField("ngày cuối còn nhận (nộp muộn)")
    launch_last_day = models.DateField("ngày cuối phát động", null=True, blank=True)
    pilots_last_day = models.DateField("ngày cuối gửi danh sách chỉ đạo điểm", null=True, blank=True)
    six_month_last_day = models.DateField("ngày cuối nộp báo cáo 6 tháng", null=True, blank=True)
    report_last_day = models.DateField("ngày cuối nộp báo cáo năm")
    verify_last_day = models.DateField("ngày cuối thẩm định số liệu", null=True, blank=True)
    dossier_last_day = models.DateField("ngày cuối nhận hồ sơ khen thưởng", null=True, blank=True)
    supplement_days = models.PositiveSmallIntegerField("số ngày làm việc để bổ sung", default=5)
    contest_days = models.PositiveSmallIntegerField("số ngày làm việc để kiến nghị", default=5)
    communes_file = models.BooleanField("cấp xã nộp trực tiếp", default=False)
    enterprises_file = models.BooleanField("doanh nghiệp phải nộp", default=False)
    basis = models.CharField("căn cứ", max_length=300)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "kỳ"
        verbose_name_plural = "kỳ"
        ordering = ["-year"]
        constraints = [
            _in_order(
                "closes_after_it_opens",
                "last_day",
                Q(last_day__gte=F("opens_on")),
                "Ngày cuối nhận đúng hạn không được trước ngày mở.",
            ),
            _in_order(
                "locks_after_its_last_day",
                "locks_on",
                Q(locks_on__gte=F("last_day")),
                "Ngày cuối còn nhận không được trước ngày cuối nhận đúng hạn.",
            ),
            _in_order(
                "launches_after_it_opens",
                "launch_last_day",
                Q(launch_last_day__gte=F("opens_on")),
                "Ngày cuối phát động không được trước ngày mở.",
            ),
            _in_order(
                "names_pilots_after_it_opens",
                "pilots_last_day",
                Q(pilots_last_day__gte=F("opens_on")),
                "Ngày cuối gửi danh sách chỉ đạo điểm không được trước ngày mở.",
            ),
            _in_order(
                "six_months_are_reported_after_registration",
                "six_month_last_day",
                Q(six_month_last_day__gte=F("last_day")),
                "Báo cáo 6 tháng không được trước ngày cuối nhận đăng ký đúng hạn.",
            ),
            _in_order(
                "year_is_reported_after_registration",
                "report_last_day",
                Q(report_last_day__gte=F("last_day")),
                "Báo cáo năm không được trước ngày cuối nhận đăng ký đúng hạn.",
            ),
            _in_order(
                "year_is_reported_after_six_months",
                "report_last_day",
                Q(report_last_day__gte=F("six_month_last_day")),
                "Báo cáo năm không được trước báo cáo 6 tháng.",
            ),
            _in_order(
                "is_verified_after_the_report",
                "verify_last_day",
                Q(verify_last_day__gte=F("report_last_day")),
                "Thẩm định số liệu không được kết thúc trước ngày cuối nộp báo cáo năm.",
            ),
            _in_order(
                "takes_dossiers_after_the_report",
                "dossier_last_day",
                Q(dossier_last_day__gte=F("report_last_day")),
                "Ngày cuối nhận hồ sơ khen thưởng không được trước ngày cuối nộp báo cáo năm.",
            ),
        ]

    def __str__(self):
        return f"Năm {self.year}"

    def get_absolute_url(self):
        return reverse("registrations:period", args=[self.year])

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

    @property
    def dues(self) -> dict[ObligationKind, date]:
        """The last day of each thing owed in this year, for everyone without an extension."""
        days = {
            ObligationKind.REGISTRATION: self.last_day,
            ObligationKind.LAUNCH: self.launch_last_day,
            ObligationKind.PILOTS: self.pilots_last_day,
            ObligationKind.SIX_MONTH_REPORT: self.six_month_last_day,
            ObligationKind.ANNUAL_REPORT: self.report_last_day,
        }
        return {kind: day for kind, day in days.items() if day}
