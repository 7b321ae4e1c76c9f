from django.core.management.base import BaseCommand, CommandError

from core.vietnamese import format_number
from registrations.replay import replay, replay_figures, replay_rankings


class Command(BaseCommand):
    help = (
        "Compute every evaluation again from its inputs and name each one that says something else; also"
        " each figure that has moved since it was evaluated and each published place that does not add up."
    )

    def handle(self, **options):
        counts, differing = [], 0
        for noun, rows in (
            ("đánh giá", replay()),
            ("báo cáo", replay_figures()),
            ("bảng xếp hạng", replay_rankings()),
        ):
            count = 0
            for _, differences in rows:
                count += 1
                differing += bool(differences)
                for difference in differences:
                    self.stdout.write(str(difference))
            counts.append(f"{format_number(count)} {noun}")
        told = f"{', '.join(counts)}: {format_number(differing)} khác khi tính lại."
        if differing:
            raise CommandError(told)
        self.stdout.write(told)
