from datetime import date

from django.db import connection, models
from django.db.models import Q

from awards.enums import TONES, NomineeKind, PublicState
from core.vietnamese import search_key

#: one advisory lock for everyone who appends, so that sequence order is commit order
PUBLICATION_LOCK = 720_2025


class PublicRecordQuerySet(models.QuerySet):
    def latest(self):
        """The present state of everything published."""
        return self.filter(is_latest=True)

    def awards(self):
        return self.latest().filter(kind="award")

    def decisions(self):
        return self.latest().filter(kind="decision")

    def search(self, text):
        """Records with these words, each from its beginning, in this order."""
        return self.filter(search_text__contains=f" {search_key(text)}")


class PublicRecord(models.Model):
    """All that the public may read. Publish, correct and revoke append here under one lock;
    public pages, search, API, feeds and dumps read only this table."""

    sequence = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=[("award", "Khen thưởng"), ("decision", "Quyết định")])
    uid = models.UUIDField()
    state = models.CharField(max_length=10, choices=PublicState, default=PublicState.VALID)
    is_latest = models.BooleanField(default=True)
    payload = models.JSONField()
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    # Columns that are filtered or searched; the rest lies in the payload.
    reference = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField()
    award_code = models.CharField(max_length=20)
    nominee_kind = models.CharField(max_length=12, choices=NomineeKind, blank=True)
    unit_uid = models.UUIDField(null=True)
    decision_uid = models.UUIDField()
    search_text = models.CharField(max_length=700)

    objects = PublicRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "bản ghi công khai"
        verbose_name_plural = "bản ghi công khai"
        ordering = ["-sequence"]
        indexes = [
            models.Index(fields=["kind", "-sequence"], condition=Q(is_latest=True), name="public_latest"),
            models.Index(fields=["decision_uid", "sequence"]),
            models.Index(fields=["reference"], condition=Q(is_latest=True), name="public_reference"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["uid"], condition=Q(is_latest=True), name="public_record_has_one_latest"
            )
        ]

    def __str__(self):
        return f"{self.sequence} {self.kind} {self.uid} {self.state}"

    @property
    def tone(self):
        return TONES[self.state]

    @property
    def decided_on(self) -> date:
        return date.fromisoformat(self.payload["decision"]["date"])

    @classmethod
    def append(cls, records: list["PublicRecord"]) -> None:
        """Append records in the caller's transaction; each becomes the latest of its uid."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLICATION_LOCK])
        last = cls.objects.aggregate(last=models.Max("sequence"))["last"] or 0
        cls.objects.filter(uid__in=[r.uid for r in records], is_latest=True).update(is_latest=False)
        for number, record in enumerate(records, start=last + 1):
            record.sequence = number
            record.search_text = f" {search_key(record.search_text)}"[:700]
        cls.objects.bulk_create(records)
