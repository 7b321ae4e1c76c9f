import subprocess
import sys
from dataclasses import FrozenInstanceError
from fractions import Fraction
from operator import eq, ge, gt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.engine import MAX_FIGURE, Figure, Rule, evaluate, inconsistencies, stated_reason, summarise
from criteria.enums import Operator, Verdict

HOLDS = {Operator.GE: ge, Operator.GT: gt, Operator.EQ: eq}


def rule(operator, threshold=None, unit_word="hồ sơ", **kwargs):
    return Rule("X-1", "IV.2", Operator(operator), threshold, unit_word, **kwargs)


def result_of(a_rule, figure):
    [result] = evaluate([a_rule], {a_rule.code: figure})
    return result


@st.composite
def rules(draw):
    operator = draw(st.sampled_from(list(HOLDS)))
    highest = {Operator.GE: 100, Operator.GT: 99, Operator.EQ: 100}[operator]
    threshold = 100 if operator == Operator.EQ else draw(st.integers(1, highest))
    return rule(operator, threshold)


@st.composite
def ratios(draw):
    """A numerator and a denominator, often right at a threshold."""
    denominator = draw(st.one_of(st.integers(1, 300), st.integers(1, MAX_FIGURE)))
    near = denominator * draw(st.integers(0, 100)) // 100 + draw(st.integers(-1, 1))
    numerator = draw(st.one_of(st.integers(0, denominator), st.just(min(max(near, 0), denominator))))
    return numerator, denominator


def is_met(a_rule, numerator, denominator):
    return HOLDS[a_rule.operator](Fraction(numerator, denominator), Fraction(a_rule.threshold, 100))


@given(rules(), ratios())
@settings(deadline=None)
def test_verdict_is_that_of_exact_fractions(a_rule, ratio):
    expected = Verdict.MET if is_met(a_rule, *ratio) else Verdict.NOT_MET

    assert result_of(a_rule, Figure(*ratio)).verdict == expected


@given(rules(), ratios())
@settings(deadline=None)
def test_shortfall_is_the_least_growth_that_meets(a_rule, ratio):
    numerator, denominator = ratio
    shortfall = result_of(a_rule, Figure(numerator, denominator)).shortfall

    assert is_met(a_rule, numerator + shortfall, denominator)
    assert numerator + shortfall <= denominator
    assert shortfall == 0 or not is_met(a_rule, numerator + shortfall - 1, denominator)


@given(rules(), ratios(), st.data())
@settings(deadline=None)
def test_a_larger_numerator_never_loses_a_criterion(a_rule, ratio, data):
    numerator, denominator = ratio
    more = data.draw(st.integers(numerator, denominator))
    before, after = (result_of(a_rule, Figure(n, denominator)) for n in (numerator, more))

    assert (before.verdict, after.verdict) != (Verdict.MET, Verdict.NOT_MET)
    assert after.shortfall == max(0, before.shortfall - (more - numerator))


@given(rules(), ratios())
@settings(deadline=None)
def test_shown_percentage_stands_on_the_true_side_of_the_threshold(a_rule, ratio):
    result = result_of(a_rule, Figure(*ratio))
    shown = Fraction(result.percent.removesuffix(" %").replace(".", "").replace(",", "."))

    assert HOLDS[a_rule.operator](shown, a_rule.threshold) == (result.verdict == Verdict.MET)


@pytest.mark.parametrize(
    ("operator", "threshold", "numerator", "denominator", "verdict", "shortfall", "explanation"),
    [
        ("ge", 95, 1900, 2000, "met", 0, "95,00 % = 1.900/2.000, cần ≥ 95 %: đạt"),
        (
            "ge", 95, 9499, 10000, "not_met", 1,
            "94,99 % = 9.499/10.000, cần ≥ 95 %: chưa đạt, còn thiếu 1 hồ sơ",
        ),
        (
            "ge", 95, 1897, 2000, "not_met", 3,
            "94,85 % = 1.897/2.000, cần ≥ 95 %: chưa đạt, còn thiếu 3 hồ sơ",
        ),
        ("ge", 95, 0, 7, "not_met", 7, "0,00 % = 0/7, cần ≥ 95 %: chưa đạt, còn thiếu 7 hồ sơ"),
        ("ge", 60, 2, 3, "met", 0, "66,67 % = 2/3, cần ≥ 60 %: đạt"),
        ("gt", 90, 90, 100, "not_met", 1, "90,00 % = 90/100, cần > 90 %: chưa đạt, còn thiếu 1 hồ sơ"),
        ("gt", 90, 901, 1000, "met", 0, "90,10 % = 901/1.000, cần > 90 %: đạt"),
        ("gt", 90, 9, 10, "not_met", 1, "90,00 % = 9/10, cần > 90 %: chưa đạt, còn thiếu 1 hồ sơ"),
        ("gt", 90, 900_001, 1_000_000, "met", 0, "90,0001 % = 900.001/1.000.000, cần > 90 %: đạt"),
        ("eq", 100, 3, 3, "met", 0, "100,00 % = 3/3, cần = 100 %: đạt"),
        (
            "eq", 100, 99_999, 100_000, "not_met", 1,
            "99,999 % = 99.999/100.000, cần = 100 %: chưa đạt, còn thiếu 1 hồ sơ",
        ),
    ],
)  # fmt: skip
def test_around_each_kind_of_threshold(
    operator, threshold, numerator, denominator, verdict, shortfall, explanation
):
    result = result_of(rule(operator, threshold), Figure(numerator, denominator))

    assert (result.verdict, result.shortfall, result.explanation) == (verdict, shortfall, explanation)


