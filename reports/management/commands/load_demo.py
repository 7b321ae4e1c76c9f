import time
from datetime import date

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core import clock
from reports.demo.accounts import ACCOUNTS
from reports.demo.story import play
from units.models import User

#: the decision of December 2025 has been published
FIRST_DAY = date(2026, 1, 1)


class Command(BaseCommand):
    help = "Load the demo's world and play its past, once; all or nothing. Only in demo mode."

    def handle(self, **options):
        if not settings.DEMO_MODE:
            raise CommandError("Only the demo may be loaded with invented data (DEMO_MODE).")
        if User.objects.filter(username=ACCOUNTS[-1].username).exists():
            self.stdout.write("The demo's data are there already.")
            return
        if clock.today() < FIRST_DAY:
            raise CommandError(f"The demo's story begins on {FIRST_DAY:%d/%m/%Y}; its clock is set before.")
        began = time.monotonic()
        with transaction.atomic():
            for command in ("import_units", "import_criteria", "import_campaigns", "import_regime"):
                call_command(command, stdout=self.stdout)
            play(clock.now(), say=self.stdout.write)
        self.stdout.write(f"Loaded in {time.monotonic() - began:.0f} seconds.")
