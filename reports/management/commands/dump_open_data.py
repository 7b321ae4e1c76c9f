from datetime import date, timedelta
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core import clock
from reports import open_data


class Command(BaseCommand):
    help = "Release the open data of past days that have none; with --to write those of one day to a folder."

    def add_arguments(self, parser):
        parser.add_argument(
            "--date", type=date.fromisoformat, help="a past day, 2025-12-31; default yesterday"
        )
        parser.add_argument("--to", type=Path, help="the folder to write to")

    def handle(self, *args, date, to, **options):
        if to is None:
            for release in open_data.release_missing():
                self.stdout.write(f"{release.day}: publication {release.sequence}")
            return
        day = date or clock.today() - timedelta(days=1)
        if day >= clock.today():
            raise CommandError(f"{day} has not ended yet.")
        to.mkdir(parents=True, exist_ok=True)
        for name, content in open_data.contents(day):
            (to / name).write_bytes(content)
            self.stdout.write(f"{to / name} {len(content)}")
