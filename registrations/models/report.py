import uuid

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When

from core import clock
from core.addresses import address_of
from core.models import File
from criteria.models import Criterion, Scale
from registrations.enums import DESK_LABELS, TONES, FigureVerdict, ObligationKind, ReportState
from registrations.models.campaign import Period
from units.models import Unit

GREATEST_FIGURE = 10**18
#: the standing body is at work: nobody changes the figures
UNDER_REVIEW = (ReportState.SUBMITTED, ReportState.CONTESTED)


REPORT_KINDS = [(k.value, k.label) for k in (ObligationKind.SIX_MONTH_REPORT, ObligationKind.ANNUAL_REPORT)]


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """As for registrations: own ones always, others' once submitted."""
        authority = user.authority
        submitted = Q(first_submitted_at__isnull=False)
        if not (authority.is_standing_body or authority.is_commendation_body):
            submitted &= Q(unit__in=authority.below)
        return self.filter(Q(unit__in=authority.own) | submitted)

    def on_desk(self):
        """Those that await the standing body; six-month reports are read, not verified."""
        return self.filter(state__in=UNDER_REVIEW, kind=ObligationKind.ANNUAL_REPORT)

    def in_turn(self):
        """In the order they are taken up: what a unit contests before the rest, then who came first."""
        comes_first = Case(When(state=ReportState.CONTESTED, then=0), default=1)
        return self.order_by(comes_first, "submitted_at", "pk")


class Report(models.Model):
    """A unit's report of figures for a period, with its narrative."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="reports", verbose_name="kỳ")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports", verbose_name="đơn vị")
    kind = models.CharField(
        "loại báo cáo",
        max_length=20,
        choices=REPORT_KINDS,
        default=ObligationKind.ANNUAL_REPORT,
    )
    state = models.CharField("trạng thái", max_length=12, choices=ReportState, default=ReportState.DRAFT)
    reference = models.CharField("số tiếp nhận", max_length=20, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)
    narrative = models.TextField("kết quả nổi bật", blank=True)
    practices = models.TextField("cách làm mới", blank=True)
    difficulties = models.TextField("khó khăn, vướng mắc", blank=True)
    proposals = models.TextField("đề xuất", blank=True)
    first_submitted_at = models.DateTimeField("nộp lần đầu lúc", null=True, blank=True)
    submitted_at = models.DateTimeField("nộp lúc", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người nộp",
    )
    is_late = models.BooleanField("nộp muộn", default=False)
    verified_at = models.DateTimeField("thẩm định xong lúc", null=True, blank=True)
    #: last day on which refused figures may be contested; none: nothing is refused, or the word is final
    contest_last_day = models.DateField("ngày cuối kiến nghị", null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người thẩm định",
    )
    supplement_due = models.DateField("hạn bổ sung", null=True, blank=True)
    request_key = models.UUIDField(null=True, blank=True, unique=True)
    snapshot = models.JSONField("nội dung đã nộp", null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    created_at = models.DateTimeField("tạo lúc")
    saved_at = models.DateTimeField("lưu lúc")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người lưu")

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo số liệu"
        verbose_name_plural = "báo cáo số liệu"
        ordering = ["-period__year", "unit__sort_name", "id"]
        indexes = [
            models.Index(fields=["period", "state", "submitted_at"]),
            models.Index(fields=["submitted_at", "id"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "unit", "kind"],
                name="report_is_one_per_unit_period_and_kind",
                violation_error_message="Đơn vị đã có báo cáo này.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "returned", "verified", "contested"])
                | Q(first_submitted_at__isnull=False, submitted_at__isnull=False) & ~Q(reference=""),
                name="report_submitted_has_instant_and_reference",
            ),
            models.CheckConstraint(
                condition=~Q(state="verified") | Q(verified_at__isnull=False),
                name="report_verified_has_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | Q(supplement_due__isnull=False),
                name="report_returned_has_supplement_day",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.period.year} – {self.unit.name}"

    def get_absolute_url(self):
        return address_of("registrations:report", self.uid)

    @property
    def is_annual(self) -> bool:
        return self.kind == ObligationKind.ANNUAL_REPORT

    @property
    def may_still_be_contested(self) -> bool:
        """The unit has days left to contest what was refused; after them silence makes it final."""
        day = self.contest_last_day
        return self.state == ReportState.VERIFIED and day is not None and clock.today() <= day

    @property
    def title(self) -> str:
        return f"Báo cáo {'' if self.is_annual else '6 tháng '}năm {self.period.year}"

    @property
    def tone(self):
        return TONES[self.state]

    @property
    def desk_label(self):
        return DESK_LABELS.get(self.state) or self.get_state_display()


class Initiative(models.Model):
    """A sáng kiến that the unit reports: whose it is, what it did, who has recognised it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="initiatives")
    #: the same row through all edits, so that two people's changes can be told apart
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField("tên sáng kiến", max_length=300)
    authors = models.CharField("tác giả, nhóm tác giả", max_length=300, blank=True)
    effect = models.CharField("hiệu quả", max_length=500, blank=True)
    recognition = models.CharField("công nhận", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "sáng kiến"
        verbose_name_plural = "sáng kiến"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="initiative_key_is_unique")]

    def __str__(self):
        return self.name


