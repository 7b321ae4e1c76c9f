import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.models import File
from criteria.models import Criterion
from registrations.enums import TONES, FindingKind, FindingState, InspectionState, TeamRole, VisitState
from registrations.models.campaign import Period
from units.models import Unit

#: the unit inspected reads of an inspection once it is announced
ANNOUNCED = (InspectionState.UNDER_WAY, InspectionState.CONCLUDED, InspectionState.CLOSED)


class InspectionPlan(models.Model):
    """The signed plan of a year's inspections (plan III.5: "hàng năm")."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.OneToOneField(
        Period, on_delete=models.PROTECT, related_name="inspection_plan", verbose_name="kỳ"
    )
    number = models.CharField("số, ký hiệu", max_length=60)
    signed_on = models.DateField("ngày ký")
    file = models.OneToOneField(File, on_delete=models.PROTECT, verbose_name="bản đã ký")
    note = models.TextField("nội dung chính", blank=True)

    class Meta:
        verbose_name = "kế hoạch kiểm tra"
        verbose_name_plural = "kế hoạch kiểm tra"

    def __str__(self):
        return f"Kế hoạch kiểm tra năm {self.period.year}"


class InspectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Both bodies read all; the team its own; a unit inspected those announced to it."""
        authority = user.authority
        if authority.is_standing_body or authority.is_commendation_body:
            return self
        teams = user.inspections.values("inspection")
        visited = Visit.objects.filter(unit__in=authority.own).values("inspection")
        return self.filter(Q(pk__in=teams) | Q(pk__in=visited, state__in=ANNOUNCED))


