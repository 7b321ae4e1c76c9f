"""Recording a reorganisation, applying it, and saying beforehand what it changes for whom.

Recording writes what the law says: which units end and begin on which day, and who comes
after whom. Applying is the day the portal begins to live by it (ADR 7).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from core import clock
from core.findings import Finding
from core.models import Event
from core.templatetags.vn import ngay
from core.transitions import Refused
from units.enums import Change, Role
from units.lineage import members_of
from units.models import Membership, Reorganisation, Unit, UnitFunction, UnitSuccession

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NewUnit:
    code: str
    name: str


@dataclass(frozen=True)
class Plan:
    """What an administrator has written about one change, checked for shape by the form."""

    change: Change
    title: str
    legal_basis: str
    issuer: str
    issued_on: date
    effective_on: date
    predecessors: list[Unit]
    new_units: list[NewUnit] = field(default_factory=list)
    #: a unit that is there already and takes the others in, or takes over what an abolished one left
    receiver: Unit | None = None
    is_automatic: bool = False


@dataclass(frozen=True)
class PersonEffect:
    """Someone for whom the act changes something; `where` is empty when the role leads nowhere."""

    membership: Membership
    where: list[Unit]
    is_gain: bool = False


@dataclass(frozen=True)
class Effects:
    """What applying `act` changes; of an act that has been applied, only what it did to the units."""

    act: Reorganisation
    ending: list[Unit]
    beginning: list[Unit]
    successions: list[UnitSuccession]
    #: members of units that end, where they work on; filers of receivers, whose papers they get
    people: list[PersonEffect]
    #: functions held today by a unit that ends, and by whom afterwards (None: nobody)
    functions: list[tuple[UnitFunction, Unit | None]]

    @property
    def keep(self) -> list[PersonEffect]:
        return [effect for effect in self.people if effect.where and not effect.is_gain]

    @property
    def lose(self) -> list[PersonEffect]:
        return [effect for effect in self.people if not effect.where]

    @property
    def gain(self) -> list[PersonEffect]:
        return [effect for effect in self.people if effect.is_gain]

    @property
    def without_successor(self) -> list[Unit]:
        followed = {succession.predecessor_id for succession in self.successions}
        return [unit for unit in self.ending if unit.pk not in followed]


def record(plan: Plan, *, by, acting=None, document=None) -> Reorganisation:
    """Write the act and what it does to the register. Nobody's rights change until it is applied."""
    with transaction.atomic():
        olds = list(
            Unit.objects.select_for_update().filter(pk__in=[u.pk for u in plan.predecessors]).order_by("pk")
        )
        findings = missing_for_recording(plan, olds)
        if findings:
            raise Refused("Chưa ghi nhận được việc sắp xếp.", findings, status=422)
        act = Reorganisation.objects.create(
            code=_code(plan),
            change=plan.change,
            title=plan.title,
            legal_basis=plan.legal_basis,
            issuer=plan.issuer,
            issued_on=plan.issued_on,
            effective_on=plan.effective_on,
            is_automatic=plan.is_automatic,
            document=document,
            recorded_by=by,
        )
        successors = [_begin(new, olds[0], act) for new in plan.new_units]
        if plan.receiver:
            successors.append(plan.receiver)
        for old in olds:
            old.valid_to, old.ended_by = plan.effective_on - ONE_DAY, act
            old.save(update_fields=["valid_to", "ended_by"])
            for successor in successors:
                UnitSuccession.objects.create(
                    predecessor=old,
                    successor=successor,
                    effective_on=plan.effective_on,
                    legal_basis=plan.legal_basis,
                    members_follow=plan.change in (Change.MERGE, Change.RENAME),
                )
        Event.record("record", act, by=by, acting=acting, data={"units": [str(u.uid) for u in olds]})
    return act


def _code(plan) -> str:
    base = f"{plan.legal_basis}/{plan.effective_on:%Y%m%d}"[:36]
    taken = Reorganisation.objects.filter(code__startswith=base).count()
    return base if not taken else f"{base}-{taken + 1}"


