"""One scene a verb: `SCENES[verb](world)` sets it and gives the act, to be done as often as it fails."""

from datetime import date

from indicators.closing import closings
from indicators.targets import targets
from inspections.checks import register as inspections
from inspections.discipline import discipline
from inspections.handover.hand_over import hand_over, left_open
from inspections.letters import letters
from inspections.models import Inspection, Result
from ledger import acts, undo
from ledger.documents import document
from ledger.models import Change, Document, User
from members.life import probation, sanctions, statuses
from members.life.posts import post
from members.models import Discipline, Exit, Membership, Post, Status
from members.register import arrivals, departures, moves
from members.reorganizing.carry_out import carry_out, merge
from members.reorganizing.plan import Plan
from members.reorganizing.plan_bloc import ending
from organizations import appoint, confirming, reorganize, sizes
from organizations.forest import Forest
from organizations.models import SizeRule
from organizations.reorganize import Founding
from organizations.verbs import TreeVerb
from ratings.models import OrganizationRating, Period
from ratings.periods import periods, versions
from ratings.sheets import correct, draft
from ratings.verdicts import verdicts
from tests.indicators.board import indicator, set_groups
from tests.ratings.desk import GRASSROOTS, SUBORDINATE, Desk

DAY = date(2018, 6, 15)
SCENES = {}


def scene(verb):
    def add(function):
        SCENES[verb] = function
        return function

    return add


def people(world, *names):
    return [world.people[name] for name in names]


# ledger


@scene("ledger.acts.take_back")
def _(world):
    world.transfer("An", "DB02-01", DAY)
    rows = Membership.objects.standing().filter(member=world.people["An"], starts=DAY)
    return lambda: acts.take_back(rows.all(), reason="ghi nhầm", by=world.by, on=DAY)


@scene("ledger.undo.undo")
def _(world):
    Desk(world, 2018).rate(Phúc=2)
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, DAY)
    change = Change.objects.latest("pk")
    return lambda: undo.undo(change, by=world.by, on=DAY, reason="ghi nhầm")


# organizations


@scene("organizations.reorganize.found")
def _(world):
    Desk(world, 2018)
    rows = [Founding(code=code, name=f"Tổ chức {code}", kind="CBTT", parent="DB01") for code in ("DB01-03", "DB01-04")]
    return lambda: reorganize.found(rows, **world.act(DAY))


@scene("organizations.reorganize.rename")
def _(world):
    return lambda: reorganize.rename({world.org["DB01"]: "Tên mới", world.org["CB01"]: "Tên khác"}, **world.act(DAY))


@scene("organizations.reorganize.move")
def _(world):
    Desk(world, 2018)
    return lambda: reorganize.move({world.org["DB01-01"]: world.org["DB02"]}, **world.act(DAY))


@scene("organizations.appoint.appoint")
def _(world):
    rows = [appoint.NewOffice(user=world.user(), role="SECRETARY", organization=world.org[c]) for c in ("CB01", "CB02")]
    return lambda: appoint.appoint(rows, **world.act(DAY))


def _leader(world):
    """A leader, and the notice of an office that was given while he was."""
    leader = world.user("LEADER", "K")
    world.user("INSPECTION", "K")
    return leader


def _asked_for(world):
    """An office that one administrator wants for himself, and another administrator."""
    one, other = (User.objects.create_superuser(name) for name in ("quan-tri-1", "quan-tri-2"))
    row = appoint.NewOffice(user=one, role="INSPECTION", organization=world.org["K"])
    return row, one, other


@scene("organizations.confirming.propose")
def _(world):
    row, one, _ = _asked_for(world)
    return lambda: confirming.propose(row, by=one, on=DAY)


@scene("organizations.confirming.confirm")
def _(world):
    row, one, other = _asked_for(world)
    pending = confirming.propose(row, by=one, on=DAY)
    return lambda: confirming.confirm(pending, by=other, on=DAY)


