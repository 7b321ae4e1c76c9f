import uuid

from django.conf import settings
from django.db import models

from core.models.file import File


class DocumentState(models.TextChoices):
    PENDING = "pending", "Chờ tạo"
    RUNNING = "running", "Đang tạo"
    READY = "ready", "Đã tạo xong"
    FAILED = "failed", "Không tạo được"


class DocumentFormat(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"


#: what every paper is printed in; a report of figures is a workbook too
PAPER_FORMATS = (DocumentFormat.PDF, DocumentFormat.DOCX)


class Document(models.Model):
    """One printed document of one object, rendered by a worker.

    Row first, then the task by id; `task` names the Celery task so that the sweep can
    call it again without knowing the app. `content_hash` is the hash of what is printed and of the
    renderer: an unchanged document is not rendered again. A document with long lists is rendered in
    `parts`, rows of their own: part 0 is the text, part n the nth annex; its own file holds them all.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("loại văn bản", max_length=40)
    title = models.CharField("tên văn bản", max_length=200)
    object_uid = models.UUIDField("đối tượng")
    task = models.CharField(max_length=120)
    format = models.CharField("định dạng", max_length=4, choices=DocumentFormat, default=DocumentFormat.PDF)
    whole = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="parts")
    part = models.PositiveSmallIntegerField("phần", null=True)
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
    rows = models.PositiveIntegerField("số dòng trong bảng", default=0)
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
            models.CheckConstraint(
                condition=models.Q(whole__isnull=True, part__isnull=True)
                | models.Q(whole__isnull=False, part__isnull=False),
                name="document_part_is_of_a_whole",
            ),
            models.UniqueConstraint(fields=["whole", "part"], name="document_part_is_there_once"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_under_way(self) -> bool:
        return self.state in (DocumentState.PENDING, DocumentState.RUNNING)
