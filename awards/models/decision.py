import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from awards.enums import TONES, AwardState, DecisionState, NomineeKind
from awards.models.nominee import Nominee
from awards.models.prize import Fund
from awards.models.proposal import Proposal
from core.models import File
from units.models import Unit


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """To the commendation body in every state; to the standing body once published."""
        if user.authority.is_commendation_body:
            return self
        if user.authority.is_standing_body:
            return self.filter(state=DecisionState.PUBLISHED)
        return self.none()


class Decision(models.Model):
    """A commendation decision: drafted here, signed outside, recorded and published here."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, related_name="decisions", verbose_name="Tờ trình"
    )
    title = models.CharField("trích yếu", max_length=300)
    state = models.CharField("trạng thái", max_length=12, choices=DecisionState, default=DecisionState.DRAFT)
    reference = models.CharField("mã", max_length=20, unique=True)
    number = models.CharField("số quyết định", max_length=30, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    signed_file = models.ForeignKey(
        File, on_delete=models.PROTECT, null=True, blank=True, verbose_name="bản ký"
    )
    fund = models.ForeignKey(
        Fund,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="nguồn tiền thưởng",
    )
    #: minutes of the Council, where the rule set asks for them
    council_met_on = models.DateField("ngày họp Hội đồng", null=True, blank=True)
    council_minutes = models.ForeignKey(
        File,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="biên bản Hội đồng",
    )
    submitted_at = models.DateTimeField("trình lúc", null=True, blank=True)
    issued_at = models.DateTimeField("ghi nhận ban hành lúc", null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: who last mended the data of issue before publication
    amended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField("công bố lúc", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField("tạo lúc")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "Quyết định khen thưởng"
        verbose_name_plural = "Quyết định khen thưởng"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["issued", "published"])
                | Q(signed_on__isnull=False, signed_file__isnull=False, issued_by__isnull=False)
                & ~Q(number="")
                & ~Q(signer=""),
                name="decision_issued_has_number_day_signer_and_scan",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False, published_by__isnull=False),
                name="decision_published_has_instant",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=models.F("issued_by")),
                name="decision_is_published_by_another_person",
                violation_error_message="Người ghi nhận ban hành không được tự công bố.",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True)
                | Q(amended_by__isnull=True)
                | ~Q(published_by=models.F("amended_by")),
                name="decision_is_published_by_another_than_who_amended",
                violation_error_message="Người sửa dữ liệu ban hành không được tự công bố.",
            ),
            models.CheckConstraint(
                condition=Q(council_met_on__isnull=True, council_minutes__isnull=True)
                | Q(council_met_on__isnull=False, council_minutes__isnull=False),
                name="decision_council_minutes_have_a_day",
            ),
            models.UniqueConstraint(
                fields=["number", "signed_on"],
                condition=~Q(number=""),
                name="decision_number_is_unique_on_a_day",
                violation_error_message="Đã có Quyết định mang số này, ký cùng ngày.",
            ),
        ]

    def __str__(self):
        return f"Quyết định {self.number}" if self.number else f"Dự thảo {self.reference}"

    def get_absolute_url(self):
        return reverse("awards:decision", args=[self.uid])

    @property
    def tone(self):
        return TONES[self.state]


class Strike(models.Model):
    """A name the Chairman struck from a draft or from the paper he signed: refused, not awarded."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="strikes")
    nominee = models.OneToOneField(Nominee, on_delete=models.PROTECT, related_name="strike")
    reason = models.TextField("lý do")
    struck_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField("ghi nhận lúc")

    class Meta:
        verbose_name = "tên bị gạch"
        verbose_name_plural = "tên bị gạch"
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="strike_has_a_reason")]

    def __str__(self):
        return f"{self.decision}: {self.nominee}"


class AwardQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All to both bodies; to units those of their own dossiers, of their own people, and below them.

        Awards come to be by publication only, so none of them is under embargo.
        """
        authority = user.authority
        if authority.is_commendation_body or authority.is_standing_body:
            return self
        read = authority.own | authority.below
        return self.filter(Q(unit__in=read) | Q(nominee__dossier__unit__in=read))


class Award(models.Model):
    """What a nominee received, with the words as printed in the decision."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominee = models.OneToOneField(Nominee, on_delete=models.PROTECT, related_name="award")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="awards")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="awards")
    reference = models.CharField("mã tra cứu", max_length=20, unique=True)
    state = models.CharField("trạng thái", max_length=20, choices=AwardState, default=AwardState.PUBLISHED)
    kind = models.CharField("đối tượng", max_length=12, choices=NomineeKind)
    name = models.CharField("tên in trong Quyết định", max_length=200)
    title = models.CharField("danh xưng", max_length=10, blank=True)
    position = models.CharField("chức vụ, đơn vị", max_length=200, blank=True)
    unit_name = models.CharField("tên đơn vị khi khen", max_length=200)
    search_name = models.CharField(max_length=200, db_index=True)
    achievement_from = models.DateField("thành tích từ")
    achievement_to = models.DateField("thành tích đến")
    prize_amount = models.PositiveIntegerField("tiền thưởng (đồng)", null=True, blank=True)
    prize_explanation = models.CharField("cách tính", max_length=600, blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = "khen thưởng"
        verbose_name_plural = "khen thưởng"
        ordering = ["decision", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(achievement_to__gte=models.F("achievement_from")),
                name="award_achievement_period_is_in_order",
            )
        ]

    def __str__(self):
        return f"{self.reference} {self.name}"

    def get_absolute_url(self):
        return reverse("awards:award", args=[self.uid])

    @property
    def printed_name(self) -> str:
        return f"{self.title} {self.name}".strip()

    @property
    def tone(self):
        return TONES[self.state]
