"""What a Prometheus server reads: how requests went, and what waits in the tables.

Counters of requests live in files that all web processes share (`PROMETHEUS_MULTIPROC_DIR`,
gunicorn.conf.py); what waits is counted when it is asked for, since the rows are the truth.
"""

import os
import time

from django.db.models import Count
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from core import clock
from core.models import Document, Event, File, OutboxMail, ScheduledRun, SealedEvent, SignatureReading
from core.schedule import missed

REQUESTS = Histogram(
    "portal_request_seconds",
    "Seconds a request took, by the name of its address, method and status",
    ["name", "method", "status"],
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
#: rows that wait for somebody, by the column that says in which state
_WAITING = {
    "mail": (OutboxMail, "state"),
    "document": (Document, "state"),
    "signature_reading": (SignatureReading, "state"),
    "file": (File, "scan_state"),
}


class RequestMetricsMiddleware:
    """Time each request under the name of its address, never under the address itself."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        name = match.view_name if match else "none"
        REQUESTS.labels(name, request.method, response.status_code).observe(time.perf_counter() - began)
        return response


class _Rows(Collector):
    def collect(self):
        rows = GaugeMetricFamily("portal_rows", "Rows by kind and state", labels=["kind", "state"])
        for kind, (model, column) in _WAITING.items():
            counts = model.objects.order_by().values_list(column).annotate(Count("pk"))
            for state, count in counts:
                rows.add_metric([kind, state], count)
        yield rows
        runs = GaugeMetricFamily(
            "portal_job_age_seconds", "Seconds since a scheduled job last went well", labels=["job"]
        )
        for run in ScheduledRun.objects.exclude(succeeded_at=None):
            runs.add_metric([run.job], (clock.now() - run.succeeded_at).total_seconds())
        yield runs
        yield GaugeMetricFamily("portal_jobs_missed", "Scheduled jobs that should have run", len(missed()))
        unsealed = Event.objects.count() - SealedEvent.objects.count()
        yield GaugeMetricFamily("portal_events_unsealed", "Events of the journal not yet sealed", unsealed)


def text() -> bytes:
    """The metrics in Prometheus' text format."""
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)
    else:
        registry.register(REQUESTS)
    registry.register(_Rows())
    return generate_latest(registry)