@scene("organizations.confirming.decline")
def _(world):
    row, one, other = _asked_for(world)
    pending = confirming.propose(row, by=one, on=DAY)
    return lambda: confirming.decline(pending, by=other, on=DAY)


@scene("organizations.confirming.acknowledge")
def _(world):
    leader = _leader(world)
    notices = confirming.notices_for(leader)
    return lambda: confirming.acknowledge(notices, by=leader, on=DAY)


@scene("organizations.confirming.tell_of_password")
def _(world):
    user, one = world.user("INSPECTION", "K"), User.objects.create_superuser("quan-tri")
    user.set_password("mot-cau-dai-kho-doan")
    return lambda: confirming.tell_of_password(User, user=user, by=one)


@scene("organizations.appoint.dismiss")
def _(world):
    offices = list(world.user("SECRETARY", "CB01").appointments.standing())
    return lambda: appoint.dismiss(offices, **world.act(DAY))


@scene("organizations.sizes.approve")
def _(world):
    paper, _ = Document.objects.get_or_create(number="9-CV", date=DAY, issuer="Đảng ủy Khối")
    rows = [(world.org[code], SizeRule.objects.get(kind="CBCS", official=True)) for code in ("CB01", "CB02")]
    return lambda: sizes.approve(rows, **world.act(DAY, document=paper))


# members


@scene("members.register.arrivals.enroll")
def _(world):
    return lambda: arrivals.enroll([world.arrival("Lê Mới", "DB01-01"), world.arrival("Võ Tới", "CB01")], **world.act())


@scene("members.register.arrivals.admit")
def _(world):
    Desk(world, 2018)
    return lambda: arrivals.admit(
        [world.newcomer("Lê Mới", "DB01-01", DAY), world.newcomer("Võ Tới", "CB01", DAY)], **world.act(DAY)
    )


@scene("members.register.moves.transfer")
def _(world):
    Desk(world, 2018).rate(An=2, Chi=2)
    rows = [(member, world.org["DB02-01"], DAY) for member in people(world, "An", "Chi")]
    return lambda: moves.transfer(rows, **world.act(DAY))


@scene("members.register.departures.leave")
def _(world):
    Desk(world, 2018).rate(An=2)
    an, chi = people(world, "An", "Chi")
    statuses.exempt([an], **world.act(date(2018, 1, 1)))
    post([(chi, world.org["DB01"], Post.Kind.COMMITTEE)], **world.act(date(2018, 1, 1)))
    return lambda: departures.leave([(an, DAY, Exit.DIED), (chi, DAY, Exit.DEPARTED)], **world.act(DAY))


@scene("members.life.probation.make_official")
def _(world):
    world.admit("Lê Mới", "DB01-01", date(2017, 3, 1))
    return lambda: probation.make_official({world.people["Mới"]: DAY}, **world.act(DAY))


@scene("members.life.statuses.set_status")
def _(world):
    return lambda: statuses.set_status(people(world, "An", "Chi"), Status.Kind.SICK, **world.act(DAY))


@scene("members.life.statuses.exempt")
def _(world):
    return lambda: statuses.exempt(people(world, "An", "Chi"), **world.act(DAY))


@scene("members.life.statuses.suspend")
def _(world):
    return lambda: statuses.suspend(people(world, "An", "Chi"), **world.act(DAY))


@scene("members.life.statuses.lift_status")
def _(world):
    both = people(world, "An", "Chi")
    statuses.suspend(both, **world.act(date(2018, 1, 1)))
    return lambda: statuses.lift_status(both, Status.Kind.SUSPENDED, **world.act(DAY))


@scene("members.life.sanctions.discipline")
def _(world):
    rows = [(member, Discipline.Kind.WARNING, DAY) for member in people(world, "An", "Chi")]
    return lambda: sanctions.discipline(rows, **world.act(DAY))


@scene("members.life.posts.post")
def _(world):
    rows = [(member, world.org["DB01"], Post.Kind.COMMITTEE) for member in people(world, "An", "Chi")]
    return lambda: post(rows, **world.act(DAY))


