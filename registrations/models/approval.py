import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from registrations.enums import ApprovalState
from registrations.models.registration import Registration
from units.models import Unit


class ApprovalSetting(models.Model):
    """Whether the head of a unit approves before the unit files; without a row, no."""

    unit = models.OneToOneField(
        Unit, on_delete=models.PROTECT, related_name="approval_setting", verbose_name="đơn vị"
    )
    is_required = models.BooleanField("thủ trưởng duyệt trước khi nộp", default=False)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người đặt")
    set_at = models.DateTimeField("đặt lúc")

    class Meta:
        verbose_name = "quy định duyệt trước khi nộp"
        verbose_name_plural = "quy định duyệt trước khi nộp"

    def __str__(self):
        return f"{self.unit}: {'có' if self.is_required else 'không'}"


class HeadApproval(models.Model):
    """The word of the head of the unit on a registration as it stood at `version`.

    Whatever is saved later is another version, which the head has not read.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="approvals")
    version = models.PositiveIntegerField("phiên bản")
    state = models.CharField("trạng thái", max_length=12, choices=ApprovalState, default=ApprovalState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người trình"
    )
    asked_at = models.DateTimeField("trình lúc")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người duyệt",
    )
    decided_at = models.DateTimeField("duyệt lúc", null=True)

    class Meta:
        verbose_name = "ý kiến của thủ trưởng"
        verbose_name_plural = "ý kiến của thủ trưởng"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration"], condition=Q(state="asked"), name="approval_is_asked_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "sent_back"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="approval_decided_has_person_and_instant",
            ),
        ]

    def __str__(self):
        return f"{self.registration}: {self.get_state_display()}"

    @property
    def case(self) -> Registration:
        return self.registration

    @property
    def unit_id(self) -> int:
        return self.registration.unit_id
