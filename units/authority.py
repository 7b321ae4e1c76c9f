"""What a person may act for, read once per request from all current memberships."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from core import clock
from units.enums import Function, Role
from units.models.conflict import ConflictPeriod
from units.models.membership import Membership
from units.models.succession import UnitSuccession
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

    def files_for(self, unit_id: int) -> bool:
        return unit_id in self.units_by_role.get(Role.FILER, frozenset())

    def reads(self, unit_id: int) -> bool:
        return unit_id in self.own or unit_id in self.below

    @property
    def is_standing_body(self) -> bool:
        return bool(self.standing_roles & {Role.REVIEWER, Role.LEAD})

    @property
    def is_commendation_body(self) -> bool:
        return bool(self.commendation_roles & {Role.REVIEWER, Role.LEAD})


def predecessors_of(unit_ids) -> set[int]:
    """All units these succeeded to, by acts the portal has applied."""
    found, frontier = set(), set(unit_ids)
    while frontier:
        frontier = set(
            UnitSuccession.objects.filter(successor__in=frontier)
            .filter(
                Q(predecessor__ended_by__isnull=True) | Q(predecessor__ended_by__applied_at__isnull=False)
            )
            .values_list("predecessor_id", flat=True)
        ) - (found | set(unit_ids))
        found |= frontier
    return found


def read(user) -> Authority:
    """The authority of `user` today, from memberships and functions in force."""
    memberships = list(Membership.objects.current().filter(user=user).values_list("unit_id", "role"))
    by_role = defaultdict(set)
    for unit_id, role in memberships:
        by_role[role].add(unit_id)
    member_of = {unit_id for unit_id, _ in memberships}
    functions = dict(
        UnitFunction.objects.filter(validity__contains=clock.today()).values_list("function", "unit_id")
    )
    roles_at = {
        function: frozenset(role for unit_id, role in memberships if unit_id == holder)
        for function, holder in functions.items()
    }
    inherited = predecessors_of(member_of) if member_of else set()
    own = member_of | inherited
    below = set(Unit.objects.filter(parent__in=own).values_list("pk", flat=True)) if own else set()
    if inherited:
        # Whoever files for a successor files for what it took over.
        by_role[Role.FILER] |= predecessors_of(by_role[Role.FILER])
    return Authority(
        units_by_role={role: frozenset(ids) for role, ids in by_role.items()},
        own=frozenset(own),
        below=frozenset(below),
        standing_roles=roles_at.get(Function.STANDING_BODY, frozenset()),
        commendation_roles=roles_at.get(Function.COMMENDATION_BODY, frozenset()),
    )


def conflicted_units(user) -> frozenset[int]:
    """Units no one may judge for being or having lately been one of them, with their kin:
    parent, children, predecessors, successors."""
    units = set(_memberships_that_bar(user, clock.today()).values_list("unit_id", flat=True))
    kin = Unit.objects.filter(
        Q(parent__in=units)
        | Q(children__in=units)
        | Q(succeeds__predecessor__in=units)
        | Q(succeeded_by__successor__in=units)
    )
    return frozenset(units | set(kin.values_list("pk", flat=True)))


def _memberships_that_bar(user, today):
    memberships = Membership.objects.filter(user=user)
    months = ConflictPeriod.months_on(today)
    if months is None:
        return memberships
    first = today.year * 12 + today.month - 1 - months
    since = today.replace(year=first // 12, month=first % 12 + 1, day=1)
    return memberships.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=since))
