"""The bloc's progress board of one period: 192 cells by state, who waits for whom, who is missing, what bars the lock."""

from collections import Counter

from ledger.web.paging import page_of
from organizations.access import Act, may
from ratings import permits
from ratings.inputs import number, picked
from ratings.models import OrganizationRating, Sheet, State

from .before_lock import before_lock, is_open
from .committees import CellOnBoard, roofs_of
from .forms import BoardFilter, BoardForm, LockForm
from .progress import BELOW_THE_BLOC, names_missing, progress
from .standing import standing_of

PER_PAGE = 100
UNFOLDED = 6  # so many organizations left by the filters are shown unfolded


def context(here, query, sent=None, error=None):
    """What the board shows. `query`: the query string; `sent`, `error`: what was posted and why it was refused."""
    rows = progress(here.period)
    of_roofs = {row.roof.organization_id: row.roof for row in rows}
    form = BoardForm(query, roofs=of_roofs.values())
    filters = BoardFilter(form, rows)
    shown = [row for row in rows if form.keeps(row)]
    ready = [row for row in shown if not row.unsettled and _accepts(here, row)]
    page = page_of(_roofs(rows, shown, ready), query, field="trang", per_page=PER_PAGE)
    reminds = may(Act.REMIND, here.held) and not here.period.locked_id
    return {
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "unfolded": form.is_narrowed and len(page) <= UNFOLDED,
        "filter": filters,
        "is_narrowed": form.is_narrowed,
        "shown": len(shown),
        "cells": len(rows),
        "decided": sum(row.is_decided for row in rows),
        "late": sum(row.is_late for row in rows),
        "notices": _notices(rows),
        "ready_rows": ready,
        "reminds": reminds,
        "to_remind": [row for row in shown if row.sheet.state in BELOW_THE_BLOC] if reminds else [],
        "ticked": {number(pk) for pk in picked(sent)} - {None} if sent else set(),
        "error": error,
    } | _organizations(here, rows)


def _accepts(here, row):
    return permits.of_sheet(Act.ACCEPT, row.sheet, row.place.kind, here.held).allowed


def _roofs(rows, shown, ready):
    """[RoofOnBoard] with the cells of `shown`; `ready`: those that the reader may accept."""
    standings, names = standing_of(row.sheet for row in shown), names_missing(shown)
    accepts = {row.sheet.pk for row in ready}
    kept = {}
    for row in shown:
        pk, missing = row.sheet.pk, set(row.missing)
        kept[pk] = CellOnBoard(row, standings[pk], tuple(n for m, n in names.items() if m in missing), pk in accepts)
    return roofs_of(rows, kept)


def _notices(rows):
    """[(Deadline, whose it is, how many cells it holds, what they lack)] of the deadlines that are near or past."""
    by_deadline = Counter((row.deadline, _step(row)) for row in rows if row.deadline and row.deadline.is_near)
    return [
        (deadline, *step, n) for (deadline, step), n in sorted(by_deadline.items(), key=lambda item: item[0][0].due)
    ]


def _step(row):
    if row.sheet.state in (State.DECIDED, State.ACCEPTED):
        return "Khối", "chưa tiếp nhận hoặc chưa chốt"
    if row.sheet.state == State.DRAFT and not row.is_own_roof:
        return "chi bộ", "chưa nộp"
    return "đảng ủy cơ sở và chi bộ cơ sở", "chưa quyết định"


def _organizations(here, rows):
    """How the grassroots organizations stand, and for who may lock: what is still wanting."""
    period = here.period
    ratings = list(OrganizationRating.objects.standing().filter(period=period))
    grassroots = [row for row in ratings if row.tier == OrganizationRating.Tier.GRASSROOTS]
    manages = may(Act.MANAGE, here.held)
    wanting = before_lock(period, [row.sheet for row in rows], ratings)
    if newly := sum(row.sheet.state == State.ACCEPTED and row.unsettled > 0 for row in rows):
        wanting.append(f"Có {newly} phiếu đã tiếp nhận mà nay còn đảng viên chưa xếp loại; hãy trả lại để bổ sung.")
    return {
        "organizations": len(grassroots),
        "organizations_decided": sum(not is_open(row) for row in grassroots),
        "manages": manages,
        "wanting": wanting,
        "lock_form": LockForm() if manages and not period.locked_id and not wanting else None,
    }


def lacking(period):
    """`before_lock` of a period read from its rows. Two queries."""
    return before_lock(
        period,
        list(Sheet.objects.standing().filter(period=period)),
        list(OrganizationRating.objects.standing().filter(period=period)),
    )
