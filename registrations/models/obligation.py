import uuid

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.urls import reverse

from core import clock
from registrations.enums import ObligationKind
from registrations.models.campaign import Period
from units.models import Unit


class ObligationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The desks see everyone's; a unit its own and those of the units below it."""
        authority = user.authority
        if authority.is_standing_body or authority.is_commendation_body:
            return self
        return self.filter(unit__in=authority.own | authority.below)

    def outstanding(self):
        """Owed and not yet met: nothing filed, or taken back. Boards, percentages and
        reminders count these and nothing else."""
        return self.filter(is_waived=False, met_at__isnull=True)

    def with_extension(self):
        """Each with `extended_to`, the day of the extension in force, or None."""
        in_force = FilteredRelation("extensions", condition=Q(extensions__ended_at__isnull=True))
        return self.annotate(extension_in_force=in_force, extended_to=F("extension_in_force__last_day"))


class Obligation(models.Model):
    """What one unit owes in one period, and until when. `met_at` is the first filing."""

    uid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    period = models.ForeignKey(
        Period, on_delete=models.PROTECT, related_name="obligations", verbose_name="kỳ"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="obligations", verbose_name="đơn vị"
    )
    kind = models.CharField("việc phải làm", max_length=20, choices=ObligationKind)
    due = models.DateField("hạn cuối")
    reason = models.CharField("vì sao phải làm", max_length=200)
    met_at = models.DateTimeField("nộp lần đầu lúc", null=True, blank=True)
    #: who added the unit by hand; empty when the row was generated from the period's settings
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người bổ sung",
    )
    is_waived = models.BooleanField("được miễn", default=False)
    waived_reason = models.CharField("lý do miễn", max_length=200, blank=True)
    #: waived because the settings of the period ask for it no longer: they alone bring it back
    is_waived_by_setting = models.BooleanField("miễn theo quy định của kỳ", default=False)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người miễn",
    )

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = "nghĩa vụ"
        verbose_name_plural = "nghĩa vụ"
        ordering = ["period", "unit__sort_name"]
        constraints = [
            models.UniqueConstraint(fields=["period", "unit", "kind"], name="obligation_is_owed_once"),
            models.CheckConstraint(
                condition=Q(is_waived=False) | ~Q(waived_reason=""),
                name="obligation_waived_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_waived=True) | Q(is_waived_by_setting=False, waived_by__isnull=True),
                name="obligation_not_waived_names_no_one",
            ),
        ]

    def __str__(self):
        return f"{self.unit}: {self.get_kind_display()} {self.period.year}"

    def get_absolute_url(self):
        return reverse("registrations:obligation", args=[self.uid])

    @property
    def is_late(self) -> bool:
        """First filed after the day it was due, which lasts to 24:00 in Asia/Ho_Chi_Minh."""
        return self.met_at is not None and clock.local_date(self.met_at) > self.due

    @property
    def is_overdue(self) -> bool:
        """Owed, not met, and its day is over."""
        return not self.is_waived and self.met_at is None and clock.today() > self.due
