import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laocai_tdkt.settings.production")

app = Celery("laocai_tdkt")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
