"""The way of a sheet once it is filled: submit, endorse, decide, accept, send back (design §6).

Each verb takes many sheets. `seen`: {sheet id: fingerprint} of what the signer was shown; a sheet that has changed
since stops the signature.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import F

from ledger.acts import Refused, act
from ledger.models import Change, Document, User
from organizations import lineage
from organizations.access import Act
from organizations.models import Kind
from ratings.verbs import RatingVerb

from .judging.locking import Stale, hold_cap, locked, read, text
from .judging.reading import Reading
from .judging.rules import hold
from .models import MemberRating, Sheet, State
from .periods.periods import reconcile
from .permits import OWN_WAY, states_for
from .stepping import take_step

AFTER = {
    Act.SUBMIT: State.SUBMITTED,
    Act.ENDORSE: State.ENDORSED,
    Act.DECIDE: State.DECIDED,
    Act.ACCEPT: State.ACCEPTED,
}  # in the order of the way
Levels = Mapping[tuple[int, int], tuple[int, str]]  # {(cell id, member id): (rank, why it differs)}


def submit(
    sheets: Iterable[Sheet],
    *,
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
    seen: Mapping[int, str] | None = None,
) -> None:
    """The cell hands in its sheet: every member of the roll has a level or a reason, every question its answer."""
    return _step(Act.SUBMIT, RatingVerb.SUBMIT, sheets, by, on, document, reason, seen)


def endorse(
    sheets: Iterable[Sheet],
    *,
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
    seen: Mapping[int, str] | None = None,
) -> None:
    return _step(Act.ENDORSE, RatingVerb.ENDORSE, sheets, by, on, document, reason, seen)


def accept(
    sheets: Iterable[Sheet],
    *,
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
    seen: Mapping[int, str] | None = None,
) -> None:
    return _step(Act.ACCEPT, RatingVerb.ACCEPT, sheets, by, on, document, reason, seen)


def _step(
    kind: Act,
    verb: str,
    sheets: Iterable[Sheet],
    by: User,
    on: date,
    document: Document | None,
    reason: str,
    seen: Mapping[int, str] | None,
) -> None:
    reason = text(Change, "reason", reason)
    with act(verb, by=by, on=on, document=document, reason=reason) as change:
        _move_on(kind, read(locked(list(sheets)), on), change, seen)


def _move_on(
    kind: Act, reading: Reading, change: Change, seen: Mapping[int, str] | None = None, reason: str = ""
) -> None:
    """Inside an act: submits, endorses or accepts (`kind`) the locked sheets of `reading`. `reason`: as of `_check_rules`."""
    own, others = _by_who_decides(reading)
    for some, decides_itself in ((own, True), (others, False)):
        _check_step(reading.part(some), kind, seen, own=decides_itself)
    if kind != Act.ACCEPT:
        _check_rules(reading, reason)
    _advance(reading.sheets, AFTER[kind], change)


def _advance(
    sheets: Collection[Sheet], after: State, change: Change, paper: Document | None = None, **columns: Any
) -> None:
    """Moves the sheets on and keeps the step; where the cell looks next, its lines are marked as seen."""
    take_step(sheets, change, columns, after=after, paper=paper)
    if after in (State.DRAFT, State.ENDORSED):
        MemberRating.objects.standing().filter(sheet__in=sheets).update(seen=F("version"))


def carry_through(reading: Reading, change: Change, papers: Mapping[int, Document]) -> None:
    """Inside another verb's act: takes the locked sheets of `reading` from where they stand to accepted, by every step of
    their way and its rules; decided as proposed, by the paper of `change`, or one of `papers`, {sheet id: its own}.
    """
    for sheet in reading.sheets:
        _require_paper(papers.get(sheet.pk) or change.document)
    own = {sheet.pk for sheet in _by_who_decides(reading)[0]}
    for kind in AFTER:
        waiting = [s for s in reading.sheets if s.state in states_for(kind, own=s.pk in own)]
        if not waiting:
            continue
        if kind == Act.DECIDE:
            _decide(reading.part(waiting), change, {}, papers=papers)
        else:
            _move_on(kind, reading.part(waiting), change)


def _check_step(reading: Reading, kind: Act, seen: Mapping[int, str] | None, *, own: bool) -> None:
    """`own`: the cells of `reading` decide their own members."""
    states = states_for(kind, own=own)
    for sheet in reading.sheets:
        _check_state(sheet, states, reading, seen)
    reconcile(reading)


def _check_state(sheet: Sheet, states: Collection[State], reading: Reading, seen: Mapping[int, str] | None) -> None:
    if not states:
        raise Refused(f"{sheet.organization.code}: {OWN_WAY}")
    if sheet.state not in states:
        raise Refused(_wanted(sheet, states))
    if seen is not None and seen.get(sheet.pk) != reading.fingerprint(sheet):
        raise Stale(f"Phiếu của chi bộ {sheet.organization.code} đã thay đổi từ lúc mở trang. Hãy xem lại rồi ký.")


def _wanted(sheet: Sheet, states: Iterable[State]) -> str:
    wanted = " hoặc ".join(state.label for state in states)
    return f"Phiếu của chi bộ {sheet.organization.code} {State(sheet.state).label}; việc này cần phiếu {wanted}."


def _check_rules(reading: Reading, reason: str = "") -> None:
    """Refused for what a rule forbids, or asks for and neither the cell has answered nor `reason` does."""
    for sheet in reading.sheets:
        _check_rules_of(sheet, reading, reason)


def _check_rules_of(sheet: Sheet, reading: Reading, reason: str) -> None:
    cell = sheet.organization_id
    for line in reading.counted(cell):
        findings = reading.book.of_line(line, reading.known[line.member_id], reading.period)
        if findings:
            answered = bool(line.justification or line.difference or reason)
            hold(findings, reading.name_of(line.member_id), answered=answered)
    whole = reading.book.of_sheet(reading.counted(cell), reading.organizations.get(cell))
    hold(whole, f"Chi bộ {sheet.organization.code}", answered=bool(sheet.explanation or reason))


def decide(
    sheets: Iterable[Sheet],
    *,
    by: User,
    on: date,
    document: Document | None,
    reason: str = "",
    levels: Levels | None = None,
    seen: Mapping[int, str] | None = None,
) -> None:
    """Decides the sheets as proposed, but for `levels`: {(cell id, member id): (rank, why it differs)}.

    A cell that is itself a grassroots organization decides straight from its draft. Over the cap only with `reason`,
    or with the reason that a cell below the same roof has written. What a rule asks of the levels as decided is
    answered by the cell, by why a level differs, or by the committee's `reason`.
    """
    _require_paper(document)
    reason = text(Change, "reason", reason)
    with act(RatingVerb.DECIDE, by=by, on=on, document=document, reason=reason) as change:
        _decide(read(locked(list(sheets)), on), change, levels or {}, seen, reason)


def endorse_and_decide(
    sheets: Iterable[Sheet],
    *,
    by: User,
    on: date,
    document: Document | None,
    reason: str = "",
    seen: Mapping[int, str] | None = None,
) -> dict[int, Refused]:
    """In one act by one paper: endorses what was handed in and decides it as proposed, with what was endorsed before.

    A sheet that may not go stays where it is and keeps no other back: returns {sheet id: Refused} of those. Raises what they
    say where none may go, and what forbids them all: the cap without a reason. `reason`: as of `decide`.
    """
    _require_paper(document)
    reason = text(Change, "reason", reason)
    with act(RatingVerb.ENDORSE_AND_DECIDE, by=by, on=on, document=document, reason=reason) as change:
        reading = read(locked(list(sheets)), on)
        kept = _kept_back(reading, seen, reason)
        going = [sheet for sheet in reading.sheets if sheet.pk not in kept]
        if not going:
            raise _all_of(kept.values())
        if handed_in := [sheet for sheet in going if sheet.state == State.SUBMITTED]:
            _move_on(Act.ENDORSE, reading.part(handed_in), change, reason=reason)
        _decide(reading.part(going), change, {}, reason=reason)
    return kept


def _kept_back(reading: Reading, seen: Mapping[int, str] | None, reason: str) -> dict[int, Refused]:
    """{sheet id: why} of the locked sheets of `reading` that cannot be endorsed and decided at once, each by itself."""
    own, _ = _by_who_decides(reading)
    kept = {}
    for sheet in reading.sheets:
        states = [] if sheet in own else [*states_for(Act.ENDORSE, own=False), *states_for(Act.DECIDE, own=False)]
        try:
            _check_state(sheet, states, reading, seen)
            reading.require_complete_of(sheet)
            _check_rules_of(sheet, reading, reason)
        except Refused as refused:
            kept[sheet.pk] = refused
    return kept


def _all_of(kept: Collection[Refused]) -> Refused:
    """One refusal that says what all of `kept` say, Stale where each of them is."""
    as_one = Stale if all(isinstance(refused, Stale) for refused in kept) else Refused
    return as_one([sentence for refused in kept for sentence in refused.messages])


def _require_paper(document: Document | None) -> None:
    if document is None:
        raise Refused("Quyết định xếp loại cần số, ngày và cơ quan ban hành.")


def _decide(
    reading: Reading,
    change: Change,
    levels: Levels,
    seen: Mapping[int, str] | None = None,
    reason: str = "",
    papers: Mapping[int, Document] | None = None,
) -> None:
    """Inside an act: decides the locked sheets of `reading`. `reason`: the committee's, where a rule asks for one;
    `papers`: as of `carry_through`.
    """
    own, others = (reading.part(some) for some in _by_who_decides(reading))
    _check_step(own, Act.DECIDE, seen, own=True)
    _check_step(others, Act.DECIDE, seen, own=False)
    lines = [line for part in (own, others) for cell in part.cells for line in part.lines[cell].values()]
    _write_decisions(lines, levels, change)
    _check_rules(own)
    _check_rules(others, reason)
    by_paper: dict[Document | None, list[Sheet]] = defaultdict(list)
    for sheet in reading.sheets:
        by_paper[(papers or {}).get(sheet.pk)].append(sheet)
    for paper, sheets in by_paper.items():
        _advance(sheets, State.DECIDED, change, paper, decision_id=paper.pk if paper else change.document_id)
    below = Sheet.objects.standing().filter(period=reading.period).exclude(over_cap="")
    hold_cap(reading, {}, below, answered=bool(reason))


def _by_who_decides(reading: Reading) -> tuple[list[Sheet], list[Sheet]]:
    """(sheets of cells that decide for themselves, sheets that wait for their committee)."""
    kinds = dict(lineage.places(reading.day).filter(organization__in=reading.cells).values_list("organization", "kind"))
    own = [s for s in reading.sheets if kinds.get(s.organization_id) == Kind.CBCS]
    return own, [s for s in reading.sheets if s not in own]


def _write_decisions(lines: Collection[MemberRating], levels: Levels, change: Change) -> None:
    changed = defaultdict(list)
    if unknown := levels.keys() - {(line.organization_id, line.member_id) for line in lines if line.proposed}:
        raise Refused(f"Có {len(unknown)} mức quyết định cho người không được đề nghị trong các phiếu này.")
    if any(rank not in (1, 2, 3, 4) for rank, _ in levels.values()):
        raise Refused("Mức xếp loại phải là một trong bốn mức của lược đồ.")
    for line in lines:
        rank, why = levels.get((line.organization_id, line.member_id), (line.proposed, ""))
        why = text(MemberRating, "difference", why) if rank != line.proposed else ""
        if rank != line.proposed and not why:
            raise Refused(f"{line.member}: mức quyết định khác mức chi bộ đề nghị cần ghi lý do.")
        if (line.decided, line.difference) != (rank, why):
            line.decided, line.difference, line.changed = rank, why, change
            changed[rank, why].append(line)
    for (rank, why), same in changed.items():
        rows = MemberRating.objects.filter(pk__in=[line.pk for line in same])
        rows.update(decided=rank, difference=why, changed=change)
        MemberRating.history.bulk_history_create(same, update=True, default_user=change.by, batch_size=1000)


def send_back(
    sheets: Iterable[Sheet],
    *,
    by: User,
    on: date,
    reason: str,
    step: Act | None = None,
    document: Document | None = None,
    seen: Mapping[int, str] | None = None,
) -> None:
    """Returns sheets to their cells as drafts, with the reason.

    `step`: Act.RETURN (the committee, before its decision) or Act.REOPEN (the bloc, after it); None: as the state is.
    """
    reason = text(Sheet, "returned_because", reason)
    if not reason:
        raise Refused("Trả lại phiếu cần nêu lý do để chi bộ biết phải sửa gì.")
    with act(RatingVerb.SEND_BACK, by=by, on=on, document=document, reason=reason) as change:
        fresh = locked(list(sheets))
        reading = read(fresh, on)
        for sheet in fresh:
            if sheet.state == State.DRAFT:
                raise Refused(f"Phiếu của chi bộ {sheet.organization.code} đang là nháp.")
            if step and sheet.state not in (states := states_for(step, own=False)):
                raise Refused(_wanted(sheet, states))
            if seen is not None and seen.get(sheet.pk) != reading.fingerprint(sheet):
                raise Stale(f"Phiếu của chi bộ {sheet.organization.code} đã thay đổi từ lúc mở trang. Hãy xem lại.")
        lines = [x for cell in reading.cells for x in reading.lines[cell].values() if x.decided is not None]
        for line in lines:
            line.decided, line.difference, line.changed = None, "", change
        rows = MemberRating.objects.filter(pk__in=[line.pk for line in lines])
        rows.update(decided=None, difference="", changed=change)
        MemberRating.history.bulk_history_create(lines, update=True, default_user=by, batch_size=1000)
        _advance(fresh, State.DRAFT, change, returned_because=reason, decision_id=None)
