import hashlib
import json
import uuid
from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils.functional import cached_property

from core.models import File
from criteria.engine import Rule
from criteria.enums import Exempt, Operator, SetState, Tier


class CriteriaSetQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whatever has left the draft is everyone's to read, for ever; drafts are the standing body's."""
        if user.is_authenticated and user.authority.is_standing_body:
            return self
        return self.exclude(state=SetState.DRAFT)

    def in_force_on(self, day: date):
        """The set in force on that day: one row or none."""
        return self.filter(state=SetState.IN_FORCE, valid_from__lte=day, valid_to__gte=day)

    def in_force_in(self, year: int):
        """The set that measures the figures of that year, by its last day: one row or none."""
        if not date.min.year <= year <= date.max.year:
            return self.none()
        return self.in_force_on(date(year, 12, 31))


class CriteriaSet(models.Model):
    """The criteria that bind from `valid_from` to `valid_to`, inclusive, with their source.

    Once out of draft neither the set nor its criteria change: the database refuses, and
    `sha256` (of `content()`) proves it. Other demands are another set.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("mã bộ tiêu chí", max_length=40, unique=True)
    title = models.CharField("tên", max_length=200)
    valid_from = models.DateField("áp dụng từ")
    valid_to = models.DateField("áp dụng đến hết")
    state = models.CharField(
        "trạng thái", max_length=12, choices=SetState.choices, default=SetState.DRAFT.value
    )
    basis = models.CharField("căn cứ", max_length=400)
    is_assumed = models.BooleanField("giả định", default=False)
    note = models.CharField("ghi chú", max_length=200, blank=True)
    ranks_procedures_apart = models.BooleanField(
        "xếp hạng riêng đơn vị có và không có thủ tục hành chính", default=False
    )
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    sha256 = models.CharField("mã băm nội dung", max_length=64, editable=False)

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ tiêu chí"
        verbose_name_plural = "bộ tiêu chí"
        ordering = ["valid_from", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__lte=F("valid_to")),
                name="criteria_set_ends_after_it_begins",
                violation_error_message="Ngày hết áp dụng phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                condition=Q(is_assumed=False) | ~Q(note=""),
                name="criteria_set_assumed_says_so",
                violation_error_message="Bộ tiêu chí giả định phải ghi chú giả định từ đâu.",
            ),
            ExclusionConstraint(
                name="criteria_set_in_force_never_overlaps",
                expressions=[
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    )
                ],
                condition=Q(state="in_force"),
                violation_error_message="Đã có bộ tiêu chí khác đang áp dụng trong thời gian này.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("criteria:set", args=[self.uid])

    @property
    def tone(self):
        return {SetState.DRAFT: "neutral", SetState.IN_FORCE: "success"}.get(self.state, "warning")

    def years(self) -> list[int]:
        """The years whose figures this set measures (as `in_force_in` has it)."""
        spanned = range(self.valid_from.year, self.valid_to.year + 1)
        return [year for year in spanned if self.valid_from <= date(year, 12, 31) <= self.valid_to]

    def rules_for(self, tier: str) -> list[Rule]:
        """The engine's rules of one tier, in the order of the plan."""
        return [criterion.rule() for criterion in self.criteria.filter(tier=tier)]

    def content(self) -> dict:
        """Everything that binds, as plain values: what `sha256` stands for.

        What was added to the form of a set later stands in it only where it says something, so
        that the hashes of older sets stay true.
        """
        fields = ("code", "title", "basis", "is_assumed", "note")
        content = {
            **{field: getattr(self, field) for field in fields},
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat(),
            "criteria": [_spoken(row) for row in self.criteria.values(*Criterion.CONTENT_FIELDS)],
        }
        if self.ranks_procedures_apart:
            content["ranks_procedures_apart"] = True
        return content

    @cached_property
    def scale(self) -> "Scale | None":
        """The scale of points issued last, by which scores count; none: they are indicative."""
        return self.scales.last()


