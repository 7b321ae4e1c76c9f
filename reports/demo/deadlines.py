"""What a lead of the standing body has done to this year's days: a milestone moved off a weekend,
one unit given more time, one waived, one firm added."""

from datetime import datetime, timedelta

from core import clock
from core.calendar import is_working_day, next_working_day
from registrations import workflow
from registrations.enums import ObligationKind
from registrations.models import Period
from reports.demo import texts
from reports.demo.world import World
from units.enums import Kind

EXTRA_DAYS = timedelta(days=10)


def correct(world: World, period: Period, now: datetime) -> None:
    day = now - timedelta(days=3)
    if not period.opens_on <= clock.local_date(day) <= period.last_day:
        return
    with clock.played_at(day):
        said = {"by": world.people["demo.stttt.ld"], "acting": world.standing_body}
        _move_off_the_weekend(period, said)
        owed = period.obligations.outstanding().filter(kind=ObligationKind.REGISTRATION)
        late, gone = owed.filter(unit__kind=Kind.DEPARTMENT).order_by("unit__sort_name")[:2]
        workflow.extend(
            late,
            last_day=next_working_day(period.last_day + EXTRA_DAYS),
            reason=f"Cơ quan đang kiện toàn bộ phận phụ trách {texts.MARK}",
            **said,
        )
        workflow.waive(gone, reason=f"Nội dung đã nằm trong bản của cơ quan cấp trên {texts.MARK}", **said)
        firm = next(unit for unit in world.units.values() if unit.kind == Kind.ENTERPRISE)
        workflow.add_obligation(
            period,
            firm,
            ObligationKind.REGISTRATION,
            reason=f"doanh nghiệp tự nguyện tham gia phong trào {texts.MARK}",
            **said,
        )


def _move_off_the_weekend(period, said) -> None:
    day = period.verify_last_day
    if day and not is_working_day(day):
        workflow.change_period(
            period,
            {"verify_last_day": next_working_day(day)},
            version=period.version,
            reason=f"Ngày {day:%d/%m/%Y} là ngày nghỉ {texts.MARK}",
            **said,
        )
