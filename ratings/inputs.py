"""How numbers, levels and points are read from what was typed."""

from decimal import Decimal, InvalidOperation

from django import forms

from ledger.acts import Refused
from ledger.text import as_id, clean, number_text


def number(text):
    """A whole number as forms send it, or None."""
    return as_id(text)


def level(text):
    """Rank or None; Refused for what is neither."""
    if not text:
        return None
    if text not in ("1", "2", "3", "4"):
        raise Refused("Mức xếp loại phải là một trong bốn mức của lược đồ.")
    return int(text)


def points(text):
    """Decimal or None; Refused for what is no number."""
    said, text = clean(text), number_text(text or "")
    if not text:
        return None
    try:
        value = Decimal(text.replace(",", ".")) if len(text) <= 8 else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise Refused(f"“{said[:20]}” không phải là điểm. Hãy viết số từ 0 đến 100, ví dụ 87,5.")
    return value


class PointsField(forms.CharField):
    """Points as they are typed: 87,5 or 87.5."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value):
        return points(value)
