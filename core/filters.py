"""What a person narrows a list to, kept under a name and one click away the next time.

A list that has a filter form offers it with `{% saved_filters form %}` under the form. The page seals what it
stands on, so that nothing but fields of its own form ever comes to be stored.
"""

from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction

from core.models import SavedFilter
from core.transitions import Refused

MOST = 20
LONGEST = SavedFilter._meta.get_field("query").max_length
_SALT = "core.filters"


@dataclass(frozen=True)
class Stand:
    """Where a person stands: the list by its name, its address, and what it is narrowed to."""

    list: str
    path: str
    query: str

    @property
    def url(self) -> str:
        return f"{self.path}?{self.query}"

    def seal(self) -> str:
        return signing.dumps(asdict(self), salt=_SALT, compress=True)

    @classmethod
    def unseal(cls, sealed: str) -> "Stand":
        """`signing.BadSignature` when no page of the portal wrote it."""
        return cls(**signing.loads(sealed, salt=_SALT))


def query_of(form, asked) -> str:
    """What a bound form narrows to, as it stands in an address: its own fields in their order, of them those
    asked for and right. `asked` is the request's data: a form may be bound to more than was asked."""
    chosen = []
    for bound in form:
        value = bound.field.widget.value_from_datadict(asked, {}, bound.html_name)
        value = value.strip() if isinstance(value, str) else value
        if value and bound.name not in form.errors:
            chosen.append((bound.html_name, value))
    return urlencode(chosen, doseq=True)


def save(user, stand: Stand, name: str) -> SavedFilter:
    with transaction.atomic():
        # Two tabs at once: the second waits, then counts what the first has saved.
        get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)
        beside = SavedFilter.objects.filter(user=user, list=stand.list)
        if beside.filter(name__iexact=name).exists():
            raise Refused(
                f"Bạn đã có bộ lọc tên “{name}” ở danh sách này. Hãy đặt tên khác, hoặc bỏ bộ lọc cũ trước.",
                status=422,
            )
        if beside.count() >= MOST:
            raise Refused(
                f"Mỗi danh sách lưu được nhiều nhất {MOST} bộ lọc. Hãy bỏ bớt một bộ lọc cũ rồi lưu lại.",
                status=422,
            )
        return SavedFilter.objects.create(user=user, list=stand.list, name=name, query=stand.query)
