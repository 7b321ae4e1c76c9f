import gc
import os

from celery import Celery
from celery.beat import PersistentScheduler
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laocai_tdkt.settings.production")

app = Celery("laocai_tdkt")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def keep_what_is_loaded(**told):
    """The code stays as long as the process: nothing is looked for in it when garbage is collected."""
    gc.freeze()


class Timetable(PersistentScheduler):
    """Beat's own scheduler with the apps' timetables, which need their models and so are read only here:
    `beat_init` is sent when the scheduler has long read its schedule."""

    def setup_schedule(self):
        from core.schedule import timetable

        self.app.conf.beat_schedule = timetable()
        super().setup_schedule()
