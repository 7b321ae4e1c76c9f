"""Hints to the workers, through the broker. The rows are the truth: a lost hint costs a minute, no more."""

import logging
import time

from celery import current_app

logger = logging.getLogger(__name__)

#: seconds for which a broker that does not answer is not asked again: each asking takes seconds,
#: and one person's request may give a hundred hints
PAUSE = 30
_silent_until = 0.0


def give(task: str, *, queue: str, **arguments) -> None:
    """Ask a worker to run the task now. If the broker is down, the sweep of that task's rows will."""
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        current_app.send_task(task, kwargs=arguments, queue=queue)
    except Exception as error:  # what was committed must not look undone because a hint got lost
        _silent_until = time.monotonic() + PAUSE
        logger.warning("No hints for %s s, the broker does not answer: %s", PAUSE, error)
