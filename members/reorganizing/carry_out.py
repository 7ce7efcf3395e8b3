"""Verbs that move organizations and people together (domain §3.2): a Plan carried out in one act, or not at all."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from ledger.acts import Refused, act
from ledger.models import Change, Document, User
from members.badges.awards import awards_left_behind
from members.candidates.follow import steps_left_behind
from members.models import Entry, Exit
from members.register import arrivals, departures, moves
from members.register.bound_to_roll import people_left_behind
from organizations import lineage
from organizations.models import CELLS, Organization
from organizations.verbs import TreeVerb

from .outcome import ReorganizationOutcome
from .plan import Plan

# Asked of a cell that ends, by organizations/reorganize.py, and of one that goes on as a committee.
OF_THE_CELL = (steps_left_behind, awards_left_behind)
GUARDS = (people_left_behind, *OF_THE_CELL)


def carry_out(
    plan: Plan,
    *,
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
    also: Iterable[Callable[[Change, dict[str, Organization]], object]] = (),
) -> dict[str, Organization]:
    """Carries out `plan` on `on` in one act. {code: Organization} of all it names.

    People who change their cell go "do sắp xếp tổ chức". `also`: callables (change, organizations) of higher floors,
    done inside the act at its end. Refused with every sentence there is about the plan; nothing is written then.
    """
    with act(plan.verb, by=by, on=on, document=document, reason=reason, alone=True, undoable=True) as change:
        outcome = ReorganizationOutcome(plan, on)
        if outcome.problems:
            raise Refused(outcome.problems)
        organizations = outcome.tree.write(change)
        _move_people(outcome, organizations, change)
        told = {name: getattr(plan, name) for name in ("successors", "origins", "received", "sent", "formerly")}
        outcome.tree.settle(change, **told)
        for more in also:
            more(change, organizations)
        return organizations


def _move_people(outcome: ReorganizationOutcome, organizations: Mapping[str, Organization], change: Change) -> None:
    on = outcome.on
    _refuse_to_leave(OF_THE_CELL, outcome.giving_cells, on)  # before the badges of those who move go along
    if outcome.moved:
        rows = [(member, organizations[code], on) for member, code in outcome.moved]
        moves.relocate(rows, change, Exit.REORGANIZED, Entry.REORGANIZED)
    if outcome.leaving:
        departures.depart([(member, on, why) for member, why in outcome.leaving], change)
    if outcome.arriving:
        arriving = [replace(row, organization=organizations[code]) for row, code in outcome.arriving]
        arrivals.bring(arriving, change)
    _refuse_to_leave([people_left_behind], outcome.former_cells, on)


def _refuse_to_leave(
    guards: Iterable[Callable[[list[Organization], date], Iterable[str]]], cells: list[Organization], on: date
) -> None:
    if left := sorted({sentence for guard in guards for sentence in guard(cells, on)}):
        raise Refused(left)


def merge(
    predecessors: Collection[Organization],
    successor: Organization,
    *,
    cells: Mapping[Organization, Organization | None],
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
) -> None:
    """`predecessors` end on `on`; `successor`, which goes on, takes over what they had.

    `cells`: {cell: destination cell, or None when the cell itself goes on under the successor} for every cell of
    the predecessors, a predecessor that is itself a cell included. A section committee ends only when it is named too.
    People go to the destination "do sắp xếp tổ chức".
    """
    codes = [o.code for o in predecessors]
    gone = dict.fromkeys([*codes, *(cell.code for cell, to in cells.items() if to)], (successor.code,))
    plan = Plan(
        verb=TreeVerb.MERGE,
        changed={cell.code: {"parent": successor.code} for cell, to in cells.items() if to is None},
        ended=tuple(gone),
        people={cell.code: to.code for cell, to in cells.items() if to},
        successors=gone,
    )
    _check_cells(predecessors, cells, on)
    carry_out(plan, by=by, on=on, document=document, reason=reason)


def _check_cells(
    predecessors: Collection[Organization], cells: Mapping[Organization, Organization | None], on: date
) -> None:
    """Refused unless `cells` names exactly the cells of the predecessors, and a predecessor that is one ends."""
    below = lineage.places(on).filter(organization__in=lineage.below(predecessors, on), kind__in=CELLS)
    spells = {spell.organization_id: spell for spell in below}
    given = {cell.pk: to for cell, to in cells.items()}
    for pk, spell in spells.items():
        if pk not in given or (given[pk] is None and pk in {o.pk for o in predecessors}):
            raise Refused(f"Chưa chỉ định nơi tiếp nhận cho {spell.name}.")
    for cell in cells:
        if cell.pk not in spells:
            raise Refused(f"Tổ chức {cell.code} không phải chi bộ của các tổ chức kết thúc.")
