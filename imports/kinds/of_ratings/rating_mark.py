"""What a line of a sheet says, as a workbook carries it: made when it is downloaded, looked at when it comes back."""

from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from ratings.models import MemberRating, Reason
from ratings.sheets.entries import LineEntry

LENGTH = 12  # signs of a mark: nobody contrives one, it only tells whether a row was touched


@dataclass(frozen=True)
class LineSaid:
    """What is typed into a line: a level (rank), points, or a reason, and the words beside it."""

    level: int | None = None
    points: Decimal | None = None
    reason: Reason | None = None
    note: str = ""
    justification: str = ""

    @property
    def choice(self) -> tuple[int | None, Decimal | None, int | None]:
        return self.level, self.points, self.reason.pk if self.reason else None

    @property
    def is_settled(self) -> bool:
        return any(part is not None for part in self.choice)

    def over(self, other: "LineSaid") -> "LineSaid":
        """What stands when this is written over `other`: what is empty here leaves what is there."""
        chosen = self if self.is_settled else other
        note, justification = self.note or other.note, self.justification or other.justification
        return LineSaid(chosen.level, chosen.points, chosen.reason, note, justification)

    @property
    def entry(self) -> LineEntry:
        return LineEntry(
            level=self.level, points=self.points, reason=self.reason, note=self.note, justification=self.justification
        )


def said_in(line: MemberRating | None) -> LineSaid:
    """What a stored line says, its reason fetched."""
    if line is None:
        return LineSaid()
    level = line.proposed if line.points is None else None
    return LineSaid(level, line.points, line.reason, line.note, line.justification)


def mark_of(said: LineSaid) -> str:
    """Of all that `said` says; rows that say the same have the same."""
    level, points, reason = said.choice
    text = (
        f"{level or ''}|{'' if points is None else points.normalize()}|{reason or ''}|{said.note}|{said.justification}"
    )
    return sha256(text.encode()).hexdigest()[:LENGTH]
