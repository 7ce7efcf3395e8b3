"""Numbers and dates as they stand on the screen (domain §7.5): 2.305, 13,7, 63%, 03/02/2018."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal


def half_up(value: Decimal | int, decimals: int) -> Decimal:
    """`value` (Decimal) rounded as offices round, never to even (domain §1.3 R1)."""
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def group(value: Decimal | int | None, decimals: int | None = None) -> str:
    """2305 → "2.305"; Decimal("13.7") → "13,7"; None → "–"."""
    if value is None:
        return "–"
    if decimals is not None:
        value = half_up(Decimal(value), decimals) + 0  # + 0: no minus before a zero
    return f"{value:,}".replace(",", "_").replace(".", ",").replace("_", ".")


def percent(value: Decimal | int | None, decimals: int | None = None) -> str:
    return "–" if value is None else group(value, decimals) + "%"


def day_in_words(value: date | None) -> str:
    """03/02/2018; the year always of four digits, so that 0198 is not taken for one of today."""
    return "–" if value is None else f"{value.day:02}/{value.month:02}/{value.year:04}"
