"""The only clock of the portal.

The demo may shift it (`CLOCK_SHIFT_SECONDS`, shown in a banner); nothing else
reads the time of day, so a shifted demo is shifted everywhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

_played: ContextVar[datetime | None] = ContextVar("played", default=None)


@contextmanager
def played_at(instant: datetime) -> Iterator[None]:
    """Live through `instant` (aware): how the demo plays the past. Refused outside the demo."""
    if not settings.DEMO_MODE:
        raise RuntimeError("The clock is only ever set in the demo.")
    token = _played.set(instant)
    try:
        yield
    finally:
        _played.reset(token)


def now() -> datetime:
    """The present instant, aware."""
    return _played.get() or timezone.now() + timedelta(seconds=settings.CLOCK_SHIFT_SECONDS)


def today() -> date:
    """The present date in Asia/Ho_Chi_Minh."""
    return timezone.localdate(now())


def local_date(instant: datetime) -> date:
    """The date of an instant in Asia/Ho_Chi_Minh."""
    return timezone.localdate(instant)
