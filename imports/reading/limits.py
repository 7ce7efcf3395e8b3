"""How much of a file is read. No Django here: the child process needs it, too."""

from typing import NamedTuple


class Limits(NamedTuple):
    megabytes: int = 50  # of the file as it was sent
    rows: int = 300_000  # the last filled row of a sheet
    columns: int = 256  # the last filled column
    cells: int = 5_000_000  # rows × columns, all sheets of a workbook together: what its reader holds in memory
    unpacked_megabytes: int = 400  # of all parts of a workbook, unpacked
    seconds: int = 30  # of computing, for a workbook
    memory_megabytes: int = 300  # of the process that reads a workbook
