import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock


class SavedFilter(models.Model):
    """What a person narrows a list to, under a name of his own; nobody else sees it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="người lưu"
    )
    #: the name of the page's address
    list = models.CharField("danh sách", max_length=100)
    name = models.CharField("tên", max_length=60)
    #: of the address, as `core.filters.query_of` writes it
    query = models.CharField("điều kiện lọc", max_length=1000)
    created_at = models.DateTimeField("lưu lúc", default=clock.now, editable=False)

    class Meta:
        verbose_name = "bộ lọc đã lưu"
        verbose_name_plural = "bộ lọc đã lưu"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "list", "name"],
                name="savedfilter_name_is_one_per_person_and_list",
                violation_error_message="Bạn đã có bộ lọc mang tên này ở danh sách này.",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(query=""),
                name="savedfilter_has_name_and_query",
                violation_error_message="Bộ lọc phải có tên và điều kiện lọc.",
            ),
        ]

    def __str__(self):
        return self.name
