"""Pure arithmetic: from counts and a target to a value, an excess and a verdict (domain §1.3 R1–R7, design §5)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from ledger.numbers import half_up

EXACT_DECIMALS = 2  # the exact figure is shown as "92,86%"


class Verdict(Enum):
    EXCEEDED = "exceeded"
    MET = "met"
    NOT_MET = "not_met"
    NONE_AROSE = "none_arose"
    NO_DATA = "no_data"
    NO_TARGET = "no_target"
    PROVISIONAL = "provisional"

    @property
    def counts_as_met(self) -> bool:
        return self in (Verdict.EXCEEDED, Verdict.MET, Verdict.NONE_AROSE)


class Unit(Enum):
    """What an excess is measured in: a count exceeds by per cent, a rate by percentage points."""

    PERCENT = "%"
    POINTS = "điểm %"
    HEADS = "người"


@dataclass(frozen=True, kw_only=True)
class IndicatorRule:
    """How an indicator is judged; the columns of the row that the committee chose."""

    ratio: bool
    at_least: bool = True
    decimals: int = 0
    exact: bool = False
    empty_is_met: bool = False


@dataclass(frozen=True, kw_only=True)
class FigureResult:
    """`value`: as reported, rounded; `exact`: before rounding, to two decimals. Percentages are 0–100. None: no figure."""

    numerator: int
    denominator: int | None
    value: Decimal | None
    exact: Decimal | None
    target: Decimal | None
    excess: Decimal | None
    excess_unit: Unit | None
    verdict: Verdict
    by_rounding: bool = False


def judge(
    rule: IndicatorRule,
    numerator: int,
    denominator: int | None,
    target: Decimal | int | None,
    *,
    unfinished: bool = False,
) -> FigureResult:
    """The Result of one indicator. `denominator` is None for a count. No denominator, no figure (R3)."""
    if rule.ratio and not denominator:
        return _without_figure(rule, numerator, target, unfinished)
    whole = Decimal(100 * numerator) / denominator if rule.ratio and denominator else Decimal(numerator)
    value = half_up(whole, rule.decimals) if rule.ratio else whole
    result = FigureResult(
        numerator=numerator,
        denominator=denominator if rule.ratio else None,
        value=value,
        exact=half_up(whole, EXACT_DECIMALS) if rule.ratio else whole,
        target=None,
        excess=None,
        excess_unit=None,
        verdict=Verdict.NO_TARGET,
    )
    if target is None:
        return result
    target = Decimal(target)
    excess, unit = _excess(rule, value, target)
    rounded_met, exact_met = _met(rule, value, target), _met(rule, whole, target)
    met = exact_met if rule.exact else rounded_met
    verdict = Verdict.NOT_MET
    if met:
        verdict = Verdict.EXCEEDED if value != target and rounded_met else Verdict.MET
    return replace(
        result,
        target=target,
        excess=excess,
        excess_unit=unit,
        verdict=Verdict.PROVISIONAL if unfinished else verdict,
        by_rounding=rule.ratio and not rule.exact and rounded_met and not exact_met,
    )


def _without_figure(
    rule: IndicatorRule, numerator: int, target: Decimal | int | None, unfinished: bool
) -> FigureResult:
    verdict = Verdict.NO_DATA
    if rule.empty_is_met:
        verdict = Verdict.PROVISIONAL if unfinished else Verdict.NONE_AROSE
    return FigureResult(
        numerator=numerator,
        denominator=0,
        value=None,
        exact=None,
        target=target if target is None else Decimal(target),
        excess=None,
        excess_unit=None,
        verdict=verdict,
    )


def _met(rule: IndicatorRule, value: Decimal, target: Decimal) -> bool:
    return value >= target if rule.at_least else value <= target


def _excess(rule: IndicatorRule, value: Decimal, target: Decimal) -> tuple[Decimal, Unit]:
    """(how far on the good side of the target, negative when short; its unit), by R4."""
    sign = 1 if rule.at_least else -1
    if rule.ratio:
        return sign * (value - target) + 0, Unit.POINTS  # + 0: no minus before a zero
    if target == 0:
        return sign * value + 0, Unit.HEADS
    return half_up(sign * (value / target - 1) * 100, 0) + 0, Unit.PERCENT


@dataclass(frozen=True)
class Score:
    """How many of the required groups are met: "đạt và vượt X/8" (R6)."""

    met: int
    of: int
    exceeded: int
    provisional: bool


def score(groups: Iterable[Iterable[Verdict]]) -> Score:
    """`groups`: for each group the verdicts of its required indicators. A group is met iff all of them are."""
    groups = [list(verdicts) for verdicts in groups if verdicts]
    met = [all(v.counts_as_met for v in verdicts) for verdicts in groups]
    exceeded = [ok and Verdict.EXCEEDED in verdicts for ok, verdicts in zip(met, groups, strict=True)]
    unfinished = any(Verdict.PROVISIONAL in verdicts for verdicts in groups)
    return Score(sum(met), len(groups), sum(exceeded), unfinished)
