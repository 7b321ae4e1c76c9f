import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import identity
from core.models import File
from core.vietnamese import nfc, search_key
from units.enums import Kind, RequestState
from units.models.unit import Unit

# Without letters that a person reading from paper mistakes for one another.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_code() -> str:
    """Twelve letters, 59 bits: the only key of a stranger to the state of his request."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


class AccountRequestQuerySet(models.QuerySet):
    def on_desk(self):
        return self.filter(state=RequestState.SUBMITTED)

    def visible_to(self, user):
        return self if user.has_perm("units.view_accountrequest") else self.none()


class AccountRequest(models.Model):
    """A firm, cooperative or household business asks for an account; the standing body decides."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("mã tra cứu", max_length=12, unique=True, default=new_code)
    request_key = models.UUIDField(unique=True)
    state = models.CharField(
        "trạng thái", max_length=12, choices=RequestState, default=RequestState.SUBMITTED
    )
    kind = models.CharField(
        "loại",
        max_length=24,
        choices=[(k.value, k.label) for k in (Kind.ENTERPRISE, Kind.COOPERATIVE, Kind.HOUSEHOLD_BUSINESS)],
    )
    name = models.CharField("tên", max_length=200)
    search_name = models.CharField(max_length=200, editable=False, db_index=True)
    #: ten or thirteen digits; empty for a household whose tax number is its owner's identity number
    tax_number = models.CharField("mã số thuế", max_length=13, blank=True, db_index=True)
    identity_ciphertext = models.BinaryField(null=True, blank=True)
    identity_key = models.CharField(max_length=20, blank=True)
    identity_index = models.CharField(max_length=64, blank=True, db_index=True)
    address = models.CharField("địa chỉ", max_length=300)
    place = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="huyện, thị xã, thành phố hoặc xã"
    )
    contact_name = models.CharField("người liên hệ", max_length=120)
    contact_position = models.CharField("chức vụ", max_length=120, blank=True)
    contact_email = models.EmailField("thư điện tử")
    contact_phone = models.CharField("điện thoại", max_length=30)
    document = models.OneToOneField(File, on_delete=models.PROTECT, verbose_name="giấy tờ")
    submitted_at = models.DateTimeField("gửi lúc")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người xét",
    )
    decided_at = models.DateTimeField("xét lúc", null=True, blank=True)
    reason = models.TextField("lý do từ chối", blank=True)
    #: entered for it, or there already; several people of one firm may ask
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="account_requests"
    )

    objects = AccountRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "yêu cầu cấp tài khoản"
        verbose_name_plural = "yêu cầu cấp tài khoản"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(tax_number="") | ~Q(identity_index=""), name="account_request_names_a_tax_number"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(unit__isnull=False, decided_at__isnull=False),
                name="account_request_approved_has_unit",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | Q(decided_at__isnull=False) & ~Q(reason=""),
                name="account_request_refused_has_reason",
            ),
        ]

    def __str__(self):
        return f"Yêu cầu cấp tài khoản – {self.name}"

    def save(self, *args, **kwargs):
        self.name = nfc(self.name)
        self.search_name = search_key(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("units:account_request", args=[self.uid])

    @property
    def tone(self):
        return {"submitted": "info", "approved": "success", "refused": "danger"}[self.state]

    @property
    def tax_number_shown(self) -> str:
        if self.tax_number or not self.identity_ciphertext:
            return self.tax_number
        return identity.unseal(self.identity_ciphertext, self.identity_key)
