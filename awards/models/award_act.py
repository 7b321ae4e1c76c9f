"""What may happen to a published award, by an act of the Chairman: correction and revocation."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from awards.models.decision import Award
from awards.models.limit import RevocationGround
from core.models import File
from units.models import Unit


class Correction(models.Model):
    """Other words for what was printed: drafted by one person; put into force by another, who records the
    signed act."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="corrections")
    #: [{"field", "label", "printed", "corrected"}]; both wordings stay readable
    changes = models.JSONField("nội dung đính chính")
    reason = models.TextField("lý do, công khai")
    drafted_at = models.DateTimeField("lập lúc")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    act_number = models.CharField("số văn bản đính chính", max_length=30, blank=True)
    act_on = models.DateField("ngày ký", null=True, blank=True)
    act_signer = models.CharField("người ký", max_length=120, blank=True)
    act_file = models.ForeignKey(
        File, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản đã ký"
    )
    in_force_at = models.DateTimeField("có hiệu lực trên cổng lúc", null=True, blank=True)
    in_force_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dropped_at = models.DateTimeField("bỏ lúc", null=True, blank=True)

    class Meta:
        verbose_name = "đính chính"
        verbose_name_plural = "đính chính"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["award"],
                condition=Q(in_force_at__isnull=True, dropped_at__isnull=True),
                name="award_has_one_open_correction",
                violation_error_message="Đã có một đính chính đang chờ người thứ hai.",
            ),
            models.CheckConstraint(
                condition=Q(in_force_at__isnull=True, in_force_by__isnull=True)
                | Q(in_force_at__isnull=False, in_force_by__isnull=False)
                & Q(act_on__isnull=False, act_file__isnull=False)
                & ~Q(act_number="")
                & ~Q(act_signer=""),
                name="correction_in_force_has_a_person_and_an_act",
            ),
            models.CheckConstraint(
                condition=Q(in_force_by__isnull=True) | ~Q(in_force_by=models.F("drafted_by")),
                name="correction_takes_two_people",
                violation_error_message="Người lập đính chính không được tự đưa vào hiệu lực.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="correction_has_a_reason",
            ),
        ]

    def __str__(self):
        return f"Đính chính {self.act_number}"

    @property
    def case(self):
        return self.award


class Revocation(models.Model):
    """An award proposed to be revoked, and what came of it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="revocations")
    ground = models.ForeignKey(RevocationGround, on_delete=models.PROTECT, verbose_name="căn cứ hủy bỏ")
    explanation = models.TextField("tóm tắt lý do")
    document = models.ForeignKey(
        File, on_delete=models.PROTECT, related_name="+", verbose_name="Tờ trình đề nghị hủy bỏ"
    )
    proposed_at = models.DateTimeField("đề nghị lúc")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_by_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    dismissed_at = models.DateTimeField("không hủy bỏ, lúc", null=True, blank=True)
    act_number = models.CharField("số Quyết định hủy bỏ", max_length=30, blank=True)
    act_on = models.DateField("ngày ký", null=True, blank=True)
    act_signer = models.CharField("người ký", max_length=120, blank=True)
    act_file = models.ForeignKey(
        File, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản đã ký"
    )
    #: what the public reads of the reason, in the words the commendation body chose
    public_reason = models.TextField("lý do công khai", blank=True)
    revoked_at = models.DateTimeField("hủy bỏ lúc", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    items_due = models.DateField("hạn nộp lại", null=True, blank=True)
    items_returned_on = models.DateField("ngày nộp lại", null=True, blank=True)
    money_returned = models.PositiveIntegerField("tiền thưởng đã nộp lại (đồng)", null=True, blank=True)
    items_note = models.CharField("ghi chú nộp lại", max_length=300, blank=True)

    class Meta:
        verbose_name = "hủy bỏ khen thưởng"
        verbose_name_plural = "hủy bỏ khen thưởng"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["award"],
                condition=Q(dismissed_at__isnull=True),
                name="award_has_one_open_revocation",
                violation_error_message="Đã có một đề nghị hủy bỏ đang chờ xử lý.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True)
                | Q(act_on__isnull=False, act_file__isnull=False, revoked_by__isnull=False)
                & ~Q(act_number="")
                & ~Q(act_signer="")
                & ~Q(public_reason=""),
                name="revocation_has_act_and_public_reason",
            ),
            models.CheckConstraint(
                condition=Q(revoked_by__isnull=True) | ~Q(revoked_by=models.F("proposed_by")),
                name="revocation_takes_two_people",
                violation_error_message="Người đề nghị hủy bỏ không được tự hủy bỏ.",
            ),
            models.CheckConstraint(
                condition=Q(items_returned_on__isnull=True) | Q(revoked_at__isnull=False),
                name="revocation_items_return_after_it",
            ),
        ]

    def __str__(self):
        return f"Hủy bỏ {self.award}"

    def get_absolute_url(self):
        return reverse("awards:award", args=[self.award.uid])

    @property
    def case(self):
        return self.award
