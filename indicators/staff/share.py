"""How many Party members there are beside the people who work there: a share, where both numbers are known (domain §1.1, §1.3).

Members may be retired and not among the staff: it is said as one number held against the other, never as a part of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.text import capfirst

from indicators.facts import Window
from indicators.measures import counts
from indicators.measures import members as members_measure
from indicators.results import FigureResult, IndicatorRule, judge
from ledger.numbers import group, percent
from organizations.models import OrganizationSpell
from organizations.models.staff import bounded
from organizations.staff.counts import NAMES, PARTS
from organizations.staff.numbers import Staff, staff_of

RULE = IndicatorRule(ratio=True, decimals=1)


@dataclass(frozen=True)
class StaffShare:
    """`members`: on the roll below the organization on the day of `staff`."""

    staff: Staff
    members: int

    @property
    def place(self) -> OrganizationSpell:
        return self.staff.place

    @property
    def number(self) -> str:
        """ "5.124", "trên 5.000"; "" where nothing is known."""
        return "" if self.staff.total is None else bounded(self.staff.total, self.staff.at_least)

    @property
    def parts(self) -> list[tuple[str, int | None]]:
        """[("Công chức", n), …] in the office's order, n None where not everybody told it; [] where no part is known."""
        parts = [(capfirst(NAMES[name]), n) for name, n in zip(PARTS, self.staff.parts, strict=True)]
        return parts if any(n is not None for _, n in parts) else []

    @property
    def basis(self) -> str:
        """Where the number comes from; "" for one that is the organization's own."""
        if not self.staff.is_sum:
            return ""
        return f"cộng từ {group(len(self.staff.counted))}/{group(len(self.staff.below))} tổ chức đã nhập"

    @cached_property
    def result(self) -> FigureResult:
        return judge(RULE, self.members, self.staff.total if self.staff.exact else None, None)

    @property
    def value(self) -> str:
        """ "45,0%"; "" where it cannot be told."""
        return "" if self.result.value is None else percent(self.result.value, RULE.decimals)

    @property
    def fraction(self) -> str:
        return f"{group(self.members)}/{group(self.staff.total)}" if self.value else ""

    @property
    def why_none(self) -> str:
        """Why there is no share, as a sentence; "" where there is one."""
        if self.value:
            return ""
        staff = self.staff
        if staff.total is None:
            return "Chưa có số liệu."
        if missing := len(staff.missing) if staff.is_sum else 0:
            return f"Chưa tính được tỷ lệ: {group(missing)} tổ chức chưa nhập."
        if staff.at_least:
            return "Chưa tính được tỷ lệ: chỉ biết là trên số này."
        if not staff.exact:
            return "Chưa tính được tỷ lệ: có đảng bộ chưa nhập đủ."
        return "Chưa tính được tỷ lệ: tổng số là 0."


def shares(staff: Sequence[Staff], year: int, day: date) -> list[StaffShare]:
    """[StaffShare] of each of `staff` on `day` of `year`, in order. One query."""
    found = counts(
        [members_measure], [Window(year, date(year, 1, 1), day)], nodes=[s.place.organization_id for s in staff]
    )
    return [StaffShare(s, found[members_measure.code, s.place.organization_id, year]) for s in staff]


def share_at(place: OrganizationSpell, year: int, day: date, members: int | None = None) -> StaffShare | None:
    """The StaffShare of `place`, a spell of `day`; None for one that has no staff of its own. `members`, where counted already."""
    staff = staff_of([place], year, day).get(place.organization_id)
    if staff is None:
        return None
    return shares([staff], year, day)[0] if members is None else StaffShare(staff, members)
