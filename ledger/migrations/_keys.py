"""For migrations that come with a new rule of the keys in ledger/text.py."""

BATCH = 500


def anew(model, **derived):
    """Writes each key column of `model`, a migration's, as the function given for it derives it from the row."""
    changed = []
    for row in model._base_manager.iterator(chunk_size=BATCH):
        found = {column: derive(row) for column, derive in derived.items()}
        if any(getattr(row, column) != key for column, key in found.items()):
            vars(row).update(found)
            changed.append(row)
        if len(changed) == BATCH:
            model._base_manager.bulk_update(changed, list(derived))
            changed = []
    model._base_manager.bulk_update(changed, list(derived))
