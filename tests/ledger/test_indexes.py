"""No index asks for a range behind a list.

SQLite from 3.34 to 3.41 answers `a = ? AND b IN (…) AND c <= ?` over an index (a, b, c) that has statistics by scanning
from one value of the list to the next, and forgets the bound on `c` (mended in 3.42). What is asked for by range stands
first in an index or in none, so that no query, however it is written, can be answered so.
"""

import pytest
from django.apps import apps
from django.db import connection, models

from ledger.models import Change

OURS = {"ledger", "organizations", "members", "inspections", "ratings", "indicators"}
NEVER_A_RANGE = {  # whole numbers that are asked for by equality alone, or sorted by
    ("CandidateStep", "stage"),
    ("AwardDay", "day"),
    ("Level", "rank"),
    ("Period", "quarter"),
    ("TargetGroup", "order"),
}
COUNTED = (models.DateField, models.IntegerField, models.DecimalField)
OURS_ALONE = [m for m in apps.get_models() if m._meta.app_label in OURS]


def indexes(model):
    """Field names, in order, of each index the database keeps for `model`."""
    kept = [index.fields for index in model._meta.indexes]
    kept += [c.fields for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)]
    return [*kept, *model._meta.unique_together]


def asked_by_range(field):
    return isinstance(field, COUNTED) or (field.is_relation and field.related_model is Change)


@pytest.mark.parametrize("model", OURS_ALONE, ids=lambda m: m.__name__)
def test_what_is_asked_by_range_leads_its_index(model):
    for names in indexes(model):
        for name in names[1:]:
            field = model._meta.get_field(name.lstrip("-"))
            if (model.__name__, name) not in NEVER_A_RANGE:
                assert not asked_by_range(field), f"{model.__name__}: {name} in {names}"


@pytest.mark.django_db
def test_the_database_keeps_no_other_index():
    """What the models say is what stands in the database, on either engine."""
    for model in OURS_ALONE:
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, model._meta.db_table)
        said = {tuple(model._meta.get_field(n.lstrip("-")).column for n in names) for names in indexes(model)}
        wide = {tuple(c["columns"]) for c in found.values() if (c["index"] or c["unique"]) and len(c["columns"]) > 1}
        assert wide <= said, model.__name__
