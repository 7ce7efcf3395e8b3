"""One person on two records, how they are joined, and everything that can be looked at before and after.

Tests of mergers begin with them: `world = pytest.fixture(with_a_twin)`.
"""

from datetime import date

from django.apps import apps

from ledger.models import Recorded
from ledger.soundness import outcomes
from members.merging.mergers import merge
from members.models import Entry, Membership
from members.roll.flows import flows
from members.roll.on_a_day import roll
from tests.world import TODAY

LEFT, CAME = date(2017, 3, 1), date(2017, 6, 1)


def with_a_twin(world):
    """Dung left DB01-02 for elsewhere and came back to CB02 as somebody new, "Dũng"."""
    world.leave("Dung", LEFT)
    world.enroll("Võ Dũng", "CB02", CAME, entry=Entry.ARRIVED)
    return world


def pair(world, kept="Dũng", dropped="Dung"):
    return world.people[kept], world.people[dropped]


def join(world, kept="Dũng", dropped="Dung", on=TODAY, **more):
    return merge(*pair(world, kept, dropped), **world.act(on, **{"reason": "một người ghi hai lần", **more}))


def standing():
    """{model: every standing row as it reads}, without the ids of rows and acts."""
    found = {}
    for model in apps.get_models():
        if issubclass(model, Recorded):
            skip = {"id", "added", "voided", "changed"}
            names = [f.attname for f in model._meta.concrete_fields if f.name not in skip]
            own = ["pk"] if model.is_identity else []
            found[model.__name__] = sorted(
                model._base_manager.filter(voided__isnull=True).values_list(*own, *names), key=repr
            )
    return found


def lists(world):
    """What anyone can look at: every list on many days, every flow of every year."""
    days = [date(2016, 12, 31), LEFT, CAME, date(2017, 12, 31), TODAY]
    rolls = {
        (code, day): [(r.member_id, r.organization_id, r.official_on, r.decided_on, r.status) for r in roll(o, day)]
        for code, o in world.org.items()
        for day in days
    }
    years = {y: flows(list(world.org.values()), date(y, 1, 1), date(y, 12, 31)) for y in (2015, 2016, 2017, 2018)}
    return rolls, years, standing()


def faults():
    return [finding.sentence for outcome in outcomes(quick=True) if outcome.certain for finding in outcome.findings]


def places(name, world):
    rows = Membership.objects.standing().filter(member=world.people[name]).order_by("starts")
    return [(row.organization.code, row.starts, row.exit) for row in rows]
