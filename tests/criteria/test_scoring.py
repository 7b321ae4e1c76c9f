from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.engine import Result
from criteria.enums import Operator, Verdict
from criteria.scoring import read, score, shares, shown, stored


def result(code, verdict):
    return Result(code, Verdict(verdict), "IV.2", Operator.GE, 50, "", None, "", True)


def results(*verdicts):
    return [result(f"X-{n}", verdict) for n, verdict in enumerate(verdicts)]


@pytest.mark.parametrize(
    ("verdicts", "points", "expected"),
    [
        (["met"] * 3, {}, Fraction(100)),
        (["met", "met", "not_met"], {}, Fraction(200, 3)),
        (["met", "not_applicable", "not_met"], {}, Fraction(50)),
        (["met", "missing", "to_be_judged"], {}, Fraction(100, 3)),
        (["not_applicable"] * 3, {}, None),
        ([], {}, None),
        (["met", "not_met", "met"], {"X-0": 50, "X-1": 30, "X-2": 20}, Fraction(70)),
        # 20 points that do not apply go to the others in proportion: 50 of 80 is 62.5 of 100.
        (["met", "not_met", "not_applicable"], {"X-0": 50, "X-1": 30, "X-2": 20}, Fraction(125, 2)),
        (["not_applicable", "met"], {"X-0": 50, "X-1": 0}, None),
    ],
)
def test_score(verdicts, points, expected):
    assert score(shares(results(*verdicts), points)) == expected


VERDICTS = st.lists(st.sampled_from([v.value for v in Verdict]), min_size=1, max_size=20)


@given(VERDICTS, st.data())
@settings(deadline=None)
def test_the_full_mark_is_the_same_whatever_applies(verdicts, data):
    given_points = data.draw(
        st.one_of(st.just([]), st.lists(st.integers(1, 1000), min_size=len(verdicts), max_size=len(verdicts)))
    )
    points = {f"X-{n}": p for n, p in enumerate(given_points)}
    found = shares(results(*verdicts), points)

    if all(v == "not_applicable" for v in verdicts):
        assert found == []
    else:
        assert sum(share.full for share in found) == (sum(given_points) or 100)
        assert 0 <= score(found) <= (sum(given_points) or 100)


@given(VERDICTS, st.data())
@settings(deadline=None)
def test_a_criterion_met_never_costs_points(verdicts, data):
    place = data.draw(st.integers(0, len(verdicts) - 1))
    better = [*verdicts]
    if better[place] != "not_applicable":
        better[place] = "met"

    assert (score(shares(results(*better), {})) or 0) >= (score(shares(results(*verdicts), {})) or 0)


@pytest.mark.parametrize(
    ("value", "text", "read_as"),
    [
        (Fraction(1000, 13), "1000/13", "76,92"),
        (Fraction(95), "95", "95,00"),
        (Fraction(1, 200), "1/200", "0,01"),
        (Fraction(-5), "-5", "−5,00"),
        (None, "", "–"),
    ],
)
def test_scores_are_stored_exactly_and_shown_with_two_decimals(value, text, read_as):
    assert (stored(value), read(text), shown(value)) == (text, value, read_as)
