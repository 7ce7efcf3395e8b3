"""Lines read back out of a closing's frozen text (indicators/closing/frozen.py)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Self

from ratings.models import Period

from .line import Line
from .models import Closing, Indicator, TargetGroup
from .results import FigureResult, Unit, Verdict
from .states import FigureState


@dataclass(frozen=True)
class Closed:
    """The standing closing of a period, if there is one, and what it froze."""

    closing: Closing | None = None
    figures: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, period: Period | None) -> Self:
        """The standing closing of `period`, with its act. One query, none while the period is open."""
        if period is None or not period.locked_id:
            return cls()
        rows = Closing.objects.standing().filter(period=period).defer("rows")
        closing = rows.select_related("added__by", "added__document").first()
        return cls(closing, json.loads(closing.figures)) if closing else cls()

    def __bool__(self) -> bool:
        return self.closing is not None

    def beside(self, line: Line, code: str) -> Line:
        """`line` with what was closed for it at the organization `code`, where that differs."""
        was = self.line(line.indicator.code, code) if self else None
        if was is None or self.closing is None:
            return line
        return replace(line, published=was if was.shown != line.shown else None, closed_on=self.closing.added.on)

    def line(self, indicator: str, code: str) -> Line | None:
        """The frozen Line of an indicator's code at an organization's code, or None."""
        figure = self.figures["figures"].get(indicator, {}).get(code)
        return _line(self._indicators[indicator], figure, self.figures["year"]) if figure else None

    def lines(self, code: str) -> list[Line]:
        """The frozen Lines of the organization `code`, in the order of the groups."""
        return [line for name in self._indicators if (line := self.line(name, code))]

    @cached_property
    def _indicators(self) -> dict[str, dict[str, Any]]:
        rows = sorted(self.figures["indicators"], key=lambda row: (row["order"], not row["headline"]))
        return {row["code"]: row for row in rows}


def _line(row: Mapping[str, Any], figure: Mapping[str, Any], year: int) -> Line:
    columns = dict(row)
    group = TargetGroup(
        year=year, order=columns.pop("order"), code=columns.pop("group"), name=columns.pop("group_name")
    )
    result = FigureResult(
        numerator=int(figure["numerator"]),
        denominator=None if figure["denominator"] is None else int(figure["denominator"]),
        value=_decimal(figure["value"]),
        exact=_decimal(figure["exact"]),
        target=_decimal(figure["target"]),
        excess=_decimal(figure["excess"]),
        excess_unit=figure["excess_unit"] and Unit(figure["excess_unit"]),
        verdict=Verdict(figure["verdict"]),
        by_rounding=figure["by_rounding"],
    )
    return Line(
        indicator=Indicator(group=group, **columns),
        node=0,
        year=year,
        result=result,
        state=FigureState(figure["state"], None) if "state" in figure else None,
        inherited=figure["inherited"],
        document=figure["document"],
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