class Criterion(models.Model):
    """One atomic demand of the plan on one tier."""

    CONTENT_FIELDS = (
        "position",
        "code",
        "tier",
        "name",
        "clause",
        "text",
        "operator",
        "threshold",
        "numerator_label",
        "denominator_label",
        "exclusion",
        "unit_word",
        "is_required",
        "points",
        "note",
        "evidence_wanted",
        "exempt",
    )

    criteria_set = models.ForeignKey(
        CriteriaSet, on_delete=models.PROTECT, related_name="criteria", verbose_name="bộ tiêu chí"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    code = models.CharField("mã", max_length=20)
    tier = models.CharField("cấp", max_length=12, choices=Tier.choices)
    name = models.CharField("tên gọi", max_length=120)
    clause = models.CharField("điều khoản", max_length=120)
    text = models.TextField("nguyên văn")
    operator = models.CharField("phép so sánh", max_length=8, choices=Operator.choices)
    threshold = models.PositiveSmallIntegerField("ngưỡng (%)", null=True, blank=True)
    numerator_label = models.CharField("tử số", max_length=200, blank=True)
    denominator_label = models.CharField("mẫu số", max_length=200, blank=True)
    exclusion = models.CharField("không tính", max_length=200, blank=True)
    unit_word = models.CharField("đơn vị tính", max_length=40, blank=True)
    is_required = models.BooleanField("bắt buộc", default=True)
    #: None: 100 points are shared equally among the criteria that apply
    points = models.PositiveSmallIntegerField("điểm", null=True, blank=True)
    note = models.TextField("cách hiểu", blank=True)
    evidence_wanted = models.CharField("minh chứng cần có", max_length=300, blank=True)
    exempt = models.CharField(
        "ai được ghi không áp dụng", max_length=16, choices=Exempt.choices, default=Exempt.ANY.value
    )

    class Meta:
        verbose_name = "tiêu chí"
        verbose_name_plural = "tiêu chí"
        ordering = ["criteria_set__valid_from", "criteria_set", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["criteria_set", "code"],
                name="criterion_code_is_unique_in_its_set",
                violation_error_message="Mã tiêu chí đã có trong bộ này.",
            ),
            models.UniqueConstraint(
                fields=["criteria_set", "position"],
                name="criterion_position_is_unique_in_its_set",
                violation_error_message="Thứ tự này đã có tiêu chí khác trong bộ.",
            ),
            models.CheckConstraint(
                condition=Q(operator="ge", threshold__isnull=False, threshold__range=(1, 100))
                | Q(operator="gt", threshold__isnull=False, threshold__range=(1, 99))
                | Q(operator="eq", threshold__isnull=False, threshold=100)
                | Q(operator__in=["yes_no", "judged"], threshold__isnull=True),
                name="criterion_threshold_fits_its_operator",
                violation_error_message=(
                    "Ngưỡng phải từ 1 đến 100 (“tối thiểu”), từ 1 đến 99 (“trên”) hoặc đúng 100 (“đủ”);"
                    " tiêu chí không tính bằng tỷ lệ thì không có ngưỡng."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    operator__in=["yes_no", "judged"], unit_word="", numerator_label="", denominator_label=""
                )
                | (
                    Q(operator__in=["ge", "gt", "eq"])
                    & ~Q(unit_word="")
                    & ~Q(numerator_label="")
                    & ~Q(denominator_label="")
                ),
                name="criterion_ratio_says_what_it_counts",
                violation_error_message="Tiêu chí tính bằng tỷ lệ phải nói rõ tử số, mẫu số và đơn vị tính.",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    @property
    def demand(self) -> str:
        """The operator and threshold in words: "Tối thiểu 95 %"."""
        words = Operator(self.operator).label.capitalize()
        return f"{words} {self.threshold} %" if self.threshold else words

    def rule(self) -> Rule:
        return Rule(
            code=self.code,
            clause=self.clause,
            operator=Operator(self.operator),
            threshold=self.threshold,
            unit_word=self.unit_word,
            is_required=self.is_required,
        )


class Scale(models.Model):
    """The points of a set's criteria as the standing body has issued them by a document.

    A set in force cannot change, and a scale may come later than the set: so it is an act of its
    own. Never changed; the last one of a set counts.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    criteria_set = models.ForeignKey(
        CriteriaSet, on_delete=models.PROTECT, related_name="scales", verbose_name="bộ tiêu chí"
    )
    number = models.CharField("số, ký hiệu văn bản", max_length=60)
    issued_on = models.DateField("ngày văn bản")
    document = models.ForeignKey(File, on_delete=models.PROTECT, verbose_name="văn bản")
    #: code → whole number of points; a tier without points shares 100 equally
    points = models.JSONField("điểm", default=dict)
    recorded_at = models.DateTimeField("ghi nhận lúc")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi nhận"
    )

    class Meta:
        verbose_name = "thang điểm"
        verbose_name_plural = "thang điểm"
        ordering = ["id"]

    def __str__(self):
        return f"Thang điểm theo {self.number}"


#: what a criterion says when nobody has said otherwise, of the fields that older sets do not have
_UNSPOKEN = {"evidence_wanted": "", "exempt": Exempt.ANY.value}


def _spoken(row: dict) -> dict:
    return {key: value for key, value in row.items() if key not in _UNSPOKEN or value != _UNSPOKEN[key]}


def content_hash(content: dict) -> str:
    """SHA-256 of the canonical JSON of plain values: keys sorted, no blanks, UTF-8."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
