"""Every link of the demo, followed as each of its people and as the public."""

import io
from datetime import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from reports.demo.accounts import ACCOUNTS
from tests.crawling import dead_links
from units.models import User

NOW = datetime.fromisoformat("2026-11-23T09:00:00+07:00")


@pytest.mark.prove
def test_every_link_of_the_demo_opens(db, settings, subtests):
    settings.DEMO_MODE = True
    with time_machine.travel(NOW, tick=False):
        call_command("load_demo", stdout=io.StringIO())
        for username in ["", *(account.username for account in ACCOUNTS)]:
            with subtests.test(username or "visitor"):
                client = Client()
                if username:
                    client.force_login(User.objects.get(username=username))
                dead, followed = dead_links(client, of_a_kind=3)
                assert dead == []
                assert followed > 30
