from django.core.management.base import BaseCommand, CommandError

from core.transitions import Refused
from registrations import schedule
from registrations.workflow.ended import release_ended_units
from reports.kinship import papers_of
from units import reorganisation
from units.models import Reorganisation


class Command(BaseCommand):
    help = "Apply recorded reorganisations to the portal, in the order of their days; twice changes nothing."

    def add_arguments(self, parser):
        parser.add_argument(
            "code", nargs="*", help="codes of the acts; all that are not applied if none is given"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change for whom, change nothing"
        )

    def handle(self, *, code, dry_run, **options):
        acts = Reorganisation.objects.filter(code__in=code) if code else Reorganisation.objects.all()
        unknown = set(code) - {act.code for act in acts}
        if unknown:
            raise CommandError(f"Không có việc sắp xếp mang mã: {', '.join(sorted(unknown))}")
        waiting = [act for act in acts if act.applied_at is None]
        if not waiting:
            self.stdout.write("Mọi việc sắp xếp đã được áp dụng. Không có gì thay đổi.")
            return
        for act in waiting:
            self._tell(reorganisation.effects_of(act))
            if dry_run:
                continue
            try:
                reorganisation.apply(act)
            except Refused as refused:
                reasons = "\n".join(f"  {finding.message}" for finding in refused.findings)
                raise CommandError(f"{act.code}: {refused}\n{reasons}") from None
        if dry_run:
            self.stdout.write("Chạy thử: chưa có gì thay đổi.")
            return
        new, released = schedule.oblige_open_periods(), release_ended_units()
        self.stdout.write(f"Nghĩa vụ: {new} mới, {released} được miễn vì đơn vị đã kết thúc.")

    def _tell(self, effects):
        act, say = effects.act, self.stdout.write
        say(f"{act.code}: {act.title} ({act.legal_basis}), hiệu lực {act.effective_on:%d/%m/%Y}")
        say(f"  {len(effects.ending)} đơn vị kết thúc, {len(effects.beginning)} đơn vị mới")
        for held, successor in effects.functions:
            after = successor.name if successor else "chưa có đơn vị nhận"
            say(f"  {held.get_function_display()}: {held.unit.name} → {after}")
        for effect in effects.keep:
            places = ", ".join(unit.name for unit in effect.where)
            say(f"  {_who(effect)}: {effect.membership.unit.name} → {places}")
        for effect in effects.lose:
            say(f"  {_who(effect)}: {effect.membership.unit.name}, chỉ còn xem lịch sử")
        for effect in effects.gain:
            places = ", ".join(unit.name for unit in effect.where)
            say(f"  {_who(effect)}, {effect.membership.unit.name}: thêm hồ sơ của {places}")
        for unit in effects.without_successor:
            say(f"  {unit.name}: kết thúc, không có đơn vị kế thừa")
        for papers in papers_of(effects.ending):
            say(
                f"  Hồ sơ của {papers.unit.name}: {papers.registrations} đăng ký, {papers.reports} báo cáo, "
                f"{papers.awards} khen thưởng, {len(papers.pending)} việc đang dở"
            )


def _who(effect):
    return f"{effect.membership.user.full_name} ({effect.membership.get_role_display().lower()})"
