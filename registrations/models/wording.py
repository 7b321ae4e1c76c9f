import uuid

from django.core.exceptions import ValidationError
from django.db import models

from registrations import wording
from registrations.enums import WordingUse


class Wording(models.Model):
    """The words of a reminder or of a letter, with placeholders; dates come from the data alone."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    use = models.CharField("dùng cho", max_length=10, choices=WordingUse)
    name = models.CharField("tên mẫu", max_length=120)
    subject = models.CharField("tiêu đề", max_length=200)
    body = models.TextField("nội dung", max_length=4000)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    class Meta:
        verbose_name = "mẫu lời"
        verbose_name_plural = "mẫu lời"
        ordering = ["use", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["use", "name"],
                name="wording_name_is_unique",
                violation_error_message="Đã có mẫu cùng tên.",
            ),
            models.CheckConstraint(
                condition=~models.Q(subject="") & ~models.Q(body=""), name="wording_says_something"
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Only known placeholders, and no literal date: next year it would be wrong."""
        faults = {
            field: found
            for field in ("subject", "body")
            if (found := wording.faults_in(getattr(self, field), self.use))
        }
        if faults:
            raise ValidationError(faults)
