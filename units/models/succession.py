from django.db import models

from units.models.unit import Unit


class Reorganisation(models.Model):
    """A legal act that ends, creates or merges units. In force in law from `effective_on`;
    `applied_at` says when this portal began to live by it."""

    code = models.CharField("mã", max_length=40, unique=True)
    title = models.CharField("nội dung", max_length=200)
    legal_basis = models.CharField("căn cứ", max_length=120)
    effective_on = models.DateField("hiệu lực từ")
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
