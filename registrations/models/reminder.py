import uuid
from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value

from core import clock
from core.calendar import is_working_day, next_working_day
from core.models import OutboxMail
from registrations.enums import Audience, ObligationKind
from registrations.models.board_act import BulkAct
from registrations.models.obligation import Obligation
from registrations.models.wording import Wording

_ONE_DAY = timedelta(days=1)


class ReminderRuleQuerySet(models.QuerySet):
    def in_force_on(self, day):
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class ReminderRule(models.Model):
    """When to remind whom, from the day an obligation is due: 30 = thirty days before, -1 = the day after."""

    uid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    kind = models.CharField("việc", max_length=20, choices=ObligationKind)
    days_before = models.SmallIntegerField(
        "số ngày trước hạn",
        validators=[MinValueValidator(-90), MaxValueValidator(180)],
        help_text="30 là trước hạn 30 ngày, 0 là đúng ngày cuối, -3 là sau hạn 3 ngày.",
    )
    audience = models.CharField("nhắc ai", max_length=16, choices=Audience, default=Audience.FILERS)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, verbose_name="mẫu lời")
    is_optional = models.BooleanField(
        "nhắc thêm",
        default=False,
        help_text="Người nhận được tự tắt. Nhắc bắt buộc thì không ai tắt được.",
    )
    on_working_days = models.BooleanField(
        "tránh ngày nghỉ",
        default=False,
        help_text="Trước hạn: gửi vào ngày làm việc liền trước; sau hạn: ngày làm việc liền sau.",
    )
    valid_from = models.DateField("áp dụng từ ngày", default=clock.today)
    valid_to = models.DateField("áp dụng đến hết ngày", null=True, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    objects = ReminderRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "quy tắc nhắc"
        verbose_name_plural = "quy tắc nhắc"
        ordering = ["kind", "-days_before", "audience", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="reminder_rule_ends_after_it_begins",
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu áp dụng.",
            ),
            ExclusionConstraint(
                name="reminder_rule_is_one_at_a_time",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("days_before", RangeOperators.EQUAL),
                    ("audience", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=(
                    "Đã có quy tắc cho việc này, số ngày này, người này trong thời gian đó."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.when}, {self.get_audience_display().lower()}"

    @property
    def when(self) -> str:
        if self.days_before > 0:
            return f"trước hạn {self.days_before} ngày"
        return f"sau hạn {-self.days_before} ngày" if self.days_before else "đúng ngày cuối"

    def falls_on(self, due: date, holidays) -> date:
        """The day this rule reminds of what is due on `due`; `holidays` are `core.calendar.corrections()`."""
        day = due - timedelta(days=self.days_before)
        if self.on_working_days:
            if self.days_before < 0:
                return next_working_day(day, holidays)
            while not is_working_day(day, holidays):
                day -= _ONE_DAY
        return day

    def is_in_force_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The desks see all; a unit those about what it owes, a person those sent to himself."""
        authority = user.authority
        if authority.is_standing_body or authority.is_commendation_body or user.is_superuser:
            return self
        return self.filter(Q(obligation__unit__in=authority.own | authority.below) | Q(user=user))


class Reminder(models.Model):
    """The ledger: which person was reminded of which obligation, why, and the mail that went.

    By a rule or, `act`, by a person from the board. A mail may gather several of them.
    """

    rule = models.ForeignKey(ReminderRule, on_delete=models.PROTECT, null=True, verbose_name="quy tắc")
    act = models.ForeignKey(
        BulkAct, on_delete=models.PROTECT, null=True, related_name="reminders", verbose_name="lần nhắc chung"
    )
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, verbose_name="mẫu lời")
    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, related_name="reminders", verbose_name="nghĩa vụ"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người nhận")
    why = models.CharField("vì sao người này nhận", max_length=300, default="")
    due = models.DateField("hạn khi nhắc")
    mail = models.ForeignKey(
        OutboxMail, on_delete=models.PROTECT, related_name="reminders", verbose_name="thư"
    )

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhắc"
        verbose_name_plural = "lần nhắc"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "obligation", "user", "due"], name="reminder_goes_once_to_each_person"
            ),
            models.UniqueConstraint(
                fields=["act", "obligation", "user"], name="reminder_by_hand_goes_once_to_each_person"
            ),
            models.CheckConstraint(
                condition=Q(rule__isnull=False, act__isnull=True) | Q(rule__isnull=True, act__isnull=False),
                name="reminder_is_by_a_rule_or_by_hand",
            ),
        ]

    def __str__(self):
        return f"{self.obligation} → {self.user}"


class ReminderPreference(models.Model):
    """How a person wants to be reminded; without a row, one mail a day and everything."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminder_preference"
    )
    is_digest = models.BooleanField("gộp thành một thư mỗi ngày", default=True)
    takes_optional = models.BooleanField("nhận cả thư nhắc thêm", default=True)

    class Meta:
        verbose_name = "cách nhận thư nhắc"
        verbose_name_plural = "cách nhận thư nhắc"

    def __str__(self):
        return str(self.user)
