"""How wide the columns of tables stand: what static/css/columns.css knows by a class of the heading and its cells."""

from datetime import date
from typing import Any

import django_tables2 as tables

from ledger import numbers


def classed(name: str) -> dict[str, dict[str, str]]:
    return {"th": {"class": name}, "td": {"class": name}}


RIGHT = classed("r")
TIGHT = classed("tight")  # a box to tick
SLIM = classed("slim")  # a day, a word: never broken, its column never wider than it is
NAMED = classed("named")  # who: two words a line
TEXT = classed("text")  # a name, a reason: on a small screen two or three lines, not one word a line
BROAD = classed("broad")  # where something is, with what it belongs to


class DayColumn(tables.Column):
    def __init__(self, *args: Any, attrs: dict[str, dict[str, str]] = SLIM, **kwargs: Any) -> None:
        super().__init__(*args, attrs=attrs, **kwargs)

    def render(self, value: date) -> str:
        return numbers.day_in_words(value)
