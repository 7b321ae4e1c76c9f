import uuid

from django.conf import settings
from django.db import models

from core.models import File
from units.enums import Change
from units.models.unit import Unit


class Reorganisation(models.Model):
    """A legal act that ends, creates or merges units. In force in law from `effective_on`;
    `applied_at` says when this portal began to live by it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("mã", max_length=40, unique=True)
    change = models.CharField("loại", max_length=12, choices=Change, default=Change.MIXED)
    title = models.CharField("nội dung", max_length=200)
    legal_basis = models.CharField("căn cứ", max_length=120)
    issuer = models.CharField("cơ quan ban hành", max_length=120, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    document = models.OneToOneField(
        File, on_delete=models.PROTECT, null=True, blank=True, verbose_name="văn bản"
    )
    effective_on = models.DateField("hiệu lực từ")
    is_automatic = models.BooleanField("tự áp dụng vào ngày hiệu lực", default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    applied_at = models.DateTimeField("áp dụng trên cổng lúc", null=True, blank=True)

    class Meta:
        verbose_name = "sắp xếp đơn vị"
        verbose_name_plural = "sắp xếp đơn vị"
        ordering = ["effective_on", "code"]

    def __str__(self):
        return self.title


class UnitSuccession(models.Model):
    predecessor = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="succeeded_by", verbose_name="đơn vị cũ"
    )
    successor = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="succeeds", verbose_name="đơn vị kế thừa"
    )
    effective_on = models.DateField("từ ngày")
    legal_basis = models.CharField("căn cứ", max_length=120)
    #: false when the successor only takes over what is left: of a unit that was split or abolished
    members_follow = models.BooleanField("người của đơn vị cũ làm việc tiếp tại đây", default=True)

    class Meta:
        verbose_name = "kế thừa"
        verbose_name_plural = "kế thừa"
        ordering = ["effective_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_is_recorded_once"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="succession_is_to_another_unit"
            ),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor}"
