import secrets
import uuid

from django.db import models
from django.urls import reverse

from core import clock

#: letters and digits that are not mistaken for one another when read aloud or from paper
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP_LENGTH = 3, 4


def new_code(choose=secrets.choice) -> str:
    """A code nobody can guess, as it is printed: "7KQ2-M4RT-X9HB". `choose` picks one of the letters."""
    letters = "".join(choose(ALPHABET) for _ in range(GROUPS * GROUP_LENGTH))
    return "-".join(letters[i : i + GROUP_LENGTH] for i in range(0, len(letters), GROUP_LENGTH))


class VerificationCode(models.Model):
    """The code printed on a paper of the portal, by which anyone can check the paper.

    `payload` is all the public page may say about the paper; it is fixed at issue and holds
    nothing personal. What `kind` means, and how the paper stands today, is known to the app that
    issued it: see `core.verification`.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("mã xác minh", max_length=20, unique=True, default=new_code)
    kind = models.CharField("loại giấy tờ", max_length=40)
    object_uid = models.UUIDField("đối tượng")
    payload = models.JSONField("nội dung công khai")
    issued_at = models.DateTimeField("cấp lúc")

    class Meta:
        verbose_name = "mã xác minh"
        verbose_name_plural = "mã xác minh"
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_uid"], name="code_is_issued_once_per_paper")
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("verify_code", args=[self.code])

    @classmethod
    def issue(cls, kind: str, obj, payload: dict, at=None) -> "VerificationCode":
        """Give `obj` (anything with a `uid`) its code, in the transaction that makes the paper."""
        return cls.objects.create(kind=kind, object_uid=obj.uid, payload=payload, issued_at=at or clock.now())
