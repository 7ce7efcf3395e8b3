"""What every page with filters shares."""

import django_filters
from django.db.models import Q
from django.forms import Form

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


class Chips:
    """A FilterSet that tells which of its filters act; one that cannot be read does not keep the others from acting."""

    form: Form

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