class ReportDraft(models.Model):
    """What stood in a report at one version: what two people's changes are compared with.

    Only the latest of each report are kept (`workflow.figures.KEPT_DRAFTS`).
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="drafts")
    version = models.PositiveIntegerField("phiên bản")
    content = models.JSONField("nội dung")
    saved_at = models.DateTimeField("lưu lúc")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người lưu")

    class Meta:
        verbose_name = "bản nháp báo cáo đã lưu"
        verbose_name_plural = "bản nháp báo cáo đã lưu"
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["report", "version"], name="report_draft_version_is_unique")
        ]

    def __str__(self):
        return f"{self.report_id}, bản {self.version}"


class Figure(models.Model):
    """One declared figure of a report and, beside it, what the standing body made of it.

    Whole numbers from 0 to 10^18; empty means missing, never zero.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="figures")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, verbose_name="tiêu chí")
    numerator = models.BigIntegerField("tử số", null=True, blank=True)
    denominator = models.BigIntegerField("mẫu số", null=True, blank=True)
    answer = models.BooleanField("trả lời", null=True, blank=True)
    not_applicable = models.CharField("lý do không áp dụng", max_length=300, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    #: how many secret papers the figure leaves out; the papers themselves never come here
    excluded = models.BigIntegerField("số không tính", null=True, blank=True)
    verdict = models.CharField(
        "thẩm định", max_length=10, choices=FigureVerdict, default=FigureVerdict.PENDING
    )
    verified_numerator = models.BigIntegerField("tử số thẩm định", null=True, blank=True)
    verified_denominator = models.BigIntegerField("mẫu số thẩm định", null=True, blank=True)
    verified_answer = models.BooleanField("trả lời theo thẩm định", null=True, blank=True)
    comment = models.CharField("ý kiến thẩm định", max_length=300, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "số liệu"
        verbose_name_plural = "số liệu"
        ordering = ["criterion__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "criterion"], name="figure_is_one_per_criterion"),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True)
                | Q(numerator__gte=0, denominator__lte=GREATEST_FIGURE, numerator__lte=F("denominator")),
                name="figure_numerator_is_within_denominator",
                violation_error_message="Tử số phải từ 0 và không lớn hơn mẫu số.",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False),
                name="figure_has_both_numbers_or_none",
                violation_error_message="Nhập đủ cả tử số và mẫu số.",
            ),
            models.CheckConstraint(
                condition=Q(not_applicable="") | Q(denominator__isnull=True) | Q(denominator=0),
                name="figure_not_applicable_has_no_denominator",
                violation_error_message="Đã có mẫu số thì không thể ghi là không áp dụng.",
            ),
            models.CheckConstraint(
                condition=Q(excluded__isnull=True) | Q(excluded__gte=0, excluded__lte=GREATEST_FIGURE),
                name="figure_excluded_is_a_count",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="corrected")
                | Q(
                    verified_numerator__isnull=False,
                    verified_denominator__isnull=False,
                    verified_numerator__gte=0,
                    verified_numerator__lte=F("verified_denominator"),
                    verified_denominator__lte=GREATEST_FIGURE,
                    verified_answer__isnull=True,
                )
                | Q(
                    verified_numerator__isnull=True,
                    verified_denominator__isnull=True,
                    verified_answer__isnull=False,
                ),
                name="figure_corrected_has_verified_value",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=["corrected", "refused"]) | ~Q(comment=""),
                name="figure_corrected_or_refused_has_comment",
            ),
        ]

    def __str__(self):
        return f"{self.criterion.code}: {self.numerator}/{self.denominator}"


class FigureEvidence(models.Model):
    figure = models.ForeignKey(Figure, on_delete=models.CASCADE, related_name="evidence")
    file = models.OneToOneField(File, on_delete=models.PROTECT)
    #: the answer to a refusal that the file came with; none: it came with the report
    answer = models.ForeignKey(
        "FigureAnswer", on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    is_removed = models.BooleanField("đã gỡ", default=False)
    removed_at = models.DateTimeField("gỡ lúc", null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người gỡ",
    )

    class Meta:
        verbose_name = "minh chứng"
        verbose_name_plural = "minh chứng"
        ordering = ["id"]

    def __str__(self):
        return str(self.file)


class Evaluation(models.Model):
    """What the engine said of one report at one moment; never changed, new figures make a new row."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    #: the index of (report, -id) serves it
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="evaluations", db_index=False)
    at = models.DateTimeField("lúc")
    on_verified = models.BooleanField("trên số liệu đã thẩm định")
    set_sha256 = models.CharField(max_length=64)
    input_sha256 = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)
    #: what was judged, by the code of the criterion; `input_sha256` stands for it
    inputs = models.JSONField(default=dict)
    results = models.JSONField()
    summary = models.JSONField()
    #: the exact score as "1000/13"; empty when no criterion applies
    score = models.CharField("điểm", max_length=40, blank=True)
    #: the scale of points counted by; none: the points of the set
    scale = models.ForeignKey(
        Scale, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thang điểm"
    )
    #: of all that the row says (`registrations.evaluation.seal`): a change by hand does not pass unseen
    sha256 = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = "kết quả đánh giá"
        verbose_name_plural = "kết quả đánh giá"
        ordering = ["id"]
        indexes = [models.Index(fields=["report", "-id"])]

    def __str__(self):
        return f"{self.report} {self.at:%d/%m/%Y %H:%M}"
