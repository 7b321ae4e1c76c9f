"""What the standing body's lead has made of the last figures: a bonus, a published ranking, a draft of
stricter criteria to ask about."""

from datetime import date, datetime, timedelta

from core import clock
from criteria import workflow as criteria
from registrations.models import Adjustment, Period
from registrations.ranking import digest, standings
from registrations.workflow.ranking import publish
from reports.demo.papers import paper, uid
from reports.demo.texts import MARK
from reports.demo.world import World
from units.enums import Tier

#: of work files processed online; the plan asks for 95
STRICTER = 98


def rank(world: World, period: Period, now: datetime) -> None:
    """Districts published with one bonus; the other tiers are left for the visitor to publish."""
    lead = world.people["demo.stttt.ld"]
    at = now - timedelta(days=2)
    with clock.played_at(at):
        best = next(iter(standings(period, Tier.DISTRICT)), None)
        if best is None:
            return
        file = paper("minh-chung.pdf", "adjustment", best.unit.code, by=lead, at=at)
        file.save()
        Adjustment.objects.create(
            uid=uid("adjustment", best.unit.code),
            period=period,
            unit=best.unit,
            points=2,
            reason=f"Mô hình chuyển đổi số được tỉnh nhân rộng {MARK}",
            document=file,
            recorded_at=at,
            recorded_by=lead,
        )
        found = standings(period, Tier.DISTRICT)
        publish(period, Tier.DISTRICT, by=lead, sha256=digest(found), acting=world.standing_body)
        _draft(world, period, lead)


def _draft(world: World, period: Period, lead) -> None:
    draft = criteria.start(
        by=lead,
        acting=world.standing_body,
        copy_of=period.campaign.criteria_set,
        code="TDCDS-DU-THAO",
        title="Dự thảo tiêu chuẩn giai đoạn sau, để thử (minh họa)",
        valid_from=date(2031, 1, 1),
        valid_to=date(2035, 12, 31),
        basis=f"Chưa có văn bản {MARK}",
        is_assumed=True,
        note="bản nháp minh họa, chép từ bộ đang áp dụng và nâng PROV-2",
    )
    harder = draft.criteria.get(code="PROV-2")
    harder.threshold = STRICTER
    harder.text = harder.text.replace("95%", f"{STRICTER}%")
    criteria.save_criterion(harder, by=lead, acting=world.standing_body, version=draft.version)
