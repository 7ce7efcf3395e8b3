"""Targets as they are typed: what is read by ledger/numbers.py, written out again."""


def plain(value):
    """A stored target as it is typed: 115, 62,5."""
    if value is None:
        return ""
    return f"{value.normalize():f}".replace(".", ",")
