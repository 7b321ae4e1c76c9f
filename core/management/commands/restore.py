from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core import backup


class Command(BaseCommand):
    help = (
        "Put a backup in place of what the database holds, then compare rows, files and the sealed journal."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--yes", action="store_true", help="what the database holds now may be lost")

    def handle(self, *, folder, yes, **options):
        if not yes:
            raise CommandError(
                "This replaces what the database holds. Stop web, workers and beat, add --yes."
            )
        try:
            manifest = backup.restore(folder)
        except backup.BackupFailed as failed:
            raise CommandError(str(failed)) from failed
        rows = sum(manifest["rows"].values())
        self.stdout.write(f"Whole: {rows} rows, {manifest['files']} files, the journal's chain holds.")
