import hashlib
import json
import secrets
import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from core import clock
from core.logs import request_id

#: rows of one statement
AT_ONCE = 1000


class Event(models.Model):
    """What happened, to what, by whom, when. Written in the transaction of the act; never changed.

    A trigger refuses UPDATE and DELETE. The personal payload (comment, data) lies in
    `EventPayload`, which may be erased: the event keeps only its salted SHA-256. Events are
    not chained here: a chain tail held to commit would serialise all writers.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField("lúc")
    act = models.CharField("hành động", max_length=40)
    object_type = models.CharField("loại", max_length=60)
    object_uid = models.UUIDField("đối tượng")
    #: the case whose history shows the event (a nominee's event shows in its dossier)
    case_uid = models.UUIDField("vụ việc")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, verbose_name="người thực hiện"
    )
    actor_name = models.CharField("tên người thực hiện", max_length=120, blank=True)
    acting_unit_name = models.CharField("đơn vị thực hiện", max_length=200, blank=True)
    acting_unit_uid = models.UUIDField("mã đơn vị thực hiện", null=True)
    before = models.CharField("từ trạng thái", max_length=40, blank=True)
    after = models.CharField("đến trạng thái", max_length=40, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    #: empty when there never was a payload; set and without a row when it has been erased
    payload_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "sự kiện"
        verbose_name_plural = "sự kiện"
        ordering = ["id"]
        indexes = [models.Index(fields=["case_uid", "id"]), models.Index(fields=["object_uid", "id"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(actor__isnull=False) | models.Q(actor_name="Hệ thống"),
                name="event_has_an_actor",
            )
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.act} {self.object_type} {self.object_uid}"

    @classmethod
    def record(
        cls, act, obj, *, by, acting=None, before="", after="", comment="", data=None, at=None, case=None
    ):
        """Write one event about `obj` (anything with a `uid`), inside the caller's transaction."""
        case = case or getattr(obj, "case", obj)
        told = cls._told(act, [(obj, before, case)], by, acting, after, comment, data, at)
        return told[0]

    @classmethod
    def record_all(
        cls, act, rows, *, by, acting=None, after="", comment="", data=None, at=None, case=None
    ) -> list["Event"]:
        """Write an event of the same act about each of `rows`, pairs of an object and its state before, in
        a number of statements that does not grow with them."""
        about = [(obj, before, case or getattr(obj, "case", obj)) for obj, before in rows]
        return cls._told(act, about, by, acting, after, comment, data, at)

    @classmethod
    def _told(cls, act, about, by, acting, after, comment, data, at) -> list["Event"]:
        body = {"comment": comment, "data": data or {}}
        canonical = json.dumps(body, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
        at, has_payload = at or clock.now(), bool(comment or data)
        events, salts = [], []
        for obj, before, case in about:
            salt = secrets.token_hex(16) if has_payload else ""
            salts.append(salt)
            events.append(
                cls(
                    at=at,
                    act=act,
                    object_type=obj._meta.label_lower,
                    object_uid=obj.uid,
                    case_uid=case.uid,
                    actor=by,
                    actor_name=str(by) if by else "Hệ thống",
                    acting_unit_name=acting.name if acting else "",
                    acting_unit_uid=acting.uid if acting else None,
                    before=before,
                    after=after,
                    request_id=request_id.get(),
                    payload_sha256=hashlib.sha256((salt + canonical).encode()).hexdigest() if salt else "",
                )
            )
        cls.objects.bulk_create(events, batch_size=AT_ONCE)
        if has_payload:
            data = json.loads(canonical)["data"]
            EventPayload.objects.bulk_create(
                [
                    EventPayload(event=event, salt=salt, comment=comment, data=data)
                    for event, salt in zip(events, salts, strict=True)
                ],
                batch_size=AT_ONCE,
            )
        return events


class EventPayload(models.Model):
    """The erasable part of an event: words and values that may be personal."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, primary_key=True, related_name="payload")
    salt = models.CharField(max_length=32)
    comment = models.TextField("ý kiến", blank=True)
    data = models.JSONField("dữ liệu", default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "nội dung sự kiện"
        verbose_name_plural = "nội dung sự kiện"

    def __str__(self):
        return f"{self.event_id}"


class AccessLog(models.Model):
    """Who looked at or downloaded what; apart from `Event`, and shorter lived."""

    at = models.DateTimeField("lúc")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    what = models.CharField("việc", max_length=40)
    object_uid = models.UUIDField("đối tượng", null=True)
    detail = models.CharField("chi tiết", max_length=255, blank=True)
    address = models.GenericIPAddressField("địa chỉ", null=True)

    class Meta:
        verbose_name = "lượt truy cập"
        verbose_name_plural = "nhật ký truy cập"
        ordering = ["-id"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.what}"

    @classmethod
    def record(cls, request, what, *, object_uid=None, detail=""):
        user = request.user if request.user.is_authenticated else None
        address = request.META.get("REMOTE_ADDR") or None
        cls.objects.create(
            at=clock.now(), user=user, what=what, object_uid=object_uid, detail=detail[:255], address=address
        )
