import uuid

from django.db import models


class Holiday(models.Model):
    """A correction to the calendar: a day off, or a weekend day that is worked instead.

    Fixed holidays and Tết come from the `holidays` library; the yearly decisions on
    compensatory days, and any year in which the library errs, are rows here.
    """

    day = models.DateField("ngày", unique=True)
    name = models.CharField("tên", max_length=120)
    is_working_day = models.BooleanField("là ngày làm việc", default=False)
    basis = models.CharField("căn cứ", max_length=200)

    class Meta:
        verbose_name = "ngày nghỉ hoặc làm bù"
        verbose_name_plural = "ngày nghỉ và làm bù"
        ordering = ["day"]

    def __str__(self):
        return f"{self.day:%d/%m/%Y} {self.name}"

    @property
    def uid(self) -> uuid.UUID:
        """By its day: the history of a day outlives the row that corrected it."""
        return uuid.uuid5(uuid.NAMESPACE_URL, f"holiday:{self.day.isoformat()}")