def test_the_largest_figures_are_compared_exactly():
    at_threshold, one_less = 95 * 10**16, 95 * 10**16 - 1

    assert result_of(rule("ge", 95), Figure(at_threshold, MAX_FIGURE)).verdict == Verdict.MET
    result = result_of(rule("ge", 95), Figure(one_less, MAX_FIGURE))
    assert (result.verdict, result.shortfall) == (Verdict.NOT_MET, 1)


@pytest.mark.parametrize(
    ("figure", "explanation"),
    [
        (Figure(), "Chưa có số liệu."),
        (Figure(numerator=5), "Chưa có mẫu số."),
        (Figure(denominator=5), "Chưa có tử số."),
        (Figure(0, 0), "Mẫu số bằng 0: cần nêu lý do không áp dụng."),
    ],
)
@pytest.mark.parametrize(("operator", "threshold"), [("ge", 95), ("gt", 90), ("eq", 100)])
def test_what_was_not_said_is_missing_and_never_met(operator, threshold, figure, explanation):
    result = result_of(rule(operator, threshold), figure)

    assert (result.verdict, result.shortfall, result.explanation) == (Verdict.MISSING, None, explanation)


@pytest.mark.parametrize("figure", [Figure(0, 0, "không có TTHC"), Figure(not_applicable="không có TTHC")])
@pytest.mark.parametrize(("operator", "threshold"), [("ge", 95), ("gt", 90), ("eq", 100), ("yes_no", None)])
def test_not_applicable_with_a_reason(operator, threshold, figure):
    result = result_of(rule(operator, threshold), figure)

    assert (result.verdict, result.shortfall) == (Verdict.NOT_APPLICABLE, None)
    assert result.explanation == "Không áp dụng: không có TTHC"


@pytest.mark.parametrize(
    ("answer", "verdict", "shortfall"), [(True, "met", 0), (False, "not_met", None), (None, "missing", None)]
)
def test_yes_or_no(answer, verdict, shortfall):
    result = result_of(rule("yes_no"), Figure(answer=answer))

    assert (result.verdict, result.shortfall) == (verdict, shortfall)


@pytest.mark.parametrize(
    "figure", [Figure(), Figure(5, 5), Figure(answer=True), Figure(not_applicable="lý do")]
)
def test_no_figure_decides_what_people_judge(figure):
    result = result_of(rule("judged"), figure)

    assert (result.verdict, result.shortfall) == (Verdict.TO_BE_JUDGED, None)


@pytest.mark.parametrize(
    ("figure", "fields"),
    [
        (Figure(101, 100), ["numerator"]),
        (Figure(-1, 100), ["numerator"]),
        (Figure(0, -1), ["denominator"]),
        (Figure(0, MAX_FIGURE + 1), ["denominator"]),
        (Figure(0, 5, "lý do"), ["not_applicable"]),
        (Figure(5, None, "lý do"), ["not_applicable"]),
        (Figure(None, 5, "lý do"), ["not_applicable"]),
        (Figure(answer=False, not_applicable="lý do"), ["not_applicable"]),
        (Figure(0, 0, "lý do"), []),
        (Figure(MAX_FIGURE, MAX_FIGURE), []),
    ],
)
def test_a_figure_that_cannot_be_true_is_never_judged(figure, fields):
    assert [field for field, _ in inconsistencies(figure)] == fields
    if fields:
        with pytest.raises(ValueError, match="X-1"):
            result_of(rule("ge", 95), figure)


