"""Which row of a file first told of whom, for as many rows as a file has."""

from array import array
from bisect import bisect_left


class RowNumbers:
    """{member id: number of a row}. Ids that rise, as those of people who are new do, take sixteen bytes; a dictionary would
    take a hundred, as much as the row in the file.
    """

    def __init__(self) -> None:
        self.ids, self.rows = array("q"), array("q")
        self.out_of_turn: dict[int, int] = {}

    def first(self, member: int, row: int) -> int:
        """The row that first told of `member`: `row`, where none did before."""
        if (at := bisect_left(self.ids, member)) == len(self.ids):
            if member not in self.out_of_turn:
                self.ids.append(member)
                self.rows.append(row)
                return row
        elif self.ids[at] == member:
            return self.rows[at]
        return self.out_of_turn.setdefault(member, row)
