import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from awards.enums import DesignatedAct
from awards.models.dossier import Dossier
from awards.models.nominee import Nominee
from core.entries import Entries


class DesignationQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_at__isnull=True)


class Designation(models.Model):
    """Someone of a third unit who acts where the two bodies' own people may not.

    It concerns the nominees of one dossier (appraise, judge) or one proposal as a whole (forward, approve).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    act = models.CharField("việc", max_length=10, choices=DesignatedAct)
    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, null=True, blank=True, related_name="designations"
    )
    proposal = models.ForeignKey(
        "awards.Proposal", on_delete=models.PROTECT, null=True, blank=True, related_name="designations"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="designations",
        verbose_name="người được chỉ định",
    )
    reason = models.CharField("lý do", max_length=500)
    designated_at = models.DateTimeField("chỉ định lúc")
    designated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người chỉ định",
    )
    ended_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)

    objects = DesignationQuerySet.as_manager()

    class Meta:
        verbose_name = "người được chỉ định"
        verbose_name_plural = "người được chỉ định"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=["appraise", "judge"], dossier__isnull=False, proposal__isnull=True)
                | Q(act__in=["forward", "approve"], dossier__isnull=True, proposal__isnull=False),
                name="designation_is_for_one_act_on_one_thing",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="designation_has_reason"),
            models.UniqueConstraint(
                fields=["dossier", "proposal", "act", "person"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="designation_is_made_once",
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_act_display()}"


class Batch(models.Model):
    """One act on many nominees of a dossier or a proposal, with what came of each."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, null=True, blank=True, related_name="batches"
    )
    proposal = models.ForeignKey(
        "awards.Proposal", on_delete=models.PROTECT, null=True, blank=True, related_name="acts"
    )
    title = models.CharField("việc", max_length=120)
    request_key = models.UUIDField(unique=True)
    #: [{"uid", "name", "is_done", "message"}], what was not done first
    results = models.JSONField("kết quả từng đối tượng")
    done = models.PositiveIntegerField("đã thực hiện")
    failed = models.PositiveIntegerField("không thực hiện được")
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người thực hiện"
    )

    class Meta:
        verbose_name = "việc hàng loạt"
        verbose_name_plural = "các việc hàng loạt"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dossier__isnull=False, proposal__isnull=True)
                | Q(dossier__isnull=True, proposal__isnull=False),
                name="batch_is_on_one_case",
            )
        ]

    def __str__(self):
        return f"{self.title}: {self.done} + {self.failed}"

    def get_absolute_url(self):
        return reverse("awards:batch", args=[self.uid])

    @property
    def case(self):
        return self.dossier or self.proposal

    def each(self) -> models.QuerySet:
        """What came of each nominee, in the order in which it is kept."""
        rows = Batch.objects.filter(pk=self.pk).order_by("pk")
        return rows.annotate(line=Entries("results")).values_list("line", flat=True)


class Feedback(models.Model):
    """What the unit is told of a nominee that was not taken: written by the desk, released by a lead.

    The unit reads it once it is released and the embargo on the outcome is lifted, never before.
    """

    nominee = models.OneToOneField(Nominee, on_delete=models.PROTECT, related_name="feedback")
    text = models.TextField("góp ý cho đơn vị")
    written_at = models.DateTimeField("viết lúc")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người viết"
    )
    released_at = models.DateTimeField("duyệt gửi lúc", null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người duyệt gửi",
    )
    told_at = models.DateTimeField("gửi đơn vị lúc", null=True, blank=True)

    class Meta:
        verbose_name = "góp ý cho đơn vị"
        verbose_name_plural = "góp ý cho đơn vị"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="feedback_has_words"),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=models.F("written_by")),
                name="feedback_is_released_by_another_person",
                violation_error_message="Người viết góp ý không tự duyệt gửi.",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="feedback_released_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(released_at__isnull=False),
                name="feedback_is_told_once_released",
            ),
        ]

    def __str__(self):
        return f"Góp ý về {self.nominee}"
