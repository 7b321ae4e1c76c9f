import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import File
from registrations.enums import LetterState, ObligationKind
from registrations.models.campaign import Period
from registrations.models.obligation import Obligation
from units.models import Unit


class ReminderLetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All to the standing body; signed ones to the commendation body, to the units they
        urge and to those above these."""
        authority = user.authority
        if authority.is_standing_body:
            return self
        signed = self.signed()
        if authority.is_commendation_body:
            return signed
        urged = LetterRow.objects.filter(obligation__unit__in=authority.own | authority.below)
        return signed.filter(pk__in=urged.values("letter"))

    def signed(self):
        return self.filter(state=LetterState.SIGNED)


class ReminderLetter(models.Model):
    """A letter (công văn) of the standing body that urges units which have filed nothing.

    Drafted here, numbered and signed outside; then recorded with the signed file.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+", verbose_name="kỳ")
    kind = models.CharField("việc phải làm", max_length=20, choices=ObligationKind)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan ban hành"
    )
    subject = models.CharField("trích yếu", max_length=200)
    body = models.TextField("nội dung", max_length=4000)
    state = models.CharField("trạng thái", max_length=10, choices=LetterState, default=LetterState.DRAFT)
    version = models.PositiveIntegerField("phiên bản", default=1)
    request_key = models.UUIDField(unique=True)
    number = models.CharField("số, ký hiệu", max_length=30, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    signed_file = models.ForeignKey(
        File, on_delete=models.PROTECT, null=True, blank=True, verbose_name="bản đã ký"
    )
    created_at = models.DateTimeField("lập lúc")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người lập"
    )

    objects = ReminderLetterQuerySet.as_manager()

    class Meta:
        verbose_name = "công văn đôn đốc"
        verbose_name_plural = "công văn đôn đốc"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="signed")
                | Q(signed_on__isnull=False, signed_file__isnull=False) & ~Q(number="") & ~Q(signer=""),
                name="reminder_letter_signed_has_number_day_signer_and_file",
            )
        ]

    def __str__(self):
        return f"Công văn {self.number}" if self.number else f"Dự thảo: {self.subject}"

    def get_absolute_url(self):
        return reverse("registrations:letter", args=[self.uid])


class LetterRow(models.Model):
    """One unit of the list annexed to a letter, with its last day as it was told."""

    letter = models.ForeignKey(ReminderLetter, on_delete=models.PROTECT, related_name="rows")
    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, related_name="letter_rows", verbose_name="nghĩa vụ"
    )

    class Meta:
        verbose_name = "đơn vị được đôn đốc"
        verbose_name_plural = "đơn vị được đôn đốc"
        ordering = ["obligation__unit__sort_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "obligation"], name="letter_row_is_one_per_obligation")
        ]

    def __str__(self):
        return f"{self.obligation}"
