"""The verb that reminds whoever has a sheet now: a word on the sheet, which goes no further by it."""

from collections.abc import Iterable
from datetime import date

from ledger.acts import Refused, act
from ledger.models import Change, Document, User
from ledger.numbers import day_in_words
from ratings.judging.locking import locked, text
from ratings.models import Sheet, State
from ratings.stepping import take_step
from ratings.verbs import RatingVerb

from .progress import BELOW_THE_BLOC
from .standing import standing_of


def remind(
    sheets: Iterable[Sheet], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> list[Sheet]:
    """Reminds the cells and committees that have `sheets`; returns those it reminded: once a day is enough for each.

    Refused for a sheet that waits for no cell and no committee, and where all were reminded on this day already.
    """
    reason = text(Change, "reason", reason)
    with act(RatingVerb.REMIND, by=by, on=on, document=document, reason=reason) as change:
        fresh = locked(list(sheets))
        for sheet in fresh:
            if sheet.state not in BELOW_THE_BLOC:
                state = State(sheet.state).label
                raise Refused(f"Phiếu của chi bộ {sheet.organization.code} {state}, không còn chờ chi bộ hay đảng ủy.")
        told = standing_of(fresh)
        rows = [sheet for sheet in fresh if told[sheet.pk].reminded != on]
        if not rows:
            raise Refused(f"Các phiếu này đã được nhắc ngày {day_in_words(on)}; mỗi ngày nhắc một lần là đủ.")
        take_step(rows, change, {})
    return rows
