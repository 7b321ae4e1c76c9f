"""Campaigns and periods: opened, carried over to the next years, and moved with all that hangs on them."""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from core import clock
from core.models import Event
from core.transitions import Refused
from registrations import checks
from registrations.models import Campaign, Period, PriorityField
from registrations.models.campaign import MILESTONES
from registrations.workflow.deadline import Followed, follow
from registrations.workflow.obligation import Settled, settle

#: what else of a period may change; the year and the campaign it belongs to stay
SETTINGS = ("supplement_days", "contest_days", "communes_file", "enterprises_file", "basis")


@dataclass(frozen=True)
class Consequences:
    """What a change of a period does: in words what differs, then what hangs on it."""

    changes: list[dict]
    followed: Followed = field(default_factory=Followed)
    settled: Settled = field(default_factory=Settled)


def open_period(period, *, by, acting=None) -> Period:
    """Store a new period; what is owed in it is generated on the day it opens."""
    if not by.has_perm("registrations.add_period"):
        raise Refused("Chỉ lãnh đạo cơ quan thường trực được mở kỳ.", status=403)
    with transaction.atomic():
        period.save()
        Event.record("open", period, by=by, acting=acting)
        if period.opens_on <= clock.today():
            settle(period)
    return period


def change_period(period, values: dict, *, version: int, by, reason: str, acting=None) -> Consequences:
    """Move milestones or settings of the period as read at `version`, and all that hangs on them."""
    if not by.has_perm("registrations.change_period", period):
        raise Refused("Chỉ lãnh đạo cơ quan thường trực được điều chỉnh kỳ.", status=403)
    with transaction.atomic():
        changed = Period.objects.select_for_update().get(pk=period.pk)
        if changed.version != version:
            raise Refused("Kỳ vừa được người khác điều chỉnh. Hãy mở lại trang để xem các mốc mới nhất.")
        changes = _set(changed, values)
        if not changes:
            raise Refused("Chưa có gì khác với các mốc đang dùng.", status=422)
        findings = checks.missing_for_moving(changed)
        if findings:
            raise Refused("Chưa điều chỉnh được.", findings, status=422)
        changed.version += 1
        changed.save()
        has_opened = changed.opens_on <= clock.today()
        consequences = Consequences(
            changes,
            settled=settle(changed) if has_opened else Settled(),
            followed=follow(changed, by=by, acting=acting, reason=reason),
        )
        Event.record("change", changed, by=by, acting=acting, comment=reason, data=_said(consequences))
    period.refresh_from_db()
    return consequences


def preview_change(period, values: dict, *, version: int, by) -> Consequences:
    """What `change_period` would do: done, read, and undone."""
    with transaction.atomic():
        consequences = change_period(
            Period.objects.get(pk=period.pk), values, version=version, by=by, reason=""
        )
        transaction.set_rollback(True)
    return consequences


def _said(consequences) -> dict:
    settled = consequences.settled
    return {
        "changes": consequences.changes,
        "moved": len(consequences.followed.moved),
        "on_time": len(consequences.followed.on_time),
        "new": settled.new,
        "restored": settled.restored,
        "waived": settled.waived,
    }


def _set(obj, values: dict) -> list[dict]:
    """Give `obj` the values; what differs, as words."""
    changes = []
    for name, value in values.items():
        before = getattr(obj, name)
        if value != before:
            label = obj._meta.get_field(name).verbose_name
            changes.append({"label": label, "before": _word(before), "after": _word(value)})
            setattr(obj, name, value)
    return changes


def _word(value) -> str:
    if value is None or value == "":
        return "không có"
    if isinstance(value, bool):
        return "có" if value else "không"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def save_campaign(campaign, values: dict, fields, *, by, reason: str = "", acting=None) -> Campaign:
    """Store the campaign with `values` and its priority fields, a formset bound to it."""
    act = "change" if campaign.pk else "open"
    if not by.has_perm(f"registrations.{'change' if campaign.pk else 'add'}_campaign", campaign):
        raise Refused("Chỉ lãnh đạo cơ quan thường trực được điều chỉnh giai đoạn.", status=403)
    with transaction.atomic():
        stored = Campaign.objects.select_for_update().get(pk=campaign.pk) if campaign.pk else campaign
        changes = _set(stored, values) if campaign.pk else []
        stored.save()
        changes += _save_fields(stored, fields)
        if changes or act == "open":
            Event.record(act, stored, by=by, acting=acting, comment=reason, data={"changes": changes})
    return stored


def _save_fields(campaign, fields) -> list[dict]:
    before = _field_words(campaign)
    fields.instance = campaign
    fields.save()
    after = _field_words(campaign)
    if before == after:
        return []
    return [{"label": PriorityField._meta.verbose_name, "before": before, "after": after}]


def _field_words(campaign) -> str:
    return "; ".join(f"{f.code}) {f.name}" for f in campaign.fields.all()) or "không có"


def next_period(period) -> Period:
    """The year after, unsaved: every day a year later, also one that falls on a weekend then.

    The form warns of those; a day is never moved by the machine.
    """
    year = period.year + 1
    campaign = Campaign.objects.filter(first_year__lte=year, last_year__gte=year).first()
    days = {name: _a_year_later(getattr(period, name)) for name in MILESTONES}
    settings = {name: getattr(period, name) for name in SETTINGS}
    return Period(campaign=campaign or period.campaign, year=year, **days, **settings)


def _a_year_later(day: date | None) -> date | None:
    if day is None:
        return None
    return day.replace(year=day.year + 1, day=min(day.day, monthrange(day.year + 1, day.month)[1]))


def next_campaign(campaign) -> Campaign:
    """The stage after, unsaved: as many years, following on; its act is still to be named."""
    first = campaign.last_year + 1
    shift = first - campaign.first_year
    return Campaign(
        code=f"{first}-{campaign.last_year + shift}",
        name=_years_moved(campaign.name, shift),
        first_year=first,
        last_year=campaign.last_year + shift,
        criteria_set=campaign.criteria_set,
        final_review_year=campaign.final_review_year + shift,
        record_year=campaign.record_year and campaign.record_year + shift,
    )


def _years_moved(text: str, shift: int) -> str:
    return re.sub(r"\b20[0-9]{2}\b", lambda found: str(int(found[0]) + shift), text)
