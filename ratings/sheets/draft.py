"""Verbs of a draft sheet: type lines, take the last act back, answer what a rule asks (design §6)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from copy import copy
from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from ledger.acts import Refused, act
from ledger.models import Change, Document, User
from ratings.judging.locking import Stale, hold_cap, locked, read, require_draft, text
from ratings.judging.reading import Reading
from ratings.judging.rules import hold
from ratings.models import MemberRating, Sheet, State, Step
from ratings.stepping import take_step
from ratings.verbs import RatingVerb

from .entries import LineEntry, Typed, wanted

LINE_VERBS = (RatingVerb.RATE, RatingVerb.REST, RatingVerb.PASTE, RatingVerb.UNDO)
TYPED = ("proposed", "points", "reason_id", "note", "justification")
WRITTEN = ["proposed", "points", "reason", "note", "justification", "on_roll", "version", "changed"]


def rate(
    entries: Mapping[Sheet, Typed],
    *,
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
    over_cap: Mapping[int, str] | None = None,
    verb: str = RatingVerb.RATE,
) -> Reading:
    """Types lines of draft sheets. `entries`: {Sheet: {member id: Entry, rank 1–4, Reason or None}}.

    `over_cap`: {sheet id: why the top level exceeds the cap}. Raises Stale for lines another wrote first, NeedsReason
    or CapFull where a written reason would let it pass, Refused otherwise; then nothing is written. What already
    stands as typed leaves no act behind. Returns the Reading of the sheets, their lines as they stand now.
    """
    reason = reason or "; ".join((over_cap or {}).values())
    with suppress(_Nothing), act(verb, by=by, on=on, document=document, reason=reason) as change:
        reading = read(locked(list(entries)), on)
        if not rate_within(reading, entries, change, over_cap=over_cap):
            raise _Nothing
    return reading


def rate_within(
    reading: Reading,
    entries: Mapping[Sheet, Typed],
    change: Change,
    *,
    over_cap: Mapping[int, str] | None = None,
    explanations: Mapping[int, str] | None = None,
) -> bool:
    """What `rate` does, inside another verb's act. `reading`: of the locked sheets; `explanations`: {sheet id: the cell's
    answer where a rule asks about the sheet as a whole}. Whether anything did not stand so already.
    """
    before = {roof: places.left for roof, places in reading.places.items()}
    sheets = {s.pk: s for s in reading.sheets}
    for sheet in sheets.values():
        require_draft(sheet)
    answered = _keep_texts(sheets, "over_cap", over_cap or {}, change)
    answered |= _keep_texts(sheets, "explanation", explanations or {}, change)
    written = [line for sheet, lines in entries.items() for line in _typed(sheets[sheet.pk], lines, reading, change)]
    if not written and not answered:
        return False
    _store(written, change.by)
    within = hold_cap(reading, before, sheets.values()) if written else []
    _count_up(reading, answered | {line.sheet_id for line in written}, within, change)
    return True


def would_be(sheet: Sheet, member: int, typed: LineEntry, reading: Reading) -> MemberRating | None:
    """The line of `member` as `typed` would make it, not saved; None where it stands so. Refused as `rate` refuses it by
    itself.
    """
    _require_on_roll(sheet, [member], reading)
    return _line(sheet, member, typed, reading, None)


def rate_what_passes(
    sheet: Sheet, typed: Typed, *, by: User, on: date, over_cap: str = "", verb: str = RatingVerb.RATE
) -> tuple[Reading, dict[int, Refused]]:
    """As `rate`, of one sheet: in one act all that passes, each line by itself; what places are left go by their order.

    Returns the Reading, and {member id: Refused} of the lines that were not written. Raises what forbids them all.
    """
    with suppress(_Nothing), act(verb, by=by, on=on, reason=over_cap) as change:
        reading = read(locked([sheet]), on)
        before = {roof: places.left for roof, places in reading.places.items()}
        (fresh,) = reading.sheets
        require_draft(fresh)
        answered = _keep_texts({fresh.pk: fresh}, "over_cap", {fresh.pk: over_cap} if over_cap else {}, change)
        lines, refused = _each(fresh, typed, reading, change)
        within = _store_what_fits(lines, reading, before, by, refused)
        if not answered and all(line.member_id in refused for line in lines):
            raise _Nothing
        _count_up(reading, {fresh.pk}, within, change)
    return reading, refused


def _count_up(reading: Reading, sheets: Iterable[int], within: Iterable[int], change: Change) -> None:
    """The versions of `sheets` (ids). Cells `within` their cap give no reason for exceeding it any more."""
    Sheet.objects.filter(pk__in=sheets).update(version=F("version") + 1)
    below = Sheet.objects.standing().filter(period=reading.period, organization__in=within)
    _put_text(below.filter(state=State.DRAFT).exclude(over_cap=""), "over_cap", "", change)


class NotOnRoll(Refused):
    """A line of somebody who is not on the roll of the sheet, or no longer."""


class _Nothing(Exception):
    """Everything already stands as typed."""


def _keep_texts(sheets: Mapping[int, Sheet], column: str, texts: Mapping[int, str], change: Change) -> set[int]:
    """Ids of the sheets of which the text in `column` changes, by `texts`, {sheet id: text}."""
    changed = set()
    for pk, said in texts.items():
        said = text(Sheet, column, said)
        if said != getattr(sheets[pk], column):
            _put_text(Sheet.objects.filter(pk=pk), column, said, change)
            setattr(sheets[pk], column, said)
            changed.add(pk)
    return changed


def _put_text(sheets: QuerySet[Sheet], column: str, said: str, change: Change) -> None:
    """Into the sheets; an act that may be taken back whole keeps what stood there."""
    if change.undoable:
        take_step(sheets, change, {column: said})
    else:
        sheets.update(**{column: said})


def _typed(sheet: Sheet, typed: Typed, reading: Reading, change: Change) -> list[MemberRating]:
    """The lines that `typed` changes, as they will stand; unsaved."""
    lines: list[MemberRating] = []
    stale: dict[int, MemberRating] = {}
    _require_on_roll(sheet, typed, reading)
    for member, entry in typed.items():
        try:
            line = _line(sheet, member, LineEntry.of(entry), reading, change)
        except Stale as overtaken:
            stale |= overtaken.lines
            continue
        if line is not None:
            reading.lines[sheet.organization_id][member] = line
            lines.append(line)
    if stale:
        raise Stale(f"Có {len(stale)} dòng vừa được người khác sửa.", stale)
    return lines


def _each(
    sheet: Sheet, typed: Typed, reading: Reading, change: Change
) -> tuple[list[MemberRating], dict[int, Refused]]:
    """(the lines that `typed` changes and no rule refuses, unsaved; {member id: Refused} of the others)"""
    lines, refused = [], {}
    for member, entry in typed.items():
        try:
            _require_on_roll(sheet, [member], reading)
            line = _line(sheet, member, LineEntry.of(entry), reading, change)
        except Refused as why:
            refused[member] = why
            continue
        if line is not None:
            lines.append(line)
    return lines, refused


def _line(sheet: Sheet, member: int, entry: LineEntry, reading: Reading, change: Change | None) -> MemberRating | None:
    """The line of `member` as it will stand, unsaved; None where it stands so already. Refused by the rules of a line."""
    with reading.naming(member):
        columns = wanted(entry, reading.period.scheme)
    stands = reading.lines[sheet.organization_id].get(member)
    line = copy(stands) or MemberRating(
        period=reading.period, sheet=sheet, organization=sheet.organization, member_id=member, added=change
    )
    if all(getattr(line, name) == value for name, value in columns.items()) and (line.pk or not line.is_settled):
        return None
    if entry.version is not None and entry.version != line.version:
        raise Stale("Có 1 dòng vừa được người khác sửa.", {member: line})
    for name, value in columns.items():
        setattr(line, name, value)
    line.on_roll, line.version, line.changed = True, line.version + 1, change
    findings = reading.book.of_line(line, reading.known[member], reading.period)
    hold(findings, reading.name_of(member) if findings else "", answered=bool(line.justification))
    return line


def _store_what_fits(
    lines: list[MemberRating], reading: Reading, before: Mapping[int, int], by: User, refused: dict[int, Refused]
) -> list[int]:
    """Stores `lines`; where only together they are over the cap, those that come first. The others join `refused`.

    Returns the ids of the cells whose roof is within its cap.
    """

    def store(some: list[MemberRating]) -> list[int]:
        with transaction.atomic():
            kept = [copy(line) for line in some]
            _store(kept, by)
            within = hold_cap(reading, before, reading.sheets)
        for line in kept:
            reading.lines[line.organization_id][line.member_id] = line
        return within

    if not lines:
        return []
    try:
        return store(lines)
    except Refused:
        within: list[int] = []
    for line in lines:
        try:
            within = store([line])
        except Refused as why:
            refused[line.member_id] = why
    return within


def _require_on_roll(sheet: Sheet, members: Iterable[int], reading: Reading) -> None:
    """Names only whom the sheet already shows: an id of somebody else tells nothing."""
    cell = sheet.organization_id
    away = [member for member in members if member not in reading.rolls[cell]]
    if not away:
        return
    whom = reading.name_of(away[0]) if away[0] in reading.lines[cell] else "có người"
    raise NotOnRoll(f"Phiếu của chi bộ {sheet.organization.code}: {whom} không còn trong danh sách đảng viên.")


def _store(lines: Iterable[MemberRating], by: User) -> None:
    new = [line for line in lines if line.pk is None]
    changed = [line for line in lines if line.pk is not None]
    bulk_create_with_history(new, MemberRating, default_user=by)
    if changed:
        bulk_update_with_history(changed, MemberRating, WRITTEN, default_user=by)


def explain(sheet: Sheet, why: str, *, by: User, on: date) -> None:
    """The cell's answer where a rule asks about the sheet as a whole; it stands until the sheet is decided."""
    why = text(Sheet, "explanation", why)
    with act(RatingVerb.EXPLAIN, by=by, on=on, reason=why) as change:
        (fresh,) = locked([sheet])
        require_draft(fresh)
        if why != fresh.explanation:
            take_step([fresh], change, {"explanation": why})


