"""Corrections of the working calendar, each an event. No milestone moves with them: a person decides."""

from django.db import transaction

from core.models import Event, Holiday


def save(holiday: Holiday, *, by, acting=None) -> Holiday:
    with transaction.atomic():
        before = Holiday.objects.filter(pk=holiday.pk).first()
        holiday.save()
        Event.record(
            "change" if before else "add",
            holiday,
            by=by,
            acting=acting,
            data={"before": _said(before), "after": _said(holiday)},
        )
    return holiday


def remove(holiday: Holiday, *, by, acting=None) -> None:
    with transaction.atomic():
        Event.record("remove", holiday, by=by, acting=acting, data={"before": _said(holiday)})
        Holiday.objects.filter(pk=holiday.pk).delete()


def _said(holiday: Holiday | None) -> dict | None:
    if holiday is None:
        return None
    return {
        "day": holiday.day,
        "name": holiday.name,
        "is_working_day": holiday.is_working_day,
        "basis": holiday.basis,
    }
