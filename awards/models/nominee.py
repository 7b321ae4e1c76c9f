import uuid

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import RowNumber

from awards.enums import (
    DESK_LABELS,
    SETTLED,
    STAGE_LABEL_UNDER_EMBARGO,
    TONES,
    DecisionState,
    NomineeKind,
    NomineeState,
)
from awards.models.dossier import Dossier
from core.vietnamese import (
    honorific,
    household_key,
    nfc,
    person_key,
    person_sort_key,
    search_key,
    sort_key,
)
from units.enums import Kind, Sex
from units.models import Unit

#: bodies that may be put forward without an account of their own
BODY_KINDS = [
    (kind.value, kind.label) for kind in (Kind.ENTERPRISE, Kind.COOPERATIVE, Kind.HOUSEHOLD_BUSINESS)
]
#: how names are compared; a collective by its whole name
KEY_OF = {NomineeKind.INDIVIDUAL: person_key, NomineeKind.HOUSEHOLD: household_key}
PRINTED = ["rank", "position_in_list", "sort_name", "pk"]


class NomineeQuerySet(models.QuerySet):
    def in_order(self):
        """As printed: collectives, households, individuals; within them as placed, then by name."""
        rank = models.Case(
            models.When(kind=NomineeKind.COLLECTIVE, then=0),
            models.When(kind=NomineeKind.HOUSEHOLD, then=1),
            default=2,
        )
        return self.annotate(rank=rank).order_by(*PRINTED)

    def numbered(self):
        """In the order of printing, each with its `number` among those of its kind."""
        number = models.Window(RowNumber(), partition_by=["kind"], order_by=PRINTED)
        return self.in_order().annotate(number=number)

    def with_publication(self):
        """Annotate `is_revealed`: whether the embargo on the outcome has been lifted.

        That is the publication of the decision on the nominee's own proposal; for those that
        came into none, of the first decision of the campaign after their appraisal.
        """
        published = apps.get_model("awards", "Decision").objects.filter(state=DecisionState.PUBLISHED)
        own = published.filter(proposal=models.OuterRef("proposal"))
        of_campaign = published.filter(
            proposal__campaign=models.OuterRef("dossier__campaign"),
            proposal__form=models.OuterRef("dossier__form"),
            published_at__gt=models.OuterRef("appraised_at"),
        )
        settled = Q(state__in=SETTLED)
        return self.annotate(
            is_revealed=models.Case(
                models.When(settled & Q(proposal__isnull=False), then=models.Exists(own)),
                models.When(settled, then=models.Exists(of_campaign)),
                default=models.Value(False),
            )
        )

    def ready_to_propose(self):
        """Recommended, not held, in an appraised dossier and in no proposal yet."""
        return self.filter(
            state=NomineeState.RECOMMENDED, proposal__isnull=True, is_held=False, dossier__state="appraised"
        )


