import io
import logging

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction

from tests.permissions.crowd import Crowd
from tests.permissions.seeds import plant
from tests.reports.test_demo import NOW


@pytest.fixture(scope="module")
def crowd(django_db_setup, django_db_blocker):
    """The demo's world and everybody in it, loaded once."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=False),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        patch.setattr("django.conf.settings.DEMO_MODE", True)
        # Each refusal is a warning that pytest would keep with its request: a gigabyte of them.
        patch.setattr(logging.root.manager, "disable", logging.CRITICAL)
        call_command("load_demo", stdout=io.StringIO())
        crowd = Crowd()
        plant(crowd)
        yield crowd
        transaction.set_rollback(True)
