"""One indicator at one organization in one year: what cards, tables, reports and closings are made of."""

from dataclasses import dataclass
from datetime import date

from .models import Indicator, TargetGroup
from .results import FigureResult, Verdict
from .states import FigureState


@dataclass(frozen=True, kw_only=True)
class Line:
    """One indicator at one organization in one year. `state` stands instead of a verdict below the bloc.

    `published`: the Line as it was when the period was locked, or its figures closed on `closed_on`, where it has
    changed since. `document`: of its target, where it is read out of a closing.
    """

    indicator: Indicator
    node: int
    year: int
    result: FigureResult
    state: FigureState | None = None
    inherited: bool = False
    predecessors: tuple[int, ...] = ()
    published: "Line | None" = None
    closed_on: date | None = None
    document: str = ""

    @property
    def group(self) -> TargetGroup:
        return self.indicator.group

    @property
    def verdict(self) -> Verdict:
        return self.result.verdict

    @property
    def shown(self) -> tuple[int, int | None, str | None]:
        """What a reader sees of it: two Lines that differ here tell different things.

        The state of a sub-figure only words its numbers.
        """
        state = self.state.text if self.state and self.indicator.headline else None
        return self.result.numerator, self.result.denominator, state
