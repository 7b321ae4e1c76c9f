import uuid

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.urls import reverse

from awards.enums import TONES, ConsultationState, Silence, Topic, View
from awards.models.dossier import Dossier
from awards.models.nominee import Nominee
from core import clock
from core.models import File
from units.models import Unit


class ConsultationRule(models.Model):
    """What is usually asked of another office, for how long, and what its silence means."""

    topic = models.CharField("lĩnh vực", max_length=20, choices=Topic)
    office = models.CharField("cơ quan được xin ý kiến", max_length=200)
    question = models.CharField("nội dung xin ý kiến", max_length=500)
    working_days = models.PositiveSmallIntegerField("số ngày làm việc để trả lời")
    silence = models.CharField("khi không trả lời", max_length=12, choices=Silence)
    basis = models.CharField("căn cứ", max_length=300)
    validity = DateRangeField("áp dụng trong")

    class Meta:
        verbose_name = "quy định xin ý kiến"
        verbose_name_plural = "quy định xin ý kiến"
        ordering = ["topic"]
        constraints = [
            ExclusionConstraint(
                name="consultation_rules_do_not_overlap",
                expressions=[("topic", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
                violation_error_message="Đã có quy định cho lĩnh vực này trong thời gian đó.",
            ),
            models.CheckConstraint(condition=Q(working_days__gt=0), name="consultation_rule_gives_time"),
        ]

    def __str__(self):
        return self.get_topic_display()


class ConsultationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """To whoever sees its case; what is asked is for the eyes of those who ask (rule)."""
        of_dossiers = Q(dossier__in=Dossier.objects.visible_to(user))
        proposals = apps.get_model("awards", "Proposal").objects.visible_to(user)
        return self.filter(of_dossiers | Q(proposal__in=proposals))

    def waiting(self):
        """Those whose answer the work still waits for: not sent yet, within their time, or past it
        where silence says nothing."""
        sent = Q(state=ConsultationState.SENT)
        open_ = sent & (Q(due_on__gte=clock.today()) | Q(silence=Silence.WAIT))
        return self.filter(Q(state=ConsultationState.DRAFT) | open_)


class Consultation(models.Model):
    """Another office's opinion of some nominees of one dossier, or of one proposal, asked by letter."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField("mã", max_length=20, unique=True)
    state = models.CharField(
        "trạng thái", max_length=10, choices=ConsultationState, default=ConsultationState.DRAFT
    )
    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, null=True, blank=True, related_name="consultations"
    )
    proposal = models.ForeignKey(
        "awards.Proposal", on_delete=models.PROTECT, null=True, blank=True, related_name="consultations"
    )
    nominees = models.ManyToManyField(Nominee, related_name="consultations", verbose_name="đối tượng")
    #: the body that asks
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan xin ý kiến"
    )
    topic = models.CharField("lĩnh vực", max_length=20, choices=Topic)
    office = models.CharField("cơ quan được xin ý kiến", max_length=200)
    question = models.CharField("nội dung xin ý kiến", max_length=500)
    working_days = models.PositiveSmallIntegerField("số ngày làm việc để trả lời")
    silence = models.CharField("khi không trả lời", max_length=12, choices=Silence)
    created_at = models.DateTimeField("lập lúc")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người lập"
    )
    number = models.CharField("số công văn", max_length=30, blank=True)
    sent_on = models.DateField("ngày gửi", null=True, blank=True)
    letter = models.ForeignKey(
        File, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="công văn đã ký"
    )
    due_on = models.DateField("hạn trả lời", null=True, blank=True)
    reply_number = models.CharField("số văn bản trả lời", max_length=30, blank=True)
    replied_on = models.DateField("ngày trả lời", null=True, blank=True)
    reply = models.ForeignKey(
        File,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="văn bản trả lời",
    )

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = "xin ý kiến"
        verbose_name_plural = "xin ý kiến"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dossier__isnull=False, proposal__isnull=True)
                | Q(dossier__isnull=True, proposal__isnull=False),
                name="consultation_is_on_one_case",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "answered"])
                | Q(sent_on__isnull=False, due_on__isnull=False) & ~Q(number=""),
                name="consultation_sent_has_number_day_and_due_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(replied_on__isnull=False),
                name="consultation_answered_has_day",
            ),
        ]

    def __str__(self):
        return f"{self.reference} – {self.get_topic_display()}, {self.office}"

    def get_absolute_url(self):
        return reverse("awards:consultation", args=[self.uid])

    @property
    def case(self):
        return self.dossier or self.proposal

    @property
    def tone(self):
        return TONES[self.state] if not self.is_silent else "warning"

    @property
    def is_silent(self) -> bool:
        """Whether the time to answer is over and nothing came."""
        return self.state == ConsultationState.SENT and self.due_on < clock.today()


class Opinion(models.Model):
    """What an office said of one nominee."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="opinions")
    nominee = models.ForeignKey(Nominee, on_delete=models.PROTECT, related_name="opinions")
    view = models.CharField("ý kiến", max_length=10, choices=View)
    words = models.CharField("nội dung", max_length=1000, blank=True)

    class Meta:
        verbose_name = "ý kiến"
        verbose_name_plural = "ý kiến"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "nominee"], name="opinion_is_given_once"),
            models.CheckConstraint(
                condition=~Q(view="objects") | ~Q(words=""),
                name="opinion_against_has_words",
                violation_error_message="Ý kiến không thống nhất phải có nội dung.",
            ),
        ]

    def __str__(self):
        return f"{self.nominee}: {self.get_view_display()}"
