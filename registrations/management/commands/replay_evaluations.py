from django.core.management.base import BaseCommand, CommandError

from core.vietnamese import format_number
from registrations.replay import replay


class Command(BaseCommand):
    help = "Compute every evaluation again from its inputs and name each one that says something else."

    def handle(self, **options):
        count = differing = 0
        for _, differences in replay():
            count += 1
            differing += bool(differences)
            for difference in differences:
                self.stdout.write(str(difference))
        told = f"{format_number(count)} đánh giá, {format_number(differing)} khác khi tính lại."
        if differing:
            raise CommandError(told)
        self.stdout.write(told)
