import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.addresses import address_of
from core.models import File
from criteria.models import Criterion
from registrations.enums import DESK_LABELS, TONES, Channel, RegistrationState
from registrations.models.campaign import Period, PriorityField
from units.enums import Role
from units.models import Unit

ON_PAPER = ~Q(channel=Channel.PORTAL)
#: a paper says by which number it came in, and when
NAMES_ITS_RECEIPT = ~ON_PAPER | ~Q(paper_number="") & Q(received_on__isnull=False)


class RegistrationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own units' and, to a district's filers, what they write for its communes, in every state;
        others' only once filed: what a district reads of its communes, and what the standing and
        commendation bodies read of everyone. The standing body also sees what its own clerks are
        entering from paper."""
        authority = user.authority
        writes = Q(unit__in=authority.own) | Q(through__in=authority.units_by_role[Role.FILER])
        filed = Q(first_filed_at__isnull=False)
        if not (authority.is_standing_body or authority.is_commendation_body):
            filed &= Q(unit__in=authority.below)
        if authority.is_standing_body:
            filed |= ON_PAPER
        return self.filter(writes | filed)

    def on_desk(self):
        return self.filter(state=RegistrationState.FILED)

    def on_paper(self):
        return self.filter(ON_PAPER)


class Registration(models.Model):
    """A unit's yearly promise: objectives, targets, tasks with products, the signed plan."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.ForeignKey(
        Period, on_delete=models.PROTECT, related_name="registrations", verbose_name="kỳ"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="registrations", verbose_name="đơn vị"
    )
    state = models.CharField(
        "trạng thái", max_length=12, choices=RegistrationState, default=RegistrationState.DRAFT
    )
    reference = models.CharField("số tiếp nhận", max_length=20, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)
    contact_name = models.CharField("người liên hệ", max_length=120, blank=True)
    contact_phone = models.CharField("điện thoại", max_length=30, blank=True)
    fields = models.ManyToManyField(PriorityField, blank=True, verbose_name="lĩnh vực ưu tiên")
    objectives = models.TextField("mục tiêu thi đua", blank=True)
    first_filed_at = models.DateTimeField("nộp lần đầu lúc", null=True, blank=True)
    filed_at = models.DateTimeField("nộp lúc", null=True, blank=True)
    is_late = models.BooleanField("nộp muộn", default=False)
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    supplement_due = models.DateField("hạn bổ sung", null=True, blank=True)
    is_supplement_late = models.BooleanField("chậm bổ sung", default=False)
    #: the district that writes and files it for the commune, where the period has communes file through it
    through = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations_for_communes",
        verbose_name="nộp qua",
    )
    #: how the filing now written or last filed comes in; on paper a clerk of the standing body enters it
    channel = models.CharField("hình thức nộp", max_length=16, choices=Channel, default=Channel.PORTAL)
    paper_number = models.CharField("số văn bản đến", max_length=60, blank=True)
    received_on = models.DateField("ngày nhận văn bản", null=True, blank=True)
    #: the unit's own draft, kept while a clerk enters the unit's paper (shape of `workflow.content_of`)
    set_aside = models.JSONField("bản nháp được giữ lại", null=True, editable=False)
    created_at = models.DateTimeField("tạo lúc")
    saved_at = models.DateTimeField("lưu lúc")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người lưu")

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "đăng ký thi đua"
        verbose_name_plural = "đăng ký thi đua"
        ordering = ["-period__year", "unit__sort_name", "id"]
        indexes = [
            models.Index(fields=["period", "state", "filed_at"]),
            # The list of what was filed, the latest first.
            models.Index(fields=["filed_at", "id"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "unit"],
                name="registration_is_one_per_unit_and_period",
                violation_error_message="Đơn vị đã có bản đăng ký của năm này.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["filed", "confirmed", "returned"])
                | Q(first_filed_at__isnull=False, filed_at__isnull=False) & ~Q(reference=""),
                name="registration_filed_has_instant_and_reference",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False),
                name="registration_confirmed_has_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | Q(supplement_due__isnull=False),
                name="registration_returned_has_supplement_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="filed") | NAMES_ITS_RECEIPT,
                name="registration_on_paper_names_its_receipt",
            ),
        ]

    def __str__(self):
        return f"Đăng ký thi đua năm {self.period.year} – {self.unit.name}"

    def get_absolute_url(self):
        return address_of("registrations:registration", self.uid)

    @property
    def tone(self):
        return TONES[self.state]

    @property
    def desk_label(self):
        return DESK_LABELS.get(self.state) or self.get_state_display()

    @property
    def is_on_paper(self) -> bool:
        return self.channel != Channel.PORTAL


