"""The arithmetic against a second implementation, in fractions, written from domain §1.3 alone."""

from decimal import Decimal
from fractions import Fraction
from math import floor

from hypothesis import example, given, settings
from hypothesis import strategies as st

from indicators.results import IndicatorRule, judge


def half_up(x, decimals):
    scaled = abs(x) * 10**decimals
    whole = floor(scaled + Fraction(1, 2))
    return Fraction(whole, 10**decimals) * (1 if x >= 0 else -1)


def naive(rule, n, d, target, unfinished):
    """(value, exact, excess, unit, verdict)"""
    if rule.ratio and not d:
        if not rule.empty_is_met:
            return None, None, None, None, "no_data"
        return None, None, None, None, "provisional" if unfinished else "none_arose"
    whole = Fraction(100 * n, d) if rule.ratio else Fraction(n)
    value = half_up(whole, rule.decimals) if rule.ratio else whole
    exact = half_up(whole, 2) if rule.ratio else whole
    if target is None:
        return value, exact, None, None, "no_target"
    if rule.ratio:
        excess, unit = value - target, "điểm %"
    elif target == 0:
        excess, unit = value, "người"
    else:
        excess, unit = (value / target - 1) * 100, "%"
    if not rule.at_least:
        excess = -excess
    if unit == "%":
        excess = half_up(excess, 0)
    compared = whole if rule.exact else value
    met = compared >= target if rule.at_least else compared <= target
    above = value > target if rule.at_least else value < target
    verdict = "exceeded" if met and above else "met" if met else "not_met"
    return value, exact, excess, unit, "provisional" if unfinished else verdict


rules = st.builds(
    IndicatorRule,
    ratio=st.booleans(),
    at_least=st.booleans(),
    decimals=st.integers(0, 2),
    exact=st.booleans(),
    empty_is_met=st.booleans(),
)
targets = st.none() | st.integers(0, 100).map(Decimal) | st.integers(0, 10000).map(lambda x: Decimal(x) / 100)


@settings(max_examples=300)
@given(rules, st.integers(0, 3000), st.integers(0, 3000), targets, st.booleans())
@example(IndicatorRule(ratio=True), 5, 8, Decimal(63), False)
@example(IndicatorRule(ratio=True), 52, 56, Decimal(93), False)
@example(IndicatorRule(ratio=True, exact=True), 52, 56, Decimal(93), False)
@example(IndicatorRule(ratio=True, at_least=False), 1, 8, Decimal(12), False)
def test_judge_agrees(rule, n, extra, target, unfinished):
    d = n + extra if rule.ratio else None
    result = judge(rule, n, d, target, unfinished=unfinished)
    value, exact, excess, unit, verdict = naive(rule, n, d, None if target is None else Fraction(target), unfinished)
    assert (result.value, result.exact, result.excess) == (value, exact, excess)
    assert (result.excess_unit and result.excess_unit.value, result.verdict.value) == (unit, verdict)
    assert (result.numerator, result.denominator) == (n, d)


@settings(max_examples=100)
@given(st.integers(0, 3000), st.integers(1, 3000), st.integers(0, 100), st.booleans())
def test_met_by_rounding_is_met_now_and_would_not_be_by_the_exact_rule(n, d, target, at_least):
    d = max(n, d)
    rounded = judge(IndicatorRule(ratio=True, at_least=at_least), n, d, target)
    exact = judge(IndicatorRule(ratio=True, at_least=at_least, exact=True), n, d, target)
    assert rounded.by_rounding == (rounded.verdict.counts_as_met and not exact.verdict.counts_as_met)
    assert not exact.by_rounding
