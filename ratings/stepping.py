"""How a step of a sheet is written: where it leads, and what stood on the sheet before it (ratings/undoing.py)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F

from ledger.models import Change, Document

from .models import Sheet, State, Step


def take_step(
    sheets: Iterable[Sheet],
    change: Change,
    columns: Mapping[str, Any],
    *,
    after: State | None = None,
    paper: Document | None = None,
) -> None:
    """Inside an act: takes `sheets` on to the state `after` and writes `columns` (by attname) on them. None for `after`: a
    word on the sheet alone, by which it is no newer to who signs it. `paper`: where another than that of the act.
    """
    sheets = list(sheets)
    if not sheets:
        return
    moved = {"state": after, "version": F("version") + 1} if after else {}
    Sheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).update(**moved, **columns)
    Step.objects.bulk_create(
        Step(
            sheet=sheet,
            before=sheet.state,
            after=after or sheet.state,
            found={name: getattr(sheet, name) for name in columns},
            decision=paper,
            added=change,
        )
        for sheet in sheets
    )
    for sheet in sheets:
        sheet.state = after or sheet.state
        for name, value in columns.items():
            setattr(sheet, name, value)
