import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from awards.enums import DESK_LABELS, TONES, DesignatedAct, NomineeState, ProposalState
from awards.models.regime import AwardForm, RuleSet
from core.models import File
from registrations.models import Campaign


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All to the standing body; to the commendation body once forwarded; to whom a lead named for it."""
        if user.authority.is_standing_body:
            return self
        reached = Q(state__in=[ProposalState.FORWARDED, ProposalState.APPROVED])
        if user.authority.is_commendation_body:
            return self.filter(reached)
        named = user.designations.filter(ended_at__isnull=True)
        whole = Q(pk__in=named.filter(act=DesignatedAct.FORWARD).values("proposal"))
        whole |= reached & Q(pk__in=named.filter(act=DesignatedAct.APPROVE).values("proposal"))
        judged = self.model.objects.filter(
            nominees__dossier__in=named.filter(act=DesignatedAct.JUDGE).values("dossier")
        )
        return self.filter(whole | reached & Q(pk__in=judged.values("pk")))

    def awaiting_decision(self):
        """Approved, with approved names that are in no decision yet; `waiting` counts them."""
        names = Q(nominees__state=NomineeState.APPROVED, nominees__decision__isnull=True)
        counted = self.filter(state=ProposalState.APPROVED).annotate(waiting=Count("nominees", filter=names))
        return counted.filter(waiting__gt=0)


class Proposal(models.Model):
    """The standing body's Tờ trình: recommended nominees of many dossiers under one rule set."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="proposals", verbose_name="giai đoạn"
    )
    form = models.ForeignKey(AwardForm, on_delete=models.PROTECT, verbose_name="hình thức khen thưởng")
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, verbose_name="bộ quy định")
    title = models.CharField("tên Tờ trình", max_length=200)
    state = models.CharField("trạng thái", max_length=12, choices=ProposalState, default=ProposalState.DRAFT)
    reference = models.CharField("mã", max_length=20, unique=True)
    number = models.CharField("số Tờ trình", max_length=30, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    signed_file = models.ForeignKey(
        File, on_delete=models.PROTECT, null=True, blank=True, verbose_name="bản đã ký"
    )
    finalised_at = models.DateTimeField("chốt lúc", null=True, blank=True)
    forwarded_at = models.DateTimeField("chuyển trình lúc", null=True, blank=True)
    approved_at = models.DateTimeField("duyệt lúc", null=True, blank=True)
    request_key = models.UUIDField(null=True, blank=True, unique=True)
    snapshot = models.JSONField("danh sách đã chốt", null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    created_at = models.DateTimeField("tạo lúc")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người tạo"
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "Tờ trình"
        verbose_name_plural = "Tờ trình"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "forwarded", "approved"])
                | Q(signed_on__isnull=False, signed_file__isnull=False) & ~Q(number="") & ~Q(signer=""),
                name="proposal_signed_has_number_day_signer_and_file",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["finalised", "signed", "forwarded", "approved"])
                | Q(finalised_at__isnull=False, snapshot__isnull=False),
                name="proposal_finalised_has_its_list",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["forwarded", "approved"]) | Q(forwarded_at__isnull=False),
                name="proposal_forwarded_has_instant",
            ),
        ]

    def __str__(self):
        return f"{self.reference} – {self.title}"

    def get_absolute_url(self):
        return reverse("awards:proposal", args=[self.uid])

    @property
    def tone(self):
        return TONES[self.state]

    @property
    def desk_label(self):
        """The state as the commendation body reads it."""
        return DESK_LABELS.get(self.state, self.get_state_display())
