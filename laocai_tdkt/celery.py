import os

from celery import Celery
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laocai_tdkt.settings.production")

app = Celery("laocai_tdkt")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@beat_init.connect
def read_timetable(**_):
    """The apps' timetables need their models, so they are read when beat starts."""
    from core.schedule import timetable

    app.conf.beat_schedule = timetable()
