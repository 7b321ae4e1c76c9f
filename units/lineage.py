"""Who came after whom, by the acts the portal lives by. Rights pass along here: read, never copied."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db import connection

from core import clock
from units.enums import Role
from units.models.membership import Membership
from units.models.unit import Unit, UnitFunction

#: asked with every page of whoever is logged in, so said in SQL, without making it
_IN_FORCE = """
SELECT step.predecessor_id, step.successor_id, step.members_follow, old.ended_by_id, new.begun_by_id,
       new.valid_to, new.ended_by_id, ending.applied_at
FROM units_unitsuccession step
JOIN units_unit old ON old.id = step.predecessor_id
LEFT JOIN units_reorganisation act ON act.id = old.ended_by_id
JOIN units_unit new ON new.id = step.successor_id
LEFT JOIN units_reorganisation ending ON ending.id = new.ended_by_id
WHERE step.effective_on <= %s AND (old.ended_by_id IS NULL OR act.applied_at IS NOT NULL)
"""


def has_ended(valid_to, ended_by, applied_at, today) -> bool:
    """As `UnitQuerySet.not_ended_on`: past its last day, unless the act that ends it is not applied yet."""
    return valid_to is not None and valid_to < today and (ended_by is None or applied_at is not None)


@dataclass(frozen=True)
class _Step:
    predecessor: int
    successor: int
    members_follow: bool
    #: the act that ended the one began the other
    begins_successor: bool
    #: the successor, in its turn
    has_ended: bool


class Lineage:
    """All successions in force, read in one query when first asked: a few hundred rows at most."""

    def __init__(self):
        self._today = clock.today()

    @cached_property
    def _steps(self):
        with connection.cursor() as cursor:
            cursor.execute(_IN_FORCE, [self._today])
            rows = cursor.fetchall()
        return [
            _Step(old, new, follow, begun_by is not None and begun_by == act, has_ended(*end, self._today))
            for old, new, follow, act, begun_by, *end in rows
        ]

    @cached_property
    def _after(self):
        return self._by(lambda step: step.predecessor)

    @cached_property
    def _before(self):
        return self._by(lambda step: step.successor)

    @cached_property
    def ended(self) -> set[int]:
        """Successors that have ended in their turn."""
        return {step.successor for step in self._steps if step.has_ended}

    def _by(self, end):
        found = defaultdict(list)
        for step in self._steps:
            found[end(step)].append(step)
        return found

    def predecessors(self, units) -> set[int]:
        """All units these succeeded to, they themselves left out."""
        return self._walk(units, lambda unit: {step.predecessor for step in self._before[unit]})

    def successors(self, units) -> set[int]:
        """All units that came after these, those in between included."""
        return self._walk(units, lambda unit: {step.successor for step in self._after[unit]})

    def heirs(self, unit: int) -> set[int]:
        """The units that answer today for what `unit` left: itself while nothing came after it."""
        return {u for u in {unit} | self.successors([unit]) if not self._after[u]}

    def workplaces(self, unit: int, role: str) -> set[int]:
        """Where a member of `unit` in `role` works today: there, or wherever a reorganisation led.

        A unit that was merged into another has that one's head; only a unit that went on
        under another name keeps its own.
        """
        if not self._after[unit]:
            return {unit}
        found = set()
        for step in self._after[unit]:
            is_continued = step.begins_successor and len(self._before[step.successor]) == 1
            if step.members_follow and (role != Role.HEAD or is_continued):
                found |= self.workplaces(step.successor, role)
        return found

    def feeders(self, unit: int) -> set[int]:
        """`unit` and those before it: where the memberships of its people of today may stand."""
        return {unit} | self.predecessors([unit])

    def _walk(self, units, next_of):
        found, frontier = set(), set(units)
        while frontier:
            frontier = set().union(*map(next_of, frontier)) - found - set(units)
            found |= frontier
        return found


def predecessors_of(unit_ids) -> set[int]:
    """All units these succeeded to, by acts the portal has applied."""
    return Lineage().predecessors(unit_ids)


def memberships_of(user) -> list[Membership]:
    """The person's memberships of today, each where the work now is.

    One whose unit was merged is shown at the successor: a row of this answer only, never stored.
    One that leads nowhere stays with its unit: the person reads that unit's history.
    """
    stored, lineage = user.current_memberships, user.lineage
    places = {m: lineage.workplaces(m.unit_id, m.role) or {m.unit_id} for m in stored}
    elsewhere = {p for found in places.values() for p in found} - {m.unit_id for m in stored}
    units = {m.unit_id: m.unit for m in stored}
    if elsewhere:
        units |= Unit.objects.in_bulk(elsewhere)
    shown = {}
    for membership, found in places.items():
        for place in sorted(found):
            here = membership
            if place != membership.unit_id:
                here = Membership(
                    user=membership.user,
                    unit=units[place],
                    role=membership.role,
                    valid_from=membership.valid_from,
                    valid_to=membership.valid_to,
                )
            shown.setdefault((place, membership.role), here)
    return list(shown.values())


def members_of(unit) -> list[Membership]:
    """Today's stored memberships of the people who work at `unit`, those from merged units included."""
    lineage = Lineage()
    feeders = lineage.feeders(unit.pk)
    stored = Membership.objects.current().filter(unit__in=feeders).select_related("user", "unit")
    return [m for m in stored if unit.pk in (lineage.workplaces(m.unit_id, m.role) or {m.unit_id})]


def people_at(unit, *roles) -> set[int]:
    """Primary keys of those who act in these roles for what is `unit`'s: its own people, or its heirs'."""
    lineage = Lineage()
    heirs = lineage.heirs(unit.pk)
    feeders = set().union(*(lineage.feeders(heir) for heir in heirs))
    stored = Membership.objects.current().filter(unit__in=feeders, role__in=roles)
    return {
        user
        for user, place, role in stored.values_list("user", "unit", "role")
        if lineage.workplaces(place, role) & heirs
    }


def people_at_each(units, *roles) -> dict[tuple[int, str], set[int]]:
    """`people_at` for many units by their primary keys, in two queries: (unit, role) → people."""
    lineage = Lineage()
    at_work = defaultdict(set)
    stored = Membership.objects.current().filter(role__in=roles)
    for user, place, role in stored.values_list("user", "unit", "role"):
        for workplace in lineage.workplaces(place, role):
            at_work[workplace, role].add(user)
    return {
        (unit, role): set().union(*(at_work.get((heir, role), ()) for heir in lineage.heirs(unit)))
        for unit in units
        for role in roles
    }


def people_with(function, *roles) -> set[int]:
    """Primary keys of those who exercise the function in these roles: at its holder, or come
    with it from the unit it passed from."""
    holder = UnitFunction.holder(function)
    if holder is None:
        return set()
    lineage = Lineage()
    former = set(UnitFunction.objects.filter(function=function).values_list("unit", flat=True))
    stored = Membership.objects.current().filter(unit__in=former & lineage.feeders(holder.pk), role__in=roles)
    return {
        user
        for user, place, role in stored.values_list("user", "unit", "role")
        if holder.pk in lineage.workplaces(place, role)
    }
