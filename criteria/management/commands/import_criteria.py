from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from criteria.loading import DATA, CriteriaRefused, load_criteria


class Command(BaseCommand):
    help = "Bring the shipped criteria sets in force. Repeatable; a set that is there is never changed."

    def add_arguments(self, parser):
        parser.add_argument("--directory", type=Path, default=DATA, help="folder with the *.json files")

    def handle(self, *, directory, **options):
        try:
            outcome = load_criteria(directory)
        except CriteriaRefused as refused:
            raise CommandError(str(refused)) from refused
        for code, is_new in outcome.items():
            self.stdout.write(f"{code}: {'đã nhập' if is_new else 'đã có, không đổi'}")
