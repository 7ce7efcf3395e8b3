"""The year in which a bloc ends under both lenses: bridges sum to zero, the roots have as much in the one as in the other."""

from datetime import date

import pytest

from indicators.measures import REGISTRY
from inspections.checks.register import InspectionPlan as Work
from inspections.checks.register import register_inspections
from inspections.handover.hand_over import hand_over, left_open
from inspections.letters.letters import ReceivedLetter, register_letters
from inspections.models import Inspection
from ledger.documents import document
from tests.indicators.board import window
from tests.members.reorganizing.test_plan_bloc import DAY, carry_out_the_end
from tests.ratings.desk import Desk
from tests.world import TODAY

from .lens_checks import Both

pytestmark = pytest.mark.django_db
WINDOWS = [window(2016), window(2017), window(2018, TODAY)]


def letter(world, number, code, received, due):
    return ReceivedLetter(
        number=number, organization=world.org[code], received_on=received, accepted_on=received, due_on=due
    )


@pytest.fixture
def ended(world):
    world.admit("Lý Một", "DB01-01", date(2017, 3, 1), youth=True)
    world.admit("Lý Hai", "CB01", date(2018, 3, 1))
    world.admit("Lý Ba", "CB02", date(2018, 4, 1))
    desk = Desk(world, 2017)
    desk.decide_all()
    desk.rate_organizations(DB01=2, DB02=2, CB02=2)
    rows = [
        letter(world, "1", "DB01", date(2017, 2, 1), date(2017, 5, 1)),
        letter(world, "2", "K", date(2017, 2, 1), date(2017, 5, 1)),
        letter(world, "3", "DB02-01", date(2018, 5, 1), date(2018, 10, 1)),
        letter(world, "4", "CB02", date(2018, 5, 1), date(2018, 10, 1)),
    ]
    register_letters(rows, **world.act())
    for conductor, subjects in (("K", [("DB01", DAY.replace(month=2)), ("DB02", None)]), ("DB01", [("DB01-01", None)])):
        subjects = tuple((world.org[code], day) for code, day in subjects)
        work = Work(
            year=2018, kind=Inspection.Kind.FINANCE, title="Kiểm tra", conductor=world.org[conductor], subjects=subjects
        )
        register_inspections([work], **world.act())
    carry_out_the_end(world)
    left = left_open([world.org["K"].pk], DAY).placed
    hand_over(left, **world.act(DAY, document=document("9-QĐ", DAY, "Tỉnh ủy")))
    return world


def test_the_year_of_the_end_under_both_lenses(ended):
    both = Both(WINDOWS, TODAY).check()
    both.check_rows()
    roots = [ended.org[code].pk for code in ("K", "R1", "R2")]
    for measure in (m for m in REGISTRY if not m.facts.own):
        for year in (2016, 2017, 2018):
            then, now = (sum(f[measure.code, root, year] for root in roots) for f in (both.then, both.now))
            assert then == now, (measure.code, year)
    # What went out of the register, and the organization that was split, belong to none of the receivers.
    k = ended.org["K"].pk
    assert both.now["admitted", k, 2018] == 1
    assert both.now["organizations_rated", k, 2017] == 2
    assert both.now["letters_due", k, 2017] == 2
