"""How the web server runs, in the demo and in production alike (read from the working folder)."""

import gc
import os
import shutil
import tempfile
from importlib import import_module

# One folder for the counters of all processes; named before the client is imported, which looks there.
COUNTERS = os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="portal-metrics-"))

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 10
# Recycled now and then, so that a slow leak never becomes an outage.
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True


def when_ready(server):
    """All pages are loaded once, before the workers part: they share that memory, and no one looks through
    it for garbage again and again."""
    from django.conf import settings

    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()


def child_exit(server, worker):
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)


def on_exit(server):
    shutil.rmtree(COUNTERS, ignore_errors=True)
