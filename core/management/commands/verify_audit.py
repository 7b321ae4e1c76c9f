from django.core.management.base import BaseCommand, CommandError

from core import audit
from core.audit_chain import faults
from core.models import AuditBatch, SealedEvent


class Command(BaseCommand):
    help = "Recompute the sealed chain of events and compare it with the heads that were published."

    def handle(self, **options):
        found = list(faults(audit.chain(), audit.published_heads()))
        for fault in found:
            self.stdout.write(fault)
        if found:
            raise CommandError(f"{len(found)} faults.")
        batches, events = AuditBatch.objects.count(), SealedEvent.objects.count()
        self.stdout.write(f"The chain holds: {events} events in {batches} batches.")