class Nominee(models.Model):
    """A collective, household or person put forward. Outcomes live here, not on the dossier."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="nominees")
    kind = models.CharField("đối tượng", max_length=12, choices=NomineeKind)
    state = models.CharField("trạng thái", max_length=16, choices=NomineeState, default=NomineeState.PROPOSED)
    #: the unit the nominee belongs to, or which it is
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="nominees", verbose_name="đơn vị")
    is_the_unit = models.BooleanField("chính là đơn vị", default=False)
    #: a firm, cooperative or household business without an account; `subject` once it has one
    body_kind = models.CharField("loại tổ chức", max_length=24, choices=BODY_KINDS, blank=True)
    tax_number = models.CharField("mã số thuế", max_length=13, blank=True, db_index=True)
    #: the unit of the register that the collective is; none for a part of a unit, a household, a person
    subject = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="nominated_as",
        verbose_name="là đơn vị",
    )
    name = models.CharField("họ tên hoặc tên tập thể", max_length=200)
    sex = models.CharField("giới tính", max_length=6, choices=Sex, blank=True)
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    position = models.CharField("chức vụ, đơn vị công tác", max_length=200, blank=True)
    #: for the choice between equals: a collective of seven women in ten comes first (NĐ 152/2025 Art. 4.6)
    members = models.PositiveIntegerField("số người", null=True, blank=True)
    women = models.PositiveIntegerField("trong đó nữ", null=True, blank=True)
    achievement = models.TextField("tóm tắt thành tích", blank=True)
    search_name = models.CharField(max_length=200, editable=False, db_index=True)
    sort_name = models.CharField(max_length=600, editable=False, db_collation="C")
    # Identity number: never in the clear (see core.identity).
    identity_ciphertext = models.BinaryField(null=True, blank=True)
    identity_key = models.CharField(max_length=20, blank=True)
    identity_index = models.CharField(max_length=64, blank=True, db_index=True)
    # Appraisal by the standing body
    appraised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="appraised"
    )
    appraised_at = models.DateTimeField("thẩm định lúc", null=True, blank=True)
    appraisal_reason = models.TextField("ý kiến thẩm định", blank=True)
    #: the line that is printed instead, when two bodies put the same one forward
    duplicate_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates"
    )
    # Judgement by the commendation body, taken over when the proposal is approved
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="judged"
    )
    judged_at = models.DateTimeField("xét lúc", null=True, blank=True)
    judgement = models.CharField(
        "kết quả xét",
        max_length=10,
        choices=[("approved", "Đồng ý"), ("refused", "Không đồng ý")],
        blank=True,
    )
    judgement_reason = models.TextField("ý kiến xét", blank=True)
    is_held = models.BooleanField("tạm dừng", default=False)
    hold_reason = models.CharField("lý do tạm dừng", max_length=300, blank=True)
    proposal = models.ForeignKey(
        "awards.Proposal", on_delete=models.PROTECT, null=True, blank=True, related_name="nominees"
    )
    position_in_list = models.PositiveIntegerField("thứ tự trong danh sách", default=0)
    decision = models.ForeignKey(
        "awards.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="nominees"
    )

    objects = NomineeQuerySet.as_manager()

    class Meta:
        verbose_name = "đối tượng đề nghị"
        verbose_name_plural = "đối tượng đề nghị"
        ordering = ["dossier", "id"]
        indexes = [
            models.Index(fields=["dossier", "kind", "sort_name"]),
            models.Index(fields=["proposal", "kind", "position_in_list"]),
            models.Index(fields=["state"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="individual") | ~Q(sex=""),
                name="nominee_individual_has_sex",
                violation_error_message="Chọn Ông hoặc Bà.",
            ),
            models.CheckConstraint(
                condition=Q(body_kind="") | Q(kind="collective", is_the_unit=False),
                name="nominee_body_without_account_is_a_collective",
                violation_error_message="Tổ chức chưa có tài khoản là một tập thể.",
            ),
            models.CheckConstraint(
                condition=Q(women__isnull=True) | Q(members__gte=models.F("women")),
                name="nominee_women_are_among_the_members",
                violation_error_message="Số nữ không thể nhiều hơn số người.",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=models.F("pk")),
                name="nominee_is_not_its_own_duplicate",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "withdrawn"])
                | Q(appraised_by__isnull=False, appraised_at__isnull=False),
                name="nominee_verdict_has_an_appraiser",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["not_recommended", "not_selected", "duplicate"])
                | ~Q(appraisal_reason=""),
                name="nominee_not_recommended_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(judgement="") | Q(judged_by__isnull=False, judged_at__isnull=False),
                name="nominee_judgement_has_a_judge",
            ),
            models.CheckConstraint(
                condition=~Q(judgement="refused") | ~Q(judgement_reason=""),
                name="nominee_refused_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(judged_by__isnull=True) | ~Q(judged_by=models.F("appraised_by")),
                name="nominee_judge_is_not_the_appraiser",
                violation_error_message="Người đã thẩm định không được duyệt cùng một đối tượng.",
            ),
            models.CheckConstraint(
                condition=Q(is_held=False) | ~Q(hold_reason=""), name="nominee_held_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "awarded"]) | Q(proposal__isnull=False),
                name="nominee_approved_is_in_a_proposal",
            ),
            models.CheckConstraint(
                condition=~Q(state="awarded") | Q(decision__isnull=False),
                name="nominee_awarded_is_in_a_decision",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self) -> None:
        """What is stored of the words beside them; who writes many rows at once calls it himself."""
        self.name = nfc(self.name)
        person = self.kind == NomineeKind.INDIVIDUAL
        self.search_name = KEY_OF.get(self.kind, search_key)(self.name)
        self.sort_name = person_sort_key(self.name) if person else sort_key(self.name)
        if self.is_the_unit:
            self.subject_id = self.unit_id

    @property
    def case(self):
        return self.dossier

    @property
    def title(self) -> str:
        """Ông or Bà before a person's name, nothing before the others."""
        return honorific(self.sex) if self.kind == NomineeKind.INDIVIDUAL else ""

    @property
    def is_without_account(self) -> bool:
        return bool(self.body_kind)

    @property
    def place(self) -> str:
        """What is printed beside the name: position, else the unit when it is another one."""
        if self.position or self.is_without_account:
            return self.position
        return self.unit.name if self.unit.name != self.name else ""

    @property
    def women_percent(self) -> int | None:
        """Of a collective, rounded down: seventy is seventy."""
        return self.women * 100 // self.members if self.members and self.women is not None else None

    @property
    def tone(self):
        return TONES[self.state]

    @property
    def desk_label(self):
        return DESK_LABELS.get(self.state, self.get_state_display())

    @property
    def is_shown_to_unit(self) -> bool:
        """Whether the proposing unit reads the state itself; needs `with_publication()`."""
        return self.state == NomineeState.WITHDRAWN or self.is_revealed

    @property
    def unit_label(self):
        return self.get_state_display() if self.is_shown_to_unit else STAGE_LABEL_UNDER_EMBARGO

    @property
    def unit_tone(self):
        return self.tone if self.is_shown_to_unit else "neutral"