class Inspection(models.Model):
    """One inspection: a decision, a team, a programme of visits, and what was found at them."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.ForeignKey(
        Period, on_delete=models.PROTECT, related_name="inspections", verbose_name="kỳ"
    )
    name = models.CharField("tên đợt kiểm tra", max_length=200)
    reference = models.CharField("mã đợt", max_length=20, unique=True)
    state = models.CharField(
        "trạng thái", max_length=10, choices=InspectionState, default=InspectionState.PLANNED
    )
    purpose = models.TextField("mục đích, nội dung kiểm tra", blank=True)
    combined_with = models.CharField("lồng ghép với", max_length=200, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày")
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)
    decision_on = models.DateField("ngày quyết định", null=True, blank=True)
    decision_file = models.OneToOneField(
        File, on_delete=models.PROTECT, null=True, blank=True, verbose_name="quyết định đã ký"
    )
    conclusion = models.TextField("đánh giá chung", blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)
    created_at = models.DateTimeField("tạo lúc")
    concluded_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt kiểm tra"
        verbose_name_plural = "đợt kiểm tra"
        ordering = ["-period__year", "-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="inspection_ends_after_it_starts",
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "cancelled"])
                | ~Q(decision_number="") & Q(decision_on__isnull=False, decision_file__isnull=False),
                name="inspection_announced_has_decision",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("registrations:inspection", args=[self.uid])

    @property
    def tone(self):
        return TONES[self.state]


class InspectionMember(models.Model):
    """One of the team; who has an account records findings in the portal."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name="tài khoản",
    )
    name = models.CharField("họ và tên", max_length=120)
    position = models.CharField("chức vụ", max_length=120, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    role = models.CharField("vai trò", max_length=10, choices=TeamRole, default=TeamRole.MEMBER)

    class Meta:
        verbose_name = "thành viên đoàn"
        verbose_name_plural = "thành viên đoàn"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection"],
                condition=Q(role="head"),
                name="inspection_has_one_head",
                violation_error_message="Đoàn đã có trưởng đoàn.",
            ),
            models.UniqueConstraint(
                fields=["inspection", "user"],
                name="inspection_member_is_listed_once",
                violation_error_message="Người này đã có trong đoàn.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def case(self):
        return self.inspection


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        authority = user.authority
        if authority.is_standing_body or authority.is_commendation_body:
            return self
        announced = Q(unit__in=authority.own, inspection__state__in=ANNOUNCED)
        teams = user.inspections.values("inspection")
        return self.filter(Q(inspection__in=teams) | announced)


class Visit(models.Model):
    """One unit visited: when, where, and what the team says of it once it says so."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="visits")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="inspection_visits", verbose_name="đơn vị được kiểm tra"
    )
    on = models.DateField("ngày làm việc")
    place = models.CharField("địa điểm", max_length=200)
    representatives = models.TextField("đại diện đơn vị", blank=True)
    summary = models.TextField("nhận xét chung", blank=True)
    state = models.CharField("trạng thái", max_length=12, choices=VisitState, default=VisitState.PLANNED)
    communicated_at = models.DateTimeField("thông báo lúc", null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "buổi kiểm tra"
        verbose_name_plural = "buổi kiểm tra"
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "unit"],
                name="visit_is_one_per_unit",
                violation_error_message="Đơn vị này đã có trong chương trình.",
            ),
            models.CheckConstraint(
                condition=Q(state="planned") | Q(communicated_at__isnull=False),
                name="visit_communicated_has_instant",
            ),
        ]

    def __str__(self):
        return f"Kiểm tra tại {self.unit.name}"

    def get_absolute_url(self):
        return reverse("registrations:visit", args=[self.inspection.uid, self.uid])

    @property
    def tone(self):
        return TONES[self.state]

    @property
    def case(self):
        return self.inspection


class FindingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A unit reads what was found at it once the team has told it so."""
        authority = user.authority
        if authority.is_standing_body or authority.is_commendation_body:
            return self
        told = Q(
            visit__unit__in=authority.own,
            visit__state=VisitState.COMMUNICATED,
            visit__inspection__state__in=ANNOUNCED,
        )
        teams = user.inspections.values("inspection")
        return self.filter(Q(visit__inspection__in=teams) | told)

    def communicated(self):
        return self.filter(visit__state=VisitState.COMMUNICATED)

    def to_remedy(self):
        """What the unit still has to put right: a good point asks for nothing."""
        return self.exclude(kind=FindingKind.GOOD).exclude(state=FindingState.CLOSED)


class Finding(models.Model):
    """What the team found at a unit, tied to a criterion where it concerns one, followed until closed."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="findings")
    criterion = models.ForeignKey(
        Criterion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name="tiêu chí",
    )
    kind = models.CharField("loại", max_length=12, choices=FindingKind)
    text = models.TextField("nội dung phát hiện")
    remedy = models.TextField("yêu cầu khắc phục", blank=True)
    due = models.DateField("hạn khắc phục", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=FindingState, default=FindingState.OPEN)
    closed_at = models.DateTimeField("đóng lúc", null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "phát hiện"
        verbose_name_plural = "phát hiện"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="good") | Q(state="open"), name="finding_good_is_not_followed_up"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False), name="finding_closed_has_instant"
            ),
        ]

    def __str__(self):
        return f"Phát hiện tại {self.visit.unit.name}"

    @property
    def case(self):
        return self.visit.inspection

    @property
    def label(self) -> str:
        return "Ghi nhận" if self.is_good else self.get_state_display()

    @property
    def tone(self):
        return "info" if self.is_good else TONES[self.state]

    @property
    def is_overdue(self) -> bool:
        return self.state == FindingState.OPEN and self.due is not None and self.due < clock.today()

    @property
    def unit_id(self) -> int:
        return self.visit.unit_id

    @property
    def is_good(self) -> bool:
        return self.kind == FindingKind.GOOD


class FindingAnswer(models.Model):
    """What the unit says it has done about a finding; each answer stays readable."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField("nội dung trả lời")
    answered_at = models.DateTimeField("trả lời lúc")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)

    class Meta:
        verbose_name = "trả lời"
        verbose_name_plural = "trả lời"
        ordering = ["id"]

    def __str__(self):
        return self.text


class FindingFile(models.Model):
    """A file of the team (evidence), or of the unit (`answer` names the answer it came with)."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="files")
    answer = models.ForeignKey(
        FindingAnswer, on_delete=models.PROTECT, null=True, blank=True, related_name="files"
    )
    file = models.OneToOneField(File, on_delete=models.PROTECT)

    class Meta:
        verbose_name = "tệp của phát hiện"
        verbose_name_plural = "tệp của phát hiện"
        ordering = ["id"]

    def __str__(self):
        return str(self.file)


def findings_for(unit, period):
    """What inspections of the period have told the unit, to be read beside its figures."""
    told = Finding.objects.communicated().filter(visit__unit=unit, visit__inspection__period=period)
    return told.select_related("criterion", "visit__inspection").order_by("criterion__code", "pk")
