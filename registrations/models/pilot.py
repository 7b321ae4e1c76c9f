import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from core import clock
from registrations.enums import TONES, PilotLevel, PilotListState
from registrations.models.campaign import Campaign, Period, PriorityField
from units.models import Unit


class PilotNorm(models.Model):
    """How many pilot units one level is to choose in a campaign; data with its clause."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="pilot_norms", verbose_name="giai đoạn"
    )
    level = models.CharField("cấp chọn", max_length=10, choices=PilotLevel)
    at_least = models.PositiveSmallIntegerField("ít nhất", default=1)
    at_most = models.PositiveSmallIntegerField("nhiều nhất", null=True, blank=True)
    clause = models.CharField("căn cứ", max_length=200)

    class Meta:
        verbose_name = "số đơn vị chỉ đạo điểm"
        verbose_name_plural = "số đơn vị chỉ đạo điểm"
        ordering = ["campaign", "level"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "level"], name="pilot_norm_is_one_per_level"),
            models.CheckConstraint(
                condition=Q(at_most__isnull=True) | Q(at_most__gte=models.F("at_least")),
                name="pilot_norm_numbers_are_in_order",
                violation_error_message="Số nhiều nhất không được nhỏ hơn số ít nhất.",
            ),
        ]

    def __str__(self):
        return f"{self.get_level_display()}: {self.wanted}"

    def holds(self, number: int) -> bool:
        return self.at_least <= number and (self.at_most is None or number <= self.at_most)

    @property
    def wanted(self) -> str:
        """The number in words: "01 đến 02 đơn vị"."""
        if self.at_most is None:
            return f"ít nhất {self.at_least:02d} đơn vị"
        if self.at_most == self.at_least:
            return f"{self.at_least:02d} đơn vị"
        return f"{self.at_least:02d} đến {self.at_most:02d} đơn vị"


class PilotListQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The province's list is the standing body's while it is drawn up; a district's is its own.
        Once sent, both bodies read all of them."""
        authority = user.authority
        found = Q(unit__in=authority.own)
        if authority.is_standing_body:
            found |= Q(unit__isnull=True) | Q(first_filed_at__isnull=False)
        if authority.is_commendation_body:
            found |= Q(first_filed_at__isnull=False)
        return self.filter(found)

    def on_desk(self):
        return self.filter(state=PilotListState.FILED, unit__isnull=False)


class PilotList(models.Model):
    """The pilot units one level has chosen: a district's, or (no unit) the province's.

    One for each period that asks for it (`pilots_last_day`); a pilot runs on over the years by its own days.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.ForeignKey(
        Period, on_delete=models.PROTECT, related_name="pilot_lists", verbose_name="kỳ"
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pilot_lists",
        verbose_name="huyện, thị xã, thành phố",
    )
    state = models.CharField(
        "trạng thái", max_length=10, choices=PilotListState, default=PilotListState.DRAFT
    )
    version = models.PositiveIntegerField("phiên bản", default=1)
    first_filed_at = models.DateTimeField("gửi lần đầu lúc", null=True, blank=True)
    filed_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    is_late = models.BooleanField("gửi muộn", default=False)
    created_at = models.DateTimeField("tạo lúc")

    objects = PilotListQuerySet.as_manager()

    class Meta:
        verbose_name = "danh sách chỉ đạo điểm"
        verbose_name_plural = "danh sách chỉ đạo điểm"
        ordering = ["-period__year", "unit__sort_name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "unit"],
                nulls_distinct=False,
                name="pilot_list_is_one_per_level_and_period",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(first_filed_at__isnull=False, filed_at__isnull=False),
                name="pilot_list_sent_has_instant",
            ),
        ]

    def __str__(self):
        return f"Danh sách chỉ đạo điểm của {self.chooser}"

    def get_absolute_url(self):
        return reverse("registrations:pilot_list", args=[self.uid])

    @property
    def label(self) -> str:
        """The province sends its list to no one: it decides."""
        if self.unit_id is None and self.state == PilotListState.FILED:
            return "Đã chọn"
        return self.get_state_display()

    @property
    def tone(self):
        return TONES[self.state]

    @property
    def level(self) -> str:
        return PilotLevel.PROVINCE if self.unit_id is None else PilotLevel.DISTRICT

    @property
    def chooser(self) -> str:
        return "cấp tỉnh" if self.unit_id is None else self.unit.name

    @property
    def norm(self) -> PilotNorm | None:
        return PilotNorm.objects.filter(campaign=self.period.campaign_id, level=self.level).first()


class PilotQuerySet(models.QuerySet):
    def running_on(self, day):
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day))

    def of_sent_lists(self):
        return self.filter(list__first_filed_at__isnull=False)


class Pilot(models.Model):
    """One pilot: a unit, a named part of it, or a firm that has no account; from a day to a day."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    list = models.ForeignKey(PilotList, on_delete=models.PROTECT, related_name="pilots")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="pilots", verbose_name="đơn vị"
    )
    name = models.CharField("bộ phận, hoặc doanh nghiệp chưa có trên cổng", max_length=200, blank=True)
    fields = models.ManyToManyField(PriorityField, blank=True, verbose_name="lĩnh vực chỉ đạo điểm")
    reason = models.TextField("lý do chọn")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    objects = PilotQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị chỉ đạo điểm"
        verbose_name_plural = "đơn vị chỉ đạo điểm"
        ordering = ["valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | ~Q(name=""),
                name="pilot_names_who_it_is",
                violation_error_message="Hãy chọn đơn vị, hoặc ghi tên bộ phận, doanh nghiệp.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="pilot_ends_after_it_begins",
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def case(self):
        return self.list

    @property
    def label(self) -> str:
        """ "Phòng Văn hóa và Thông tin, UBND huyện Bảo Thắng", the unit alone or the name alone."""
        return ", ".join(filter(None, [self.name, self.unit.name if self.unit_id else ""]))

    @property
    def is_over(self) -> bool:
        return self.valid_to is not None and self.valid_to < clock.today()


def is_pilot(unit="unit"):
    """An annotation for lists of papers: whether the paper's unit is a pilot today, as a whole."""
    running = Pilot.objects.of_sent_lists().running_on(clock.today())
    return Exists(running.filter(unit=OuterRef(unit), name=""))
