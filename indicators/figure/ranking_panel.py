"""The ranking on the page of a group, as its query string asks for it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from indicators.board import Board
from indicators.line import Line
from indicators.short import falls_short
from ledger.numbers import group
from ledger.web.paging import paged

from .forms import RankingForm
from .ranking import Rank, ranking
from .tables import RankingTable

AT_ONCE = 60  # a whole bloc on one page


def context(board: Board, line: Line, request: HttpRequest) -> dict[str, Any]:
    """What templates/indicators/figure/ranking.html reads; nothing where nobody stands below."""
    if not board.children:
        return {}
    form = RankingForm(request.GET, children=board.children)
    ranks = ranking(board, line.indicator, form.kind)
    if not ranks and not form.kind:
        return {}
    shown = [rank for rank in reversed(ranks) if falls_short(rank.line)] if form.only_short else ranks
    table = RankingTable(shown, year=board.year.year, group=line.group.code)
    return {
        "ranking_form": form,
        "ranks": shown,
        "ranking_said": _said(ranks),
        "ranking": paged(request, table, per_page=AT_ONCE),
    }


def _said(ranks: Iterable[Rank]) -> str:
    ranks = list(ranks)
    short = sum(falls_short(rank.line) for rank in ranks)
    judged = any(rank.line.result.target is not None or rank.line.state for rank in ranks)
    if short:
        return f"{group(short)}/{group(len(ranks))} tổ chức còn thiếu."
    return f"{group(len(ranks))} tổ chức, {'không tổ chức nào còn thiếu' if judged else 'không giao chỉ tiêu riêng'}."
