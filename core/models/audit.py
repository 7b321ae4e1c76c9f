from django.db import models
from django.db.models import Q

from core.models.event import Event


class AuditBatch(models.Model):
    """Events sealed together; its hash covers them and the batch before. Never changed (a trigger)."""

    number = models.PositiveIntegerField("lô số", primary_key=True)
    previous = models.CharField("mã lô trước", max_length=64)
    hash = models.CharField("mã niêm phong", max_length=64, unique=True)
    count = models.PositiveIntegerField("số sự kiện")
    sealed_at = models.DateTimeField("niêm phong lúc")

    class Meta:
        verbose_name = "lô niêm phong"
        verbose_name_plural = "lô niêm phong"
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1, count__gte=1), name="audit_batch_holds_events")
        ]

    def __str__(self):
        return f"{self.number}: {self.hash}"


class SealedEvent(models.Model):
    """The place of one event in the chain. Never changed (a trigger)."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, primary_key=True, related_name="seal")
    batch = models.ForeignKey(AuditBatch, on_delete=models.PROTECT, related_name="events")
    position = models.PositiveIntegerField()
    leaf = models.CharField(max_length=64)

    class Meta:
        verbose_name = "sự kiện đã niêm phong"
        verbose_name_plural = "sự kiện đã niêm phong"
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="sealed_event_has_a_place_of_its_own")
        ]

    def __str__(self):
        return f"{self.batch_id}/{self.position}"


class AuditHead(models.Model):
    """The newest batch of a day as the public was told it. Never changed (a trigger)."""

    day = models.DateField("ngày", unique=True)
    batch = models.ForeignKey(AuditBatch, on_delete=models.PROTECT, verbose_name="lô", related_name="heads")
    hash = models.CharField("mã niêm phong", max_length=64)
    published_at = models.DateTimeField("công bố lúc")

    class Meta:
        verbose_name = "mã niêm phong đã công bố"
        verbose_name_plural = "mã niêm phong đã công bố"
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day:%d/%m/%Y}: {self.hash}"