@scene("members.reorganizing.carry_out.merge")
def _(world):
    Desk(world, 2018).rate(Lan=2)
    org = world.org
    cells = {org["DB03-01"]: org["DB02-01"], org["DB03-02"]: None}
    return lambda: merge([org["DB03"], org["BP01"]], org["DB02"], cells=cells, **world.act(DAY))


@scene("members.reorganizing.carry_out.carry_out")
def _(world):
    Desk(world, 2018).rate(Phúc=2, An=2)
    phuc, quan, chi = people(world, "Phúc", "Quân", "Chi")
    post([(phuc, world.org["CB01"], Post.Kind.SECRETARY)], **world.act(date(2018, 1, 1)))
    plan = Plan(
        verb=TreeVerb.MERGE,
        founded=(
            Founding(code="DB01-03", name="Chi bộ mới", kind="CBTT", parent="DB01"),
            Founding(code="DB01-04", name="Chi bộ chuyển đến", kind="CBTT", parent="DB01"),
        ),
        changed={"DB01-02": {"parent": "DB02", "name": "Tên mới"}},
        ended=("CB01", "CB02"),
        people={"CB01": "DB01-03"},
        sent={"CB02": "Đảng bộ huyện"},
        received={"DB01-04": "Đảng bộ huyện"},
        arriving={"DB01-04": (world.arrival("Lê Tới", "K", DAY, entry="RECEIVED"),)},
        persons={chi.pk: "DB01-03"},
        leaving={quan.pk: Exit.DEPARTED},
        successors={"CB01": ("DB01-03", "DB01")},
        origins={"DB01-03": "DB01-02"},
    )
    return lambda: carry_out(plan, **world.act(DAY))


# inspections


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


# ratings


@scene("ratings.periods.periods.open_period")
def _(world):
    return lambda: periods.open_period(2018, **world.act(DAY))


@scene("ratings.periods.periods.set_deadlines")
def _(world):
    period = Desk(world).period
    days = {name: getattr(period, name) for name in ("cell_due", "committee_due", "bloc_due")}
    days["bloc_due"] = date(2018, 2, 1)
    return lambda: periods.set_deadlines(period, days, **world.act())


@scene("ratings.periods.periods.lock")
def _(world):
    desk = Desk(world)
    desk.finish()
    return lambda: periods.lock(desk.period, **world.act())


@scene("ratings.sheets.draft.rate")
def _(world):
    desk = Desk(world)
    desk.rate(An=2)
    entries = {desk.sheet("DB01-01"): {m.pk: 3 for m in people(world, "An", "Bình")}}
    return lambda: draft.rate(entries, **desk.by())


@scene("ratings.sheets.draft.rate_what_passes")
def _(world):
    desk = Desk(world)
    desk.rate(An=2)
    typed = {m.pk: 3 for m in people(world, "An", "Bình")}
    return lambda: draft.rate_what_passes(desk.sheet("DB01-01"), typed, **desk.by())


@scene("ratings.sheets.draft.explain")
def _(world):
    desk = Desk(world)
    return lambda: draft.explain(desk.sheet("DB01-01"), "vì đã kiểm điểm", **desk.by())


@scene("ratings.sheets.draft.undo")
def _(world):
    desk = Desk(world)
    desk.rate(An=2, Bình=3)
    return lambda: draft.undo(desk.sheet("DB01-01"), **desk.by())


def _locked_scheme(world):
    """A scheme that a locked quarter of 2018 reads, beside the year, open; An is left out for one of its reasons."""
    desk = Desk(world, 2018)
    desk.rate(An="mien")
    period = desk.period
    days = dict.fromkeys(["cutoff", "cell_due", "committee_due", "bloc_due"], date(2018, 3, 31))
    lock = {"added": period.added, "locked": period.added}
    quarter = {"bloc": period.bloc, "year": 2018, "quarter": 1, "starts": date(2018, 1, 1)}
    Period.objects.create(scheme=period.scheme, **quarter, **lock, **days)
    return period


