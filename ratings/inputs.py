"""How numbers, levels and points are read from what was typed."""

from django import forms

from ledger.acts import Refused
from ledger.numbers import read_number
from ledger.text import as_id, clean


def number(text):
    """A whole number as forms send it, or None."""
    return as_id(text)


def picked(data):
    """[text] of the sheets that a form names, each once: those ticked, and those for which the one box for all stands."""
    return list(dict.fromkeys([*data.getlist("phieu"), *filter(None, data.get("tat_ca", "").split(","))]))


def level(text):
    """Rank or None; Refused for what is neither."""
    if not text:
        return None
    if text not in ("1", "2", "3", "4"):
        raise Refused("Mức xếp loại phải là một trong bốn mức của lược đồ.")
    return int(text)


def points(text):
    """Decimal or None; Refused for what is no number."""
    said = clean(text)
    try:
        return read_number(text)
    except ValueError:
        raise Refused(f"“{said[:20]}” không phải là điểm. Hãy viết số từ 0 đến 100, ví dụ 87,5.") from None


class PointsField(forms.CharField):
    """Points as they are typed: 87,5 or 87.5."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value):
        return points(value)
