import json
from collections import Counter
from datetime import UTC, date

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import connection, models
from django.db.models import F, Q

from awards.enums import TONES, NomineeKind, PublicState
from core import clock
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

    def progress(self):
        return self.latest().filter(kind="progress")

    def search(self, text):
        """Records with these words, each from its beginning, in this order; signs alone find nothing."""
        key = search_key(text)
        return self.filter(search_text__contains=f" {key}") if key else self.none()

    def as_of(self, instant):
        """What was published and stood so before that instant, each in the words of then."""
        then = self.model.objects.filter(updated_at__lt=instant)
        newest = then.filter(uid=models.OuterRef("uid")).order_by("-sequence").values("sequence")[:1]
        return self.filter(updated_at__lt=instant, sequence=models.Subquery(newest))


class PublicRecord(models.Model):
    """All that the public may read. Publish, correct and revoke append here under one lock;
    public pages, search, API, feeds and dumps read only this table."""

    sequence = models.BigIntegerField(primary_key=True)
    kind = models.CharField(
        max_length=10,
        choices=[("award", "Khen thưởng"), ("decision", "Quyết định"), ("progress", "Tiến độ")],
    )
    uid = models.UUIDField()
    state = models.CharField(max_length=10, choices=PublicState, default=PublicState.VALID)
    is_latest = models.BooleanField(default=True)
    payload = models.JSONField()
    published_at = models.DateTimeField()
    #: never decreases along the sequence, so that whoever asks for what is newer misses nothing
    updated_at = models.DateTimeField()
    #: where the row stands in public lists: the newest publication first, in it as printed;
    #: later words on the same thing keep its place
    place = models.BigIntegerField()
    #: what the API answers for the row, ready to be sent
    answer = models.TextField()
    # Columns that are filtered or searched; the rest lies in the payload.
    reference = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField()
    award_code = models.CharField(max_length=20, blank=True)
    nominee_kind = models.CharField(max_length=12, choices=NomineeKind, blank=True)
    unit_uid = models.UUIDField(null=True)
    decision_uid = models.UUIDField(null=True)
    search_text = models.CharField(max_length=700)

    objects = PublicRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "bản ghi công khai"
        verbose_name_plural = "bản ghi công khai"
        ordering = ["-sequence"]
        indexes = [
            models.Index(fields=["kind", "-sequence"], condition=Q(is_latest=True), name="public_latest"),
            models.Index(fields=["kind", "place"], condition=Q(is_latest=True), name="public_place"),
            models.Index(fields=["kind", "year", "place"], condition=Q(is_latest=True), name="public_year"),
            models.Index(fields=["unit_uid", "place"], condition=Q(is_latest=True), name="public_unit"),
            models.Index(fields=["uid", "-sequence"], name="public_history"),
            models.Index(fields=["updated_at"], name="public_updated"),
            models.Index(fields=["decision_uid", "sequence"]),
            models.Index(fields=["reference"], condition=Q(is_latest=True), name="public_reference"),
            GinIndex(OpClass(F("search_text"), name="gin_trgm_ops"), name="public_search"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["uid"], condition=Q(is_latest=True), name="public_record_has_one_latest"
            ),
            models.CheckConstraint(
                condition=Q(kind="progress") | ~Q(award_code="") & Q(decision_uid__isnull=False),
                name="public_award_names_its_decision",
            ),
        ]

    def __str__(self):
        return f"{self.sequence} {self.kind} {self.uid} {self.state}"

    @property
    def tone(self):
        return TONES[self.state]

    @property
    def decided_on(self) -> date:
        return date.fromisoformat(self.payload["decision"]["date"])

    def as_answered(self) -> dict:
        """The row in the words of API v1: the fields of its kind, its state and its instants."""
        fields = {
            "award": _award_fields,
            "decision": _decision_fields,
            "progress": lambda payload: payload,
        }
        return {
            **fields[self.kind](self.payload),
            "state": self.state,
            "published_at": self.published_at.astimezone(UTC).isoformat(),
            "updated_at": self.updated_at.astimezone(UTC).isoformat(),
        }

    @property
    def corrections(self) -> list[dict]:
        """Both wordings of each correction, with the act that made it; empty for most."""
        said = self.payload.get("corrections", [])
        return [correction | {"act_on": _day(correction["act"])} for correction in said]

    @property
    def revocation(self) -> dict | None:
        said = self.payload.get("revocation")
        return said and said | {"act_on": _day(said["act"])}

    @classmethod
    def newest(cls):
        """The number and the instant of the last publication: everything up to it has been committed.

        Asked before every public answer, and all that a 304 costs: said in SQL, without making it.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sequence, updated_at FROM awards_publicrecord ORDER BY sequence DESC LIMIT 1"
            )
            return cursor.fetchone() or (0, None)

    @classmethod
    def append(cls, records: list["PublicRecord"]) -> None:
        """Append records in the caller's transaction; each becomes the latest of its uid."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLICATION_LOCK])
        last = cls.objects.order_by("-sequence").values("sequence", "updated_at").first()
        first = last["sequence"] + 1 if last else 1
        end = first + len(records) - 1
        # Who waited for the lock began before what came in meanwhile, and may not look older than it.
        waited = max(clock.now(), last["updated_at"]) if last else None
        earlier = cls.objects.filter(uid__in=[r.uid for r in records], is_latest=True)
        replaced = {row.uid: row for row in earlier.defer("payload", "answer")}
        earlier.update(is_latest=False)
        for number, record in enumerate(records, start=first):
            record.sequence = number
            if last and record.updated_at <= last["updated_at"]:
                record.updated_at = waited
            before = replaced.get(record.uid)
            record.place = before.place if before else number - first - end
            record.search_text = f" {search_key(record.search_text)}"[:700]
            record.answer = json.dumps(record.as_answered(), ensure_ascii=False, separators=(",", ":"))
        cls.objects.bulk_create(records, batch_size=1000)
        PublicCount.follow(added=records, removed=replaced.values())


