"""What a ranking hangs on: worked out by hand for three units and three criteria of equal weight."""

from fractions import Fraction
from types import SimpleNamespace

import pytest

from criteria import scoring
from criteria.engine import Result
from criteria.enums import Operator, Verdict
from registrations import fairness, ranking
from registrations.fairness import Applicable, Moves, Verifier, Weight
from registrations.models import Period
from registrations.ranking import Standing
from tests.registrations.test_ranking import verified_report

CODES = ("X", "Y", "Z")
WEIGHTS = dict.fromkeys(CODES, Fraction(100, 3))
UNITS = {
    "A": ("met", "not_applicable", "not_applicable"),  # 100
    "B": ("met", "met", "not_met"),  # 200/3
    "C": ("not_met", "met", "met"),  # 200/3
}


@pytest.fixture
def found():
    def standing(number, name, verdicts):
        results = [
            Result(code, Verdict(verdict), "IV.2", Operator.GE, 50, "", None, "", True)
            for code, verdict in zip(CODES, verdicts, strict=True)
        ]
        unit = SimpleNamespace(pk=number, sort_name=name)
        return Standing(unit=unit, group="", shares=scoring.shares(results, {}), is_late=False)

    placed = ranking.placed(standing(n, name, verdicts) for n, (name, verdicts) in enumerate(UNITS.items()))
    assert [(s.unit.sort_name, s.place) for s in placed] == [("A", 1), ("B", 2), ("C", 2)]
    return placed


def test_who_has_fewer_criteria_is_told_apart(found):
    assert fairness.by_applicable(found) == [
        Applicable(3, 2, Fraction(200, 3), 0),
        Applicable(1, 1, Fraction(100), 1),
    ]
    # A keeps a third of the points and falls behind both.
    assert fairness.without_reweighting(found, WEIGHTS) == Moves(3, 2)


def test_each_weight_is_left_out_and_doubled(found):
    assert fairness.sensitivity(found, WEIGHTS) == [
        # Without X nothing applies to A any more, and C stands alone at the head.
        Weight("X", Moves(2, 1), Moves(1, 1)),
        Weight("Y", Moves(0, 0), Moves(0, 0)),
        Weight("Z", Moves(2, 1), Moves(1, 1)),
    ]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("filer", 403),
        ("stranger", 403),
        ("standing", 200),
        ("commendation", 200),
        ("administrator", 403),
    ],
)
def test_the_page_is_the_desks(world, enter, role, status):
    verified_report(world, world.unit, 2)

    answer = enter(getattr(world, role)).get("/diem/2027/commune/cong-bang/")

    assert answer.status_code == status
    assert ("4 tiêu chí" in answer.content.decode()) == (status == 200)
    period = Period.objects.get(pk=world.period.pk)
    assert fairness.verifiers(period, "commune") == [Verifier(world.standing.full_name, 4, 0, 0)]
