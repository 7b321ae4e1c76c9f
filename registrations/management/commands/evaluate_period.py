from django.core.management.base import BaseCommand, CommandError

from core.vietnamese import format_number
from registrations.bulk import evaluate_period, reports_of
from registrations.models import Period

WIDTH = 30


class Command(BaseCommand):
    help = "Evaluate every submitted or verified report of a year anew; unchanged ones keep their row."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)

    def handle(self, *, year, **options):
        period = Period.objects.select_related("campaign__criteria_set").filter(year=year).first()
        if period is None:
            raise CommandError(f"Không có kỳ năm {year}.")
        total = reports_of(period).count()

        def show(done):
            filled = WIDTH * done // max(total, 1)
            bar = "█" * filled + "·" * (WIDTH - filled)
            self.stderr.write(f"\r{bar} {format_number(done)}/{format_number(total)}", ending="")
            self.stderr.flush()

        new, kept = evaluate_period(period, on_progress=show)
        self.stderr.write("")
        self.stdout.write(f"Năm {year}: {format_number(new)} đánh giá mới, {format_number(kept)} giữ nguyên.")
