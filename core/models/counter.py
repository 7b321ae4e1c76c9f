from django.db import connection, models


class ReferenceCounter(models.Model):
    """The last number given per kind and year; the row lock makes numbers gapless."""

    kind = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "bộ đếm số"
        verbose_name_plural = "bộ đếm số"
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="counter_per_kind_and_year")]

    def __str__(self):
        return f"{self.kind}-{self.year}: {self.last}"

    @classmethod
    def next_reference(cls, kind: str, year: int) -> str:
        """The next reference for people, e.g. "DK-2027-00042". Call inside the transaction that uses it."""
        return cls.next_references(kind, year, 1)[0]

    @classmethod
    def next_references(cls, kind: str, year: int, count: int) -> list[str]:
        """The next `count` references, at least one, in order."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO core_referencecounter (kind, year, last) VALUES (%s, %s, %s)"
                " ON CONFLICT (kind, year) DO UPDATE SET last = core_referencecounter.last + EXCLUDED.last"
                " RETURNING last",
                [kind, year, count],
            )
            (last,) = cursor.fetchone()
        return [f"{kind}-{year}-{number:05d}" for number in range(last - count + 1, last + 1)]
