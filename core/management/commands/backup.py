from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core import backup


class Command(BaseCommand):
    help = "Write database, files and a manifest that proves them whole into a new folder."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder, **options):
        try:
            manifest = backup.write(folder)
        except backup.BackupFailed as failed:
            raise CommandError(str(failed)) from failed
        rows = sum(manifest["rows"].values())
        self.stdout.write(f"{folder}: {rows} rows, {manifest['files']} files.")
        self.stdout.write(
            f"Keep apart from it: SECRET_KEY; IDENTITY_KEYS {', '.join(manifest['identity_keys'])}."
        )
