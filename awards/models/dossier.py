import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from awards.enums import DESK_LABELS, TONES, DocumentKind, DossierState
from awards.models.regime import AwardForm, RuleSet
from core import clock
from core.models import File
from registrations.enums import Channel
from registrations.models import Campaign
from units.enums import Function
from units.models import Unit, UnitFunction

#: entered by a clerk of the standing body from what came on paper
ON_PAPER = ~Q(channel=Channel.PORTAL)


class DossierQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own units' always; all submitted ones to the standing body, and those its clerks are
        entering from paper; to the commendation body
        those of which a nominee was forwarded to it, and the standing body's own, which it
        appraises; to a district its communes' submitted ones; to whom a lead named for it."""
        authority = user.authority
        submitted = Q(first_submitted_at__isnull=False)
        seen = Q(unit__in=authority.own) | (submitted & Q(unit__in=authority.below))
        if authority.is_standing_body:
            seen |= submitted | ON_PAPER
        if authority.is_commendation_body:
            forwarded = self.model.objects.filter(nominees__proposal__state__in=["forwarded", "approved"])
            standing_body = UnitFunction.objects.filter(
                function=Function.STANDING_BODY, validity__contains=clock.today()
            )
            seen |= Q(pk__in=forwarded.values("pk"))
            seen |= submitted & Q(unit__in=standing_body.values("unit"))
        named = user.designations.filter(ended_at__isnull=True, dossier__isnull=False)
        seen |= submitted & Q(pk__in=named.values("dossier"))
        return self.filter(seen)

    def on_desk(self):
        return self.filter(state=DossierState.SUBMITTED)

    def on_paper(self):
        return self.filter(ON_PAPER)


class Dossier(models.Model):
    """One unit's request for commendation: nominees and the papers that support them."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="dossiers", verbose_name="giai đoạn"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="dossiers", verbose_name="đơn vị đề nghị"
    )
    form = models.ForeignKey(AwardForm, on_delete=models.PROTECT, verbose_name="hình thức khen thưởng")
    rule_set = models.ForeignKey(
        RuleSet, on_delete=models.PROTECT, null=True, blank=True, verbose_name="bộ quy định"
    )
    state = models.CharField("trạng thái", max_length=12, choices=DossierState, default=DossierState.DRAFT)
    reference = models.CharField("số tiếp nhận", max_length=20, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)
    achievement_from = models.DateField("thành tích từ ngày")
    achievement_to = models.DateField("thành tích đến ngày")
    summary = models.TextField("tóm tắt đề nghị", blank=True)
    #: how the dossier comes in; what is not of the portal was entered by a clerk of the standing body
    channel = models.CharField("hình thức nộp", max_length=16, choices=Channel, default=Channel.PORTAL)
    paper_number = models.CharField("số văn bản đến", max_length=60, blank=True)
    #: both days that a change of law may part: the standing body's receipt and the commendation body's
    received_on = models.DateField("cơ quan thường trực nhận ngày", null=True, blank=True)
    forwarded_on = models.DateField("cơ quan thi đua - khen thưởng nhận ngày", null=True, blank=True)
    #: last day of the appraisal; none while the clock stands still
    due_on = models.DateField("hạn thẩm định", null=True, blank=True)
    #: working days that were left when a supplement was asked for
    days_left = models.SmallIntegerField("số ngày làm việc còn lại khi tạm ngừng", null=True, blank=True)
    first_submitted_at = models.DateTimeField("nộp lần đầu lúc", null=True, blank=True)
    submitted_at = models.DateTimeField("nộp lúc", null=True, blank=True)
    supplement_due = models.DateField("hạn bổ sung", null=True, blank=True)
    appraised_at = models.DateTimeField("thẩm định xong lúc", null=True, blank=True)
    #: who of the desk appraises it
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_dossiers",
        verbose_name="người thẩm định",
    )
    created_at = models.DateTimeField("tạo lúc")
    saved_at = models.DateTimeField("lưu lúc")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người lưu")

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ khen thưởng"
        verbose_name_plural = "hồ sơ khen thưởng"
        ordering = ["-submitted_at", "-id"]
        indexes = [models.Index(fields=["state", "submitted_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(achievement_to__gte=F("achievement_from")),
                name="dossier_achievement_period_is_in_order",
                violation_error_message="Thời gian lập thành tích: ngày cuối phải sau ngày đầu.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(first_submitted_at__isnull=False, submitted_at__isnull=False, rule_set__isnull=False)
                & ~Q(reference=""),
                name="dossier_submitted_has_instant_rules_and_reference",
            ),
            models.CheckConstraint(
                condition=~Q(state="appraised") | Q(appraised_at__isnull=False),
                name="dossier_appraised_has_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | Q(supplement_due__isnull=False),
                name="dossier_returned_has_supplement_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | ~ON_PAPER
                | ~Q(paper_number="") & Q(received_on__isnull=False),
                name="dossier_on_paper_names_its_receipt",
                violation_error_message="Hồ sơ giấy phải có số văn bản đến và ngày nhận.",
            ),
        ]

    def __str__(self):
        return f"Hồ sơ {self.reference or 'đang soạn'} – {self.unit.name}"

    def get_absolute_url(self):
        return reverse("awards:dossier", args=[self.uid])

    @property
    def tone(self):
        return TONES[self.state]

    @property
    def desk_label(self):
        return DESK_LABELS.get(self.state, self.get_state_display())

    @property
    def is_on_paper(self) -> bool:
        return self.channel != Channel.PORTAL


class DossierDocument(models.Model):
    """A paper of the dossier, or of one of its nominees."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="documents")
    nominee = models.ForeignKey(
        "awards.Nominee", on_delete=models.CASCADE, null=True, blank=True, related_name="documents"
    )
    kind = models.CharField("loại giấy tờ", max_length=20, choices=DocumentKind)
    file = models.OneToOneField(File, on_delete=models.PROTECT)
    #: the report bears the word of the proposing level
    is_certified = models.BooleanField("có xác nhận của cấp trình khen thưởng", default=False)
    is_removed = models.BooleanField("đã gỡ", default=False)

    class Meta:
        verbose_name = "giấy tờ của hồ sơ"
        verbose_name_plural = "giấy tờ của hồ sơ"
        ordering = ["id"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.file}"


class DossierSubmission(models.Model):
    """What was submitted, byte for byte; a trigger keeps it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField("lần nộp")
    snapshot = models.JSONField("nội dung")
    sha256 = models.CharField("SHA-256", max_length=64)
    submitted_at = models.DateTimeField("nộp lúc")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người nộp"
    )
    request_key = models.UUIDField(unique=True)
    channel = models.CharField("hình thức nộp", max_length=16, choices=Channel, default=Channel.PORTAL)
    paper_number = models.CharField("số văn bản đến", max_length=60, blank=True)
    received_on = models.DateField("ngày nhận", null=True)
    appointment_on = models.DateField("ngày hẹn trả kết quả thẩm định", null=True)

    class Meta:
        verbose_name = "lần nộp hồ sơ"
        verbose_name_plural = "các lần nộp hồ sơ"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="submission_number_is_unique")
        ]

    def __str__(self):
        return f"{self.dossier.reference}, lần {self.number}"
