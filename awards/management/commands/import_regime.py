from django.core.management.base import BaseCommand

from awards.loading import load_regime
from core.loading import load_retention

NAMES = {
    "forms": "hình thức khen thưởng",
    "rule_sets": "bộ quy định",
    "requirements": "giấy tờ phải có",
    "base_salaries": "mức lương cơ sở",
    "coefficients": "hệ số tiền thưởng",
    "prize_rules": "cách tính tiền thưởng",
    "time_limits": "thời hạn sau Quyết định",
    "funds": "quỹ",
    "revocation_grounds": "căn cứ hủy bỏ",
    "layouts": "phôi in",
    "consultation_rules": "quy định xin ý kiến",
    "posting_rules": "quy định lấy ý kiến công khai",
    "position_ranks": "thứ bậc chức vụ",
}


class Command(BaseCommand):
    help = "Bring in the shipped award forms, rule sets and rates. Repeatable; rows that are there stay."

    def handle(self, **options):
        for key, count in load_regime().items():
            self.stdout.write(f"{NAMES[key]}: thêm {count}")
        self.stdout.write(f"thời hạn lưu dữ liệu cá nhân: thêm {load_retention()}")
