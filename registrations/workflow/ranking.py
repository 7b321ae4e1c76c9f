"""When may a ranking be published, and what then? Bonus and penalty are written here too."""

from django.db import IntegrityError, transaction

from core import clock, files
from core.findings import Finding
from core.models import Event
from core.transitions import Refused, Transition, Workflow
from criteria import scoring
from registrations.models import Adjustment, Period, Ranking, RankingRow
from registrations.ranking import digest, standings

RANKING = Workflow(
    Ranking,
    Transition("publish", ("draft",), "published", "Công bố", sentence="đã công bố xếp hạng"),
    Transition(
        "retract",
        ("published",),
        "retracted",
        "Thu hồi",
        needs_comment=True,
        sentence="đã thu hồi bảng xếp hạng",
    ),
)
PUBLISHED = "Bảng xếp hạng đã công bố. Hãy thu hồi trước khi thay đổi điểm."


def publish(period, tier: str, *, by, sha256: str, acting=None) -> Ranking:
    """Freeze the places as the lead saw them (`sha256`) and show them to the units."""
    try:
        with transaction.atomic():
            Period.objects.select_for_update().get(pk=period.pk)
            found = standings(period, tier)
            ranking = Ranking.objects.create(
                period=period, tier=tier, scale=period.campaign.criteria_set.scale, sha256=digest(found)
            )
            with RANKING.perform("publish", ranking, by=by, acting=acting) as step:
                if not found:
                    empty = Finding("Chưa có đơn vị nào có số liệu đã thẩm định.")
                    raise Refused("Chưa công bố được.", [empty], status=422)
                if step.object.sha256 != sha256:
                    raise Refused("Điểm vừa thay đổi sau khi bạn mở trang này. Hãy xem lại rồi công bố.")
                step.object.published_at, step.object.published_by = step.at, by
                RankingRow.objects.bulk_create(_row(ranking, standing) for standing in found)
                step.data = {"sha256": sha256}
    except IntegrityError as error:
        raise Refused("Cấp này của năm đã có bảng xếp hạng được công bố.") from error
    return ranking


def _row(ranking, standing) -> RankingRow:
    return RankingRow(
        ranking=ranking,
        unit=standing.unit,
        group=standing.group,
        place=standing.place,
        total=scoring.stored(standing.total),
        explanation=standing.explanation(),
    )


def retract(ranking, *, by, comment: str, acting=None) -> None:
    with RANKING.perform("retract", ranking, by=by, acting=acting, comment=comment):
        pass


def adjust(period, unit, *, by, points: int, reason: str, upload, acting=None) -> Adjustment:
    """Record a bonus or penalty; refused while the ranking it would change is published."""
    with transaction.atomic():
        _require_open(period, unit, by)
        adjustment = Adjustment.objects.create(
            period=period,
            unit=unit,
            points=points,
            reason=reason,
            document=files.store(upload, by=by),
            recorded_at=clock.now(),
            recorded_by=by,
        )
        data = {"unit": unit.name, "points": points, "reason": reason}
        Event.record("adjust", adjustment, by=by, acting=acting, data=data)
    return adjustment


def withdraw_adjustment(adjustment, *, by, acting=None) -> None:
    with transaction.atomic():
        _require_open(adjustment.period, adjustment.unit, by)
        locked = Adjustment.objects.select_for_update().get(pk=adjustment.pk)
        if locked.withdrawn_at is not None:
            raise Refused("Điểm này đã được rút.")
        locked.withdrawn_at = clock.now()
        locked.save(update_fields=["withdrawn_at"])
        Event.record("withdraw", locked, by=by, acting=acting)


def _require_open(period, unit, by) -> None:
    Period.objects.select_for_update().get(pk=period.pk)
    if not by.has_perm("registrations.record_adjustment", unit):
        raise Refused("Bạn không có quyền ghi điểm cộng, điểm trừ.", status=403)
    if Ranking.objects.published().filter(period=period, tier=unit.tier).exists():
        raise Refused(PUBLISHED)