@pytest.mark.parametrize(
    ("operator", "threshold"),
    [
        ("ge", 0),
        ("ge", 101),
        ("ge", None),
        ("gt", 100),
        ("gt", 0),
        ("eq", 99),
        ("yes_no", 100),
        ("judged", 1),
    ],
)
def test_a_rule_refuses_a_threshold_its_operator_cannot_have(operator, threshold):
    with pytest.raises(ValueError, match="threshold"):
        rule(operator, threshold)


@pytest.mark.parametrize(
    ("text", "reason"), [(" đơn vị không có TTHC ", "đơn vị không có TTHC"), ("", ""), (" \u200b.- ", "")]
)
def test_a_reason_has_letters_or_digits(text, reason):
    assert stated_reason(text) == reason


def test_results_follow_the_rules_in_order_and_ignore_other_codes():
    a_rules = [Rule(code, "IV.2", Operator.GE, 50) for code in ("B", "A")]

    results = evaluate(a_rules, {"A": Figure(1, 1), "Z": Figure(1, 1)})

    assert [(r.code, r.verdict) for r in results] == [("B", Verdict.MISSING), ("A", Verdict.MET)]


SUMMARY = {
    "total": 1,
    "applicable": 1,
    "met": 0,
    "not_met": 0,
    "not_applicable": 0,
    "missing": 0,
    "to_be_judged": 0,
}


@pytest.mark.parametrize(
    ("figure", "changes"),
    [
        (Figure(1, 1), {"met": 1, "required_met": True}),
        (Figure(0, 1), {"not_met": 1, "required_met": False}),
        (Figure(), {"missing": 1, "required_met": False}),
        (Figure(not_applicable="lý do"), {"not_applicable": 1, "applicable": 0, "required_met": False}),
    ],
)
def test_summary(figure, changes):
    assert summarise([result_of(rule("ge", 95), figure)]) == SUMMARY | changes


def test_only_required_criteria_that_apply_bind():
    required = rule("ge", 95)
    optional = Rule("X-2", "IV.2", Operator.GE, 50, is_required=False)
    results = evaluate([required, optional], {"X-1": Figure(1, 1), "X-2": Figure(0, 1)})

    assert summarise(results)["required_met"] is True
    assert summarise(results[1:])["required_met"] is False


@pytest.mark.parametrize(
    ("another", "met"),
    [
        (Figure(96, 100), True),
        (Figure(94, 100), False),
        (Figure(), False),
        (Figure(not_applicable="Không phát sinh"), True),
    ],
)
def test_one_required_criterion_that_is_not_met_suffices(another, met):
    results = evaluate(
        [rule("ge", 95), Rule("X-2", "IV.2", Operator.GE, 95)], {"X-1": Figure(1, 1), "X-2": another}
    )

    assert summarise(results)["required_met"] is met


def test_what_does_not_apply_is_not_counted_among_what_applies():
    none = result_of(rule("ge", 95), Figure(not_applicable="Không phát sinh"))
    met = result_of(rule("ge", 95), Figure(1, 1))

    counted = summarise([none, met, none, met, none])

    assert (counted["total"], counted["applicable"], counted["met"], counted["not_applicable"]) == (
        5,
        2,
        2,
        3,
    )


@pytest.mark.parametrize(
    ("fixed", "name"),
    [
        (rule("ge", 95), "threshold"),
        (Figure(1, 2), "numerator"),
        (result_of(rule("ge", 95), Figure(1, 1)), "verdict"),
    ],
)
def test_what_was_said_cannot_be_changed_afterwards(fixed, name):
    with pytest.raises(FrozenInstanceError):
        setattr(fixed, name, 0)


@pytest.mark.parametrize(
    ("figure", "bar"),
    [
        (Figure(9499, 10000), "94.99"),
        (Figure(2, 3), "66.66"),
        (Figure(1, 1), "100.00"),
        (Figure(0, 0), None),
        (Figure(), None),
    ],
)
def test_bar(figure, bar):
    assert figure.bar == bar


def test_the_engine_is_free_of_django():
    code = (
        "import criteria.engine, sys; sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("operator", "threshold"),
    [("ge", 1), ("ge", 100), ("gt", 1), ("gt", 99), ("eq", 100), ("yes_no", None), ("judged", None)],
)
def test_a_rule_takes_every_threshold_that_can_be_reached(operator, threshold):
    assert rule(operator, threshold).threshold == threshold