class RegistrationTarget(models.Model):
    """A promised level: of one criterion, or a free one in words."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="targets")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, null=True, blank=True)
    text = models.CharField("chỉ tiêu khác", max_length=300, blank=True)
    level = models.CharField("mức phấn đấu", max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "criterion"], name="target_is_one_per_criterion"),
            models.CheckConstraint(
                condition=Q(criterion__isnull=False) | ~Q(text=""), name="target_names_what_it_is_about"
            ),
        ]

    def __str__(self):
        return self.text or str(self.criterion)


class RegistrationTask(models.Model):
    """A task with its concrete product (plan IV.1: "có sản phẩm cụ thể")."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="tasks")
    #: the same task through all edits, so that two people's changes can be told apart row by row
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField("nhiệm vụ", max_length=300)
    product = models.CharField("sản phẩm cụ thể", max_length=300, blank=True)
    field = models.ForeignKey(
        PriorityField, on_delete=models.PROTECT, null=True, blank=True, verbose_name="lĩnh vực"
    )
    due = models.DateField("thời hạn", null=True, blank=True)
    in_charge = models.CharField("người phụ trách", max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"
        ordering = ["position", "id"]

    def __str__(self):
        return self.name


class RegistrationAttachment(models.Model):
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="attachments")
    file = models.OneToOneField(File, on_delete=models.PROTECT)
    is_removed = models.BooleanField("đã gỡ", default=False)

    class Meta:
        verbose_name = "tệp kèm theo"
        verbose_name_plural = "tệp kèm theo"
        ordering = ["id"]

    def __str__(self):
        return str(self.file)


class RegistrationDraft(models.Model):
    """What stood in a draft at one version: what two people's changes are compared with.

    Only the latest of each registration are kept (`workflow.KEPT_DRAFTS`).
    """

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="drafts")
    version = models.PositiveIntegerField("phiên bản")
    content = models.JSONField("nội dung")
    saved_at = models.DateTimeField("lưu lúc")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người lưu")

    class Meta:
        verbose_name = "bản nháp đã lưu"
        verbose_name_plural = "bản nháp đã lưu"
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "version"], name="draft_version_is_unique")
        ]

    def __str__(self):
        return f"{self.registration_id}, bản {self.version}"


class RegistrationVersion(models.Model):
    """What was filed, byte for byte: never changed after it is written (a trigger sees to it)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("lần nộp")
    snapshot = models.JSONField("nội dung")
    sha256 = models.CharField("SHA-256", max_length=64)
    filed_at = models.DateTimeField("nộp lúc")
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người nộp")
    is_late = models.BooleanField("nộp muộn")
    channel = models.CharField("hình thức nộp", max_length=16, choices=Channel, default=Channel.PORTAL)
    paper_number = models.CharField("số văn bản đến", max_length=60, blank=True)
    received_on = models.DateField("ngày nhận văn bản", null=True, blank=True)
    request_key = models.UUIDField(unique=True)

    class Meta:
        verbose_name = "bản đã nộp"
        verbose_name_plural = "bản đã nộp"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "number"], name="version_number_is_unique"),
            models.CheckConstraint(condition=NAMES_ITS_RECEIPT, name="version_on_paper_names_its_receipt"),
        ]

    def __str__(self):
        return f"{self.registration.reference}, lần {self.number}"

    def get_absolute_url(self):
        return reverse("registrations:receipt", args=[self.registration.uid, self.number])

    @property
    def is_on_paper(self) -> bool:
        return self.channel != Channel.PORTAL
