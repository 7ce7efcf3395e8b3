"""Keys that follow from what is written, held against it and computed anew: rows come past the fields, too (a restored
file, a statement by hand). They are no facts: no figure, no closing and no history reads them.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

from .fields import KeyField


def stale() -> Iterator[tuple[Model, list[KeyField]]]:
    """(row, [KeyField]) of every row whose keys are not those that its own words give."""
    for model in apps.get_models():
        keys = [f for f in model._meta.concrete_fields if isinstance(f, KeyField) and hasattr(model, f.derive)]
        for row in model._base_manager.iterator() if keys else ():
            wrong = [key for key in keys if getattr(row, key.attname) != getattr(row, key.derive)()]
            if wrong:
                yield row, wrong


def refresh() -> int:
    """Computes them anew; how many rows were wrong."""
    wrong = list(stale())
    for row, keys in wrong:
        names = {key.attname: getattr(row, key.derive)() for key in keys}
        type(row)._base_manager.filter(pk=row.pk).update(**names)
    return len(wrong)
