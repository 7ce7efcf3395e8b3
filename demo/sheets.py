"""A year's ratings in the demonstration: sheets through their states, organizations, the lock."""

from collections import defaultdict
from datetime import date

from members.life import sanctions, statuses
from members.models import Discipline, Status
from organizations.models import Kind, OrganizationSpell
from ratings import workflow
from ratings.judging import caps
from ratings.models import OrganizationRating, Sheet
from ratings.periods import periods
from ratings.sheets import draft
from ratings.verdicts.verdicts import OrganizationVerdict, Proposal, propose, rate_organizations, record_tasks

from .plan import BELOW_TOP_2017, FAILED_2017, PROGRESS, TODAY


def play_ratings(play, year, plan):
    """`play`: the Loader. A past year goes all the way to its lock; the open year stops where PROGRESS says."""
    period = periods.open_period(year, by=play.by, on=date(year, 12, 1))
    sheets = {s.organization_id: s for s in Sheet.objects.standing().filter(period=period)}
    reasons = {r.code: r for r in period.scheme.reasons.all()}
    roll = play.roll_by_cell(min(date(year, 12, 10), TODAY))
    left_out = {m.pk: reasons["mien"] for m in play.exempt} | {m.pk: reasons["dinh_chi"] for m in play.suspended}
    if year == TODAY.year:
        left_out |= {m.pk: reasons["moi_ket_nap"] for m, day in play.waiting if day > date(year, 6, 30)}
        _open_year(play, sheets, roll, left_out)
        return
    levels = _levels(play, plan, roll, left_out)
    _decide_all(play, year, sheets, levels)
    play.leave_on_the_last_day()
    workflow.accept(sheets.values(), by=play.by, on=date(year + 1, 1, 5))
    _organizations(play, year, plan, period)
    periods.lock(period, by=play.by, on=date(year + 1, 1, 16))


def _levels(play, plan, roll, left_out):
    """{cell: {member: rank or Reason}} with the year's totals; who dies on the last day is beside them."""
    dying = play.last_death[0].pk
    rated = [pk for pks in roll.values() for pk in pks if pk not in left_out and pk != dying]
    order = play.random.sample(rated, len(rated))
    m3, m4 = plan.low
    # Weak ratings come from a third of the cells, as they do: somebody is behind.
    weak = set(list(roll)[::3])
    of = play.people.cell
    low = [pk for pk in order if of[pk] in weak][: m3 + m4]
    rank = dict.fromkeys(low[:m3], 3) | dict.fromkeys(low[m3:], 4) | {dying: 2}
    rank |= dict.fromkeys([pk for pk in order if pk not in rank][: plan.top], 1)
    return {cell: {pk: left_out.get(pk) or rank.get(pk, 2) for pk in pks} for cell, pks in roll.items()}


def _decide_all(play, year, sheets, levels):
    by = play.by
    draft.rate({sheets[cell]: lines for cell, lines in levels.items()}, by=by, on=date(year, 12, 15))
    grassroots = _kinds(date(year, 12, 15))
    subordinate = [s for cell, s in sheets.items() if grassroots[cell] == Kind.CBTT]
    workflow.submit(subordinate, by=by, on=date(year, 12, 18))
    workflow.endorse(subordinate, by=by, on=date(year, 12, 22))
    paper = play.paper(f"{year % 100}-QĐ/XLĐV", date(year, 12, 26), "Công nhận xếp loại đảng viên", "các cấp ủy cơ sở")
    workflow.decide(sheets.values(), by=by, on=date(year, 12, 26), document=paper)


def _kinds(day):
    return dict(OrganizationSpell.objects.on(day).values_list("organization_id", "kind"))


