import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from core.vietnamese import nfc, sort_key
from units.models.unit import Unit


class BlocQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class EmulationBloc(models.Model):
    """A "khối thi đua": units that sign an emulation agreement together and are ranked among themselves."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("tên khối", max_length=200)
    sort_name = models.CharField(max_length=600, editable=False, db_collation="C")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    basis = models.CharField("căn cứ", max_length=200)

    objects = BlocQuerySet.as_manager()

    class Meta:
        verbose_name = "khối thi đua"
        verbose_name_plural = "khối thi đua"
        ordering = ["sort_name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "valid_from"],
                name="bloc_name_is_unique_from_a_day",
                violation_error_message="Đã có khối tên này từ ngày này.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="bloc_ends_after_it_begins",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name = nfc(self.name)
        self.sort_name = sort_key(self.name)
        super().save(*args, **kwargs)


class BlocMembership(models.Model):
    """A unit belongs to a bloc from a day to a day; to one bloc at a time, kept by the database."""

    bloc = models.ForeignKey(
        EmulationBloc, on_delete=models.PROTECT, related_name="memberships", verbose_name="khối"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="bloc_memberships", verbose_name="đơn vị"
    )
    validity = DateRangeField("thời gian")

    class Meta:
        verbose_name = "đơn vị trong khối"
        verbose_name_plural = "đơn vị trong khối"
        ordering = ["unit__sort_name", "id"]
        constraints = [
            ExclusionConstraint(
                name="unit_is_in_one_bloc_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
                violation_error_message="Đơn vị đã thuộc một khối khác trong thời gian đó.",
            ),
            models.CheckConstraint(condition=Q(validity__isempty=False), name="bloc_membership_lasts"),
        ]

    def __str__(self):
        return f"{self.unit} – {self.bloc}"


class BlocHead(models.Model):
    """The unit that heads a bloc ("khối trưởng"), usually for a year; one at a time."""

    bloc = models.ForeignKey(
        EmulationBloc, on_delete=models.PROTECT, related_name="heads", verbose_name="khối"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="heads_blocs", verbose_name="đơn vị"
    )
    validity = DateRangeField("thời gian")

    class Meta:
        verbose_name = "khối trưởng"
        verbose_name_plural = "khối trưởng"
        ordering = ["-validity"]
        constraints = [
            ExclusionConstraint(
                name="bloc_has_one_head_at_a_time",
                expressions=[("bloc", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
                violation_error_message="Khối đã có khối trưởng khác trong thời gian đó.",
            ),
            models.CheckConstraint(condition=Q(validity__isempty=False), name="bloc_head_lasts"),
        ]

    def __str__(self):
        return f"{self.bloc}: {self.unit}"
