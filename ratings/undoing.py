"""How ratings follow when an act is taken back whole (ledger/undo.py): what it said of them in place is again what it found.

An act about people or organizations carries ratings along, a merger, a new cell: it says nothing of its own about them, and
whether it did is read off their history.
Rows that it added are voided there. A sheet keeps what it said before in its steps, lines and organizations' ratings in
their history.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from simple_history.utils import bulk_update_with_history

from ledger.models import Change
from ledger.numbers import day_in_words

from .models import MemberRating, OrganizationRating, Period, Sheet, State, Step
from .verbs import RatingVerb

SAID = {
    MemberRating: ("proposed", "decided", "reason_id", "points", "note", "justification", "difference"),
    OrganizationRating: (
        "proposed",
        "points",
        "level",
        "difference",
        "exemplary",
        "reason_id",
        "task",
        "decision_id",
    ),
}
ON_SHEETS = ["state", "version", "decision", "over_cap", "explanation", "returned_because"]
Rated = MemberRating | OrganizationRating
Said = dict[int, tuple[Rated, Rated | None]]


def put_back(undone: Change, undoing: Change) -> None:
    """Told before anything is restored."""
    sheets: set[int] = set()
    for model in SAID:
        said = _said(model, undone)
        _put_back_rows(model, said, undone, undoing)
        sheets |= {row.sheet_id for row, _ in said.values() if isinstance(row, MemberRating)}
    _put_back_sheets(sheets, undone)


def _put_back_rows(model: type[Rated], said: Said, undone: Change, undoing: Change) -> None:
    rows = list(model.objects.standing().filter(pk__in=said).exclude(added=undone))
    if not rows:
        return
    for row in rows:
        _, before = said[row.pk]
        for name in SAID[model]:
            setattr(row, name, getattr(before, name))
        row.version, row.changed = row.version + 1, undoing
    columns = [name.removesuffix("_id") for name in SAID[model]]
    bulk_update_with_history(rows, model, [*columns, "version", "changed"], default_user=undoing.by)
    if model is MemberRating:
        _put_back_seen(rows, undone)


def _put_back_seen(lines: Iterable[MemberRating], undone: Change) -> None:
    """`seen` has no history: it is the version that stood when the sheet was last returned or endorsed."""
    lines = list(lines)
    steps = Step.objects.standing().filter(sheet__in={line.sheet_id for line in lines}, added__lt=undone)
    steps = steps.filter(after__in=(State.DRAFT, State.ENDORSED)).order_by("pk")
    last = {step.sheet_id: step.added_id for step in steps if step.before != step.after}
    seen = dict.fromkeys((line.pk for line in lines), 0)
    rows = MemberRating.history.filter(id__in=seen, sheet__in=last).order_by("history_id")
    for row in rows:
        if row.changed_id is not None and row.changed_id <= last[row.sheet_id]:
            seen[row.id] = row.version
    for line in lines:
        line.seen = seen[line.pk]
    MemberRating.objects.bulk_update(lines, ["seen"])


def _put_back_sheets(typed: Iterable[int], undone: Change) -> None:
    """`typed`: ids of the sheets of which it wrote lines."""
    sheets: dict[int, Sheet] = {}
    steps = Step.objects.standing().filter(added=undone).select_related("sheet").order_by("-pk")
    for step in steps:
        sheet = sheets.setdefault(step.sheet_id, step.sheet)
        sheet.state = step.before
        for name, value in step.found.items():
            setattr(sheet, name, value)
    for sheet in Sheet.objects.filter(pk__in=typed).exclude(pk__in=sheets):
        sheets[sheet.pk] = sheet
    for sheet in sheets.values():
        sheet.version += 1
    Sheet.objects.bulk_update(sheets.values(), ON_SHEETS)


def _first_and_last(model: type[Rated], change: Change) -> tuple[dict[int, Rated], dict[int, Rated]]:
    """{id: the first row of its history that `change` wrote}, and the last."""
    rows = list(model.history.filter(changed=change).order_by("-history_id"))
    return {row.id: row for row in rows}, {row.id: row for row in reversed(rows)}


def _said(model: type[Rated], change: Change) -> Said:
    """{id: (the last row of its history that `change` wrote, the one before it or None)} of those of which it said something:
    neither carried along as they stood, nor brought to be filled in.
    """
    first, last = _first_and_last(model, change)
    past = model.history.filter(id__in=last).order_by("history_id") if last else ()
    before = {row.id: row for row in past if row.history_id < first[row.id].history_id}
    found = {pk: (row, before.get(pk)) for pk, row in last.items()}
    moved = _moved(model, last, change)
    return {pk: (row, was) for pk, (row, was) in found.items() if pk not in moved and _says(row, was)}


def _moved(model: type[Rated], last: Mapping[int, Rated], change: Change) -> set[int]:
    """Ids of those that stand as others did which `change` voided: lines of a person whose records it merged."""
    gone = {_values(row) for row in model._base_manager.filter(voided=change)} if last else set()
    return {pk for pk, row in last.items() if _values(row) in gone}


def _values(row: Rated) -> tuple[Any, ...]:
    """What it says, of which organization in which period."""
    model = MemberRating if hasattr(row, "member_id") else OrganizationRating
    return row.period_id, row.organization_id, *(getattr(row, name) for name in SAID[model])


def _says(row: Rated, was: Rated | None) -> bool:
    return any(_values(row)[2:]) if was is None else _values(row) != _values(was)


def rated_since(change: Change) -> Iterator[str]:
    """Guard: what was typed, decided or locked since stays."""
    sheets = set(Step.objects.standing().filter(added=change).values_list("sheet", flat=True))
    locked = Period.objects.filter(sheets__in=sheets, locked__isnull=False)
    later: set[Change] = set()
    for model in SAID:
        _, last = _first_and_last(model, change)
        if last:
            said = _said(model, change)
            brought = {pk for pk, row in last.items() if row.added_id == change.pk} - _moved(model, last, change)
            rows = model.objects.filter(pk__in=brought | said.keys()).select_related("changed", "voided")
            later |= {row.voided or row.changed for row in rows if _differs(row, last[row.pk], change)}
            locked |= Period.objects.filter(pk__in={row.period_id for row, _ in said.values()}, locked__isnull=False)
    later |= {step.added for step in _later_steps(sheets, change)} if sheets else set()
    for period in locked.distinct().select_related("bloc"):
        yield f"Kỳ {period.of_its_bloc} đã khóa, nên không hủy được nữa; chỉ còn ghi điều chỉnh bổ sung."
    for act in sorted(later - {change}, key=lambda act: act.pk):
        yield (
            f"Sau đó đã có việc “{act.words}” (ghi ngày {day_in_words(act.at)}) trên những phiếu, những xếp loại này. "
            "Hãy sửa ở trang của phiếu, của tổ chức."
        )


def _differs(row: Rated, written: Rated, change: Change) -> bool:
    """Whether `row` no longer says what `change` wrote. What follows on a row that it added and another act voided is seen in
    ledger/undo.py.
    """
    if row.voided_id is not None:
        return row.added_id != change.pk
    return any(getattr(row, name) != getattr(written, name) for name in SAID[type(row)])


def _later_steps(sheets: Iterable[int], change: Change) -> QuerySet[Step]:
    steps = Step.objects.standing().filter(sheet__in=sheets, added__gt=change).exclude(added__verb=RatingVerb.REMIND)
    return steps.select_related("added")