def _organizations(play, year, plan, period):
    kinds = _kinds(period.cutoff)
    grassroots = sorted((play.by_id[pk].code for pk, k in kinds.items() if Kind(k).is_grassroots))
    m2, m3, m4 = plan.organizations
    behind = list(BELOW_TOP_2017) if year == 2017 else play.random.sample(grassroots, m2 + m3 + m4)
    level = dict(zip(behind, [2] * m2 + [3] * m3 + [4] * m4, strict=True))
    top = [c for c in grassroots if c not in level]
    exemplary = set(play.random.sample(top, plan.exemplary))
    rows = [
        OrganizationVerdict(organization=play.org[c], level=level.get(c, 1), exemplary=c in exemplary)
        for c in grassroots
    ]
    cells = sorted(pk for pk, k in kinds.items() if k == Kind.CBTT)
    rows += [
        OrganizationVerdict(organization=play.by_id[pk], level=play.random.choices((1, 2, 3), (80, 17, 3))[0])
        for pk in cells
    ]
    paper = play.paper(f"{year % 100 + 300}-QĐ/ĐUK", date(year + 1, 1, 10), f"Xếp loại tổ chức đảng năm {year}")
    rate_organizations(period, rows, by=play.by, on=date(year + 1, 1, 10), document=paper)
    failed = set(FAILED_2017) if year == 2017 else set(behind[: plan.tasks_failed])
    task = OrganizationRating.Task
    results = {
        play.org[c]: task.FAILED if c in failed else play.random.choice((task.COMPLETED, task.EXCEEDED))
        for c in grassroots
    }
    record_tasks(period, results, by=play.by, on=date(year + 1, 1, 10))


def _remarks(play, roll, left_out):
    """A few in the untouched cells of the open year whose record the rules speak of: long sickness, a reprimand."""
    chosen = [next(pk for pk in pks if pk not in left_out) for pks in list(roll.values())[3::16]]
    sick, reprimanded = chosen[::2], chosen[1::2]
    day = date(TODAY.year, 6, 4)
    sick = [play.members[pk] for pk in sick if play.people.since[pk] < day]
    statuses.set_status(
        sick, Status.Kind.SICK, by=play.by, on=day, until=date(TODAY.year, 10, 1), reason="Điều trị dài ngày"
    )
    paper = play.paper("7-QĐ/UBKT", date(TODAY.year, 8, 6), "Kỷ luật đảng viên", issuer="Ủy ban Kiểm tra Đảng ủy Khối")
    rows = [(play.members[pk], Discipline.Kind.REPRIMAND, date(TODAY.year, 8, 6)) for pk in reprimanded]
    rows = [row for row in rows if play.people.since[row[0].pk] < row[2]]
    sanctions.discipline(rows, by=play.by, on=date(TODAY.year, 8, 6), document=paper)


def _open_year(play, sheets, roll, left_out):
    """Decided, submitted, half typed, untouched; within the cap of each grassroots organization."""
    kinds = _kinds(TODAY)
    roofs = play.roof_of()
    order = sorted(sheets, key=lambda cell: (play.by_id[roofs[cell]].code[1:], cell))
    order = order[::2] + order[1::2]
    decided, submitted, half = PROGRESS
    submitted_cells = [c for c in order[decided:] if kinds[c] == Kind.CBTT][:submitted]
    decided_cells = order[:decided]
    rest = [c for c in order if c not in decided_cells and c not in submitted_cells]
    places = defaultdict(int)
    for cell in decided_cells:
        in_scope = [pk for pk in roll[cell] if pk not in left_out]
        places[cell] = caps.places(14, len(in_scope))
    typed = {}
    for cell in decided_cells + submitted_cells + rest[:half]:
        lines = {}
        for i, pk in enumerate(play.random.sample(roll[cell], len(roll[cell]))):
            rank = 1 if i < max(places[cell], 1) and pk not in left_out else play.random.choices((2, 3), (97, 3))[0]
            lines[pk] = left_out.get(pk) or (2 if cell in decided_cells and rank == 1 and not places[cell] else rank)
        typed[cell] = lines
    for cell in rest[:half]:
        typed[cell] = dict(list(typed[cell].items())[: max(1, len(typed[cell]) // 2)])
    untouched = rest[half:]
    _remarks(play, {cell: roll[cell] for cell in untouched}, left_out)
    by, day = play.by, date(TODAY.year, 12, 10)
    draft.rate({sheets[c]: lines for c, lines in typed.items()}, by=by, on=day)
    handed_in = [sheets[c] for c in decided_cells + submitted_cells if kinds[c] == Kind.CBTT]
    proposals = [Proposal(organization=play.by_id[c], level=2) for c in decided_cells + submitted_cells]
    propose(sheets[order[0]].period, proposals, by=by, on=day)
    workflow.submit(handed_in, by=by, on=date(TODAY.year, 12, 12))
    paper = play.paper("18-QĐ/XLĐV", date(TODAY.year, 12, 13), "Công nhận xếp loại đảng viên", "các cấp ủy cơ sở")
    workflow.endorse([s for s in handed_in if s.organization_id in decided_cells], by=by, on=date(TODAY.year, 12, 13))
    workflow.decide([sheets[c] for c in decided_cells], by=by, on=date(TODAY.year, 12, 13), document=paper)
