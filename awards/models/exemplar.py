"""Điển hình tiên tiến: a person, collective or household others may learn from."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from awards.enums import TONES, ExemplarState, NomineeKind
from core.models import File
from registrations.models import Campaign
from units.models import Unit


class ExemplarQuerySet(models.QuerySet):
    def visible_to(self, user):
        """To both bodies; the public reads `public()`."""
        authority = user.authority
        return self if authority.is_standing_body or authority.is_commendation_body else self.none()

    def public(self):
        return self.filter(state=ExemplarState.PUBLISHED)


class Exemplar(models.Model):
    """An article the standing body writes and publishes, before or after an award.

    The public reads `payload`, the words as they were published, never the draft beside them.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="exemplars", verbose_name="giai đoạn"
    )
    kind = models.CharField("đối tượng", max_length=12, choices=NomineeKind)
    name = models.CharField("tên điển hình", max_length=200)
    place = models.CharField("chức vụ, nơi công tác hoặc nơi ở", max_length=200, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="exemplars", verbose_name="đơn vị"
    )
    title = models.CharField("tiêu đề bài", max_length=200)
    summary = models.CharField("tóm tắt", max_length=400)
    body = models.TextField("nội dung")
    #: of a published award, by its public record; the page shows how it stands today
    award_reference = models.CharField("mã tra cứu khen thưởng", max_length=20, blank=True)
    image = models.ForeignKey(
        File, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ảnh"
    )
    image_alt = models.CharField("mô tả ảnh", max_length=200, blank=True)
    search_name = models.CharField(max_length=200, editable=False)
    version = models.PositiveIntegerField("phiên bản", default=1)
    state = models.CharField("trạng thái", max_length=12, choices=ExemplarState, default=ExemplarState.DRAFT)
    payload = models.JSONField("bài đã đăng", null=True, blank=True)
    published_image = models.ForeignKey(
        File, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ảnh đã đăng"
    )
    created_at = models.DateTimeField("tạo lúc")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người viết"
    )
    first_published_at = models.DateTimeField("đăng lần đầu lúc", null=True, blank=True)
    published_at = models.DateTimeField("đăng lúc", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ExemplarQuerySet.as_manager()

    class Meta:
        verbose_name = "điển hình tiên tiến"
        verbose_name_plural = "điển hình tiên tiến"
        ordering = ["-first_published_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(payload__isnull=False, published_at__isnull=False, published_by__isnull=False),
                name="exemplar_published_has_its_words",
            ),
            models.CheckConstraint(
                condition=Q(image__isnull=True) | ~Q(image_alt=""),
                name="exemplar_image_is_described",
                violation_error_message="Ghi mô tả ảnh cho người không xem được ảnh.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("awards:exemplar", args=[self.uid])

    @property
    def tone(self):
        return TONES[self.state]
