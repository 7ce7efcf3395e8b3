"""A fault at any write of an act: the database refuses the n-th INSERT, UPDATE or DELETE, as a full disk would."""

from contextlib import contextmanager

from django.db import connection, transaction

from tests.kept import every_row

WRITES = ("INSERT", "UPDATE", "DELETE")


class Fault(Exception):
    """What the injected fault raises."""


class BreakingWrites:
    """An execute wrapper that counts the writes and breaks at the one numbered `at`."""

    def __init__(self, at=None):
        self.at, self.seen = at, 0

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().startswith(WRITES):
            if self.seen == self.at:
                raise Fault(sql[:60])
            self.seen += 1
        return execute(sql, params, many, context)


@contextmanager
def breaking_at(n):
    writes = BreakingWrites(n)
    with connection.execute_wrapper(writes):
        yield writes


def writes_of(do):
    """How many writes `do()` makes; it is taken back."""
    writes = BreakingWrites()
    with transaction.atomic():
        with connection.execute_wrapper(writes):
            do()
        transaction.set_rollback(True)
    return writes.seen


def everything():
    """Every row of every table, in an order of its own."""
    return {table: sorted(repr(tuple(map(_plain, row))) for row in rows) for table, rows in every_row().items()}


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value  # which tells where it lies, not what it holds
