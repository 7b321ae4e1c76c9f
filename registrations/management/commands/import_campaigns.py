from django.core.management.base import BaseCommand

from registrations.loading import load_campaigns


class Command(BaseCommand):
    help = (
        "Bring in the shipped campaigns with their periods, priority fields and reminder rules; repeatable."
    )

    def handle(self, **options):
        for noun, new in load_campaigns().items():
            self.stdout.write(f"{noun}: {new} mới")
