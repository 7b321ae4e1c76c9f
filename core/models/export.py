import uuid
from types import SimpleNamespace

from django.conf import settings
from django.db import models

from core import clock


class ExportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All of them to whoever watches over exports; to anybody else one's own."""
        return self if user.has_perm("core.view_export") else self.filter(user=user)


class Export(models.Model):
    """A list that left the portal as a file: who took it, what, how narrowed, how many rows, when.

    Written before the file is handed over; never changed after (a trigger sees to it).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField("lúc")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, verbose_name="người xuất"
    )
    acting_unit_name = models.CharField("đơn vị", max_length=200, blank=True)
    listing = models.CharField("mã danh sách", max_length=60)
    title = models.CharField("danh sách", max_length=200)
    file_format = models.CharField("dạng tệp", max_length=4)
    filters = models.JSONField("điều kiện lọc", default=dict)
    rows = models.PositiveIntegerField("số dòng")
    address = models.GenericIPAddressField("địa chỉ", null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt xuất dữ liệu"
        verbose_name_plural = "nhật ký xuất dữ liệu"
        ordering = ["-id"]

    def __str__(self):
        return f"{self.title} ({self.file_format.upper()}), {self.rows} dòng"

    @property
    def filters_text(self) -> str:
        return "; ".join(f"{name}: {value}" for name, value in self.filters.items())

    @classmethod
    def record_paper(cls, request, *, kind, title, file_format, about, rows):
        """A report that left as a printed file."""
        name = cls._meta.get_field("title").max_length
        paper = SimpleNamespace(name=kind, title=title[:name])
        return cls.record(request, paper, file_format=file_format, filters={"Của": about}, rows=rows)

    @classmethod
    def record(cls, request, listing, *, file_format, filters, rows):
        is_known = request.user.is_authenticated
        return cls.objects.create(
            at=clock.now(),
            user=request.user if is_known else None,
            acting_unit_name=request.acting_unit.name if is_known and request.acting_unit else "",
            listing=listing.name,
            title=listing.title,
            file_format=file_format,
            filters=filters,
            rows=rows,
            address=request.META.get("REMOTE_ADDR") or None,
        )