def undo(sheet: Sheet, *, by: User, on: date) -> None:
    """Takes back the last act of `by` on the lines of a draft sheet, and at the next call the one before it."""
    last = _last_act(sheet, by)
    if last is None:
        raise Refused("Không còn việc nào của đồng chí trên phiếu này để hoàn tác.")
    histories = defaultdict(list)
    for row in MemberRating.history.filter(sheet=sheet).order_by("history_id"):
        histories[row.member_id].append(row)
    entries = {}
    for member, rows in histories.items():
        at = next((i for i, row in enumerate(rows) if row.changed_id == last), None)
        if at is not None:
            _require_untouched(rows[at], rows[-1])
            entries[member] = _as_before(rows[at - 1] if at else None, rows[-1].version)
    rate({sheet: entries}, by=by, on=on, verb=RatingVerb.UNDO)


def _require_untouched(row: MemberRating, now: MemberRating) -> None:
    if any(getattr(now, name) != getattr(row, name) for name in TYPED):
        raise Refused("Dòng này đã được sửa tiếp sau đó; hãy sửa trực tiếp trên phiếu.")


def _as_before(row: MemberRating | None, version: int) -> LineEntry:
    """The Entry that makes a line what it was in `row`; `version`: that of the line as it stands."""
    if row is None:
        return LineEntry(note="", justification="", version=version)
    level, words = row.proposed if row.points is None else None, {"note": row.note, "justification": row.justification}
    return LineEntry(level=level, points=row.points, reason=row.reason, version=version, **words)


def _last_act(sheet: Sheet, by: User) -> int | None:
    """Id of the latest Change by `by` on the lines of `sheet` not yet taken back: each undo skips one act more.

    What was typed before the sheet last took a step is beyond reach.
    """
    steps = Step.objects.standing().filter(sheet=sheet).exclude(before=F("after"))
    last = steps.order_by("-pk").values_list("added_id", flat=True).first()
    acts = MemberRating.history.filter(sheet=sheet, changed__by=by, changed__verb__in=LINE_VERBS, changed__gt=last or 0)
    skip = 0
    for pk, verb in acts.order_by("-changed_id").values_list("changed_id", "changed__verb").distinct():
        if verb == RatingVerb.UNDO:
            skip += 1
        elif skip:
            skip -= 1
        else:
            return pk
    return None
