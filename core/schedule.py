"""What beat calls by the clock, and the note that it did."""

from functools import wraps

from celery.schedules import crontab

from core import clock
from core.models import ScheduledRun

BEAT = {
    "sweep": {"task": "core.tasks.sweep", "schedule": crontab(minute="*")},
    "seal": {"task": "core.tasks.seal", "schedule": crontab(minute="*/5")},
    "publish_head": {"task": "core.tasks.publish_head", "schedule": crontab(hour=0, minute=15)},
}


def recorded(job: str):
    """Note when the job began and ended, so that a missed run can be noticed."""

    def decorate(function):
        @wraps(function)
        def run(*args, **kwargs):
            ScheduledRun.objects.update_or_create(
                job=job, defaults={"began_at": clock.now(), "ended_at": None, "outcome": ""}
            )
            outcome = function(*args, **kwargs)
            ScheduledRun.objects.filter(job=job).update(ended_at=clock.now(), outcome=str(outcome or "xong"))

        return run

    return decorate
