"""What beat calls by the clock, the note that it did, and the alarm when it did not."""

import logging
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from importlib import import_module

from celery.schedules import crontab
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max
from django.utils.module_loading import module_has_submodule
from django.utils.timezone import localtime

from core import clock, outbox
from core.models import ScheduledRun
from core.templatetags.vn import gio_ngay

logger = logging.getLogger(__name__)

BEAT = {
    "sweep": {"task": "core.tasks.sweep", "schedule": crontab(minute="*")},
    "seal": {"task": "core.tasks.seal", "schedule": crontab(minute="*/5")},
    "publish_head": {"task": "core.tasks.publish_head", "schedule": crontab(hour=0, minute=15)},
    "remove_orphans": {"task": "core.tasks.remove_orphans", "schedule": crontab(hour=2, minute=45)},
}
LABELS = {
    "sweep": "Gửi thư và tạo văn bản còn chờ",
    "seal": "Niêm phong nhật ký",
    "publish_head": "Công bố mã niêm phong của ngày",
    "remove_orphans": "Dọn tệp không thuộc dữ liệu nào",
}
#: a run may come so much later than the timetable says before anybody is alarmed
GRACE = timedelta(minutes=15)


def recorded(job: str):
    """Note when the job began, ended and last went well, so that a missed run is noticed; tell of
    those that were missed meanwhile."""

    def decorate(function):
        @wraps(function)
        def run(*args, **kwargs):
            _tell_of_missed()
            ScheduledRun.objects.update_or_create(
                job=job, defaults={"began_at": clock.now(), "ended_at": None, "outcome": ""}
            )
            outcome = function(*args, **kwargs)
            now = clock.now()
            ScheduledRun.objects.filter(job=job).update(
                ended_at=now, succeeded_at=now, outcome=str(outcome or "xong")
            )
            return outcome

        run.job = job
        return run

    return decorate


def timetable() -> dict[str, dict]:
    """The timetables of all apps, each in its `schedule.py`."""
    return {name: entry for module in _schedules() for name, entry in module.BEAT.items()}


def _schedules():
    modules = (
        import_module(f"{app.name}.schedule")
        for app in apps.get_app_configs()
        if module_has_submodule(app.module, "schedule")
    )
    return [module for module in modules if hasattr(module, "BEAT")]


@dataclass(frozen=True)
class Missed:
    """A job that should have run at `since` and has not gone well since then."""

    job: str
    label: str
    since: datetime
    run: ScheduledRun | None


def missed() -> list[Missed]:
    """The jobs whose time has passed without a good run, whether beat, the worker or the job is to blame."""
    labels = {job: label for module in _schedules() for job, label in getattr(module, "LABELS", {}).items()}
    runs = {run.job: run for run in ScheduledRun.objects.all()}
    # Beat does not know of a shifted clock.
    shift = timedelta(seconds=settings.CLOCK_SHIFT_SECONDS)
    found, installed = [], None
    for job, entry in timetable().items():
        run = runs.get(job)
        if run and run.succeeded_at:
            last = run.succeeded_at - shift
        else:
            last = installed = installed or _installed_at()
        since = _first_after(entry["schedule"], last)
        if clock.now() - shift > since + GRACE:
            found.append(Missed(job, labels.get(job, job), since + shift, run))
    return found


def _installed_at() -> datetime:
    """When the present tables came to be: from then on a job that has never run is waited for."""
    return MigrationRecorder.Migration.objects.aggregate(at=Max("applied"))["at"]


def _first_after(schedule: crontab, instant: datetime) -> datetime:
    asked = copy(schedule)
    asked.nowfun = lambda: instant
    start, pause, _ = asked.remaining_delta(instant)
    return start + pause


def _tell_of_missed() -> None:
    """Write to the administrators, once for each outage of a job."""
    try:
        for gap in missed():
            for user in get_user_model().objects.filter(is_superuser=True, is_active=True):
                outbox.queue(
                    key=f"missed-{gap.job}-{gap.since:%Y%m%dT%H%M}-{user.pk}",
                    to=user,
                    subject=f"Cổng thi đua: việc định kỳ không chạy – {gap.label}",
                    body=(
                        f"Kính gửi {user},\n\n"
                        f"Việc định kỳ “{gap.label}” lẽ ra chạy lúc {gio_ngay(localtime(gap.since))} "
                        "nhưng đến nay chưa chạy xong lần nào.\n"
                        "Hãy kiểm tra tiến trình hẹn giờ (beat) và tiến trình chạy nền (worker) của cổng.\n\n"
                        "Cổng thi đua chuyển đổi số tỉnh Lào Cai\n"
                    ),
                )
    except Exception:  # the alarm must not keep the job itself from running
        logger.exception("Missed jobs could not be told of")
