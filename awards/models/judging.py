"""A judgement on many nominees of a proposal at once, with what came of each."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse

from awards.models.proposal import Proposal


class JudgingBatch(models.Model):
    """Who judged which filtered set how; each nominee answers for itself."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="batches")
    request_key = models.UUIDField(unique=True)
    judgement = models.CharField("kết quả xét", max_length=10)
    reason = models.TextField("lý do", blank=True)
    #: [{"uid", "name", "is_done", "message"}] in the order of printing
    results = models.JSONField("kết quả từng đối tượng")
    done = models.PositiveIntegerField("đã ghi")
    failed = models.PositiveIntegerField("không ghi được")
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="người xét")

    class Meta:
        verbose_name = "lần xét hàng loạt"
        verbose_name_plural = "các lần xét hàng loạt"
        ordering = ["-id"]

    def __str__(self):
        return f"{self.proposal}: {self.done} + {self.failed}"

    def get_absolute_url(self):
        return reverse("awards:judging_batch", args=[self.proposal.uid, self.uid])
