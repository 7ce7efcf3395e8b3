"""Facts of every family in the small world, and what either lens makes of them.

Tests of the lenses begin with it: `world = pytest.fixture(facts_of_2016)`.
"""

from datetime import date

from inspections.checks.register import InspectionPlan as Work
from inspections.checks.register import register_inspections
from inspections.letters.letters import ReceivedLetter, register_letters
from inspections.models import Inspection
from members.reorganizing.plan import splitting
from organizations.forest import Forest
from organizations.reorganize import Founding
from ratings.models import OrganizationRating
from ratings.verdicts.verdicts import record_tasks
from tests.indicators.board import window
from tests.kept import kept
from tests.ratings.desk import CELLS, SUBORDINATE, Desk
from tests.world import TODAY, World

from .lens_checks import Both

WINTER, MARCH, MAY, JULY, LATER = (
    date(2017, 2, 1), date(2017, 3, 1), date(2017, 5, 1), date(2017, 7, 1), date(2018, 3, 1)
)  # fmt: skip
WINDOWS = [window(2015), window(2016), window(2017), window(2018, TODAY)]


def facts_of_2016(db):
    return kept(with_facts)


def with_facts():
    """Facts of every family in 2016: four admitted into CB01, one into DB01-01; everyone rated; letters, work, checks."""
    world = kept(World)
    for name, code in (("Xuân", "CB01"), ("Hạ", "CB01"), ("Thu", "CB01"), ("Đông", "CB01"), ("Bắc", "DB01-01")):
        world.admit(f"Vũ {name}", code, date(2016, 3, 1), youth=name in ("Xuân", "Hạ"))
    desk = Desk(world, 2016)
    desk.rate_all(An=1, Xuân=1)
    desk.submit(*SUBORDINATE)
    desk.endorse(*SUBORDINATE)
    desk.decide(*CELLS)
    desk.rate_organizations(DB01=2, DB02=2, DB03=2, CB01={"level": 1, "exemplary": True}, CB02=2)
    task = OrganizationRating.Task
    record_tasks(desk.period, {world.org["CB01"]: task.EXCEEDED, world.org["DB03"]: task.FAILED}, **desk.by())
    org = world.org
    letters = [
        ReceivedLetter(number=f"{n}", organization=org[code], received_on=date(2016, 2, 1), accepted_on=date(2016, 2, 3),
                 due_on=date(2016, 6, 1), resolved_on=date(2016, 5, n))
        for n, code in enumerate(("CB01", "DB01-01", "DB03-01"), start=1)
    ]  # fmt: skip
    register_letters(letters, **world.act())
    work = [
        Work(
            year=2016, kind=kind, title=kind, conductor=org[by], subjects=tuple((org[o], date(2016, 4, 1)) for o in on)
        )
        for kind, by, on in (
            (Inspection.Kind.INSPECTION, "CB01", ["DB01-01", "CB02"]),
            (Inspection.Kind.SUPERVISION, "DB01", ["DB01-01"]),
            (Inspection.Kind.FINANCE, "K", ["CB01", "DB02"]),
        )
    ]
    register_inspections(work, **world.act())
    return world


def seen(world):
    return Both(WINDOWS, TODAY).check()


def figures(both, world, code, measures, year=2016):
    """ "then → now" of each of `measures` at the organization `code`."""
    keys = [(m, world.org[code].pk, year) for m in measures.split()]
    return " ".join(f"{both.then[key]}→{both.now[key]}" for key in keys)


def lines(both, world, code, measure, year=2016, *, inside=False):
    """{"old > new: event day": n}: the bridge at the organization `code`."""
    codes = {o.pk: c for c, o in world.org.items()} | {None: "?"}
    ask = both.bridges.inside if inside else both.bridges.at
    return {
        f"{codes[line.old]} > {codes[line.new]}: "
        + ", ".join(f"{event} {day:%d/%m/%Y}" for day, event in line.steps): n
        for line in ask(world.org[code].pk, year)
        if (n := line.counts[measure])
    }


def merge_cb01(world, day=MAY):
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, day)


def split(world, day, *, ends, persons, principal="", code="DB01-01", founded=("DB01-03",), parent="DB01", people=None):
    rows = [Founding(code=c, name=f"Tổ chức {c}", kind="CBTT", parent=parent) for c in founded]
    persons = {world.people[name].pk: to for name, to in persons.items()}
    plan = splitting(Forest.on(day), code, rows, ends=ends, persons=persons, principal=principal, people=people or {})
    world.carry_out(plan, day)
