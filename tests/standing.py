"""Everything that stands, whatever row says it: what must be the same before an act and after it was undone."""

import json
from collections import Counter

from ledger.soundness import recorded_models

PASSING = {"id", "added", "voided", "changed"}  # which row, by which act


def countable(row):
    """A row's values as one can count them: what is kept as JSON is told as its text."""
    return tuple(json.dumps(v, sort_keys=True) if isinstance(v, dict | list) else v for v in row)


def standing():
    """{model: {values of a standing row: how many}}. An identity, which comes back in place, is told by its key."""
    found = {}
    for model in recorded_models():
        names = [f.name for f in model._meta.concrete_fields if f.name not in PASSING]
        rows = model._base_manager.filter(voided__isnull=True)
        values = rows.values_list(*names, *(["pk"] if model.is_identity else []))
        found[model.__name__] = Counter(map(countable, values))
    return {name: rows for name, rows in found.items() if rows}
