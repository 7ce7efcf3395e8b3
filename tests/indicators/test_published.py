"""What other offices published comes out of the same arithmetic (domain §1.4)."""

import pytest

from indicators.results import IndicatorRule, Verdict, judge


def reported(n, d, decimals):
    return str(judge(IndicatorRule(ratio=True, decimals=decimals), n, d, None).value)


CAN_THO_2016 = [(439, 701, "62.62"), (217, 701, "30.96"), (43, 701, "6.13"), (2, 701, "0.29"), (107, 439, "24.37")]
HAI_DUONG_2019 = [(604, 662, "91.2"), (144, 604, "23.8"), (58, 662, "8.8")]
TAN_YEN_2015 = [(752, 6659, "11.3"), (5028, 6659, "75.5"), (846, 6659, "12.7"), (33, 6659, "0.5")]


@pytest.mark.parametrize(("n", "d", "published"), CAN_THO_2016 + HAI_DUONG_2019 + TAN_YEN_2015)
def test_published_percentages(n, d, published):
    assert reported(n, d, len(published.partition(".")[2])) == published


def test_their_integers_add_up():
    assert 439 + 217 + 43 + 2 == 701
    assert 752 + 5028 + 846 + 33 == 6659
    assert 604 + 58 == 662


def test_another_denominator_would_not_give_them():
    """The lesson of Cần Thơ and Hải Dương: of those rated, and of the subset."""
    assert reported(439, 709, 2) != "62.62"
    assert "23.8" not in {reported(n, 662, 1) for n in range(663)}


def test_the_article_of_2017():
    rate = IndicatorRule(ratio=True)
    assert [judge(rate, n, d, None).value for n, d in ((81, 129), (52, 56), (2237, 2260), (54, 56))] == [63, 93, 99, 96]
    assert reported(310, 2260, 1) == reported(316, 2305, 1) == "13.7"


def test_only_115_gives_twelve_per_cent():
    count = IndicatorRule(ratio=False)
    assert [t for t in range(1, 200) if judge(count, 129, None, t).excess == 12] == [115]
    assert [n for n in range(130) if judge(IndicatorRule(ratio=True), n, 129, None).value == 63] == [81]
    assert [n for n in range(57) if judge(IndicatorRule(ratio=True), n, 56, 93).verdict is Verdict.MET] == [52]
