"""What a user owes in the periods that are open, and whom they wait for: the first page of everyone who owes something.

Whether something is owed is told by sheets and rows of organizations alone, so that every page can count it cheaply;
only the page of tasks reads rolls and lines to say what is missing.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from ledger import clock
from organizations import lineage
from organizations.access import Act, Capacity, capacities_of, may, office_of
from organizations.models import Kind
from ratings import permits
from ratings.judging.caps import BELOW_A_ROOF
from ratings.models import OrganizationRating, Period, Sheet, State, the_day
from ratings.periods.before_lock import before_lock, is_open
from ratings.periods.deadlines import Deadline, remind_days
from ratings.periods.periods import begun_periods
from ratings.periods.progress import (
    BELOW_THE_BLOC,
    names_missing,
    progress,
    roof_of,
    section_of,
    sections_in_office,
    waits_for,
)
from ratings.periods.standing import standing_of

from .details import detail, lacks_proposal
from .duties import BLOC, ON_ORGANIZATIONS, TOGETHER, TYPED_IN, Duty
from .waiting import lines, offices

Tier = OrganizationRating.Tier


@dataclass(frozen=True)
class Task:
    """`place`: the spell that names where; `names`: members still missing; `url`: where it is done; `sheets`: how many wait
    for one signature."""

    duty: Duty
    place: object
    period: Period
    deadline: Deadline
    url: str
    detail: str = ""
    names: tuple = ()
    sheets: int = 0

    @property
    def is_of_secretary(self):
        """Whether it is the sheet of a cell that is to be filled in: what most do once a year."""
        return self.duty in (Duty.FILL, Duty.FILL_OWN)

    @property
    def what(self):
        return f"{self.sheets} {TOGETHER[self.duty]}" if self.sheets else str(self.duty)


@dataclass(frozen=True)
class TaskList:
    """`owed`: [Task], the most overdue first. `waiting`: [Progress] of cells whose draft the user waits for."""

    owed: list
    waiting: list


def tasks_of(user):
    """The Work of a user. Twelve queries an open period at most, whatever the number of cells and members."""
    grounds = _grounds(user)
    remind = remind_days() if grounds else {}
    owed = [ground.task(duty, ids, remind) for ground in grounds for duty, ids in ground.duties()]
    order = list(Duty)
    owed.sort(key=lambda t: (t.deadline.due, order.index(t.duty), t.place.position, t.place.organization.code))
    waiting = [row for ground in grounds for row in ground.waiting()]
    return TaskList(owed, sorted(waiting, key=lambda row: row.deadline.due))


def page_of(user):
    """What the page of tasks shows: the first task, the others, whom the user waits for, and the way to the figures."""
    work = tasks_of(user)
    first = next(iter(work.owed), None)
    return _around(user, first.period.year if first else clock.today().year) | {
        "first": first,
        "others": work.owed[1:],
        "near": sum(task.deadline.is_near for task in work.owed),
        "late": sum(task.deadline.is_late for task in work.owed),
        "waiting": work.waiting,
        "owes_ratings": len(work.owed),
        "lines": lines(user),
    }


def _around(user, year):
    """The frame of the first office that can be opened in `year`: the organization of another may have ended."""
    return next((page.context() for page in offices(user, year)), {})


def count_owed(user):
    """How many tasks a user owes: as many as `tasks_of` lists."""
    return sum(len(ground.duties()) for ground in _grounds(user))


def _grounds(user):
    office = office_of(user)
    if not office.appointments:
        return []
    # The blocs of the offices, whenever they hung there: the day of each period decides what is theirs.
    mine = begun_periods().filter(bloc__in=lineage.blocs_ever(office.answerable))
    return [PeriodInReach(user, period) for period in mine.select_related("scheme")]


class PeriodInReach:
    """One open period, as far as a user's offices reach: its sheets, its rows of organizations, the rights to them."""

    def __init__(self, user, period):
        office, self.day = office_of(user), the_day(period)
        self.period = period
        rows = OrganizationRating.objects.standing().filter(period=period).select_related("organization")
        sheets = Sheet.objects.standing().filter(period=period)
        below = lineage.below(office.answerable, self.day)
        rows, sheets = rows.filter(organization__in=below), sheets.filter(organization__in=below)
        self.rows = {row.organization_id: row for row in rows.order_by("organization__code")}
        self.sheets = {sheet.organization_id: sheet for sheet in sheets.order_by("organization__code")}
        self.held = capacities_of(user, [row.organization for row in self.rows.values()], self.day)

    @cached_property
    def places(self):
        return {spell.organization_id: spell for spell in lineage.places(self.day)}

    @cached_property
    def progress(self):
        """{cell id: Progress} of the cells the user fills in or signs."""
        near = {Capacity.CELL, Capacity.SECTION, Capacity.COMMITTEE}
        cells = {pk for pk in self.sheets if self.held[pk] & near}
        return {row.place.organization_id: row for row in progress(self.period, cells)} if cells else {}

    @cached_property
    def reminded(self):
        """{cell id: day on which whoever has its sheet now was last reminded} of the cells the user fills in or signs."""
        standings = standing_of(row.sheet for row in self.progress.values())
        days = {pk: standings[row.sheet.pk].reminded for pk, row in self.progress.items()}
        return {pk: day for pk, day in days.items() if day}

    @cached_property
    def names(self):
        """{member id: name} of those missing on the sheets that the user fills in."""
        return names_missing(row for pk, row in self.progress.items() if self._may(Act.RATE, pk))

    def _may(self, act, pk):
        return may(act, self.held[pk])

    def _decides_itself(self, pk):
        return pk in self.sheets and self.rows[pk].tier == Tier.GRASSROOTS

    def duties(self):
        """[(Duty, ids of the organizations it is about)]"""
        of_organizations = [(duty, [pk]) for pk in self.rows for duty in (*self._of_sheet(pk), *self._of_row(pk))]
        return of_organizations + self._to_sign() + self._of_committee() + self._of_bloc()

    def _of_sheet(self, pk):
        """What a cell owes on its own sheet."""
        if pk not in self.sheets:
            return []
        own = self._decides_itself(pk)
        if self._permits(Act.RATE, pk):
            return [Duty.FILL_OWN if own else Duty.FILL]
        return [Duty.DECIDE] if own and self._permits(Act.DECIDE, pk) else []

    def _permits(self, act, pk):
        kind = Kind.CBCS if self._decides_itself(pk) else Kind.CBTT
        return permits.of_sheet(act, self.sheets[pk], kind, self.held[pk]).allowed

    def _to_sign(self):
        """Sheets of cells below that wait for a committee: one duty for all that are signed at once."""
        waiting = defaultdict(list)
        for pk in self.sheets:
            if self._decides_itself(pk) or pk not in self.places:
                continue
            if self._permits(Act.DECIDE, pk) or self._permits(Act.ENDORSE, pk) and not self._is_for_section(pk):
                waiting[self._signs(pk)].append(pk)
        return [(duty, [where, *cells]) for (duty, where), cells in waiting.items()]

    def _signs(self, pk):
        """(Duty, id of the organization) of who signs the sheet of `pk`: who decides does so at once."""
        place = self.places[pk]
        if self._may(Act.DECIDE, pk):
            return Duty.APPROVE, roof_of(place, self.places).organization_id
        return Duty.ENDORSE, place.parent_id

    def _is_for_section(self, pk):
        """Whether the sheet of `pk` is reviewed first by a section committee that has an office, not this user's."""
        return Capacity.SECTION not in self.held[pk] and self._above.get(pk) in self._sections

    @cached_property
    def _above(self):
        return {pk: spell.parent_id for pk, spell in self.places.items()}

    @cached_property
    def _sections(self):
        """Ids of the section committees with an office today."""
        return sections_in_office(self.places.values())

    def _of_row(self, pk):
        row, duties = self.rows[pk], []
        if not self._may(Act.PROPOSE, pk) or row.reason_id:
            return []
        is_filled_in = pk not in self.sheets or self.sheets[pk].state not in TYPED_IN
        if is_filled_in and lacks_proposal(row):
            duties.append(Duty.PROPOSE)
        if row.tier == Tier.GRASSROOTS and not row.task and not self.period.quarter:
            duties.append(Duty.WORK)
        return duties

    def _of_committee(self):
        roofs = defaultdict(list)
        for pk, row in self.rows.items():
            if row.tier in BELOW_A_ROOF and is_open(row) and self._may(Act.RATE_CELL, pk) and pk in self.places:
                roofs[roof_of(self.places[pk], self.places).organization_id].append(pk)
        return [(Duty.RATE_CELLS, [roof, *cells]) for roof, cells in roofs.items()]

    def _of_bloc(self):
        duties, sheets, rows = [], self.sheets, self.rows
        decided = [pk for pk, s in sheets.items() if s.state == State.DECIDED and self._may(Act.ACCEPT, pk)]
        proposed = [
            pk
            for pk, row in rows.items()
            if row.tier == Tier.GRASSROOTS
            and row.proposed is not None
            and is_open(row)
            and self._may(Act.RATE_GRASSROOTS, pk)
        ]
        if decided:
            duties.append((Duty.ACCEPT, decided))
        if proposed:
            duties.append((Duty.RATE_GRASSROOTS, proposed))
        manages = rows and all(self._may(Act.MANAGE, pk) for pk in rows)
        if manages and (late := self.late):
            duties.append((Duty.URGE, [*late]))
        if manages and not before_lock(self.period, sheets.values(), rows.values()):
            duties.append((Duty.LOCK, []))
        return duties

    @cached_property
    def late(self):
        """{cell id: its deadline} of the sheets that cells and committees are late with; no query before the first one."""
        period, today = self.period, clock.today()
        if today <= min(period.cell_due, period.committee_due):
            return {}
        below = [pk for pk, sheet in self.sheets.items() if sheet.state in BELOW_THE_BLOC and pk in self.places]
        dues = {pk: self._waits_until(pk) for pk in below}
        return {pk: due for pk, due in dues.items() if due and due < today}

    def _waits_until(self, pk):
        places, place = self.places, self.places[pk]
        return waits_for(self.sheets[pk], place, roof_of(place, places), self.period, section_of(place, places))[1]

    def waiting(self):
        """[Progress] of drafts that a committee waits for."""
        theirs = [pk for pk, row in self.progress.items() if row.sheet.state == State.DRAFT]
        return [self.progress[pk] for pk in theirs if self._may(Act.DECIDE, pk) and not self._may(Act.RATE, pk)]

    def task(self, duty, ids, remind):
        place = self._root if duty in BLOC else self.place(ids[0])
        due = Deadline(self._due(duty, ids), remind.get(self.period.quarter is not None, 0))
        names = ()
        if duty in (Duty.FILL, Duty.FILL_OWN) and ids[0] in self.progress:
            missing = set(self.progress[ids[0]].missing)
            names = tuple(name for pk, name in self.names.items() if pk in missing)
        sheets = len(ids) - 1 if duty in TOGETHER else 0
        return Task(duty, place, self.period, due, self._url(duty, place), detail(self, duty, ids), names, sheets)

    @cached_property
    def _root(self):
        """The bloc of which the duties are."""
        return self.places[self.period.bloc_id]

    def place(self, pk):
        return self.places.get(pk) or lineage.place(self.rows[pk].organization, self.day)

    def _due(self, duty, ids):
        if duty == Duty.URGE:
            return min(self.late.values())
        if duty in BLOC:
            return self.period.bloc_due
        of_cell = duty in (Duty.FILL, Duty.PROPOSE) and self.rows[ids[0]].tier in BELOW_A_ROOF
        return self.period.cell_due if of_cell else self.period.committee_due

    def _url(self, duty, place):
        page = "rating_organizations" if self._is_of_levels(duty, place) else "ratings"
        url = reverse(page, args=[place.organization.code, self.period.slug])
        asked = {Duty.ACCEPT: f"?trang_thai={State.DECIDED}#phieu", Duty.URGE: "?han=cap-duoi#phieu"}
        return url + asked.get(duty, "#duyet" if duty in TOGETHER else "")

    def _is_of_levels(self, duty, place):
        """A cell says its own level and task on its sheet, as long as that takes anything."""
        sheet = self.sheets.get(place.organization_id)
        is_own = duty in (Duty.PROPOSE, Duty.WORK)
        return duty in ON_ORGANIZATIONS or is_own and (sheet is None or sheet.state not in TYPED_IN)
