"""What should stand today of a target that is counted through the year."""

from calendar import isleap
from datetime import date
from decimal import Decimal

from indicators.line import Line
from indicators.models import Indicator
from indicators.results import Verdict
from ledger.numbers import half_up


def due_by(line: Line, day: date) -> int | None:
    """How many of its target are due by `day`, evenly through the year and rounded as offices round (domain §1.3 R1).

    None where nothing is due bit by bit: a rate, a state, a target not to be passed, a year that is over.
    """
    target = line.result.target
    counted = line.indicator.kind != Indicator.Kind.RATIO and line.indicator.direction == Indicator.Direction.AT_LEAST
    if line.verdict is not Verdict.PROVISIONAL or not counted or target is None:
        return None
    gone = (day - date(day.year, 1, 1)).days + 1
    return int(half_up(target * Decimal(gone) / (366 if isleap(day.year) else 365), 0))
