import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from awards.enums import NomineeKind
from awards.models.nominee import KEY_OF
from awards.models.regime import AwardForm
from core.models import File
from core.vietnamese import (
    honorific,
    nfc,
    person_sort_key,
    search_key,
    sort_key,
)
from units.enums import Sex
from units.models import Unit


class RecordedDecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own units' and those below; all to the two bodies that look for duplicates."""
        authority = user.authority
        if authority.is_standing_body or authority.is_commendation_body:
            return self
        return self.filter(unit__in=authority.own | authority.below)

    def standing(self):
        return self.filter(cancelled_at__isnull=True)


class RecordedDecision(models.Model):
    """A Giấy khen decision a unit took itself: number, day and file recorded here, nothing approved."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="recorded_decisions", verbose_name="đơn vị quyết định"
    )
    form = models.ForeignKey(AwardForm, on_delete=models.PROTECT, verbose_name="hình thức khen thưởng")
    number = models.CharField("số quyết định", max_length=60)
    signed_on = models.DateField("ngày ký")
    title = models.CharField("trích yếu", max_length=300)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", verbose_name="bản đã ký")
    achievement_from = models.DateField("thành tích từ ngày")
    achievement_to = models.DateField("thành tích đến ngày")
    recorded_at = models.DateTimeField("ghi nhận lúc")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi nhận"
    )
    cancelled_at = models.DateTimeField("gỡ lúc", null=True, blank=True)
    cancelling_reason = models.CharField("lý do gỡ", max_length=300, blank=True)

    objects = RecordedDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "Quyết định tặng Giấy khen"
        verbose_name_plural = "Quyết định tặng Giấy khen"
        ordering = ["-signed_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number", "signed_on"],
                condition=Q(cancelled_at__isnull=True),
                name="recorded_decision_is_recorded_once",
                violation_error_message="Đơn vị đã ghi nhận Quyết định mang số này, ký cùng ngày.",
            ),
            models.CheckConstraint(
                condition=Q(achievement_to__gte=F("achievement_from")),
                name="recorded_achievement_period_is_in_order",
                violation_error_message="Thời gian lập thành tích: ngày cuối phải sau ngày đầu.",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancelling_reason=""),
                name="recorded_decision_cancelled_has_reason",
            ),
        ]

    def __str__(self):
        return f"Quyết định số {self.number} ngày {self.signed_on:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("awards:recorded_decision", args=[self.uid])


class RecordedAward(models.Model):
    """One name on a Giấy khen decision."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    decision = models.ForeignKey(RecordedDecision, on_delete=models.CASCADE, related_name="awards")
    kind = models.CharField("đối tượng", max_length=12, choices=NomineeKind)
    name = models.CharField("họ tên hoặc tên tập thể", max_length=200)
    sex = models.CharField("giới tính", max_length=6, choices=Sex, blank=True)
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    position = models.CharField("chức vụ, nơi công tác", max_length=200, blank=True)
    #: the unit of the register that a collective is
    subject = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="recorded_awards"
    )
    search_name = models.CharField(max_length=200, editable=False, db_index=True)
    sort_name = models.CharField(max_length=600, editable=False, db_collation="C")
    identity_ciphertext = models.BinaryField(null=True, blank=True)
    identity_key = models.CharField(max_length=20, blank=True)
    identity_index = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        verbose_name = "người, tập thể được tặng Giấy khen"
        verbose_name_plural = "người, tập thể được tặng Giấy khen"
        ordering = ["decision", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="individual") | ~Q(sex=""),
                name="recorded_individual_has_sex",
                violation_error_message="Chọn Ông hoặc Bà.",
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self) -> None:
        self.name = nfc(self.name)
        person = self.kind == NomineeKind.INDIVIDUAL
        self.search_name = KEY_OF.get(self.kind, search_key)(self.name)
        self.sort_name = person_sort_key(self.name) if person else sort_key(self.name)

    @property
    def title(self) -> str:
        return honorific(self.sex) if self.kind == NomineeKind.INDIVIDUAL else ""
