"""Everything that stands, whatever row says it: what must be the same before an act and after it was undone."""

from collections import Counter

from ledger.soundness import recorded_models

PASSING = {"id", "added", "voided", "changed"}  # which row, by which act


def standing():
    """{model: {values of a standing row: how many}}. An identity, which comes back in place, is told by its key."""
    found = {}
    for model in recorded_models():
        names = [f.name for f in model._meta.concrete_fields if f.name not in PASSING]
        rows = model._base_manager.filter(voided__isnull=True)
        found[model.__name__] = Counter(rows.values_list(*names, *(["pk"] if model.is_identity else [])))
    return {name: rows for name, rows in found.items() if rows}
