"""Every act that can be undone is done and undone: what stands is again what stood, to the last column."""

from collections import Counter

import pytest
from django.db.models import Q

from ledger.models import Change
from ledger.soundness import outcomes, recorded_models
from ledger.undo import undo
from ledger.verbs import KNOWN
from members.rights import ABOUT_PEOPLE
from tests.world import TODAY

from .scenarios import SCENES

pytestmark = pytest.mark.django_db
# Whose acts write more than rows that come and go, so that they are not undone whole.
KEPT = ("ledger.", "ratings.", "indicators.", "organizations.confirming.", "organizations.accounts.opening.renew_slips")
VERSIONS = {"id", "added", "voided", "version", "changed"}


def standing():
    """{table: how often each standing row stands, apart from which version of it does}"""
    found = {}
    for model in recorded_models():
        columns = [f.attname for f in model._meta.concrete_fields if f.name not in VERSIONS]
        if model.is_identity:
            columns.append("pk")
        rows = model._base_manager.filter(voided__isnull=True).values_list(*columns)
        found[model.__name__] = Counter(map(str, rows))
    return found


def undoable(world, verb):
    """The Change of the scene of `verb`, when it can be undone."""
    do = SCENES[verb](world)
    before = standing()
    do()
    change = Change.objects.latest("pk")
    return (before, change) if change.undoable else (before, None)


@pytest.mark.parametrize("verb", SCENES)
def test_what_was_done_is_undone_exactly(world, verb):
    before, change = undoable(world, verb)
    if change is None:
        assert verb.startswith(KEPT), verb
        return
    if verb.startswith("members.") and _about_people(change):
        assert KNOWN[change.verb].kept_by  # else no page could ever take it back
    undo(change, by=world.by, on=TODAY, reason="ghi nhầm")
    assert {name: (+before[name], +rows) for name, rows in standing().items() if rows != before[name]} == {}
    assert [o.title for o in outcomes(quick=True) if not o.sound] == []


def _about_people(change):
    return any(m.objects.filter(Q(added=change) | Q(voided=change)).exists() for m in ABOUT_PEOPLE)
