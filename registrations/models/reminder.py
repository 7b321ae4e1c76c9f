from django.conf import settings
from django.db import models

from core.models import OutboxMail
from registrations.enums import ObligationKind
from registrations.models.obligation import Obligation


class ReminderRule(models.Model):
    """When to remind, from the day an obligation is due: 30 = thirty days before, -1 = the day after."""

    kind = models.CharField("việc", max_length=20, choices=ObligationKind)
    days_before = models.SmallIntegerField("số ngày trước hạn")
    is_active = models.BooleanField("đang dùng", default=True)

    class Meta:
        verbose_name = "quy tắc nhắc"
        verbose_name_plural = "quy tắc nhắc"
        ordering = ["kind", "-days_before"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "days_before"], name="reminder_rule_is_unique")
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.days_before} ngày"


class Reminder(models.Model):
    """The ledger: which person was reminded of which obligation by which rule, and the mail that went."""

    rule = models.ForeignKey(ReminderRule, on_delete=models.PROTECT, verbose_name="quy tắc")
    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, related_name="reminders", verbose_name="nghĩa vụ"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người nhận")
    due = models.DateField("hạn khi nhắc")
    mail = models.OneToOneField(OutboxMail, on_delete=models.PROTECT, verbose_name="thư")

    class Meta:
        verbose_name = "lần nhắc"
        verbose_name_plural = "lần nhắc"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "obligation", "user", "due"], name="reminder_goes_once_to_each_person"
            )
        ]

    def __str__(self):
        return f"{self.obligation} → {self.user}"