def _begin(new, model, act) -> Unit:
    """A unit of the kind and place of the one it comes after."""
    return Unit.objects.create(
        code=new.code,
        name=new.name,
        kind=model.kind,
        parent=model.parent,
        province_code=model.province_code,
        has_admin_procedures=model.has_admin_procedures,
        is_invented=model.is_invented,
        valid_from=act.effective_on,
        begun_by=act,
        source=act.legal_basis,
    )


def missing_for_recording(plan, olds) -> list[Finding]:
    """What of the plan contradicts the register."""
    day, found = plan.effective_on, []
    for unit in olds:
        if unit.valid_to:
            found.append(
                Finding(
                    f"{unit.name} đã có ngày kết thúc {ngay(unit.valid_to)}. "
                    "Hãy kiểm tra lại danh sách đơn vị cũ.",
                    "predecessors",
                )
            )
        if unit.valid_from >= day:
            found.append(Finding(f"{unit.name} chỉ bắt đầu từ {ngay(unit.valid_from)}.", "predecessors"))
    receiver = plan.receiver
    if receiver and receiver.pk in {unit.pk for unit in olds}:
        found.append(Finding("Đơn vị tiếp nhận không thể là một đơn vị cũ.", "receiver"))
    if receiver and not Unit.objects.valid_on(day).filter(pk=receiver.pk).exists():
        found.append(Finding(f"{receiver.name} không tồn tại vào ngày hiệu lực.", "receiver"))
    for new in plan.new_units:
        if Unit.objects.filter(code=new.code, valid_from=day).exists():
            found.append(Finding(f"Mã {new.code} đã dùng cho đơn vị khác từ ngày này.", "new_units"))
    return found


def effects_of(act: Reorganisation) -> Effects:
    """What applying the act changes for whom."""
    successions = list(
        UnitSuccession.objects.filter(predecessor__ended_by=act)
        .select_related("predecessor", "successor")
        .order_by("successor__sort_name", "predecessor__sort_name")
    )
    ending = list(act.ends.filter(is_predecessor_stub=False))
    return Effects(
        act=act,
        ending=ending,
        beginning=list(act.begins.all()),
        successions=[s for s in successions if not s.predecessor.is_predecessor_stub],
        people=[] if act.applied_at else _people(act, ending, successions),
        functions=_functions(ending, successions),
    )


def _people(act, ending, successions) -> list[PersonEffect]:
    follow, heirs = {}, {}
    for succession in successions:
        heirs.setdefault(succession.successor, []).append(succession.predecessor)
        if succession.members_follow:
            follow.setdefault(succession.predecessor_id, []).append(succession.successor)
    continued = {new.pk for new, olds in heirs.items() if new.begun_by_id == act.pk and len(olds) == 1}

    def where(membership, unit):
        """As `Lineage.workplaces`: only a unit that goes on under another name keeps its head."""
        is_head = membership.role == Role.HEAD
        return [new for new in follow.get(unit.pk, []) if not is_head or new.pk in continued]

    found = [
        PersonEffect(membership, where(membership, unit))
        for unit, members in _members_by_unit(ending).items()
        for membership in members
    ]
    standing = _members_by_unit([unit for unit in heirs if unit.begun_by_id != act.pk])
    return found + [
        PersonEffect(membership, sorted(heirs[unit], key=lambda old: old.sort_name), is_gain=True)
        for unit, members in standing.items()
        for membership in members
        if membership.role == Role.FILER
    ]


def _members_by_unit(units) -> dict[Unit, list[Membership]]:
    """Today's members of each unit. Units that have taken others in are asked one by one."""
    grown = set(UnitSuccession.objects.filter(successor__in=units).values_list("successor", flat=True))
    plain = {unit.pk: [] for unit in units if unit.pk not in grown}
    stored = Membership.objects.current().filter(unit__in=plain).select_related("user")
    for membership in stored.order_by("user__search_name", "role"):
        plain[membership.unit_id].append(membership)
    return {unit: plain[unit.pk] if unit.pk in plain else members_of(unit) for unit in units}


