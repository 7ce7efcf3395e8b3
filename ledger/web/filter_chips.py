"""What every page with filters shares."""

from dataclasses import dataclass

import django_filters
from django.db.models import Q
from django.forms import BoundField, Form

from ledger.fields import CleanFormField
from ledger.text import sought


def found(column: str, text: str) -> Q:
    """Q: the rows whose search key, in `column`, is found by `text`; every row when it is a text of nothing."""
    wanted = Q()
    for piece in sought(text):
        wanted |= Q(**{f"{column}__contains": piece})
        if piece.endswith(" "):
            wanted |= Q(**{f"{column}__endswith": piece.rstrip()})
    return wanted


@dataclass(frozen=True)
class FilterButton:
    """A filter behind a button: `words` on it are its name, or what is chosen. `acts`: whether it narrows, or is wrong."""

    field: BoundField
    words: str
    acts: bool


class Chips:
    """A FilterSet that tells which of its filters act; one that cannot be read does not keep the others from acting.

    `SEEKS`: the field of words; `FREQUENT`: those with a button of their own, the others stand behind “Thêm”.
    """

    form: Form
    SEEKS: str = ""
    FREQUENT: tuple[str, ...] = ()

    @property
    def seek(self) -> BoundField | None:
        return self.form[self.SEEKS] if self.SEEKS else None

    @property
    def buttons(self) -> list[FilterButton]:
        return [self._button(name) for name in self.FREQUENT if name in self.form.fields]

    @property
    def more(self) -> list[BoundField]:
        return [self.form[name] for name in self.form.fields if name not in (self.SEEKS, *self.FREQUENT)]

    @property
    def narrowing_more(self) -> int:
        """How many of `more` act or are wrong."""
        return sum(bool(field.errors) or field.value() not in (None, "") for field in self.more)

    def _button(self, name: str) -> FilterButton:
        field = self.form[name]
        chosen = dict(self.chips()).get(name)
        return FilterButton(field, chosen or field.label, bool(chosen or field.errors))

    def chips(self) -> list[tuple[str, str]]:
        """[(name in the query string, "Loại: Giám sát")] of the filters that act, each removable on its own."""
        active = []
        self.form.is_valid()
        for name, value in self.form.cleaned_data.items():
            if value in (None, ""):
                continue
            labels = {str(key): label for key, label in getattr(self.form.fields[name], "choices", ())}
            active.append((name, f"{self.form.fields[name].label}: {labels.get(value, value)}"))
        return active

    def unread(self) -> list[str]:
        """["Diện: …"] of the filters that cannot be read and do not act, each with what is wrong."""
        errors = self.form.errors.items()
        return [f"{self.form.fields[name].label}: {sentence}" for name, sentences in errors for sentence in sentences]


class WordsFilter(django_filters.Filter):
    field_class = CleanFormField
