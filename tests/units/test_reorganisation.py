"""Whatever is recorded and applied, in whatever order: one holder a function, no unit its own heir."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.transitions import Refused
from tests.factories import UnitFactory, UnitFunctionFactory, UserFactory, member_of
from units import reorganisation
from units.enums import Change, Function
from units.lineage import Lineage, memberships_of
from units.models import Reorganisation, Unit, UnitFunction, UnitSuccession, User
from units.reorganisation import NewUnit, Plan

FIRST = date(2026, 1, 5)


@contextmanager
def undone():
    """Each example begins with the same empty register."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def a_plan(change, olds, day, number, receiver=None):
    news = {Change.SPLIT: 2, Change.RENAME: 1, Change.MERGE: 0 if receiver else 1}.get(change, 0)
    return Plan(
        change=change,
        title=f"Sắp xếp {number}",
        legal_basis=f"{number}/NQ",
        issuer="HĐND tỉnh",
        issued_on=day,
        effective_on=day,
        predecessors=olds,
        new_units=[NewUnit(f"M{number}{half}", f"Sở {number}{half}") for half in range(news)],
        receiver=receiver,
    )


steps = st.lists(
    st.tuples(
        st.sampled_from([Change.MERGE, Change.SPLIT, Change.RENAME, Change.ABOLISH]),
        st.integers(0, 9),
        st.integers(0, 9),
        st.booleans(),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.django_db
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps)
def test_any_sequence_of_acts_keeps_functions_and_lineage_sound(steps):
    with undone(), time_machine.travel(FIRST, tick=False) as traveller:
        units = [UnitFactory() for _ in range(4)]
        people = [member_of(unit) for unit in units]
        for function, unit in zip(Function, units, strict=False):
            UnitFunctionFactory(function=function, unit=unit)
        by = UserFactory(administrator=True)
        for number, (change, first, second, has_receiver, applies) in enumerate(steps):
            day = FIRST + timedelta(days=10 * (number + 1))
            traveller.move_to(day)
            acting = list(Unit.objects.operating_on(day).order_by("pk"))
            if not acting:
                break
            one, two = acting[first % len(acting)], acting[second % len(acting)]
            olds = [one, two] if change == Change.MERGE and not has_receiver and one != two else [one]
            receiver = two if change in (Change.MERGE, Change.ABOLISH) and has_receiver else None
            try:
                act = reorganisation.record(a_plan(change, olds, day, number, receiver), by=by)
                if applies:
                    reorganisation.apply(act, by=by)
            except Refused:
                continue
            _sound(day, people)


def _sound(day, people):
    lineage = Lineage()
    for unit in Unit.objects.values_list("pk", flat=True):
        assert unit not in lineage.successors(lineage.successors([unit]))
    for function in Function:
        assert UnitFunction.objects.filter(function=function, validity__contains=day).count() == 1
    for later in UnitSuccession.objects.select_related("predecessor", "successor"):
        assert later.predecessor.valid_to < later.effective_on
        assert later.successor.valid_from <= later.effective_on
    acting = set(Unit.objects.operating_on(day).values_list("pk", flat=True))
    for person in people:
        fresh = User.objects.get(pk=person.pk)
        for membership in memberships_of(fresh):
            assert fresh.authority.files_for(membership.unit_id) == (membership.unit_id in acting)


@pytest.mark.django_db
def test_a_unit_cannot_succeed_itself_through_another():
    day = FIRST + timedelta(days=10)
    one, by = UnitFactory(), UserFactory(administrator=True)
    with time_machine.travel(day, tick=False):
        act = reorganisation.record(a_plan(Change.RENAME, [one], day, 1), by=by)
        two = act.begins.get()
        with pytest.raises(Refused) as refused:
            reorganisation.record(a_plan(Change.MERGE, [two], day + timedelta(days=5), 2, one), by=by)
    assert [finding.field for finding in refused.value.findings] == ["receiver"]
    assert Reorganisation.objects.count() == 1
