"""The ledger of a fund: lines are added, never changed."""

from django.db import transaction

from awards import fund
from awards.enums import DecisionState
from awards.models import Decision, FundEntry, FundYear
from awards.models.prize import FundEntryKind
from core import clock
from core.findings import Finding
from core.models import Event
from core.transitions import Refused


def state_ceiling(of, *, year, ceiling, warn_percent, basis, by, acting=None) -> FundYear:
    """State what the fund may spend in a year, or state it anew; the ledger keeps each word as an event."""
    if not by.has_perm("awards.keep_fund"):
        raise Refused("Bạn không có quyền ghi sổ quỹ.", status=403)
    with transaction.atomic():
        stated, is_new = FundYear.objects.select_for_update().get_or_create(
            fund=of,
            year=year,
            defaults={"ceiling": ceiling, "warn_percent": warn_percent, "basis": basis},
        )
        before = None if is_new else stated.ceiling
        stated.ceiling, stated.warn_percent, stated.basis = ceiling, warn_percent, basis
        stated.save()
        Event.record(
            "state_ceiling",
            stated,
            by=by,
            acting=acting,
            data={"year": year, "ceiling": ceiling, "before": before, "basis": basis},
        )
    return stated


def enter(year, *, kind, amount, on, note, by, decision=None, acting=None) -> FundEntry:
    """Add a line: a payment of prizes, another expense, money that came back."""
    if not by.has_perm("awards.keep_fund"):
        raise Refused("Bạn không có quyền ghi sổ quỹ.", status=403)
    missing = []
    if kind == FundEntryKind.PRIZE:
        missing.append(Finding("Tiền thưởng theo Quyết định do cổng ghi khi công bố.", field="kind"))
    if not amount:
        missing.append(Finding("Hãy ghi số tiền khác 0.", field="amount"))
    if not note.strip():
        missing.append(Finding("Hãy ghi diễn giải.", field="note"))
    if on is None or on > clock.today():
        missing.append(Finding("Ngày ghi sổ không thể ở tương lai.", field="on"))
    elif on.year < year.year:
        missing.append(Finding(f"Sổ này là của năm {year.year}.", field="on"))
    if missing:
        raise Refused("Chưa ghi được dòng này.", missing, status=422)
    with transaction.atomic():
        entry = FundEntry.objects.create(
            fund_year=FundYear.objects.select_for_update().get(pk=year.pk),
            kind=kind,
            amount=amount,
            on=on,
            note=note.strip(),
            decision=decision,
            recorded_by=by,
            recorded_at=clock.now(),
        )
        data = {"kind": kind, "amount": amount, "on": on.isoformat(), "note": entry.note}
        Event.record("enter", year, by=by, acting=acting, data=data)
    return entry


def not_entered(year):
    """Published decisions the fund pays in that year whose prizes are not in the ledger yet."""
    return Decision.objects.filter(
        state=DecisionState.PUBLISHED, fund=year.fund_id, signed_on__year=year.year
    ).exclude(fund_entries__kind=FundEntryKind.PRIZE)


def charge_missing(year, *, by, acting=None) -> int:
    """Enter the prizes of decisions published before the ceiling was stated; returns how many."""
    if not by.has_perm("awards.keep_fund"):
        raise Refused("Bạn không có quyền ghi sổ quỹ.", status=403)
    with transaction.atomic():
        FundYear.objects.select_for_update().get(pk=year.pk)
        missing = list(not_entered(year))
        for decision in missing:
            fund.charge(decision, list(decision.awards.all()), by=by)
        Event.record("charge_missing", year, by=by, acting=acting, data={"decisions": len(missing)})
    return len(missing)
