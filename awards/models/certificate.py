"""The register of certificates, and where each word stands on pre-printed paper."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from awards.models.decision import Award
from awards.models.regime import AwardForm


class Certificate(models.Model):
    """One line of the register: its number, and when it was handed to whom."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="certificate")
    form = models.ForeignKey(AwardForm, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số vào sổ")
    entered_at = models.DateTimeField("vào sổ lúc")
    handed_on = models.DateField("ngày trao", null=True, blank=True)
    handed_to = models.CharField("người nhận", max_length=200, blank=True)
    handed_note = models.CharField("ghi chú", max_length=200, blank=True)
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "Bằng khen trong sổ"
        verbose_name_plural = "sổ Bằng khen"
        ordering = ["-year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "year", "number"], name="certificate_number_is_unique_in_its_year"
            ),
            models.CheckConstraint(
                condition=Q(handed_on__isnull=True, handed_to="")
                | Q(handed_on__isnull=False, handed_by__isnull=False) & ~Q(handed_to=""),
                name="certificate_handed_out_says_to_whom",
                violation_error_message="Ghi ngày trao và người nhận.",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        return f"{self.number:03d}/{self.year}"

    @property
    def case(self):
        return self.award


class Reprint(models.Model):
    """Why a certificate was printed once more."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="reprints")
    reason = models.CharField("lý do in lại", max_length=200)
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "lần in lại"
        verbose_name_plural = "các lần in lại"
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reprint_has_a_reason")]

    def __str__(self):
        return f"{self.certificate}: {self.reason}"


def _mm(label, least=0, most=1000, **more):
    limits = [MinValueValidator(least), MaxValueValidator(most)]
    return models.DecimalField(label, max_digits=5, decimal_places=1, validators=limits, **more)


class CertificateLayout(models.Model):
    """A pre-printed sheet: its size in millimetres, and what is printed where."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form = models.ForeignKey(
        AwardForm, on_delete=models.PROTECT, related_name="layouts", verbose_name="hình thức"
    )
    name = models.CharField("tên phôi", max_length=120)
    width = _mm("rộng (mm)", 50)
    height = _mm("cao (mm)", 50)
    #: how far the printer is off; added to every coordinate
    shift_x = _mm("dịch sang phải (mm)", -50, 50, default=0)
    shift_y = _mm("dịch xuống (mm)", -50, 50, default=0)
    is_in_use = models.BooleanField("đang dùng", default=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "phôi in"
        verbose_name_plural = "phôi in"
        ordering = ["form", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["form"],
                condition=Q(is_in_use=True),
                name="form_has_one_layout_in_use",
                violation_error_message="Hình thức này đã có phôi đang dùng.",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("awards:layout", args=[self.uid])


class Content(models.TextChoices):
    NAME = "name", "Tên người, tập thể, hộ (kèm Ông, Bà)"
    POSITION = "position", "Chức vụ, đơn vị"
    ACHIEVEMENT = "achievement", "Thành tích (Đã có thành tích …)"
    DECISION = "decision", "Quyết định số … ngày …"
    DECISION_NUMBER = "decision_number", "Số Quyết định"
    REGISTER = "register", "Số vào sổ"
    PLACE_AND_DATE = "place_and_date", "Địa danh, ngày tháng năm"
    SIGNER = "signer", "Người ký"
    TEXT = "text", "Chữ cố định"
    CODE = "code", "Mã QR xác minh"


class Alignment(models.TextChoices):
    LEFT = "left", "Trái"
    CENTER = "center", "Giữa"
    RIGHT = "right", "Phải"


class LayoutField(models.Model):
    """One box on the sheet: its upper left corner, its width, and how the words stand in it."""

    layout = models.ForeignKey(CertificateLayout, on_delete=models.CASCADE, related_name="fields")
    content = models.CharField("nội dung", max_length=16, choices=Content)
    text = models.CharField("chữ cố định", max_length=200, blank=True)
    x = _mm("cách mép trái (mm)")
    y = _mm("cách mép trên (mm)")
    width = _mm("rộng (mm)", 1)
    size = models.DecimalField(
        "cỡ chữ",
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(6), MaxValueValidator(72)],
        default=14,
    )
    align = models.CharField("canh", max_length=6, choices=Alignment, default=Alignment.CENTER)
    is_bold = models.BooleanField("đậm", default=False)
    is_italic = models.BooleanField("nghiêng", default=False)
    is_upper = models.BooleanField("chữ hoa", default=False)

    class Meta:
        verbose_name = "ô in"
        verbose_name_plural = "các ô in"
        ordering = ["y", "x", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(content="text") | ~Q(text=""),
                name="layout_field_of_text_has_text",
                violation_error_message="Ghi chữ cố định.",
            )
        ]

    def __str__(self):
        return self.get_content_display()
