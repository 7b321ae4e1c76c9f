import uuid

from django.conf import settings
from django.db import models

from core.models.file import File


class DocumentState(models.TextChoices):
    PENDING = "pending", "Chờ tạo"
    RUNNING = "running", "Đang tạo"
    READY = "ready", "Đã tạo xong"
    FAILED = "failed", "Không tạo được"


class Document(models.Model):
    """One printed document of one object, rendered by a worker.

    Row first, then the task by id; `task` names the Celery task so that the sweep can
    call it again without knowing the app. `content_hash` is the hash of what is printed:
    an unchanged document is not rendered again.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("loại văn bản", max_length=40)
    title = models.CharField("tên văn bản", max_length=200)
    object_uid = models.UUIDField("đối tượng")
    task = models.CharField(max_length=120)
    state = models.CharField(
        "trạng thái", max_length=10, choices=DocumentState, default=DocumentState.PENDING
    )
    done = models.PositiveIntegerField("đã xong", default=0)
    total = models.PositiveIntegerField("tổng số", default=0)
    stage = models.CharField("bước", max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    lease_until = models.DateTimeField(null=True)
    error = models.CharField("lỗi", max_length=255, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    html = models.TextField(blank=True)
    pages = models.PositiveIntegerField("số trang", default=0)
    file = models.ForeignKey(File, on_delete=models.PROTECT, null=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    requested_at = models.DateTimeField("yêu cầu lúc")
    ready_at = models.DateTimeField("xong lúc", null=True)

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        indexes = [
            models.Index(fields=["object_uid", "kind", "-id"]),
            models.Index(fields=["state", "lease_until"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="ready") | models.Q(file__isnull=False, ready_at__isnull=False),
                name="document_ready_has_file",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="failed") | ~models.Q(error=""), name="document_failed_has_reason"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_under_way(self) -> bool:
        return self.state in (DocumentState.PENDING, DocumentState.RUNNING)
