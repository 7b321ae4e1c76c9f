"""What a person may act for, read once per request from all current memberships."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from core import clock
from units.enums import Function, Role
from units.models.conflict import ConflictPeriod
from units.models.membership import Membership
from units.models.unit import Unit, UnitFunction


@dataclass(frozen=True)
class Authority:
    """Primary keys of units by what the person may do with them."""

    units_by_role: dict[str, frozenset[int]]
    #: own units with everything they succeeded to by an applied act
    own: frozenset[int]
    #: children of own units: the person reads what they have filed
    below: frozenset[int]
    standing_roles: frozenset[str]
    commendation_roles: frozenset[str]
    leadership_roles: frozenset[str]

    def files_for(self, unit_id: int) -> bool:
        return unit_id in self.units_by_role.get(Role.FILER, frozenset())

    def heads(self, unit_id: int) -> bool:
        return unit_id in self.units_by_role.get(Role.HEAD, frozenset())

    def runs(self, unit_id: int) -> bool:
        """Whether the person says how the unit works in the portal."""
        return self.heads(unit_id) or unit_id in self.units_by_role.get(Role.ADMINISTRATOR, frozenset())

    def administers(self, unit_id: int) -> bool:
        return unit_id in self.units_by_role.get(Role.ADMINISTRATOR, frozenset())

    def reads(self, unit_id: int) -> bool:
        return unit_id in self.own or unit_id in self.below

    @property
    def is_standing_body(self) -> bool:
        return bool(self.standing_roles & {Role.REVIEWER, Role.LEAD})

    @property
    def is_commendation_body(self) -> bool:
        return bool(self.commendation_roles & {Role.REVIEWER, Role.LEAD})

    @property
    def is_leadership(self) -> bool:
        """A leader of the province, or who prepares for them."""
        return bool(self.leadership_roles & {Role.REVIEWER, Role.LEAD})


def read(user) -> Authority:
    """The authority of `user` today, from memberships, functions and successions in force."""
    memberships = user.current_memberships
    functions = list(UnitFunction.objects.values_list("function", "unit_id", "validity"))
    lineage = user.lineage
    by_role, works_at = defaultdict(set), {}
    for m in memberships:
        works_at[m.unit_id, m.role] = lineage.workplaces(m.unit_id, m.role)
        by_role[m.role] |= works_at[m.unit_id, m.role] or {m.unit_id}
    member_of = {m.unit_id for m in memberships}.union(*works_at.values())
    own = member_of | lineage.predecessors(member_of)
    below = set(Unit.objects.filter(parent__in=own).order_by().values_list("pk", flat=True)) if own else set()
    # Nobody files any more for a unit that has ended, unless it is for an heir of it.
    if by_role[Role.FILER]:
        by_role[Role.FILER] -= {m.unit_id for m in memberships if m.unit.has_ended}
        by_role[Role.FILER] -= lineage.ended
    by_role[Role.FILER] |= lineage.predecessors(by_role[Role.FILER])
    return Authority(
        units_by_role={role: frozenset(ids) for role, ids in by_role.items()},
        own=frozenset(own),
        below=frozenset(below),
        standing_roles=_roles_in(Function.STANDING_BODY, works_at, functions),
        commendation_roles=_roles_in(Function.COMMENDATION_BODY, works_at, functions),
        leadership_roles=_roles_in(Function.LEADERSHIP, works_at, functions),
    )


def _roles_in(function, works_at, functions) -> frozenset[str]:
    """Roles at the holder of the function. Who comes to it by a merger exercises the function
    only if his own unit held it before: the labour department's head does not judge awards
    because his department went up in the one that does."""
    today = clock.today()
    ever = {unit_id for name, unit_id, _ in functions if name == function}
    holders = {unit_id for name, unit_id, held in functions if name == function and today in held}
    return frozenset(
        role for (unit_id, role), places in works_at.items() if unit_id in ever and places & holders
    )


def conflicted_units(user) -> frozenset[int]:
    """Units no one may judge for being or having lately been one of them, with their kin:
    parent, children, predecessors and successors, however many reorganisations lie between."""
    stored = _memberships_that_bar(user, clock.today()).values_list("unit_id", "role")
    lineage = user.lineage
    units = {unit for unit, _ in stored}.union(*(lineage.workplaces(unit, role) for unit, role in stored))
    # Those next to them in a reorganisation that has been recorded but not applied are kin as well.
    kin = Unit.objects.filter(
        Q(parent__in=units)
        | Q(children__in=units)
        | Q(succeeds__predecessor__in=units)
        | Q(succeeded_by__successor__in=units)
    )
    line = lineage.predecessors(units) | lineage.successors(units)
    return frozenset(units | line | set(kin.values_list("pk", flat=True)))


def _memberships_that_bar(user, today):
    memberships = Membership.objects.filter(user=user)
    months = ConflictPeriod.months_on(today)
    if months is None:
        return memberships
    first = today.year * 12 + today.month - 1 - months
    since = today.replace(year=first // 12, month=first % 12 + 1, day=1)
    return memberships.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=since))