def _functions(ending, successions):
    next_of = {}
    for succession in successions:
        next_of.setdefault(succession.predecessor_id, []).append(succession.successor)
    held = UnitFunction.objects.filter(unit__in=ending, validity__contains=clock.today())
    return [
        (function, next_of[function.unit_id][0] if len(next_of.get(function.unit_id, [])) == 1 else None)
        for function in held.select_related("unit")
    ]


def missing_for_applying(act: Reorganisation) -> list[Finding]:
    """Why the portal cannot live by the act yet."""
    today, found = clock.today(), []
    if act.effective_on > today:
        found.append(Finding(f"Việc sắp xếp có hiệu lực từ {ngay(act.effective_on)}, chưa đến ngày."))
    earlier = Reorganisation.objects.filter(applied_at__isnull=True, effective_on__lt=act.effective_on)
    found += [
        Finding(f"Phải áp dụng trước: {other.title} (hiệu lực {ngay(other.effective_on)}).")
        for other in earlier
    ]
    successions = list(UnitSuccession.objects.filter(predecessor__ended_by=act).select_related("successor"))
    found += [
        Finding(
            f"{held.unit.name} đang là {held.get_function_display().lower()} "
            "mà không có đúng một đơn vị kế thừa. Hãy giao chức năng này cho đơn vị khác trước."
        )
        for held, successor in _functions(list(act.ends.all()), successions)
        if successor is None
    ]
    return found


def apply(act: Reorganisation, *, by=None, acting=None) -> bool:
    """Begin to live by the act: rights pass by reading; functions by their intervals, from today.

    False when it was applied before, and then nothing is changed.
    """
    with transaction.atomic():
        locked = Reorganisation.objects.select_for_update().get(pk=act.pk)
        if locked.applied_at:
            return False
        findings = missing_for_applying(locked)
        if findings:
            raise Refused("Chưa áp dụng được việc sắp xếp này.", findings, status=422)
        effects = effects_of(locked)
        for held, successor in effects.functions:
            _pass_on(held, successor, locked)
        locked.applied_at = clock.now()
        locked.save(update_fields=["applied_at"])
        Event.record(
            "apply",
            locked,
            by=by,
            acting=acting,
            data={"ended": len(effects.ending), "begun": len(effects.beginning)},
        )
    act.refresh_from_db()
    return True


def _pass_on(held, successor, act):
    today = clock.today()
    first, last = held.validity.lower, held.validity.upper
    if first == today:
        held.delete()
    else:
        held.validity = DateRange(first, today)
        held.save(update_fields=["validity"])
    UnitFunction.objects.create(
        unit=successor, function=held.function, validity=DateRange(today, last), basis=act.legal_basis
    )


def due() -> list[Reorganisation]:
    """Acts that wait to be applied by themselves, the earliest first."""
    waiting = Reorganisation.objects.filter(applied_at__isnull=True, is_automatic=True)
    return list(waiting.filter(effective_on__lte=clock.today()))


def cancel(act: Reorganisation, *, by, acting=None) -> None:
    """Take back what was recorded by mistake, as long as the portal does not live by it."""
    with transaction.atomic():
        locked = Reorganisation.objects.select_for_update().get(pk=act.pk)
        if locked.applied_at or locked.recorded_by_id is None:
            raise Refused("Chỉ hủy được việc sắp xếp ghi trên cổng và chưa áp dụng.")
        Event.record("cancel", locked, by=by, acting=acting, data={"title": locked.title})
        UnitSuccession.objects.filter(predecessor__ended_by=locked).delete()
        locked.ends.update(valid_to=None, ended_by=None)
        locked.begins.all().delete()
        locked.delete()
