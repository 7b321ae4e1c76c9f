import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.models.file import File


class TrustedCertificate(models.Model):
    """A certificate of an authority whose signatures on papers the portal trusts."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("tên", max_length=200)
    der = models.BinaryField()
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    is_root = models.BooleanField("chứng thư gốc", help_text="Không chọn: chứng thư trung gian.")
    valid_from = models.DateTimeField("hiệu lực từ")
    valid_to = models.DateTimeField("hiệu lực đến")
    is_trusted = models.BooleanField("đang tin cậy", default=True)
    added_at = models.DateTimeField("nạp lúc")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, verbose_name="người nạp"
    )

    class Meta:
        verbose_name = "chứng thư tin cậy"
        verbose_name_plural = "danh sách tin cậy chữ ký số"
        ordering = ["-is_root", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")), name="certificate_interval_is_in_order"
            )
        ]

    def __str__(self):
        return self.name


class RevocationList(models.Model):
    """What an authority says it has revoked, loaded from a file: the portal fetches nothing itself."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issuer = models.CharField("nơi cấp", max_length=200)
    der = models.BinaryField()
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    this_update = models.DateTimeField("lập lúc")
    next_update = models.DateTimeField("dùng đến")
    added_at = models.DateTimeField("nạp lúc")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, verbose_name="người nạp"
    )

    class Meta:
        verbose_name = "danh sách thu hồi"
        verbose_name_plural = "danh sách thu hồi chứng thư số"
        ordering = ["issuer", "-this_update"]

    def __str__(self):
        return f"{self.issuer}, {self.this_update:%d/%m/%Y}"


class ReadingState(models.TextChoices):
    PENDING = "pending", "Chờ đọc chữ ký số"
    RUNNING = "running", "Đang đọc chữ ký số"
    READ = "read", "Đã đọc"


class Verdict(models.TextChoices):
    VALID = "valid", "Chữ ký số hợp lệ"
    INVALID = "invalid", "Chữ ký số không hợp lệ"
    UNKNOWN = "unknown", "Chưa xác định được chữ ký số"
    UNSIGNED = "unsigned", "Không có chữ ký số"


TONES = {
    Verdict.VALID: "success",
    Verdict.INVALID: "danger",
    Verdict.UNKNOWN: "neutral",
    Verdict.UNSIGNED: "neutral",
}


class SignatureReading(models.Model):
    """What the signatures of one uploaded PDF say, read in the background against the trust list of the day.

    `signatures` holds the fields of `core.signatures.reading.Signature`, one object each.
    """

    file = models.OneToOneField(File, on_delete=models.PROTECT, related_name="reading")
    state = models.CharField(max_length=10, choices=ReadingState, default=ReadingState.PENDING)
    asked_at = models.DateTimeField("yêu cầu lúc")
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    lease_until = models.DateTimeField(null=True)
    verdict = models.CharField("kết luận", max_length=10, choices=Verdict, blank=True)
    reason = models.CharField("lý do", max_length=200, blank=True)
    signatures = models.JSONField("các chữ ký", default=list)
    trust_hash = models.CharField(max_length=64, blank=True)
    read_at = models.DateTimeField("đọc lúc", null=True)

    class Meta:
        verbose_name = "kết quả đọc chữ ký số"
        verbose_name_plural = "kết quả đọc chữ ký số"
        indexes = [models.Index(fields=["state", "lease_until"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="read") | ~Q(verdict="") & Q(read_at__isnull=False),
                name="signature_reading_read_has_verdict",
            )
        ]

    def __str__(self):
        return f"{self.file}: {self.label}"

    @property
    def label(self) -> str:
        return self.get_verdict_display() or self.get_state_display()

    @property
    def tone(self) -> str:
        return TONES.get(self.verdict, "info")

    @property
    def is_signed(self) -> bool:
        return bool(self.signatures)

    @property
    def signers(self) -> list[dict]:
        """The signatures as people read them: their times as instants, their verdicts in words."""
        return [
            each
            | {
                "signed_at": datetime.fromisoformat(each["signed_at"]) if each["signed_at"] else None,
                "label": Verdict(each["verdict"]).label,
                "tone": TONES[each["verdict"]],
            }
            for each in self.signatures
        ]
