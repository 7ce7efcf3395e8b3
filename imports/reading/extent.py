"""How far the filled cells of a sheet reach, found before anything of that size is held in memory."""

from . import faults
from .faults import FileFault
from .limits import Limits
from .spans import Span

# As Excel and LibreOffice show them; what the library would pass over as an empty cell.
ERRORS_OF_EXCEL = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
NOT_COMPUTED = "#CHƯA TÍNH!"  # a formula that the program which wrote the file never computed
NOT_A_NUMBER = "#NUM!"


class Extent:
    """`rows`, `columns`: of the rectangle from A1 that holds every filled cell; `errors`: {row: {column: "#REF!"}}; `spans`:
    [(first row, column, last row)] of cells merged over rows, where the library does not tell them.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.rows = self.columns = 0
        self.errors: dict[int, dict[int, str]] = {}
        self.spans: list[Span] = []

    def fill(self, row: int, column: int) -> None:
        """Takes in that the cell of `row` and `column`, both from 0, is filled. Raises FileFault past a limit."""
        if row < 0 or column < 0:
            raise FileFault(faults.DAMAGED)
        if row >= self.rows:
            if row >= self.limits.rows:
                raise FileFault(faults.too_many_rows(self.limits.rows))
            self.rows = row + 1
        if column >= self.columns:
            if column >= self.limits.columns:
                raise FileFault(faults.too_many_columns(self.limits.columns))
            self.columns = column + 1

    def mark(self, row: int, column: int, error: str) -> None:
        """As `fill`, with what stands in the cell instead of a value."""
        self.fill(row, column)
        self.errors.setdefault(row, {})[column] = error


def require_within(extents: list[Extent], limits: Limits) -> None:
    """Raises FileFault when all sheets together have more cells than may be held."""
    if sum(extent.rows * extent.columns for extent in extents) > limits.cells:
        raise FileFault(faults.too_many_cells(limits.cells))
