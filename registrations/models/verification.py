"""What a unit answers to refused figures, and what persons decide where no number can."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import File
from criteria.models import Criterion
from registrations.models.report import Figure
from units.models import Unit


class FigureAnswer(models.Model):
    """The unit's answer to one refused figure: it agrees, or contests the refusal and says why.

    Never changed; what was refused, and for which reason, is kept with it. New evidence is
    `FigureEvidence` of this answer.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="answers")
    refusal = models.CharField("lý do không chấp nhận", max_length=300)
    is_contested = models.BooleanField("kiến nghị")
    text = models.TextField("nội dung kiến nghị", blank=True)
    answered_at = models.DateTimeField("trả lời lúc")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người trả lời"
    )

    class Meta:
        verbose_name = "trả lời về số liệu"
        verbose_name_plural = "trả lời về số liệu"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_contested=False) | ~Q(text=""),
                name="figure_answer_contested_says_why",
                violation_error_message="Hãy nêu nội dung kiến nghị.",
            )
        ]

    def __str__(self):
        return self.text or "Đồng ý"


class Judgement(models.Model):
    """A person's decision on evidence whether someone meets a criterion no number can judge.

    Of whom is said by `subject_uid` and `subject_name` (a nominee, known to other rooms of the
    house) and by the unit that stands behind him. Never changed; the last one counts.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    criterion = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, related_name="judgements", verbose_name="tiêu chí"
    )
    subject_uid = models.UUIDField()
    subject_name = models.CharField("về ai", max_length=300)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    is_met = models.BooleanField("đạt")
    reason = models.TextField("lý do")
    evidence = models.ManyToManyField(File, related_name="+", verbose_name="minh chứng")
    judged_at = models.DateTimeField("kết luận lúc")
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người kết luận"
    )

    class Meta:
        verbose_name = "kết luận theo minh chứng"
        verbose_name_plural = "kết luận theo minh chứng"
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_uid", "id"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="judgement_says_why",
                violation_error_message="Hãy nêu lý do của kết luận.",
            )
        ]

    def __str__(self):
        return f"{self.criterion.code}, {self.subject_name}: {'đạt' if self.is_met else 'chưa đạt'}"
