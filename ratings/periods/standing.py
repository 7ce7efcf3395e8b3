"""Since when sheets stand where they are, and when whoever has them was last reminded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ratings.models import Sheet, State, Step
from ratings.verbs import RatingVerb

TONES = {
    State.DRAFT: ("none", "ring"),
    State.SUBMITTED: ("wait", "running"),
    State.ENDORSED: ("wait", "half"),
    State.DECIDED: ("ok", "met"),
    State.ACCEPTED: ("up", "met"),
    State.LOCKED: ("up", "locked"),
}


@dataclass(frozen=True)
class SheetStanding:
    """`since`: day of the step by which it came into its state, None where it took none yet; `reminded`: of the last reminder
    since then, or None.
    """

    since: date | None = None
    reminded: date | None = None


def standing_of(sheets: Iterable[Sheet]) -> dict[int, SheetStanding]:
    """{sheet id: its SheetStanding}. One query."""
    found = {sheet.pk: SheetStanding() for sheet in sheets}
    steps = Step.objects.standing().filter(sheet__in=found).order_by("pk")
    for sheet, before, after, on, verb in steps.values_list("sheet", "before", "after", "added__on", "added__verb"):
        if before != after:
            found[sheet] = SheetStanding(since=on)
        elif verb == RatingVerb.REMIND:
            found[sheet] = SheetStanding(found[sheet].since, reminded=on)
    return found


def chip_of(sheet: Sheet) -> dict[str, str]:
    """Its state as a chip: {"tone", "mark", "words"}."""
    tone, mark = TONES[State(sheet.state)]
    return {"tone": tone, "mark": mark, "words": State(sheet.state).label}