@scene("ratings.periods.versions.new_version")
def _(world):
    scheme = _locked_scheme(world).scheme
    return lambda: versions.new_version(scheme, **world.act())


@scene("ratings.periods.versions.adopt")
def _(world):
    period = _locked_scheme(world)
    copy = versions.new_version(period.scheme, **world.act())
    return lambda: versions.adopt(period, copy, **world.act())


@scene("ratings.workflow.submit")
def _(world):
    desk = Desk(world)
    desk.rate_all()
    return lambda: desk.submit("DB01-01", "DB01-02")


@scene("ratings.workflow.endorse")
def _(world):
    desk = Desk(world)
    desk.rate_all()
    desk.submit(*SUBORDINATE)
    return lambda: desk.endorse("DB01-01", "DB01-02")


@scene("ratings.workflow.decide")
def _(world):
    desk = Desk(world)
    desk.rate_all()
    desk.submit(*SUBORDINATE)
    desk.endorse(*SUBORDINATE)
    return lambda: desk.decide("DB01-01", "CB01", levels={"An": (3, "chưa đủ")})


@scene("ratings.workflow.accept")
def _(world):
    desk = Desk(world)
    desk.decide_all()
    return lambda: desk.accept("DB01-01", "CB01")


@scene("ratings.workflow.send_back")
def _(world):
    desk = Desk(world)
    desk.decide_all()
    return lambda: desk.send_back("DB01-01", "DB01-02", reason="xem lại")


@scene("ratings.verdicts.verdicts.propose")
def _(world):
    desk = Desk(world)
    rows = [verdicts.Proposal(organization=world.org[code], level=2) for code in ("DB01", "CB01")]
    return lambda: verdicts.propose(desk.period, rows, **desk.by())


@scene("ratings.verdicts.verdicts.rate_organizations")
def _(world):
    desk = Desk(world)
    desk.decide_all()
    desk.accept()
    return lambda: desk.rate_organizations(DB01=2, CB01=3)


@scene("ratings.verdicts.verdicts.record_tasks")
def _(world):
    desk = Desk(world)
    done = {world.org[code]: OrganizationRating.Task.COMPLETED for code in GRASSROOTS}
    return lambda: verdicts.record_tasks(desk.period, done, **desk.by())


def _locked(world):
    desk = Desk(world)
    desk.finish()
    desk.lock()
    return desk


@scene("ratings.sheets.correct.correct")
def _(world):
    desk = _locked(world)
    rows = [
        correct.Correction(row=desk.line("An"), level=3),
        correct.Correction(row=desk.organization("DB01"), level=3),
    ]
    return lambda: correct.correct(rows, reason="Sót kỷ luật", **world.act(document=desk.paper))


# indicators


@scene("indicators.targets.targets.set_groups")
def _(world):
    return lambda: targets.set_groups(2017, targets.eight_groups(2017), **world.act())


@scene("indicators.targets.targets.copy_groups")
def _(world):
    set_groups(world, 2017)
    return lambda: targets.copy_groups(2018, **world.act())


@scene("indicators.targets.targets.set_targets")
def _(world):
    set_groups(world, 2017)
    targets.set_targets({(indicator("KN"), world.org["K"]): 3}, **world.act())
    rows = {(indicator("KN"), world.org["K"]): 4, (indicator("KN-TN"), world.org["K"]): 60}
    return lambda: targets.set_targets(rows, **world.act())


@scene("indicators.closing.closings.close_figures")
def _(world):
    set_groups(world, 2017)
    desk = _locked(world)
    return lambda: closings.close_figures(desk.period, **world.act())


@scene("indicators.closing.closings.withdraw")
def _(world):
    set_groups(world, 2017)
    closed = closings.close_figures(_locked(world).period, **world.act())
    return lambda: closings.withdraw(closed, reason="chốt nhầm", **world.act())
