"""The day in force for each unit, and what hangs on it: extensions, due days, the late mark (ADR 10)."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Case, OuterRef, Subquery, When
from django.db.models.functions import Coalesce

from core import clock, files
from core.models import Event
from core.transitions import Refused
from registrations import checks, emails
from registrations.enums import ObligationKind
from registrations.models import Extension, Obligation, PilotList, Registration, Report

#: what is filed late or on time and says so itself; a launch reads it off its obligation
PAPERS = (Registration, Report, PilotList)


@dataclass
class Followed:
    """What a change of days did: obligations with another day, papers that lost their late mark."""

    moved: list[Obligation] = field(default_factory=list)
    on_time: list[Registration | Report | PilotList] = field(default_factory=list)


def follow(period, *, by, reason: str, acting=None, units=None) -> Followed:
    """Bring what is owed in the period to the day in force for each unit, inside the caller's transaction.

    That day is the period's, or the extension's when later. A later day reaches what was
    already filed, and takes the late mark from what is now on time; an earlier one never
    makes late what was filed in time, so what was filed keeps its day. Reminders follow by
    themselves: they go by `due`, once for each day.
    """
    chosen = {"period": period} if units is None else {"period": period, "unit__in": units}
    late = lock(**chosen)
    followed = Followed()
    dues = {}
    for obligation in _with_days(Obligation.objects.filter(**chosen)):
        common = period.dues.get(obligation.kind)
        day = max(filter(None, (common, obligation.extended_to)), default=obligation.due)
        if day > obligation.due or (day < obligation.due and obligation.filed_at is None):
            obligation.due = day
            followed.moved.append(obligation)
        dues[obligation.unit_id, obligation.kind] = obligation.due
    Obligation.objects.bulk_update(followed.moved, ["due"])
    for paper, kind, filed_at in _filings(late):
        due = dues.get((paper.unit_id, kind), period.dues.get(kind))
        if due and clock.local_date(filed_at) <= due:
            paper.is_late = False
            paper.save(update_fields=["is_late"])
            Event.record("lift_late", paper, by=by, acting=acting, comment=reason, data={"due": due})
            followed.on_time.append(paper)
    return followed


def lock(**chosen):
    """Lock the late papers and all obligations chosen, in the order a filing does: it is then
    seen here, or waits for us. Returns the late papers, by their models."""
    late = {model: _locked(model.objects.filter(**chosen, is_late=True)) for model in PAPERS}
    _locked(Obligation.objects.filter(**chosen))
    return late


def _locked(rows):
    return list(rows.order_by("pk").select_related("period", "unit").select_for_update(of=("self",)))


def locked_obligation(obligation) -> Obligation:
    """The obligation as stored, locked with what hangs on it."""
    lock(period=obligation.period_id, unit=obligation.unit_id)
    return Obligation.objects.select_related("period", "unit").get(pk=obligation.pk)


def _filings(papers):
    """Each paper with what it meets and when it first came in."""
    for registration in papers[Registration]:
        yield registration, ObligationKind.REGISTRATION, registration.first_filed_at
    for report in papers[Report]:
        yield report, report.kind, report.first_submitted_at
    for pilot_list in papers[PilotList]:
        yield pilot_list, ObligationKind.PILOTS, pilot_list.first_filed_at


def _with_days(obligations):
    """With `extended_to`, and `filed_at`: the first filing, also of what was withdrawn since."""
    of = {"period": OuterRef("period"), "unit": OuterRef("unit")}
    filed = Registration.objects.filter(**of).values("first_filed_at")
    sent = PilotList.objects.filter(**of).values("first_filed_at")
    submitted = Report.objects.filter(**of, kind=OuterRef("kind")).values("first_submitted_at")
    return obligations.with_extension().annotate(
        filed_at=Case(
            When(kind=ObligationKind.REGISTRATION, then=Coalesce("met_at", Subquery(filed))),
            When(kind=ObligationKind.PILOTS, then=Coalesce("met_at", Subquery(sent))),
            default=Coalesce("met_at", Subquery(submitted)),
        )
    )


def extend(obligation, *, by, last_day: date, reason: str, document=None, acting=None) -> Extension:
    """Give the unit a later last day; an extension in force is replaced. Its filers are told."""
    _refuse_without_right(by, obligation)
    with transaction.atomic():
        locked = locked_obligation(obligation)
        findings = checks.missing_for_extending(locked, last_day)
        if findings:
            raise Refused("Chưa gia hạn được.", findings, status=422)
        before = locked.due
        _end(locked, by=by, reason=f"Thay bằng gia hạn đến hết ngày {last_day:%d/%m/%Y}.")
        extension = Extension.objects.create(
            obligation=locked,
            last_day=last_day,
            reason=reason,
            document=files.store(document, by=by) if document else None,
            granted_by=by,
            granted_at=clock.now(),
        )
        Event.record(
            "extend",
            locked,
            by=by,
            acting=acting,
            before=f"{before:%d/%m/%Y}",
            after=f"{last_day:%d/%m/%Y}",
            comment=reason,
        )
        follow(locked.period, by=by, acting=acting, reason=reason, units=[locked.unit_id])
        emails.extended(extension)
    obligation.refresh_from_db()
    return extension


def end_extension(obligation, *, by, reason: str, acting=None) -> None:
    """The unit is back to everyone's day; what it filed meanwhile stays on time."""
    _refuse_without_right(by, obligation)
    with transaction.atomic():
        locked = locked_obligation(obligation)
        before = locked.due
        if not _end(locked, by=by, reason=reason):
            raise Refused("Đơn vị không còn được gia hạn. Hãy tải lại trang.")
        follow(locked.period, by=by, acting=acting, reason=reason, units=[locked.unit_id])
        locked.refresh_from_db()
        Event.record(
            "end_extension",
            locked,
            by=by,
            acting=acting,
            before=f"{before:%d/%m/%Y}",
            after=f"{locked.due:%d/%m/%Y}",
            comment=reason,
        )
    obligation.refresh_from_db()


def _end(obligation, *, by, reason) -> int:
    in_force = obligation.extensions.in_force()
    return in_force.update(ended_by=by, ended_at=clock.now(), ended_reason=reason)


def _refuse_without_right(by, obligation):
    if not by.has_perm("registrations.extend_obligation", obligation):
        raise Refused("Chỉ lãnh đạo cơ quan thường trực được gia hạn.", status=403)
