"""Numbers and dates as they stand on the screen (domain §7.5): 2.305, 13,7, 63%, 03/02/2018."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .text import number_text

LONGEST_NUMBER = 30  # signs
# 2.305 or 2305, with a comma before decimals; else 62.5, as keyboards of other countries have it.
OF_OFFICES = re.compile(r"-?(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,\d+)?", re.ASCII)
WITH_POINT = re.compile(r"-?\d+\.\d+", re.ASCII)
THOUSANDS_OR_DECIMALS = re.compile(r"-?[1-9]\d{0,2},\d\d0", re.ASCII)  # 1,200: twelve hundred elsewhere


def read_number(text: object) -> Decimal | None:
    """The number that was typed: 115; 62,5 or 62.5, with or without %; 1.200 is twelve hundred. None for nothing.

    Raises ValueError for what is no number, or might be two: 1,200.
    """
    said = number_text(text).removesuffix("%")
    if not said:
        return None
    if len(said) > LONGEST_NUMBER or THOUSANDS_OR_DECIMALS.fullmatch(said):
        raise ValueError(said)
    if OF_OFFICES.fullmatch(said):
        return Decimal(said.replace(".", "").replace(",", "."))
    if WITH_POINT.fullmatch(said):
        return Decimal(said)
    raise ValueError(said)


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


def month_in_words(value: date) -> str:
    """02/2018"""
    return f"{value.month:02}/{value.year:04}"
