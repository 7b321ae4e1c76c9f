import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from units.enums import Role
from units.models.unit import Unit


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Neither answered nor taken back nor expired."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=clock.now())


class Invitation(models.Model):
    """A person is asked to act for a unit. The roles begin when he accepts, logged in as himself.

    The mail carries no secret: whoever has no password yet sets one through the page for
    forgotten passwords, which proves the address.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="invitations", verbose_name="đơn vị"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="invitations",
        verbose_name="người được mời",
    )
    roles = ArrayField(models.CharField(max_length=16, choices=Role), verbose_name="vai trò")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người mời"
    )
    invited_at = models.DateTimeField("mời lúc")
    expires_at = models.DateTimeField("hết hạn lúc")
    sent = models.PositiveSmallIntegerField("số lần gửi", default=1)
    accepted_at = models.DateTimeField("nhận lời lúc", null=True, blank=True)
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "lời mời"
        verbose_name_plural = "lời mời"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "user"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_is_open_once",
                violation_error_message="Người này đã được mời và chưa trả lời. Hãy gửi lại lời mời cũ.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_is_accepted_or_revoked",
            ),
            models.CheckConstraint(condition=Q(roles__len__gt=0), name="invitation_names_a_role"),
        ]

    def __str__(self):
        return f"{self.user} – {self.unit}"

    def get_absolute_url(self):
        return reverse("units:invitation", args=[self.uid])

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None and not self.is_expired

    @property
    def is_expired(self) -> bool:
        return clock.now() >= self.expires_at

    @property
    def role_labels(self) -> str:
        return ", ".join(Role(role).label for role in self.roles)
