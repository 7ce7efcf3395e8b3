"""Every verdict of design §5 and every rule R1–R7 of domain §1.3, by the numbers alone."""

from decimal import Decimal

import pytest

from indicators.results import IndicatorRule, Score, Unit, Verdict, judge, score

RATE = IndicatorRule(ratio=True)
EXACT = IndicatorRule(ratio=True, exact=True)
TENTHS = IndicatorRule(ratio=True, decimals=1)
CAP = IndicatorRule(ratio=True, at_least=False)
COUNT = IndicatorRule(ratio=False)
LETTERS = IndicatorRule(ratio=True, empty_is_met=True)
AT_MOST = IndicatorRule(ratio=False, at_least=False)


def said(rule, n, d, target, **more):
    """(value, excess, its unit, verdict) as they would be printed."""
    result = judge(rule, n, d, target, **more)
    plain = [None if x is None else format(x, "f") for x in (result.value, result.excess)]
    return (*plain, result.excess_unit and result.excess_unit.value, result.verdict.value)


def test_a_count_exceeds_by_per_cent():
    assert said(COUNT, 129, None, 115) == ("129", "12", "%", "exceeded")
    assert said(COUNT, 115, None, 115) == ("115", "0", "%", "met")
    assert said(COUNT, 103, None, 115) == ("103", "-10", "%", "not_met")
    assert said(COUNT, 0, None, 115) == ("0", "-100", "%", "not_met")


def test_a_rate_exceeds_by_percentage_points():
    assert said(RATE, 81, 129, 60) == ("63", "3", "điểm %", "exceeded")
    assert said(RATE, 2237, 2260, 95) == ("99", "4", "điểm %", "exceeded")
    assert said(RATE, 14, 56, 25) == ("25", "0", "điểm %", "met")
    assert said(RATE, 13, 56, 25) == ("23", "-2", "điểm %", "not_met")


def test_a_count_with_target_zero_exceeds_by_heads():
    assert said(COUNT, 3, None, 0) == ("3", "3", "người", "exceeded")
    assert said(COUNT, 0, None, 0) == ("0", "0", "người", "met")


def test_direction_at_most_turns_the_sign():
    assert said(CAP, 18, 100, 20) == ("18", "2", "điểm %", "exceeded")
    assert said(CAP, 20, 100, 20)[3] == "met"
    assert said(CAP, 23, 100, 20) == ("23", "-3", "điểm %", "not_met")
    assert said(AT_MOST, 6, None, 8) == ("6", "25", "%", "exceeded")
    assert said(AT_MOST, 10, None, 8) == ("10", "-25", "%", "not_met")
    assert said(AT_MOST, 2, None, 0) == ("2", "-2", "người", "not_met")


def test_halves_go_up_and_never_to_even():
    # Python's own round() says 62 and 64.
    assert judge(RATE, 625, 1000, None).value == 63
    assert judge(RATE, 645, 1000, None).value == 65
    assert judge(TENTHS, 1365, 10000, None).value == Decimal("13.7")
    assert judge(TENTHS, 1345, 10000, None).value == Decimal("13.5")
    # 112.5 % of the target
    assert judge(COUNT, 9, None, 8).excess == 13


def test_the_value_carries_its_decimals_and_the_exact_figure_two():
    result = judge(TENTHS, 310, 2260, None)
    assert (str(result.value), str(result.exact)) == ("13.7", "13.72")
    result = judge(RATE, 52, 56, 93)
    assert (str(result.value), str(result.exact), str(result.target)) == ("93", "92.86", "93")
    assert str(judge(RATE, 12, 12, 100).exact) == "100.00"


def test_met_only_by_rounding_says_so():
    result = judge(RATE, 52, 56, 93)
    assert (result.verdict, result.by_rounding, result.excess) == (Verdict.MET, True, 0)
    result = judge(RATE, 53, 56, 95)
    assert (result.value, result.verdict, result.by_rounding) == (95, Verdict.MET, True)
    assert not judge(RATE, 54, 56, 95).by_rounding
    assert not judge(RATE, 51, 56, 93).by_rounding
    assert not judge(COUNT, 129, None, 115).by_rounding


def test_the_exact_rule_compares_before_rounding():
    result = judge(EXACT, 52, 56, 93)
    assert (result.value, result.verdict, result.by_rounding) == (93, Verdict.NOT_MET, False)
    assert judge(EXACT, 53, 56, 95).verdict is Verdict.NOT_MET
    assert judge(EXACT, 54, 56, 95).verdict is Verdict.EXCEEDED
    # Above the target by less than is reported: met, but nothing to boast of.
    assert said(EXACT, 934, 1000, 93) == ("93", "0", "điểm %", "met")


def test_at_most_may_be_met_by_rounding_too():
    result = judge(CAP, 204, 1000, 20)
    assert (result.value, result.verdict, result.by_rounding) == (20, Verdict.MET, True)
    assert judge(IndicatorRule(ratio=True, at_least=False, exact=True), 204, 1000, 20).verdict is Verdict.NOT_MET


def test_no_denominator_no_figure():
    for d in (0, None):
        result = judge(RATE, 0, d, 93)
        assert (result.value, result.exact, result.excess, result.verdict) == (None, None, None, Verdict.NO_DATA)
        assert result.target == 93
    assert judge(RATE, 0, 0, None).verdict is Verdict.NO_DATA


def test_nothing_arose_only_where_the_indicator_says_that_this_is_met():
    result = judge(LETTERS, 0, 0, 100)
    assert (result.value, result.verdict) == (None, Verdict.NONE_AROSE)
    assert judge(LETTERS, 0, 3, 100).verdict is Verdict.NOT_MET


def test_no_target_no_verdict():
    result = judge(TENTHS, 310, 2260, None)
    assert (result.verdict, result.excess, result.excess_unit) == (Verdict.NO_TARGET, None, None)
    assert judge(COUNT, 129, None, None).verdict is Verdict.NO_TARGET


@pytest.mark.parametrize("n", [40, 60, 80])
def test_an_unfinished_period_is_provisional_however_it_stands(n):
    result = judge(RATE, n, 100, 60, unfinished=True)
    assert result.verdict is Verdict.PROVISIONAL
    assert result.excess == n - 60


def test_an_unfinished_period_without_rows():
    assert judge(LETTERS, 0, 0, 100, unfinished=True).verdict is Verdict.PROVISIONAL
    assert judge(RATE, 0, 0, 100, unfinished=True).verdict is Verdict.NO_DATA
    assert judge(RATE, 1, 2, None, unfinished=True).verdict is Verdict.NO_TARGET


def test_what_counts_as_met():
    met = {verdict for verdict in Verdict if verdict.counts_as_met}
    assert met == {Verdict.EXCEEDED, Verdict.MET, Verdict.NONE_AROSE}


def test_a_group_is_met_iff_all_its_required_indicators_are():
    groups = [
        [Verdict.EXCEEDED],
        [Verdict.MET, Verdict.EXCEEDED],
        [Verdict.MET, Verdict.NOT_MET],
        [Verdict.EXCEEDED, Verdict.NO_DATA],
        [Verdict.NONE_AROSE],
        [Verdict.NO_TARGET],
    ]
    assert score(groups) == Score(met=3, of=6, exceeded=2, provisional=False)
    assert score([[Verdict.MET], [], [Verdict.PROVISIONAL]]) == Score(met=1, of=2, exceeded=0, provisional=True)
    assert score([]) == Score(met=0, of=0, exceeded=0, provisional=False)


def test_units_are_three_different_things():
    assert {unit.value for unit in Unit} == {"%", "điểm %", "người"}