def _award_fields(payload) -> dict:
    decision = payload["decision"]
    return {
        "reference": payload["reference"],
        "name": payload["name"],
        "title": payload["title"],
        "position": payload["position"],
        "nominee_kind": payload["nominee_kind"],
        "unit": payload["unit"],
        "proposed_by": payload["proposed_by"],
        "award": payload["award"],
        "decision": {"number": decision["number"], "date": decision["date"]},
        "campaign": payload["campaign"],
        "year": payload["year"],
        "corrections": payload.get("corrections", []),
        "revocation": payload.get("revocation"),
    }


def _decision_fields(payload) -> dict:
    return {
        **{name: payload["decision"][name] for name in ("id", "number", "date")},
        **{name: payload[name] for name in ("title", "authority", "signer", "award", "campaign", "year")},
        "counts": payload["counts"],
    }


COUNTED_BY = ("kind", "year", "award_code", "nominee_kind", "state")


class PublicCount(models.Model):
    """How many latest public records there are of each sort, so that no page has to count them.
    Written with the records, under their lock."""

    kind = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    award_code = models.CharField(max_length=20, blank=True)
    nominee_kind = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=10)
    number = models.PositiveIntegerField()

    class Meta:
        verbose_name = "số bản ghi công khai"
        verbose_name_plural = "số bản ghi công khai"
        ordering = COUNTED_BY
        constraints = [
            models.UniqueConstraint(fields=COUNTED_BY, name="public_count_is_one_per_sort"),
        ]

    def __str__(self):
        return f"{self.kind} {self.year} {self.award_code} {self.nominee_kind} {self.state}: {self.number}"

    @classmethod
    def follow(cls, *, added, removed) -> None:
        change = Counter(tuple(getattr(r, field) for field in COUNTED_BY) for r in added)
        change.subtract(tuple(getattr(r, field) for field in COUNTED_BY) for r in removed)
        for sort, difference in change.items():
            named = dict(zip(COUNTED_BY, sort, strict=True))
            if difference and not cls.objects.filter(**named).update(number=F("number") + difference):
                cls.objects.create(**named, number=difference)


def _day(act: dict) -> date:
    return date.fromisoformat(act["date"])
