"""Which row of a file first told of whom, for as many rows as a file has."""

import sqlite3
from weakref import finalize

ON_DISK = ""  # a database of this name is private, lies in a temporary file and goes when it is closed
HELD = 512  # kilobytes of it that are held in memory


class RowNumbers:
    """{member id: number of a row}, on disk: it takes the same memory for a thousand rows and for a million."""

    def __init__(self) -> None:
        self._kept = sqlite3.connect(ON_DISK, isolation_level=None, check_same_thread=False)
        finalize(self, self._kept.close)
        self._kept.execute(f"PRAGMA cache_size = -{HELD}")
        self._kept.execute("PRAGMA journal_mode = OFF")
        self._kept.execute("CREATE TABLE told (member INTEGER PRIMARY KEY, line INTEGER NOT NULL)")

    def first(self, member: int, row: int) -> int:
        """The row that first told of `member`: `row`, where none did before."""
        self._kept.execute("INSERT OR IGNORE INTO told VALUES (?, ?)", (member, row))
        (number,) = self._kept.execute("SELECT line FROM told WHERE member = ?", (member,)).fetchone()
        return int(number)
