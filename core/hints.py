"""Hints to the workers, through the broker. The rows are the truth: a lost hint costs a minute, no more."""

import logging
import time
from collections.abc import Callable

from django.conf import settings

logger = logging.getLogger(__name__)

_silent_until = 0.0


def give(send: Callable[[], object]) -> None:
    """Ask a worker to run a task now, by `send`; if the broker is down, the sweep of its rows will."""
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        send()
    except Exception as error:  # what was committed must not look undone because a hint got lost
        _silent_until = time.monotonic() + settings.BROKER_SILENCE_SECONDS
        logger.warning("The broker does not answer, what it was to hurry waits for the sweep: %s", error)
