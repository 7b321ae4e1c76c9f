"""The law on awards as dated rows: forms, rule sets by date of receipt, checklists, rates."""

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from awards.enums import DocumentKind, NomineeKind, Route
from core.vietnamese import search_key
from registrations.models import Campaign
from units.enums import Kind


def every_nominee_kind() -> list[str]:
    return list(NomineeKind.values)


class AwardFormQuerySet(models.QuerySet):
    def proposed(self):
        return self.filter(route=Route.PROPOSED)

    def recorded(self):
        return self.filter(route=Route.RECORDED)


class AwardForm(models.Model):
    """A form of commendation, e.g. Bằng khen of the provincial Chairman."""

    code = models.CharField("mã", max_length=20, unique=True)
    name = models.CharField("tên", max_length=120)
    authority = models.CharField("người có thẩm quyền", max_length=120)
    route = models.CharField("ai quyết định", max_length=10, choices=Route, default=Route.PROPOSED)
    nominee_kinds = ArrayField(
        models.CharField(max_length=12, choices=NomineeKind),
        default=every_nominee_kind,
        verbose_name="đối tượng được xét",
    )
    #: kinds of units whose head gives it, of a form that is only recorded
    issuer_kinds = ArrayField(
        models.CharField(max_length=24, choices=Kind),
        default=list,
        blank=True,
        verbose_name="đơn vị được tặng",
    )
    #: proposed in the campaign's final-review year alone, unless the standing body opens another time
    is_at_final_review = models.BooleanField("chỉ xét dịp tổng kết", default=False)
    basis = models.CharField("căn cứ", max_length=300, blank=True)

    objects = AwardFormQuerySet.as_manager()

    class Meta:
        verbose_name = "hình thức khen thưởng"
        verbose_name_plural = "hình thức khen thưởng"
        ordering = ["code"]

    def __str__(self):
        return self.name


class FormOpening(models.Model):
    """A time in which dossiers of a form are taken besides the campaign's final-review year."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form = models.ForeignKey(
        AwardForm, on_delete=models.PROTECT, related_name="openings", verbose_name="hình thức khen thưởng"
    )
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="openings", verbose_name="giai đoạn"
    )
    opens_on = models.DateField("nhận hồ sơ từ ngày")
    closes_on = models.DateField("đến hết ngày")
    basis = models.CharField("căn cứ", max_length=300)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người mở"
    )
    opened_at = models.DateTimeField("mở lúc")

    class Meta:
        verbose_name = "đợt nhận hồ sơ"
        verbose_name_plural = "đợt nhận hồ sơ"
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="opening_ends_after_it_begins",
                violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="opening_has_a_basis"),
        ]

    def __str__(self):
        return f"{self.form}, {self.opens_on:%d/%m/%Y} – {self.closes_on:%d/%m/%Y}"


class RuleSetQuerySet(models.QuerySet):
    def in_force_on(self, day):
        return self.filter(validity__contains=day).first()


class RuleSet(models.Model):
    """The rules for dossiers received within `validity`: a dossier stays under the rules of the
    day it was received (NĐ 152/2025 Art. 60.3)."""

    code = models.CharField("mã", max_length=20, unique=True)
    name = models.CharField("tên", max_length=200)
    validity = DateRangeField("áp dụng cho hồ sơ nhận trong")
    basis = models.CharField("căn cứ", max_length=300)
    bases = models.ManyToManyField(
        "units.LegalBasis", blank=True, related_name="+", verbose_name="các dòng “Căn cứ …” in trong văn bản"
    )
    processing_days = models.PositiveSmallIntegerField("số ngày làm việc để thẩm định")
    processing_days_basis = models.CharField("căn cứ thời hạn", max_length=200)
    supplement_days = models.PositiveSmallIntegerField("số ngày làm việc để bổ sung", default=5)
    needs_council_minutes = models.BooleanField("trình Quyết định phải có biên bản Hội đồng", default=False)
    council_basis = models.CharField("căn cứ về Hội đồng", max_length=300, blank=True)

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ quy định khen thưởng"
        verbose_name_plural = "bộ quy định khen thưởng"
        constraints = [
            ExclusionConstraint(
                name="rule_sets_do_not_overlap",
                expressions=[("validity", RangeOperators.OVERLAPS)],
                violation_error_message="Thời gian áp dụng trùng với bộ quy định khác.",
            )
        ]

    def __str__(self):
        return self.name


class Quota(models.Model):
    """How many of one kind may be proposed for a form of award in a campaign; no row means no limit."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="quotas", verbose_name="giai đoạn"
    )
    form = models.ForeignKey(AwardForm, on_delete=models.PROTECT, verbose_name="hình thức khen thưởng")
    nominee_kind = models.CharField("đối tượng", max_length=12, choices=NomineeKind)
    number = models.PositiveIntegerField("số lượng nhiều nhất")
    basis = models.CharField("căn cứ", max_length=300)

    class Meta:
        verbose_name = "chỉ tiêu khen thưởng"
        verbose_name_plural = "chỉ tiêu khen thưởng"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "form", "nominee_kind"], name="quota_is_stated_once")
        ]

    def __str__(self):
        return f"{self.get_nominee_kind_display()}: {self.number}"


