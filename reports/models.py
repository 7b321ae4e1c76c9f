from django.db import models


class OpenDataRelease(models.Model):
    """The public data as it stood when a day on which something was published had ended.

    It serves every day until the next one. The files can be made again from `PublicRecord` at any
    time, byte for byte: nothing in them tells when they were made.
    """

    day = models.DateField("ngày", unique=True)
    #: the last publication in it
    sequence = models.BigIntegerField()
    #: [{"name", "size", "sha256"}], in the order in which they are shown
    files = models.JSONField("tệp")
    made_at = models.DateTimeField("tạo lúc")

    class Meta:
        verbose_name = "bộ dữ liệu mở"
        verbose_name_plural = "bộ dữ liệu mở"
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day:%d/%m/%Y}"
