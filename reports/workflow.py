"""The one act of this app: the standing body's lead publishes how far the province is."""

from django.db import transaction

from awards.models import PublicRecord
from core import clock
from core.models import Event
from core.transitions import Refused
from reports import progress


def publish_progress(period, *, by, acting=None) -> PublicRecord:
    """Make today's counts public; they take the place of what was published of the period before."""
    if not by.has_perm("reports.publish_progress", period):
        raise Refused("Chỉ lãnh đạo cơ quan thường trực công bố tiến độ phong trào.", status=403)
    with transaction.atomic():
        now = clock.now()
        figures = progress.figures_of(period)
        if not figures["tiers"]:
            raise Refused("Kỳ này chưa có đơn vị nào phải đăng ký nên chưa có gì để công bố.", status=422)
        record = PublicRecord(
            kind="progress",
            uid=period.uid,
            payload={
                "id": str(period.uid),
                "campaign": period.campaign.code,
                "year": period.year,
                "as_of": clock.local_date(now).isoformat(),
                **figures,
            },
            published_at=now,
            updated_at=now,
            year=period.year,
            search_text=f"tiến độ {period.year}",
        )
        PublicRecord.append([record])
        Event.record("publish_progress", period, by=by, acting=acting, data={"sequence": record.sequence})
    return record
