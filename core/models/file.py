import uuid

from django.conf import settings
from django.db import models


class ScanState(models.TextChoices):
    CLEAN = "clean", "Đã kiểm tra"
    PENDING = "pending", "Đang chờ kiểm tra"
    INFECTED = "infected", "Có mã độc"


class File(models.Model):
    """One stored upload or produced document; attachments of the apps point here.

    The bytes lie in private storage under `uid`; the name is only for people.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("tên tệp", max_length=200)
    content_type = models.CharField("loại tệp", max_length=100)
    size = models.PositiveIntegerField("kích thước (byte)")
    sha256 = models.CharField("SHA-256", max_length=64)
    scan_state = models.CharField(max_length=10, choices=ScanState, default=ScanState.CLEAN)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    uploaded_at = models.DateTimeField("tải lên lúc")
    #: words that speak of secrecy without being a mark: the uploader is asked, nothing is stopped
    mention = models.CharField("nhắc đến độ mật", max_length=60, blank=True)
    declared_open_at = models.DateTimeField("xác nhận không mật lúc", null=True, blank=True)
    #: the uploader has said that it is secret after all: nobody downloads it any more
    declared_secret_at = models.DateTimeField("khai là mật lúc", null=True, blank=True)

    class Meta:
        verbose_name = "tệp"
        verbose_name_plural = "tệp"
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="file_is_not_empty"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_has_sha256"
            ),
            models.CheckConstraint(
                condition=models.Q(declared_open_at__isnull=True) | models.Q(declared_secret_at__isnull=True),
                name="file_is_open_or_secret",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def asks_about_secrecy(self) -> bool:
        return bool(self.mention) and self.declared_open_at is None and self.declared_secret_at is None

    @property
    def signature_reading(self):
        """What its digital signatures say; None for what is not read (no PDF, or of the portal's making)."""
        return getattr(self, "reading", None)

    @property
    def path(self) -> str:
        return f"{self.uid.hex[:2]}/{self.uid.hex}"
