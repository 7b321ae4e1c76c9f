from django.core.management.base import BaseCommand

from core import personal


class Command(BaseCommand):
    help = "Hide personal data that is past its period of retention; counts and outcomes stay."

    def add_arguments(self, parser):
        how = parser.add_mutually_exclusive_group(required=True)
        how.add_argument("--dry-run", action="store_true", help="say what would be hidden, change nothing")
        how.add_argument("--yes", action="store_true", help="hide it; this cannot be taken back")

    def handle(self, *, dry_run, **options):
        for due in personal.past_retention():
            self.stdout.write(str(due))
            if not dry_run:
                personal.anonymise(due)
        if dry_run:
            self.stdout.write("Chạy thử: chưa có gì thay đổi.")
