"""A bloc that ended and left letters and inspections open: how it ends, what is left, where it counts."""

from datetime import date, timedelta

from indicators.measures import MEASURES, counts
from inspections.checks import register
from inspections.handover.hand_over import hand_over, left_open
from inspections.letters import letters
from inspections.models import Inspection, Letter
from ledger.documents import document
from members.reorganizing.plan_bloc import ending
from organizations.reorganize import Founding
from tests.indicators.board import window
from tests.world import TODAY

DAY = date(2018, 10, 1)
EVE = DAY - timedelta(days=1)
CODES = ("letters_due", "letters_in_time", "planned", "planned_done")


def end(world):
    """K has letters about DB01, DB02 and itself, and a plan of four subjects of which one was done; then it ends."""
    rows = [("1", "DB01-01", date(2018, 11, 20)), ("2", "DB02", date(2018, 8, 1)), ("3", "K", date(2018, 12, 1))]
    letters.register_letters(
        [
            letters.ReceivedLetter(
                number=number,
                organization=world.org[code],
                received_on=date(2018, 6, 1),
                accepted_on=date(2018, 6, 5),
                due_on=due,
            )
            for number, code, due in rows
        ],
        **world.act(),
    )
    subjects = [("DB01", date(2018, 3, 1)), ("DB02", None), ("CB01", None), ("CB02", None)]
    plan = register.InspectionPlan(
        year=2018,
        kind=Inspection.Kind.INSPECTION,
        title="Kiểm tra chấp hành",
        conductor=world.org["K"],
        subjects=tuple((world.org[code], day) for code, day in subjects),
    )
    register.register_inspections([plan], **world.act())
    receivers = [Founding(code=code, name=f"Đảng bộ {code}", kind="KHOI") for code in ("R1", "R2")]
    parents = {"DB01": "R1", "DB02": "R2", "DB03": "R1", "CB01": "R1", "CB02": "R2"}
    world.before = figures(world, TODAY)
    world.carry_out(ending(["K"], parents, founded=receivers), DAY)
    world.paper = document("9-QĐ/TU", DAY, "Tỉnh ủy")
    return world


def figures(world, last):
    """{code: (letters due, in time, planned, done)} of the blocs in 2018 up to `last`."""
    roots = {code: world.org[code].pk for code in ("K", "R1", "R2") if code in world.org}
    found = counts([MEASURES[c] for c in CODES], [window(2018, last)], nodes=list(roots.values()))
    return {code: tuple(found[c, pk, 2018] for c in CODES) for code, pk in roots.items()}


def left_by_k(world):
    return left_open([world.org["K"].pk], DAY)


def hand_all(world, **more):
    hand_over(left_by_k(world), **world.act(DAY, document=world.paper, **more))


def letter(number):
    return Letter.objects.get(voided__isnull=True, number=number)


def told(left):
    return (
        {row.number: receiver.code for row, receiver in left.letters.items()},
        {row.organization.code: receiver.code for row, receiver in left.subjects.items()},
    )
