"""The forest of organizations on one day, by code; what a reorganization would make of it, and what would be wrong.

Pure but for `Forest.on`: rules, forms and rehearsals ask the same object.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Self

from django.core.exceptions import ValidationError

from ledger.numbers import day_in_words
from ledger.text import clean

from . import lineage
from .models import PARENTS, WHOLES, Kind, Organization


@dataclass(frozen=True, kw_only=True)
class Place:
    """How an organization stands on a day. `parent`: a code, None at a root."""

    code: str
    name: str
    kind: str
    parent: str | None = None
    position: int = 0

    @property
    def is_whole(self) -> bool:
        return self.kind in WHOLES

    @property
    def holds_members(self) -> bool:
        return Kind(self.kind).holds_members


class Forest(dict[str, Place]):
    """{code: Place} of all that stand on a day."""

    @classmethod
    def on(cls, day: date) -> Self:
        columns = {
            "code": "organization__code",
            "name": "name",
            "kind": "kind",
            "parent": "parent__code",
            "position": "position",
        }
        rows = lineage.places(day).order_by("organization__code").values_list(*columns.values())
        return cls.of(Place(**dict(zip(columns, row, strict=True))) for row in rows)

    @classmethod
    def of(cls, places: Iterable[Place]) -> Self:
        return cls({place.code: place for place in places})

    def children(self, code: str | None) -> list[str]:
        """Codes of those directly below, in the office's order."""
        below = self._below.get(code, ())
        return sorted(below, key=lambda c: (self[c].position, c))

    @cached_property
    def _below(self) -> dict[str | None, list[str]]:
        children = defaultdict(list)
        for place in self.values():
            children[place.parent].append(place.code)
        return children

    def below(self, code: str) -> list[str]:
        """Codes of all below, itself first, each before its own."""
        return [code, *(c for child in self.children(code) for c in self.below(child))]

    def above(self, code: str) -> list[str]:
        """Codes of all above it, its parent first."""
        codes: list[str] = []
        place = self.get(code)
        while place and place.parent and place.parent not in codes:
            codes.append(place.parent)
            place = self.get(place.parent)
        return codes

    def cells(self, code: str) -> list[str]:
        """Codes of the cells below, itself included when it is one."""
        return [c for c in self.below(code) if self[c].holds_members]

    def after(
        self,
        *,
        founded: Iterable[Place] = (),
        changed: Mapping[str, Mapping[str, Any]] | None = None,
        ended: Iterable[str] = (),
    ) -> "Forest":
        """The Forest when `founded` (Places) stand, `changed` ({code: {field: value}}) differ and `ended` are gone."""
        forest = Forest(self)
        for code, differences in (changed or {}).items():
            if code in forest:
                forest[code] = _cleaned(replace(forest[code], **differences))
        forest |= Forest.of(_cleaned(place) for place in founded)
        for code in ended:
            forest.pop(code, None)
        return forest


def _cleaned(place: Place) -> Place:
    return replace(place, name=clean(place.name))


FEW = 3  # so many without a parent are named in a sentence each, more in one
STRANDED = "{} còn trực thuộc tổ chức sắp kết thúc. Hãy chỉ định nơi tiếp nhận."


def parent_fault(name: str, kind: str, parent_kind: str | None) -> str | None:
    """The sentence when what is of `kind` may not hang under `parent_kind` ("absent": it does not stand), or None."""
    allowed = PARENTS[Kind(kind)]
    if parent_kind == "absent":
        return f"{name}: cấp trên chưa thành lập hoặc đã kết thúc vào ngày này."
    if (parent_kind or None) in allowed:
        return None
    above = " hoặc ".join(k.label for k in allowed if k)
    if not above:
        return f"{name}: {Kind(kind).label} không trực thuộc tổ chức nào ở đây."
    if None in allowed:
        return f"{name}: {Kind(kind).label} chỉ trực thuộc {above}, hoặc không trực thuộc tổ chức nào."
    return f"{name}: {Kind(kind).label} phải trực thuộc {above}."


def parent_faults(
    after: Forest, *, touched: Collection[str | None], ended: Collection[str | None], moved: Collection[str]
) -> Iterator[str]:
    """Sentences about those who would hang from nothing, or under what does not fit their kind.

    `touched`: codes founded or changed; `ended`: codes; `moved`: codes that were told a parent.
    """
    stranded = [place.name for place in after.values() if place.parent in ended and place.code not in moved]
    if len(stranded) > FEW:
        yield f"{len(stranded)} tổ chức còn trực thuộc tổ chức sắp kết thúc, chưa có nơi tiếp nhận: {'; '.join(stranded)}."
    for place in after.values():
        if place.parent in ended and place.code not in moved:
            if len(stranded) <= FEW:
                yield STRANDED.format(place.name)
            continue
        if place.code not in touched and place.parent not in touched:
            continue
        above = place.parent and (after[place.parent].kind if place.parent in after else "absent")
        if sentence := parent_fault(place.name, place.kind, above):
            yield sentence


def code_faults(code: str) -> Iterator[str]:
    """Sentences when `code` cannot be one of an organization."""
    try:
        Organization._meta.get_field("code").clean(code, None)
    except ValidationError as error:
        yield f"Mã “{code}” không hợp lệ. {' '.join(error.messages)}"


PREFIXES = {Kind.TINH: "T", Kind.KHOI: "K", Kind.DBCS: "DB", Kind.CBCS: "CB", Kind.DBBP: "BP"}


def next_code(kind: str, parent: str | None, taken: Collection[str]) -> str:
    """The next code for an organization of `kind` under `parent`: DB26, CB32, DB01-10; none of `taken`, codes."""
    stem = f"{parent}-" if kind == Kind.CBTT else PREFIXES[Kind(kind)]
    tails = [code.removeprefix(stem) for code in taken if code.startswith(stem)]
    last = max((int(tail) for tail in tails if tail.isdecimal()), default=0)
    return f"{stem}{last + 1:02}"


def absent(code: str, on: date) -> str:
    """The sentence that no organization `code` stands on `on`."""
    return f"Tổ chức {code} không tồn tại vào ngày {day_in_words(on)}."
