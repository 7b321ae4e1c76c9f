"""Who owes what: generated from a period's settings, corrected by a lead of the standing body."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from core import clock
from core.models import Event
from core.transitions import Refused
from registrations.enums import ObligationKind
from registrations.models import Obligation, Period
from registrations.workflow.deadline import follow, locked_obligation
from units.enums import Kind
from units.lineage import Lineage
from units.models import Unit

ALWAYS_OBLIGED = {
    Kind.DEPARTMENT: "sở, ban, ngành (Kế hoạch, mục IV.1)",
    Kind.PARTY: "cơ quan Đảng cấp tỉnh (Kế hoạch, mục IV.1)",
    Kind.MASS_ORGANISATION: "đoàn thể tỉnh (Kế hoạch, mục IV.1)",
    Kind.DISTRICT: "UBND huyện, thị xã, thành phố (Kế hoạch, mục IV.1)",
}
#: asked of some only: who launches (plan VI), who draws up a list of pilot units (plan III.3)
ASKED_OF = {ObligationKind.LAUNCH: tuple(ALWAYS_OBLIGED), ObligationKind.PILOTS: (Kind.DISTRICT,)}
#: sentences of the history
SENTENCES = {
    "add": "đã bổ sung đơn vị vào danh sách phải nộp",
    "waive": "đã miễn cho đơn vị",
    "restore": "đã bỏ miễn, đơn vị lại phải nộp",
    "extend": "đã gia hạn",
    "end_extension": "đã kết thúc gia hạn",
    "remind": "đã gửi thư nhắc đơn vị",
}


@dataclass(frozen=True)
class Settled:
    """How many rows a change of settings wrote, by what became of them."""

    new: int = 0
    restored: int = 0
    waived: int = 0


def oblige(period: Period) -> int:
    """Generate what each unit alive when the period opens owes in it; returns how many rows are new.

    Departments, party bodies, mass organisations and districts by default; communes and
    enterprises as the period says. Rows a person corrected are left alone.
    """
    units = Unit.objects.operating_on(period.opens_on).filter(is_predecessor_stub=False)
    return _generate(period, ((unit, kind) for unit in units for kind in period.dues))


def oblige_successors(period: Period) -> int:
    """Generate what units owe that a reorganisation has begun since the period opened; returns how many.

    A unit that comes after others owes what falls due from its first day on, unless one of those
    has met it: what they still owed after their end is waived, and must not be owed by no one.
    """
    begun = Unit.objects.operating_on(clock.today()).filter(
        begun_by__isnull=False, valid_from__gt=period.opens_on
    )
    lineage = Lineage()
    before = {unit: lineage.predecessors([unit.pk]) for unit in begun}
    met = period.obligations.filter(met_at__isnull=False, unit__in=set().union(*before.values()))
    met = set(met.values_list("unit", "kind"))
    owed = (
        (unit, kind)
        for unit, predecessors in before.items()
        for kind, due in period.dues.items()
        if unit.valid_from <= due and not any((old, kind) in met for old in predecessors)
    )
    return _generate(period, owed)


def _generate(period, owed) -> int:
    reasons, dues = _reasons(period), period.dues
    before = period.obligations.count()
    Obligation.objects.bulk_create(
        (
            Obligation(period=period, unit=unit, kind=kind, due=dues[kind], reason=reasons[unit.kind])
            for unit, kind in owed
            if unit.kind in reasons and unit.kind in ASKED_OF.get(kind, reasons)
        ),
        ignore_conflicts=True,
    )
    new = period.obligations.count() - before
    if new:
        Event.record("oblige", period, by=None, data={"new": new})
    return new


def communes_through(period, district, kind=ObligationKind.REGISTRATION):
    """The communes that file through the district in the period; none when it has them file directly."""
    if period.communes_file or district.kind != Kind.DISTRICT or kind in ASKED_OF:
        return Unit.objects.none()
    filing = Obligation.objects.filter(period=period, kind=kind, is_waived=False)
    alive = Unit.objects.operating_on(period.opens_on)
    return alive.filter(parent=district, kind=Kind.COMMUNE).exclude(pk__in=filing.values("unit"))


def _reasons(period):
    reasons = dict(ALWAYS_OBLIGED)
    if period.communes_file:
        reasons[Kind.COMMUNE] = "cấp xã nộp trực tiếp theo quy định của kỳ"
    if period.enterprises_file:
        reasons[Kind.ENTERPRISE] = "doanh nghiệp (Kế hoạch, mục IV.1)"
    return reasons


def settle(period: Period) -> Settled:
    """Bring the obligations of an opened period in line with its settings, inside the caller's transaction.

    What is no longer asked for is waived with the reason, unless it was met or a person
    added it; what is asked for again comes back. What was waived for another reason stays so.
    """
    reasons = _reasons(period)
    asked_for = Q(pk__in=[])
    for kind in period.dues:
        asked_for |= Q(kind=kind, unit__kind__in=ASKED_OF.get(kind, reasons))
    restored = period.obligations.filter(asked_for, is_waived_by_setting=True).update(
        is_waived=False, is_waived_by_setting=False, waived_reason=""
    )
    generated = period.obligations.filter(added_by__isnull=True)
    no_longer = generated.filter(~asked_for, is_waived=False, met_at__isnull=True)
    waived = sum(
        no_longer.filter(which).update(is_waived=True, is_waived_by_setting=True, waived_reason=why)
        for which, why in (
            *(
                (Q(kind=kind), f"Kỳ này không yêu cầu {kind.label.lower()}.")
                for kind in ObligationKind
                if kind not in period.dues
            ),
            (Q(unit__kind=Kind.COMMUNE), "Cấp xã nộp qua UBND cấp huyện theo quy định của kỳ."),
            (Q(), "Kỳ này không yêu cầu doanh nghiệp nộp."),
        )
    )
    return Settled(oblige(period), restored, waived)


def _refuse_without_right(by, period):
    if not by.has_perm("registrations.correct_obligation", period):
        raise Refused("Chỉ lãnh đạo cơ quan thường trực được điều chỉnh danh sách này.", status=403)


def add_obligation(period, unit, kind: ObligationKind, *, by, reason: str, acting=None) -> Obligation:
    """Let a unit that the settings left out owe after all."""
    _refuse_without_right(by, period)
    with transaction.atomic():
        obligation, is_new = Obligation.objects.get_or_create(
            period=period,
            unit=unit,
            kind=kind,
            defaults={"due": period.dues[kind], "reason": reason, "added_by": by},
        )
        if not is_new:
            raise Refused(f"{unit.name} đã có trong danh sách. Nếu đang được miễn, hãy bỏ miễn.")
        Event.record("add", obligation, by=by, acting=acting, comment=reason)
    return obligation


def waive(obligation, *, by, reason: str, acting=None) -> None:
    """The unit owes this no longer; whoever has filed has nothing to be waived."""
    _refuse_without_right(by, obligation.period)
    with transaction.atomic():
        locked = locked_obligation(obligation)
        if locked.is_waived:
            raise Refused("Đơn vị đã được miễn rồi. Hãy tải lại trang.")
        if locked.met_at:
            raise Refused("Đơn vị đã nộp, không còn gì để miễn.")
        locked.is_waived, locked.waived_reason, locked.waived_by = True, reason, by
        locked.save()
        Event.record("waive", locked, by=by, acting=acting, comment=reason)
    obligation.refresh_from_db()


def restore(obligation, *, by, reason: str, acting=None) -> None:
    """The unit owes this again, by the day in force today."""
    _refuse_without_right(by, obligation.period)
    with transaction.atomic():
        locked = locked_obligation(obligation)
        if not locked.is_waived:
            raise Refused("Đơn vị không được miễn. Hãy tải lại trang.")
        if locked.kind not in locked.period.dues:
            what = locked.get_kind_display().lower()
            raise Refused(f"Kỳ này không yêu cầu {what}. Hãy đặt mốc của kỳ trước.")
        locked.is_waived = locked.is_waived_by_setting = False
        locked.waived_reason, locked.waived_by = "", None
        # By hand from now on: a setting must not waive it again behind the lead's back.
        locked.added_by = by
        locked.save()
        Event.record("restore", locked, by=by, acting=acting, comment=reason)
        follow(locked.period, by=by, acting=acting, reason=reason, units=[locked.unit_id])
    obligation.refresh_from_db()
