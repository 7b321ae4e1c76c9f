from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from core import personal
from core.models import Event


class Command(BaseCommand):
    help = "Take the words out of events of the journal; who did what when stays, and the sealed chain holds."

    def add_arguments(self, parser):
        parser.add_argument("event", type=UUID, nargs="*", help="uid of an event")
        parser.add_argument("--object", type=UUID, help="uid of an object: all events about it")
        parser.add_argument("--reason", default="", help="why, and on whose word; kept in the journal")
        parser.add_argument("--dry-run", action="store_true", help="say how many, erase nothing")

    def handle(self, *, event, object, reason, dry_run, **options):
        if not event and not object:
            raise CommandError("Which events? Give their uids, or --object.")
        events = Event.objects.filter(uid__in=event) if event else Event.objects.filter(object_uid=object)
        with_words = events.filter(payload__isnull=False)
        self.stdout.write(f"{with_words.count()} of {events.count()} events have words.")
        if dry_run:
            self.stdout.write("Chạy thử: chưa có gì thay đổi.")
            return
        if not reason.strip():
            raise CommandError("Why? Give --reason.")
        self.stdout.write(f"Erased: {personal.erase_payloads(with_words, reason=reason)}.")
