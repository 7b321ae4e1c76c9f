"""Starts PostgreSQL and Valkey for a run of the tests, before Django reads its settings.

Loaded by `-p tests.servers` of pyproject.toml, so that a plain `pytest tests/core` has them too.
The first process starts them; the workers of pytest-xdist find them in their environment.
"""

import os
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
    return (yield)
