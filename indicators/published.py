"""Lines read back out of a closing's frozen text (indicators/closing/frozen.py)."""

import json
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from .line import Line
from .models import Closing, Indicator, TargetGroup
from .results import FigureResult, Unit, Verdict
from .states import FigureState


@dataclass(frozen=True)
class Closed:
    """The standing closing of a period, if there is one, and what it froze."""

    closing: Closing | None = None
    figures: dict = field(default_factory=dict)

    @classmethod
    def of(cls, period):
        """The standing closing of `period`, with its act. One query, none while the period is open."""
        if period is None or not period.locked_id:
            return cls()
        rows = Closing.objects.standing().filter(period=period).defer("rows")
        closing = rows.select_related("added__by", "added__document").first()
        return cls(closing, json.loads(closing.figures)) if closing else cls()

    def __bool__(self):
        return self.closing is not None

    def beside(self, line, code):
        """`line` with what was closed for it at the organization `code`, where that differs."""
        was = self.line(line.indicator.code, code) if self else None
        if was is None:
            return line
        return replace(line, published=was if was.shown != line.shown else None, closed_on=self.closing.added.on)

    def line(self, indicator, code):
        """The frozen Line of an indicator's code at an organization's code, or None."""
        figure = self.figures["figures"].get(indicator, {}).get(code)
        return _line(self._indicators[indicator], figure, self.figures["year"]) if figure else None

    def lines(self, code):
        """The frozen Lines of the organization `code`, in the order of the groups."""
        return [line for name in self._indicators if (line := self.line(name, code))]

    @cached_property
    def _indicators(self):
        rows = sorted(self.figures["indicators"], key=lambda row: (row["order"], not row["headline"]))
        return {row["code"]: row for row in rows}


def _line(row, figure, year):
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


def _decimal(text):
    return None if text is None else Decimal(text)
