import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import File
from registrations.enums import LaunchForm
from registrations.models.campaign import Period
from units.models import Unit


class LaunchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own units' and those below; the standing and commendation bodies read all."""
        authority = user.authority
        if authority.is_standing_body or authority.is_commendation_body:
            return self
        return self.filter(unit__in=authority.own | authority.below)

    def in_force(self):
        return self.filter(withdrawn_at__isnull=True)


class Launch(models.Model):
    """A unit launched the movement: when, how, by which signed paper (plan VI: 100 % must).

    It has no states: who recorded it wrongly corrects or withdraws it, with a reason.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="launches", verbose_name="kỳ")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="launches", verbose_name="đơn vị")
    launched_on = models.DateField("ngày phát động")
    form = models.CharField("hình thức", max_length=12, choices=LaunchForm)
    document_number = models.CharField("số, ký hiệu văn bản", max_length=60, blank=True)
    file = models.OneToOneField(File, on_delete=models.PROTECT, verbose_name="văn bản đã ký")
    note = models.TextField("ghi chú", blank=True)
    #: the day the paper reached the standing body, when its clerk has entered it for the unit
    received_on = models.DateField("ngày nhận bản giấy", null=True, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)
    recorded_at = models.DateTimeField("ghi nhận lúc")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người ghi nhận"
    )
    withdrawn_at = models.DateTimeField("rút lại lúc", null=True, blank=True)

    objects = LaunchQuerySet.as_manager()

    class Meta:
        verbose_name = "phát động"
        verbose_name_plural = "phát động"
        ordering = ["-period__year", "unit__sort_name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "unit"],
                condition=Q(withdrawn_at__isnull=True),
                name="launch_is_one_per_unit_and_period",
                violation_error_message="Đơn vị đã được ghi nhận phát động trong kỳ này.",
            )
        ]

    def __str__(self):
        return f"Phát động năm {self.period.year} – {self.unit.name}"

    def get_absolute_url(self):
        return reverse("registrations:launch", args=[self.uid])
