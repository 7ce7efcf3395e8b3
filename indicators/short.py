"""Who falls short, as the pages say it: of a target, or of what counts; of a running year, so far. Pure."""

from .line import Line
from .results import Verdict


def falls_short(line: Line) -> bool:
    if line.state and line.result.target is None:
        return line.state.good is False
    excess = line.result.excess
    so_far = line.verdict is Verdict.PROVISIONAL and excess is not None and excess < 0
    return line.verdict is Verdict.NOT_MET or so_far


def is_judged(line: Line) -> bool:
    """Whether it can be said at all whether it falls short."""
    if line.state and line.result.target is None:
        return line.state.good is not None
    return line.result.target is not None and line.verdict is not Verdict.NO_DATA
