"""How far the cells are with their sheets: counted from the rows, so that it is never more than all (design §6)."""

from collections import Counter
from dataclasses import dataclass

from members.models import Member
from organizations import lineage
from organizations.access import holders_at
from organizations.models import CELLS, Kind
from ratings.judging.reading import Reading
from ratings.models import COUNTED, Reason, Sheet, State, the_day
from ratings.permits import WAITS_FOR

from .deadlines import Deadline, remind_days_of

BELOW_THE_BLOC = (State.DRAFT, State.SUBMITTED, State.ENDORSED)  # whose next act is a cell's or a committee's


@dataclass(frozen=True)
class Progress:
    """One cell: `roll` = `rated` + `out_of_scope` + `not_yet`. `place`, `roof`: spells that name it and its roof.

    `unsettled`: how many of `not_yet` have no reason either, and so hold the sheet up. `waits_for`: whose turn it is,
    in words, "" at the end of the way; `deadline`: until when, None at the end. `fingerprint`: what a signer saw.
    """

    place: object
    roof: object
    sheet: Sheet
    roll: int
    rated: int
    out_of_scope: int
    not_yet: int
    unsettled: int
    waits_for: str
    deadline: Deadline | None
    missing: tuple  # ids of the members not yet rated
    fingerprint: str

    @property
    def settled(self):
        return self.roll - self.unsettled

    @property
    def is_decided(self):
        return self.sheet.state in COUNTED

    @property
    def is_late(self):
        return self.deadline is not None and self.deadline.is_late

    @property
    def is_late_below(self):
        """Late, and not by the bloc."""
        return self.is_late and self.sheet.state in BELOW_THE_BLOC

    @property
    def is_own_roof(self):
        return self.roof.organization_id == self.place.organization_id


def progress(period, cells=None):
    """[Progress] of the cells expected in `period`, in the office's order: those that stand on `the_day` and, when
    `cells` (ids) is given, are among them. Once locked, its sheets themselves say which. Five queries, whatever the
    number of cells."""
    day = the_day(period)
    places = {s.organization_id: s for s in lineage.places(day)}
    sheets = Sheet.objects.standing().filter(period=period).select_related("organization", "period")
    sheets = {s.organization_id: s for s in sheets if cells is None or s.organization_id in cells}
    if period.locked_id:
        _name_those_gone(places, sheets.keys(), day)
    wanted = [places[pk] for pk in sheets if pk in places and (period.locked_id or places[pk].kind in CELLS)]
    sheets = {place.organization_id: sheets[place.organization_id] for place in wanted}
    reading, remind = Reading(period, sheets.values(), day), remind_days_of(period)
    rows = [_row(place, places, sheets[place.organization_id], reading, remind) for place in wanted]
    return sorted(rows, key=_office_order)


def _name_those_gone(places, cells, day):
    """Adds to `places` what a merger recorded after the lock took out of the tree of `day`, as it was last named."""
    while gone := cells - places.keys():
        places |= lineage.names(gone, day)
        cells = {places[pk].parent_id for pk in gone} - {None}


def _office_order(row):
    return row.roof.position, row.roof.organization.code, row.place.position, row.place.organization.code


def roof_of(place, places):
    """The spell of the grassroots organization at or above `place`. `places`: {organization id: spell} of the day."""
    roof = place
    while roof.parent_id and not Kind(roof.kind).is_grassroots:
        roof = places[roof.parent_id]
    return roof


def section_of(place, places):
    """The spell of the section committee right above `place`, or None."""
    above = places.get(place.parent_id)
    return above if above is not None and above.kind == Kind.DBBP else None


def sections_in_office(places):
    """Ids of those of `places` (spells) that are section committees for which somebody holds an office today: what their
    cells hand in waits for them first. One query where there are any.
    """
    sections = [spell.organization_id for spell in places if spell.kind == Kind.DBBP]
    return holders_at(sections) if sections else set()


def _row(place, places, sheet, reading, remind):
    cell = place.organization_id
    tally, unsettled = reading.tally(cell), reading.missing(cell)
    roof = roof_of(place, places)
    who, due = waits_for(sheet, place, roof, reading.period, section_of(place, places))
    postponed = {
        line.member_id
        for line in reading.counted(cell)
        if line.level is None and line.reason_id and line.reason.kind != Reason.Kind.EXCLUDED
    }
    return Progress(
        place=place,
        roof=roof,
        sheet=sheet,
        roll=tally["roll"],
        rated=tally["rated"],
        out_of_scope=tally["out_of_scope"],
        not_yet=tally["not_yet"],
        unsettled=len(unsettled),
        waits_for=who,
        deadline=due and Deadline(due, remind),
        missing=tuple(sorted(unsettled | postponed)),
        fingerprint=reading.fingerprint(sheet),
    )


def waits_for(sheet, place, roof, period, section=None):
    """(who must act next in words, until when); ("", None) once the sheet is locked.

    `section`: the spell of the section committee that reviews what `place` hands in, if there is one.
    """
    if sheet.state == State.LOCKED:
        return "", None
    if sheet.state == State.DRAFT or place.kind == Kind.CBCS and sheet.state in (State.SUBMITTED, State.ENDORSED):
        return place.name, period.committee_due if place.kind == Kind.CBCS else period.cell_due
    if sheet.state in (State.SUBMITTED, State.ENDORSED):
        reviews = section if section and sheet.state == State.SUBMITTED else roof
        return reviews.committee, period.committee_due
    return str(WAITS_FOR[sheet.state]), period.bloc_due


def by_state(rows):
    """[(State, n)] in the order of the way, those with none included."""
    counted = Counter(row.sheet.state for row in rows)
    return [(state, counted[state]) for state in State]


def names_missing(rows):
    """{member id: name}, in the order of names, of all not yet rated in `rows`."""
    ids = {pk for row in rows for pk in row.missing}
    return dict(Member.objects.filter(pk__in=ids).order_by("sort_key", "pk").values_list("pk", "full_name"))
