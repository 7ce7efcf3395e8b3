"""The scenes of verbs about inspections, letters and discipline."""

from datetime import date

from inspections.checks import register as inspections
from inspections.discipline import discipline
from inspections.handover.hand_over import hand_over, left_open
from inspections.letters import letters
from inspections.models import Inspection, Result
from ledger.documents import document
from ledger.models import Document
from members.life import sanctions
from members.models import Discipline
from members.reorganizing.plan_bloc import ending
from organizations.forest import Forest
from tests.faults.scene import DAY, scene


def _inspection(world, done_on=None, title="Kiểm tra"):
    subjects = ((world.org["DB01"], done_on), (world.org["CB01"], None))
    return inspections.InspectionPlan(
        year=2018, kind=Inspection.Kind.INSPECTION, title=title, conductor=world.org["K"], subjects=subjects
    )


@scene("inspections.checks.register.register_inspections")
def _(world):
    rows = [_inspection(world), _inspection(world, DAY, title="Kiểm tra, đợt 2")]
    return lambda: inspections.register_inspections(rows, **world.act())


@scene("inspections.checks.register.carry_out")
def _(world):
    (made,) = inspections.register_inspections([_inspection(world)], **world.act(date(2018, 1, 5)))
    subjects = dict.fromkeys(made.subjects.all(), DAY)
    return lambda: inspections.carry_out(subjects, **world.act(DAY))


def subjects_of(world, done_on=None):
    (made,) = inspections.register_inspections([_inspection(world, done_on)], **world.act(date(2018, 1, 5)))
    return list(made.subjects.order_by("pk"))


@scene("inspections.checks.register.add_subjects")
def _(world):
    inspection = subjects_of(world)[0].inspection
    rows = [(inspection, world.org["DB02"], None), (inspection, world.org["CB02"], DAY)]
    return lambda: inspections.add_subjects(rows, **world.act(DAY))


@scene("inspections.checks.register.drop")
def _(world):
    subjects = subjects_of(world)
    return lambda: inspections.drop(subjects, **world.act(DAY, reason="Hoãn"))


@scene("inspections.checks.register.conclude")
def _(world):
    subject = subjects_of(world, date(2018, 5, 2))[0]
    inspections.conclude([inspections.NewConclusion(subject=subject, on=DAY, text="Tốt")], **world.act(DAY))
    again = inspections.NewConclusion(subject=subject, on=DAY, text="Còn chậm")
    return lambda: inspections.conclude([again], **world.act(DAY, reason="Viết lại"))


def _penalty(world, name="An"):
    member = world.people[name]
    sanctions.discipline([(member, Discipline.Kind.REPRIMAND, DAY)], **world.act(DAY))
    return Discipline.objects.get(member=member)


@scene("inspections.handover.hand_over.hand_over")
def _(world):
    subjects_of(world)
    row = letters.ReceivedLetter(
        number="1", organization=world.org["DB01"], received_on=date(2018, 5, 2), due_on=date(2018, 9, 1)
    )
    letters.register_letters([row], **world.act(date(2018, 5, 2)))
    world.found(("R1", "KHOI", None), on=date(2018, 5, 1))
    forest = Forest.on(DAY)
    world.carry_out(ending(["K"], dict.fromkeys(forest.children("K"), "R1")), DAY)
    paper, _ = Document.objects.get_or_create(number="9-QĐ", date=DAY, issuer="Tỉnh ủy")
    left = left_open([world.org["K"].pk], DAY)
    return lambda: hand_over(left, **world.act(DAY, document=paper))


@scene("inspections.discipline.discipline.discipline_organizations")
def _(world):
    row = discipline.Decision(
        organization=world.org["DB01"], kind=2, on=DAY, origin=subjects_of(world, date(2018, 5, 2))[0]
    )
    return lambda: discipline.discipline_organizations([row], **world.act(DAY))


@scene("inspections.discipline.discipline.tie")
def _(world):
    rows = [(_penalty(world), subjects_of(world, date(2018, 5, 2))[0])]
    return lambda: discipline.tie(rows, **world.act(DAY))


def _letter(world, number="01/ĐT", **days):
    days = {"accepted_on": date(2018, 3, 5), **days}
    return letters.ReceivedLetter(
        number=number,
        organization=world.org["DB01"],
        received_on=date(2018, 3, 1),
        due_on=date(2018, 7, 1),
        **days,
    )


def _letters(world, **days):
    rows = [_letter(world, number, **days) for number in ("01/ĐT", "02/ĐT")]
    return letters.register_letters(rows, **world.act(date(2018, 3, 5)))


@scene("inspections.letters.letters.register_letters")
def _(world):
    result = Result.objects.first()
    rows = [_letter(world), _letter(world, "02/ĐT", resolved_on=DAY, result=result)]
    return lambda: letters.register_letters(rows, **world.act())


@scene("inspections.letters.letters.accept_letters")
def _(world):
    rows = dict.fromkeys(_letters(world, accepted_on=None), (date(2018, 3, 5), date(2018, 6, 5)))
    return lambda: letters.accept_letters(rows, **world.act(DAY))


@scene("inspections.letters.letters.extend_deadlines")
def _(world):
    rows, paper = dict.fromkeys(_letters(world), date(2018, 8, 1)), document("1-QĐ", DAY, "Ủy ban Kiểm tra")
    return lambda: letters.extend_deadlines(rows, **world.act(DAY, document=paper))


@scene("inspections.letters.letters.resolve_letters")
def _(world):
    rows = _letters(world)
    results = {rows[0]: Result.objects.first()}
    return lambda: letters.resolve_letters(dict.fromkeys(rows, DAY), results=results, **world.act(DAY))


@scene("inspections.letters.letters.forward_letters")
def _(world):
    rows = dict.fromkeys(_letters(world, accepted_on=None), ("Ủy ban Kiểm tra Tỉnh ủy", DAY))
    return lambda: letters.forward_letters(rows, **world.act(DAY))


@scene("inspections.letters.letters.correct_letters")
def _(world):
    rows = dict.fromkeys(_letters(world), {"due_on": date(2018, 8, 1)})
    return lambda: letters.correct_letters(rows, **world.act(DAY, reason="Ghi nhầm"))
