import uuid

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.functional import cached_property
from rules import has_perm as rule_allows

from core.vietnamese import nfc, search_key
from units import authority
from units.lineage import Lineage


class User(AbstractUser):
    """A person with an account. Authority comes from memberships, never from a flag here."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first_name = None
    last_name = None
    full_name = models.CharField("họ và tên", max_length=120)
    search_name = models.CharField(max_length=120, editable=False, db_index=True)
    email = models.EmailField("thư điện tử", unique=True)
    position = models.CharField("chức vụ", max_length=120, blank=True)

    objects = UserManager()
    REQUIRED_FIELDS = ["email", "full_name"]

    class Meta:
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"
        ordering = ["search_name"]

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self) -> None:
        """What is stored of the name beside it; who writes many rows at once calls it himself."""
        self.full_name = nfc(self.full_name)
        self.search_name = search_key(self.full_name)

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name

    @cached_property
    def lineage(self):
        """Who came after whom, read once per loaded user."""
        return Lineage()

    @cached_property
    def current_memberships(self):
        """With their units, and the acts that end these; read once per loaded user."""
        return list(self.memberships.current().select_related("unit__ended_by").order_by("id"))

    @cached_property
    def authority(self):
        """Read once per loaded user, that is once per request."""
        return authority.read(self)

    @cached_property
    def conflicted_units(self):
        return authority.conflicted_units(self)

    def has_perm(self, perm, obj=None):
        """Ask the rules and nothing else: Django's own backends would let a superuser do everything,
        past four eyes and conflict of interest."""
        return self.is_active and rule_allows(perm, self, obj)

    def has_module_perms(self, app_label):
        return self.is_active and self.is_staff
