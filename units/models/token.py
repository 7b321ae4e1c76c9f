import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from core import clock
from units.enums import Role, Scope
from units.models.membership import Membership


class ApiTokenQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; an administrator of a unit those of its people, the portal's administrator all."""
        if user.is_superuser:
            return self
        run = user.authority.units_by_role.get(Role.ADMINISTRATOR, ())
        people = Membership.objects.current().filter(unit__in=run).values("user")
        return self.filter(Q(owner=user) | Q(owner__in=people))

    def valid_at(self, instant):
        return self.filter(revoked_at__isnull=True, expires_at__gt=instant, owner__is_active=True)


class ApiToken(models.Model):
    """By which a client system reads what its owner may read, and no more than its scopes say.
    The secret is shown once; kept is its SHA-256, enough for 256 random bits."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_tokens", verbose_name="chủ"
    )
    name = models.CharField("tên hệ thống", max_length=100)
    #: the visible beginning, by which people tell tokens apart
    prefix = models.CharField("đầu mã", max_length=16)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope), verbose_name="phạm vi")
    created_at = models.DateTimeField("tạo lúc")
    expires_at = models.DateTimeField("hết hạn lúc")
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    last_used_at = models.DateTimeField("dùng gần nhất lúc", null=True, blank=True)
    last_used_from = models.GenericIPAddressField("từ địa chỉ", null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "mã truy cập API"
        verbose_name_plural = "mã truy cập API"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="api_token_expires_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(scopes__len__gt=0), name="api_token_has_a_scope"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="api_token_is_revoked_by_someone",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.prefix}…)"

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= clock.now()

    @property
    def is_valid(self) -> bool:
        return not self.is_revoked and not self.has_expired and self.owner.is_active

    @property
    def standing(self) -> tuple[str, str]:
        """Tone and words of how it stands."""
        if self.is_revoked:
            return "neutral", "Đã thu hồi"
        if self.has_expired:
            return "warning", "Đã hết hạn"
        return ("success", "Đang dùng được") if self.owner.is_active else ("warning", "Chủ đã bị khóa")

    @property
    def scope_labels(self) -> list[str]:
        return [Scope(scope).label for scope in self.scopes]
