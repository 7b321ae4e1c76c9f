import uuid

from django.db import models

from awards.models.nominee import Nominee
from core.vietnamese import nfc, search_key


class AchievementReport(models.Model):
    """Báo cáo thành tích written in the portal, in the parts of the form; printed, signed, certified."""

    nominee = models.OneToOneField(Nominee, on_delete=models.CASCADE, related_name="report")
    overview = models.TextField("sơ lược đặc điểm, lý lịch", blank=True)
    results = models.TextField("nội dung, biện pháp, kết quả đạt được", blank=True)
    influence = models.TextField("phạm vi ảnh hưởng, hiệu quả áp dụng", blank=True)

    class Meta:
        verbose_name = "báo cáo thành tích"
        verbose_name_plural = "báo cáo thành tích"

    def __str__(self):
        return f"Báo cáo thành tích: {self.nominee}"

    @property
    def is_written(self) -> bool:
        return bool(self.overview.strip() and self.results.strip())


class NomineeInitiative(models.Model):
    """A sáng kiến that supports a nominee, with who has recognised it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominee = models.ForeignKey(Nominee, on_delete=models.CASCADE, related_name="initiatives")
    name = models.CharField("tên sáng kiến", max_length=300)
    search_name = models.CharField(max_length=300, editable=False, db_index=True)
    effect = models.CharField("hiệu quả, phạm vi áp dụng", max_length=500, blank=True)
    recognised_by = models.CharField("cơ quan công nhận", max_length=200, blank=True)
    recognition_number = models.CharField("số văn bản công nhận", max_length=60, blank=True)
    recognised_on = models.DateField("ngày công nhận", null=True, blank=True)

    class Meta:
        verbose_name = "sáng kiến của đối tượng"
        verbose_name_plural = "sáng kiến của đối tượng"
        ordering = ["id"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self) -> None:
        self.name = nfc(self.name)
        self.search_name = search_key(self.name)

    @property
    def recognition(self) -> str:
        """As a list prints it: "Quyết định 12/QĐ-UBND ngày 02/01/2025 của …", or what is known of it."""
        parts = [self.recognition_number]
        if self.recognised_on:
            parts.append(f"ngày {self.recognised_on:%d/%m/%Y}")
        if self.recognised_by:
            parts.append(f"của {self.recognised_by}" if self.recognition_number else self.recognised_by)
        return " ".join(part for part in parts if part)
