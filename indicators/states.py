"""What stands instead of a percentage below the bloc: the level, hoàn thành / chưa, đã / chưa kiểm tra (design §5)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from django.db.models import Q

from ratings.models import OrganizationRating

from .measures import NOT_EXEMPLARY
from .years import Year

RANKS = (1, 2, 3, 4)
# Codes of the measures that have words for one organization; others are told by their numbers.
STATED = frozenset(
    [
        "organizations_top",
        "organizations_good",
        "organizations_exemplary",
        *(f"organizations_{rank}" for rank in RANKS),
        "tasks_done",
        "finance_checked",
    ]
)


@dataclass(frozen=True)
class FigureState:
    """`good`: whether it counts in the bloc's numerator; None while there is nothing to say.

    `as_part`: the words of a sub-figure, whose name asks whether or not; the level itself stands with the headline.
    """

    text: str
    good: bool | None
    as_part: str = ""

    def of_part(self) -> "FigureState":
        return replace(self, text=self.as_part or self.text)

    @classmethod
    def of(cls, numerator: int, denominator: int | None) -> Self:
        """A state read off the counts themselves: one organization, counted or not."""
        if not denominator:
            return cls("chưa có dữ liệu", None)
        # Not every organization is due each year: one not yet inspected is behind in nothing.
        return cls("đã kiểm tra", True) if numerator else cls("chưa kiểm tra", None)


def states_of(places: Iterable[int], year: Year, *, at_lock: bool = False) -> dict[tuple[str, int], FigureState]:
    """{(numerator's measure code, organization id): State} read off the ratings of `year`. Two queries at most.

    `at_lock`: as they stood when the period was locked, before any correction.
    """
    if year.period is None or not year.window.rated:
        return {}
    labels = {level.rank: level.organization_label for level in year.period.scheme.levels.all()}
    rows = OrganizationRating.objects.filter(period=year.period, organization__in=places).select_related("reason")
    if at_lock:
        lock = year.period.locked_id
        rows = rows.filter(Q(voided__isnull=True) | Q(voided__gt=lock), added__lte=lock)
    else:
        rows = rows.filter(voided__isnull=True)
    states = {}
    for row in rows:
        node = row.organization_id
        level = labels.get(row.level) or (row.reason.label if row.reason else "chưa xếp loại")
        for code, worst in (("organizations_top", 1), ("organizations_good", 2)):
            good = None if row.level is None else row.level <= worst
            states[code, node] = FigureState(level, good, "không" if good is False else "")
        for rank in RANKS:
            good = None if row.level is None else row.level == rank
            states[f"organizations_{rank}", node] = FigureState(level, good, "không" if good is False else "")
        chosen = None if row.level is None else row.exemplary
        said = {True: f"{level} tiêu biểu", False: NOT_EXEMPLARY, None: level}[chosen]
        states["organizations_exemplary", node] = FigureState(said, chosen)
        task = row.get_task_display() if row.task else "chưa có kết quả"
        states["tasks_done", node] = FigureState(
            task, None if not row.task else row.task != OrganizationRating.Task.FAILED
        )
    return states
