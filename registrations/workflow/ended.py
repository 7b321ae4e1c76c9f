"""What becomes of the obligations of units that have ended."""

from django.db import transaction
from django.db.models import F

from core import clock
from core.models import Event
from registrations.models import Obligation
from units.models import Unit


def release_ended_units() -> int:
    """Waive what units that have ended still owe, with the act as the reason; returns how many rows.

    Only what falls due after their end: what they left undone before stays to be seen. What a
    person asked for by name stays too.
    """
    today = clock.today()
    owed = Obligation.objects.outstanding().filter(unit__valid_to__lt=today, due__gt=F("unit__valid_to"))
    owed = owed.filter(added_by__isnull=True).exclude(unit__in=Unit.objects.not_ended_on(today))
    released = 0
    with transaction.atomic():
        for obligation in owed.select_related("unit__ended_by").select_for_update(of=("self",)):
            act = obligation.unit.ended_by
            basis = f" theo {act.legal_basis}" if act else ""
            reason = f"Đơn vị đã kết thúc hoạt động{basis}, sau ngày {obligation.unit.valid_to:%d/%m/%Y}."
            obligation.is_waived, obligation.waived_reason = True, reason
            obligation.save(update_fields=["is_waived", "waived_reason"])
            Event.record("waive", obligation, by=None, comment=reason)
            released += 1
    return released
