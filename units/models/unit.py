import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from core import clock
from core.vietnamese import nfc, search_key, sort_key
from units.enums import KINDS_OF_TIER, TIER_OF_KIND, Function, Kind


class UnitQuerySet(models.QuerySet):
    def valid_on(self, day):
        """Units that exist in law on that day."""
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day))

    def operating_on(self, day):
        """Units that act in the portal on that day.

        A reorganisation changes who acts only once it has been applied here: until then
        the units it ends go on, and those it creates do not act yet.
        """
        begun = Q(valid_from__lte=day) & (Q(begun_by__isnull=True) | Q(begun_by__applied_at__isnull=False))
        return self.filter(begun).not_ended_on(day)

    def not_ended_on(self, day):
        """Units that go on, or whose end has not been applied here."""
        return self.filter(
            Q(valid_to__isnull=True)
            | Q(valid_to__gte=day)
            | Q(ended_by__isnull=False, ended_by__applied_at__isnull=True)
        )

    def of_tier(self, tier):
        return self.filter(kind__in=KINDS_OF_TIER[tier])

    def search(self, text):
        """Units in whose name the words stand, the last one perhaps unfinished: "ha" is not in "chai"."""
        key = search_key(text)
        return self.filter(Q(search_name__startswith=key) | Q(search_name__contains=f" {key}"))


class Unit(models.Model):
    """A body, locality or firm as it was from `valid_from` to `valid_to`, inclusive.

    Neither code nor name is a key: codes were reused under other names on 01/07/2025.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("mã", max_length=20)
    name = models.CharField("tên", max_length=200)
    search_name = models.CharField(max_length=200, editable=False, db_index=True)
    sort_name = models.CharField(max_length=600, editable=False, db_collation="C", db_index=True)
    abbreviation = models.CharField("tên viết tắt", max_length=40, blank=True)
    kind = models.CharField("loại", max_length=24, choices=Kind)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="đơn vị cấp trên",
    )
    province_code = models.CharField("mã tỉnh", max_length=2, default="10")
    valid_from = models.DateField("hiệu lực từ")
    valid_to = models.DateField("hiệu lực đến hết", null=True, blank=True)
    begun_by = models.ForeignKey(
        "units.Reorganisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="begins",
        verbose_name="thành lập theo",
    )
    ended_by = models.ForeignKey(
        "units.Reorganisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ends",
        verbose_name="kết thúc theo",
    )
    has_admin_procedures = models.BooleanField("có thủ tục hành chính", default=True)
    source = models.CharField("nguồn", max_length=120, blank=True)
    tax_number = models.CharField("mã số thuế", max_length=13, blank=True, db_index=True)
    #: a commune of former Yên Bái, kept only so that its successor's history is whole
    is_predecessor_stub = models.BooleanField("đơn vị tiền thân ngoài tỉnh", default=False)
    is_invented = models.BooleanField("dữ liệu minh họa", default=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        ordering = ["sort_name", "id"]
        indexes = [models.Index(fields=["kind", "sort_name", "id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="unit_code_is_unique_from_a_day",
                violation_error_message="Đã có đơn vị với mã này từ ngày này.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="unit_ends_after_it_begins",
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self) -> None:
        """What is stored of the name beside it; who writes many rows at once calls it himself."""
        self.name = nfc(self.name)
        self.search_name = search_key(self.name)
        self.sort_name = sort_key(self.name)

    @property
    def tier(self) -> str:
        return TIER_OF_KIND[self.kind]

    @property
    def has_ended(self) -> bool:
        """Past its last day, and the portal lives by the act that ended it; as `not_ended_on`."""
        is_past = self.valid_to is not None and self.valid_to < clock.today()
        return is_past and (self.ended_by_id is None or self.ended_by.applied_at is not None)

    def bloc_on(self, day):
        """The emulation bloc the unit belongs to on that day, or None."""
        return next((m.bloc for m in self.bloc_memberships.filter(validity__contains=day)), None)


class UnitFunction(models.Model):
    """A unit holds a function from a day to a day; one holder at a time, kept by the database."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="functions", verbose_name="đơn vị")
    function = models.CharField("chức năng", max_length=20, choices=Function)
    validity = DateRangeField("thời gian")
    basis = models.CharField("căn cứ", max_length=200)

    class Meta:
        verbose_name = "chức năng của đơn vị"
        verbose_name_plural = "chức năng của đơn vị"
        constraints = [
            ExclusionConstraint(
                name="function_has_one_holder_at_a_time",
                expressions=[("function", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
                violation_error_message="Chức năng này đã có đơn vị khác đảm nhiệm trong thời gian đó.",
            )
        ]

    def __str__(self):
        return f"{self.get_function_display()}: {self.unit}"

    @classmethod
    def holder(cls, function: Function, day=None) -> Unit | None:
        """The unit that holds the function on `day` (today if none is given)."""
        held = cls.objects.filter(function=function, validity__contains=day or clock.today())
        return next((f.unit for f in held.select_related("unit")), None)
