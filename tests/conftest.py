import pytest
from django.db import connection

from core import clock


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
