"""House data: what the papers of an office bear, from a day to a day, with the act that says so.

A paper prints what was true on its own date. `unit` is empty for the provincial People's Committee,
which files nothing in the portal and is no unit of it.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce

from units.enums import Paper
from units.models.unit import Unit

# Exclusion constraints never compare nulls; the People's Committee counts as unit 0 there.
OFFICE = Coalesce("unit", Value(0, output_field=models.BigIntegerField()))


class OnDay(models.QuerySet):
    def on(self, day):
        return self.filter(validity__contains=day)

    def of(self, unit):
        return self.filter(unit=unit) if unit else self.filter(unit__isnull=True)


class HouseRow(models.Model):
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="cơ quan",
        help_text="Để trống cho Ủy ban nhân dân tỉnh.",
    )
    validity = DateRangeField("thời gian")
    basis = models.CharField("căn cứ", max_length=200)

    objects = OnDay.as_manager()

    class Meta:
        abstract = True


class Letterhead(HouseRow):
    """The head of an office's papers, where it differs from what the register of units gives."""

    parent_body = models.CharField("cơ quan chủ quản", max_length=120, blank=True)
    issuing_body = models.CharField("cơ quan ban hành", max_length=200)
    abbreviation = models.CharField("chữ viết tắt", max_length=40)
    place = models.CharField("địa danh", max_length=60)

    class Meta:
        verbose_name = "phần đầu văn bản"
        verbose_name_plural = "phần đầu văn bản"
        constraints = [
            ExclusionConstraint(
                name="letterheads_do_not_overlap",
                expressions=[(OFFICE, RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
                violation_error_message="Cơ quan này đã có phần đầu văn bản trong thời gian đó.",
            )
        ]

    def __str__(self):
        return self.issuing_body


class Signer(HouseRow):
    """Who signs for an office, and under which authority: TM., KT., TL."""

    name = models.CharField("họ và tên", max_length=120)
    authority = models.TextField(
        "quyền hạn, chức vụ",
        help_text="Mỗi dòng như trên văn bản, ví dụ “KT. GIÁM ĐỐC” rồi “PHÓ GIÁM ĐỐC”.",
    )
    is_usual = models.BooleanField("thường ký", default=False)

    class Meta:
        verbose_name = "người ký"
        verbose_name_plural = "người ký"
        constraints = [
            ExclusionConstraint(
                name="usual_signers_do_not_overlap",
                expressions=[(OFFICE, RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
                condition=models.Q(is_usual=True),
                violation_error_message="Cơ quan này đã có người thường ký khác trong thời gian đó.",
            )
        ]

    def __str__(self):
        return self.name


class RecipientList(HouseRow):
    """“Nơi nhận” of one kind of paper of an office, without the line of its own files."""

    paper = models.CharField("loại văn bản", max_length=12, choices=Paper)
    lines = models.TextField("nơi nhận", help_text="Mỗi dòng một nơi, không gạch đầu dòng.")

    class Meta:
        verbose_name = "nơi nhận"
        verbose_name_plural = "nơi nhận"
        constraints = [
            ExclusionConstraint(
                name="recipient_lists_do_not_overlap",
                expressions=[
                    (OFFICE, RangeOperators.EQUAL),
                    ("paper", RangeOperators.EQUAL),
                    ("validity", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Loại văn bản này đã có nơi nhận trong thời gian đó.",
            )
        ]

    def __str__(self):
        return self.get_paper_display()


class LegalBasis(models.Model):
    """An act that papers cite, with the days on which it is in force."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField("mã", max_length=30, unique=True)
    citation = models.CharField(
        "viện dẫn", max_length=400, help_text="Như in sau chữ “Căn cứ”, không có dấu cuối dòng."
    )
    validity = DateRangeField("hiệu lực")
    position = models.PositiveSmallIntegerField(
        "thứ tự in", help_text="Luật trước, rồi Nghị định, Thông tư …"
    )
    source = models.CharField("nguồn", max_length=300)

    class Meta:
        verbose_name = "căn cứ pháp lý"
        verbose_name_plural = "căn cứ pháp lý"
        ordering = ["position", "code"]

    def __str__(self):
        return self.citation

    def is_in_force(self, day) -> bool:
        first, end = self.validity.lower, self.validity.upper
        return (first is None or first <= day) and (end is None or day < end)

    def out_of_force(self, day) -> str:
        """Why it may not be cited on a day on which it is not in force."""
        if self.validity.lower and day < self.validity.lower:
            return f"có hiệu lực từ {self.validity.lower:%d/%m/%Y}, sau ngày của văn bản"
        return f"đã hết hiệu lực từ {self.validity.upper:%d/%m/%Y}"


class CitedAnyway(models.Model):
    """Why a paper of one object cites an act that is not in force on its date (a transitional rule)."""

    object_uid = models.UUIDField("đối tượng")
    basis = models.ForeignKey(LegalBasis, on_delete=models.PROTECT, verbose_name="căn cứ pháp lý")
    reason = models.CharField("lý do", max_length=400)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người ghi")
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "viện dẫn có lý do"
        verbose_name_plural = "viện dẫn có lý do"
        constraints = [
            models.UniqueConstraint(fields=["object_uid", "basis"], name="basis_is_cited_anyway_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="cited_anyway_has_reason"),
        ]

    def __str__(self):
        return self.reason
