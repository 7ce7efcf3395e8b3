"""The bloc's progress board of one period: 192 cells by state, who waits for whom, who is missing, what bars the lock."""

from collections import Counter

from ledger.web.paging import page_of
from organizations.access import Act, may
from ratings import permits
from ratings.inputs import number
from ratings.models import OrganizationRating, Sheet, State

from .before_lock import before_lock, is_open
from .forms import BoardForm, LockForm
from .progress import by_state, names_missing, progress

PER_PAGE = 25


def context(here, query, sent=None, error=None):
    """What the board shows. `query`: the query string; `sent`, `error`: what was posted and why it was refused."""
    rows = progress(here.period)
    roofs = {row.roof.organization_id: row.roof for row in rows}
    form = BoardForm(query, roofs=roofs.values())
    form.is_valid()
    shown = [row for row in rows if form.keeps(row)]
    page = page_of(shown, query, field="trang", per_page=PER_PAGE)
    own = permits.of_sheet
    ready = {
        row.sheet.pk
        for row in shown
        if not row.unsettled and own(Act.ACCEPT, row.sheet, row.place.kind, here.held).allowed
    }
    names = names_missing(page)
    return {
        "rows": [(row, [name for pk, name in names.items() if pk in set(row.missing)]) for row in page],
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "form": form,
        "cells": len(rows),
        "decided": sum(row.is_decided for row in rows),
        "late": sum(row.is_late for row in rows),
        "states": by_state(rows),
        "notices": _notices(rows),
        "ready": ready,
        "ready_rows": [row for row in shown if row.sheet.pk in ready],
        "ready_here": sum(row.sheet.pk in ready for row in page),
        "ticked": {number(pk) for pk in sent.getlist("phieu")} - {None} if sent else set(),
        "error": error,
    } | _organizations(here, rows)


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
