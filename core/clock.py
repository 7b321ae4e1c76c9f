"""The only clock of the portal.

The demo may shift it (`CLOCK_SHIFT_SECONDS`, shown in a banner); nothing else
reads the time of day, so a shifted demo is shifted everywhere.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The present instant, aware."""
    return timezone.now() + timedelta(seconds=settings.CLOCK_SHIFT_SECONDS)


def today() -> date:
    """The present date in Asia/Ho_Chi_Minh."""
    return timezone.localdate(now())
