"""Data of people: where it lies, what for, how long, and the ways to give it out, hide it and erase it.

An app says in its `personal.py` what it holds; nothing here knows what the rows are about:

    personal.hold(Holding("awards.comment", "Người góp ý", Comment, …, outcomes=(Outcome("settled", …),)))

`docs/personal-data.md` is the inventory for people. How long is data too (`RetentionPeriod`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from core import clock, identity
from core.models import Event, EventPayload, OutboxMail, RetentionPeriod, SavedFilter
from core.models.event import AccessLog
from core.models.mail import MailState

HIDDEN = "(đã ẩn danh)"


@dataclass(frozen=True)
class Subject:
    """Whose data is asked for: an account, an identity number, or both."""

    user: Any = None
    number: str = ""

    @property
    def indexes(self) -> list[str]:
        return identity.indexes_of(self.number) if self.number else []


@dataclass(frozen=True)
class Outcome:
    """How a matter ended, and the rows of which it ended so on `day` or before."""

    code: str
    label: str
    ended_by: Callable[[date], Q]


@dataclass(frozen=True)
class Holding:
    """One kind of personal data.

    `fields` are those of `model` that are personal, with what stands in them once they are hidden; `erase`
    hides more than them. Rows whose `mark` field has its hidden value are hidden already; without a mark the
    outcome leaves them out. Without outcomes the data stays, for the reason `kept`.
    """

    code: str
    label: str
    model: type
    purpose: str
    fields: dict[str, Any]
    outcomes: tuple[Outcome, ...] = ()
    of: Callable[[Subject], Q | None] = lambda subject: None
    mark: str = ""
    erase: Callable[[QuerySet], None] | None = None
    #: told to the person beside the personal fields
    also: tuple[str, ...] = ()
    #: why it stays, where nothing ends it
    kept: str = ""

    @property
    def name(self) -> str:
        return self.model._meta.label

    def outcome(self, code: str) -> Outcome:
        return next(outcome for outcome in self.outcomes if outcome.code == code)


HOLDINGS: dict[str, Holding] = {}


def hold(holding: Holding) -> None:
    HOLDINGS[holding.code] = holding


# Past retention


@dataclass(frozen=True)
class Due:
    """What is past its period: `rows` of a holding that ended in one way."""

    holding: Holding
    period: RetentionPeriod
    rows: QuerySet

    def __str__(self):
        outcome = self.holding.outcome(self.period.outcome)
        return f"{self.holding.label} – {outcome.label} ({self.period.months} tháng): {self.rows.count()}"


def past_retention(today: date | None = None) -> list[Due]:
    today = today or clock.today()
    found = []
    for period in RetentionPeriod.objects.filter(validity__contains=today):
        holding = HOLDINGS[period.holding]
        ended = holding.outcome(period.outcome).ended_by(months_before(today, period.months))
        rows = holding.model._base_manager.filter(ended)
        if holding.mark:
            rows = rows.exclude(**{holding.mark: holding.fields[holding.mark]})
        found.append(Due(holding, period, rows.order_by("pk")))
    return found


def months_before(day: date, months: int) -> date:
    """The same day of the month, or the last one the month has."""
    first = day.year * 12 + day.month - 1 - months
    for last in (day.day, 30, 29, 28):
        try:
            return date(first // 12, first % 12 + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def anonymise(due: Due) -> int:
    """Hide what is past its period; numbers, kinds, units, states and days stay, so that counts do."""
    with transaction.atomic():
        rows = due.rows.model._base_manager.filter(pk__in=list(due.rows.values_list("pk", flat=True)))
        count = rows.count()
        if not count:
            return 0
        with erasing():
            if due.holding.erase:
                due.holding.erase(rows)
            rows.update(**due.holding.fields)
        data = {"holding": due.holding.code, "outcome": due.period.outcome, "rows": count}
        Event.record("anonymise", due.period, by=None, data=data)
    return count


class erasing:
    """Within it, the triggers that keep snapshots let personal words be taken out, and nothing else."""

    def __enter__(self):
        self._say("on")

    def __exit__(self, *exception):
        if not connection.needs_rollback:
            self._say("off")

    @staticmethod
    def _say(value):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('portal.erasing', %s, true)", [value])


# The journal


def erase_payloads(events, *, by=None, reason: str) -> int:
    """Take the words out of events: who, what, when and the seal stay, and the chain still holds."""
    with transaction.atomic():
        payloads = EventPayload.objects.filter(event__in=events).select_related("event").order_by("pk")
        named = list(payloads)
        for payload in named:
            event = payload.event
            payload.delete()
            Event.record("erase_payload", _Told(event), by=by, data={"reason": reason})
    return len(named)


class _Told:
    """An event as the object of another."""

    _meta = Event._meta

    def __init__(self, event):
        self.uid = event.uid
        self.case = self


# One person's data


def of_person(subject: Subject) -> dict[str, list[dict]]:
    """All that is held of a person, by kind of data."""
    found = {}
    for holding in HOLDINGS.values():
        asked = holding.of(subject)
        if asked is None:
            continue
        rows = holding.model._base_manager.filter(asked).order_by("pk")
        told = [_told(holding, row) for row in rows.iterator()]
        if told:
            found[holding.label] = told
    return found


def _told(holding, row) -> dict:
    shown = {}
    for name in (*holding.also, *holding.fields):
        if not name.startswith("identity_"):
            value = getattr(row, name)
            shown[str(row._meta.get_field(name).verbose_name)] = value if value is None else str(value)
    if getattr(row, "identity_ciphertext", None):
        shown["số định danh"] = identity.unseal(row.identity_ciphertext, row.identity_key)
    return shown


# What core itself holds

_DONE = (MailState.SENT, MailState.DROPPED, MailState.FAILED, MailState.BOUNCED, MailState.UNCERTAIN)

hold(
    Holding(
        "core.mail",
        "Thư cổng đã gửi",
        OutboxMail,
        "Báo cho người có việc; chứng minh đã báo.",
        {"to": "", "subject": HIDDEN, "body": ""},
        (Outcome("done", "đã gửi hoặc thôi gửi", lambda day: Q(state__in=_DONE, queued_at__date__lt=day)),),
        of=lambda subject: Q(recipient=subject.user) if subject.user else None,
        mark="subject",
        also=("queued_at", "sent_at"),
    )
)
hold(
    Holding(
        "core.access",
        "Nhật ký truy cập",
        AccessLog,
        "Biết ai đã xem, tải tệp và danh sách; phát hiện truy cập trái phép.",
        {"user": None, "address": None, "detail": HIDDEN},
        (Outcome("passed", "đã qua", lambda day: Q(at__date__lt=day)),),
        of=lambda subject: Q(user=subject.user) if subject.user else None,
        mark="detail",
        also=("at", "what"),
    )
)
hold(
    Holding(
        "core.filter",
        "Bộ lọc đã lưu",
        SavedFilter,
        "Mở lại danh sách như người đó đã lọc.",
        {"name": HIDDEN, "query": ""},
        of=lambda subject: Q(user=subject.user) if subject.user else None,
        also=("list", "created_at"),
        kept="Người lưu tự bỏ được bất cứ lúc nào; mất cùng tài khoản.",
    )
)
hold(
    Holding(
        "core.journal",
        "Nhật ký việc đã làm",
        Event,
        "Chứng minh ai đã làm gì, cho đơn vị nào, lúc nào.",
        {"actor": None, "actor_name": HIDDEN},
        of=lambda subject: Q(actor=subject.user) if subject.user else None,
        also=("at", "act", "object_type", "object_uid", "acting_unit_name"),
        kept="Nhật ký được niêm phong thành chuỗi; lời ghi kèm xóa được riêng, tên người làm thì không.",
    )
)
