"""Targets as Vietnamese offices type them: 115; 62,5 or 62.5; 1.200 is twelve hundred."""

from decimal import Decimal

from ledger.text import number_text


def read_number(text):
    """The Decimal that is typed; None for nothing. Raises InvalidOperation for what is no number."""
    text = number_text(text).replace("%", "")
    if not text:
        return None
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    elif text.count(".") and len(text.rpartition(".")[2]) == 3:
        text = text.replace(".", "")
    return Decimal(text)


def plain(value):
    """A stored target as it is typed: 115, 62,5."""
    if value is None:
        return ""
    return f"{value.normalize():f}".replace(".", ",")
