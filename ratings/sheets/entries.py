"""What is typed into a line of a sheet, and what it comes to under a scheme."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ledger.acts import Refused
from ratings.judging.locking import check_level, text
from ratings.models import MemberRating, Reason, Scheme


@dataclass(frozen=True, kw_only=True)
class LineEntry:
    """What is typed into a line: a level (rank), points, or a reason; none of them empties the line.

    `note`, `justification`: None leaves what stands. `version`: that of the line the writer saw (0: there was none);
    None writes over whatever stands.
    """

    level: int | None = None
    points: Decimal | None = None
    reason: Reason | None = None
    note: str | None = None
    justification: str | None = None
    version: int | None = None

    @classmethod
    def of(cls, typed: "LineEntry | int | Reason | None") -> "LineEntry":
        """`typed`: an Entry, a rank, a Reason, or None."""
        if isinstance(typed, LineEntry):
            return typed
        return cls(reason=typed) if isinstance(typed, Reason) else cls(level=typed)


Typed = Mapping[int, LineEntry | int | Reason | None]  # {member id: what is typed into their line}


def wanted(entry: LineEntry, scheme: Scheme) -> dict[str, Any]:
    """{column: value} that `entry` gives to a line. Refused when it is no level, points or reason of the scheme."""
    _check_entry(entry, scheme)
    level = entry.level if entry.points is None else scheme.rank_of(entry.points)
    columns = {"proposed": level, "points": entry.points, "reason_id": entry.reason.pk if entry.reason else None}
    for name in ("note", "justification"):
        if (typed := getattr(entry, name)) is not None:
            columns[name] = text(MemberRating, name, typed)
    return columns


def _check_entry(entry: LineEntry, scheme: Scheme) -> None:
    if entry.reason is not None:
        if entry.level is not None or entry.points is not None:
            raise Refused("Chọn một mức xếp loại hoặc một lý do không xếp loại, không cả hai.")
        kind, of_organizations = entry.reason.kind, entry.reason.of_organizations
        if entry.reason.scheme_id != scheme.pk or kind == Reason.Kind.CEILING or of_organizations:
            raise Refused(f"Lý do “{entry.reason}” không dùng để không xếp loại đảng viên theo {scheme.name}.")
    check_level(entry.level, entry.points, scheme)
