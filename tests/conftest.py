from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection

from core import clock

BROWSER = Path(__file__).parent / "browser"


def _is_transactional(item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "live_server" in item.fixturenames


def pytest_collection_modifyitems(items):
    """The browser's tests, the longest of all, begin before the others that pytest-django puts last with
    them: else one of them runs alone at the end while the other workers have nothing left to do."""
    longest = [item for item in items if item.path.is_relative_to(BROWSER)]
    others = [item for item in items if not item.path.is_relative_to(BROWSER)]
    place = next((at for at, item in enumerate(others) if _is_transactional(item)), None)
    if place is not None:
        items[:] = [*others[:place], *longest, *others[place:]]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """At the end, show out whoever is still in the test database: a server thread that answers a
    browser which has gone, a worker that is being stopped. Else it could not be removed. Only those: the
    server's own processes, autovacuum among them, leave by themselves and may not be ended."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )


@pytest.fixture(autouse=True)
def just_installed(monkeypatch):
    """The tables are as old as the test's own clock, whatever day it has travelled to: else every
    scheduled job that has never run would be missed since the tests began."""
    monkeypatch.setattr("core.schedule._installed_at", clock.now)


@pytest.fixture(autouse=True)
def nothing_kept():
    """A page kept by one test tells of a database that the next has not."""
    caches["pages"].clear()
