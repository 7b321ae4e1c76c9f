from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core.signatures import trust_list


class Command(BaseCommand):
    help = "Load certificates of authorities and revocation lists (PEM, DER) by which signatures are judged."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path)

    def handle(self, *, files, **options):
        for path in files:
            try:
                loaded = trust_list.store(trust_list.parse(path.read_bytes()))
            except (OSError, trust_list.NotTrustMaterial) as wrong:
                raise CommandError(f"{path}: {wrong}") from wrong
            for row in loaded:
                self.stdout.write(f"{path.name}: {row._meta.verbose_name} {row}")
            if not loaded:
                self.stdout.write(f"{path.name}: đã có")
