from django.db import models


class ScheduledRun(models.Model):
    """When each scheduled job last began and ended, so that a missed run is noticed."""

    job = models.CharField("việc định kỳ", max_length=80, unique=True)
    began_at = models.DateTimeField("bắt đầu lúc")
    ended_at = models.DateTimeField("xong lúc", null=True)
    #: when it last came to its end without an error
    succeeded_at = models.DateTimeField("chạy tốt lúc", null=True)
    outcome = models.CharField("kết quả", max_length=255, blank=True)

    class Meta:
        verbose_name = "lượt chạy định kỳ"
        verbose_name_plural = "lượt chạy định kỳ"

    def __str__(self):
        return self.job
