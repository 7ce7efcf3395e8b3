"""What the dashboard shows of one Board. Nothing here asks the database."""

from indicators import wording
from indicators.board import Board
from indicators.comparable import breaks_of

from .lead import lead
from .result_lines import ResultLine, result_line
from .wanting import wanting


def results(board: Board) -> list[ResultLine]:
    """The groups, in order."""
    return [result_line(board, line, breaks_of(board, line.indicator)) for line in board.cards()]


def context(board: Board) -> dict[str, object]:
    """What the dashboard's template reads."""
    told = results(board)
    return {
        "board": board,
        "headline": wording.headline(board),
        "lead": lead(board),
        "results": told,
        "since": min((result.years.since for result in told if result.years), default=None),
        "any_missed": any(result.years and result.years.drawn.missed for result in told),
        "wanting": wanting(board),
    }