class PositionRank(models.Model):
    """Which positions come first when a list is ordered by position: the lowest rank whose words begin it."""

    words = models.CharField("chức vụ bắt đầu bằng", max_length=80, unique=True)
    search_words = models.CharField(max_length=80, editable=False)
    rank = models.PositiveSmallIntegerField("thứ bậc", help_text="1 đứng đầu.")

    class Meta:
        verbose_name = "thứ bậc chức vụ"
        verbose_name_plural = "thứ bậc chức vụ"
        ordering = ["rank", "words"]

    def __str__(self):
        return f"{self.rank}. {self.words}"

    def save(self, *args, **kwargs):
        self.search_words = search_key(self.words)
        super().save(*args, **kwargs)


class DocumentRequirement(models.Model):
    """One line of the checklist of a rule set; `nominee_kind` empty = one paper for the whole dossier."""

    rule_set = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="requirements")
    kind = models.CharField("loại giấy tờ", max_length=20, choices=DocumentKind)
    nominee_kind = models.CharField("cho đối tượng", max_length=12, choices=NomineeKind, blank=True)
    is_required = models.BooleanField("bắt buộc", default=True)
    #: a summary (trích ngang) may stand in the place of the full report
    may_be_extract = models.BooleanField("được thay bằng trích ngang", default=False)
    needs_certification = models.BooleanField("có xác nhận của cấp trình", default=False)
    #: asked only of enterprises, cooperatives and household businesses
    is_for_firms = models.BooleanField("chỉ đối với doanh nghiệp, hợp tác xã, hộ kinh doanh", default=False)
    basis = models.CharField("căn cứ", max_length=200)

    class Meta:
        verbose_name = "giấy tờ phải có"
        verbose_name_plural = "giấy tờ phải có"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "kind", "nominee_kind"], name="requirement_is_stated_once"
            )
        ]

    def __str__(self):
        return self.get_kind_display()


class BaseSalary(models.Model):
    """Mức lương cơ sở in force within `validity`, in đồng a month."""

    amount = models.PositiveIntegerField("đồng/tháng")
    validity = DateRangeField("hiệu lực")
    basis = models.CharField("căn cứ", max_length=200)

    class Meta:
        verbose_name = "mức lương cơ sở"
        verbose_name_plural = "mức lương cơ sở"
        constraints = [
            ExclusionConstraint(
                name="base_salaries_do_not_overlap",
                expressions=[("validity", RangeOperators.OVERLAPS)],
                violation_error_message="Đã có mức lương cơ sở trong thời gian này.",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="base_salary_is_positive"),
        ]

    def __str__(self):
        return f"{self.amount} đồng"


class PrizeCoefficient(models.Model):
    """Coefficient of the prize in hundredths (150 = 1,5 × base salary); whole numbers only."""

    form = models.ForeignKey(AwardForm, on_delete=models.PROTECT)
    nominee_kind = models.CharField("đối tượng", max_length=12, choices=NomineeKind)
    hundredths = models.PositiveIntegerField("hệ số × 100")
    validity = DateRangeField("hiệu lực")
    basis = models.CharField("căn cứ", max_length=200)

    class Meta:
        verbose_name = "hệ số tiền thưởng"
        verbose_name_plural = "hệ số tiền thưởng"
        constraints = [
            ExclusionConstraint(
                name="coefficients_do_not_overlap",
                expressions=[
                    ("form", RangeOperators.EQUAL),
                    ("nominee_kind", RangeOperators.EQUAL),
                    ("validity", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Đã có hệ số cho hình thức và đối tượng này trong thời gian đó.",
            )
        ]

    def __str__(self):
        return f"{self.form} {self.get_nominee_kind_display()}: {self.hundredths / 100:g}"
