"""Fields of the forms of reorganizations: a place typed or picked, and a select that is quick to draw."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

from ledger.fields import CleanFormField
from ledger.text import search_key

OUT = "ra"
LEAVE = "Chuyển đi đảng bộ khác"


class QuickSelect(forms.Select):
    """A select drawn at once: forty of them with two hundred options each take seconds by a template an option."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = "" if value is None else str(value)
        attrs = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(attrs), _drawn(self.choices, chosen))


def _drawn(choices, chosen):
    return format_html_join("", "{}", ((_option(value, label, chosen),) for value, label in choices))


def _option(value, label, chosen):
    if isinstance(label, (list, tuple)):
        return format_html('<optgroup label="{}">{}</optgroup>', value, _drawn(label, chosen))
    selected = " selected" if str(value) == chosen else ""
    return format_html('<option value="{}"{}>{}</option>', value, selected, label)


class SuggestedPlaceField(CleanFormField):
    """A cell typed or picked from the list of suggestions; `places`: {key: label}. Cleans to a key, or ""."""

    def __init__(self, places, **kwargs):
        self.places = places
        attrs = {"list": "noi-den", "autocomplete": "off", "placeholder": "như chi bộ"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return ""
        wanted = search_key(text)
        for spelled in (lambda key, label: key.lower(), lambda key, label: search_key(suggestion(key, label)), _label):
            keys = [key for key, label in self.places.items() if spelled(key, label) == wanted]
            if len(keys) == 1:
                return keys[0]
        raise ValidationError(f"Không có nơi nào là “{text}”. Hãy chọn một dòng trong danh sách gợi ý.")


def _label(key, label):
    return search_key(label)


def suggestion(key, label):
    """ "DB12-02 · Chi bộ Văn phòng, Đảng bộ Sở Y tế"."""
    return label if key == OUT else f"{key} · {label}"
