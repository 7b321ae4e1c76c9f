"""Starts PostgreSQL and Valkey for a run of the tests, before Django reads its settings.

Loaded by `-p tests.servers` of pyproject.toml, so that a plain `pytest tests/core` has them too.
The first process starts them; the workers of pytest-xdist find them in their environment.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

# Said before anything of the project is imported: its Celery application would choose production's.
os.environ["DJANGO_SETTINGS_MODULE"] = "laocai_tdkt.settings.test"

from laocai_tdkt import embedded
from laocai_tdkt.process import is_alive


def _wipe_forgotten(home: Path) -> None:
    """Remove the data of test runs that were killed before they could do it themselves."""
    for folder in home.glob("test-*"):
        if not is_alive(int(folder.name.removeprefix("test-"))):
            embedded.Servers(folder, folder, is_throwaway=True).wipe()


MIGRATED = "laocai_tdkt_migrated"


def _make_migrated() -> None:
    """Make the database that each worker's own is a copy of: migrating once takes half a minute.

    A dump of it is kept for the next run, under a name that changes with what it is made from.
    """
    made_from = hashlib.sha256()
    sources = ("*/migrations/*.py", "*/data/*", "uv.lock")
    for path in sorted(path for source in sources for path in embedded.PROJECT.glob(source)):
        made_from.update(path.read_bytes())
    dump = embedded.LOCAL / f"test-migrated-{made_from.hexdigest()[:16]}.dump"
    url = os.environ["DATABASE_URL"].rpartition("/")[0]
    programs = Path(os.environ["POSTGRES_PROGRAMS"])
    _run(programs / "psql", f"{url}/postgres", "-qc", f"CREATE DATABASE {MIGRATED}")
    if dump.exists():
        _run(programs / "pg_restore", f"--dbname={url}/{MIGRATED}", "--no-owner", "--exit-on-error", dump)
        return
    _run(sys.executable, "manage.py", "migrate", "-v0", DATABASE_URL=f"{url}/{MIGRATED}")
    for old in embedded.LOCAL.glob("test-migrated-*.dump"):
        old.unlink(missing_ok=True)
    embedded.LOCAL.mkdir(exist_ok=True)
    unfinished = dump.with_suffix(f".{os.getpid()}")
    _run(programs / "pg_dump", f"--dbname={url}/{MIGRATED}", "--format=custom", f"--file={unfinished}")
    unfinished.rename(dump)


def _run(*command, **environment) -> None:
    subprocess.run(command, check=True, cwd=embedded.PROJECT, env=os.environ | environment)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        # Each worker has a Valkey database of its own, as it has one in PostgreSQL.
        url = urlsplit(os.environ["REDIS_URL"])
        os.environ["REDIS_URL"] = url._replace(path=f"/{int(worker.removeprefix('gw')) + 1}").geturl()
    else:
        _wipe_forgotten(embedded.home())
        folder = embedded.home() / f"test-{os.getpid()}"
        servers = embedded.Servers(folder, folder, is_throwaway=True)
        early_config.add_cleanup(servers.stop)
        os.environ.update(servers.start())
        if "POSTGRES_PROGRAMS" in os.environ:
            _make_migrated()
            os.environ["TEST_DATABASE_TEMPLATE"] = MIGRATED
    return (yield)
