"""Every criterion of the plan at its threshold, one unit below and one above. The table is the tests' own."""

import pytest

from criteria.engine import Figure, evaluate
from criteria.enums import Operator

OVER = 1000
# Of 1,000: the verdict with one less than the threshold, with exactly it, with one more.
BELOW_FAILS = ("not_met", "met", "met")
EXACT_FAILS = ("not_met", "not_met", "met")
ALL_NEEDED = ("not_met", "met", None)
RATIOS = {
    "PROV-1a": (1000, ALL_NEEDED),
    "PROV-1b": (1000, ALL_NEEDED),
    "PROV-2": (950, BELOW_FAILS),
    "PROV-3": (900, EXACT_FAILS),
    "PROV-5": (600, BELOW_FAILS),
    "PROV-6": (1000, ALL_NEEDED),
    "PROV-7a": (1000, ALL_NEEDED),
    "PROV-7b": (1000, ALL_NEEDED),
    "PROV-8a": (950, EXACT_FAILS),
    "PROV-8b": (800, BELOW_FAILS),
    "PROV-8c": (200, BELOW_FAILS),
    "PROV-9": (800, BELOW_FAILS),
    "PROV-10": (500, BELOW_FAILS),
    "DIST-1": (800, BELOW_FAILS),
    "DIST-2a": (1000, ALL_NEEDED),
    "DIST-2b": (1000, ALL_NEEDED),
    "DIST-3": (1000, ALL_NEEDED),
    "COMM-1": (600, BELOW_FAILS),
    "COMM-2a": (1000, ALL_NEEDED),
    "COMM-2b": (1000, ALL_NEEDED),
    "COMM-3": (1000, ALL_NEEDED),
    "ENT-3": (900, EXACT_FAILS),
}
YES_NO = {"ENT-4"}
JUDGED = {"ENT-1", "ENT-2", "IND-1", "IND-2"}


def verdict(criteria, code, figure):
    [result] = evaluate([criteria.criteria.get(code=code).rule()], {code: figure})
    return result.verdict


def shortfall(criteria, code, figure):
    [result] = evaluate([criteria.criteria.get(code=code).rule()], {code: figure})
    return result.shortfall


def test_the_tables_name_every_criterion_of_the_plan(criteria):
    by_kind = {"ratio": set(), "yes_no": set(), "judged": set()}
    for code, operator in criteria.criteria.values_list("code", "operator"):
        by_kind["ratio" if Operator(operator).is_ratio else operator].add(code)

    assert by_kind == {"ratio": set(RATIOS), "yes_no": YES_NO, "judged": JUDGED}


@pytest.mark.parametrize("code", RATIOS)
def test_around_the_threshold(criteria, code):
    threshold, expected = RATIOS[code]
    numerators = [n for n in (threshold - 1, threshold, threshold + 1) if n <= OVER]

    found = [verdict(criteria, code, Figure(n, OVER)).value for n in numerators]

    assert found == [one for one in expected if one]
    # To more than the threshold one more is missing than to the threshold.
    assert shortfall(criteria, code, Figure(threshold - 1, OVER)) == (2 if expected is EXACT_FAILS else 1)
    assert verdict(criteria, code, Figure(0, 0)).value == "missing"
    assert verdict(criteria, code, Figure(0, 0, "không phát sinh")).value == "not_applicable"


@pytest.mark.parametrize("code", sorted(YES_NO))
@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (Figure(answer=True), "met"),
        (Figure(answer=False), "not_met"),
        (Figure(), "missing"),
        (Figure(not_applicable="không phát sinh"), "not_applicable"),
    ],
)
def test_a_question(criteria, code, figure, expected):
    assert verdict(criteria, code, figure).value == expected


@pytest.mark.parametrize("code", sorted(JUDGED))
@pytest.mark.parametrize("figure", [Figure(), Figure(1, 1), Figure(answer=True), Figure(not_applicable="có")])
def test_what_people_judge_awaits_them(criteria, code, figure):
    assert verdict(criteria, code, figure).value == "to_be_judged"
