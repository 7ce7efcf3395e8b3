"""A rehearsal: an act is carried out, looked at beside what stood before, and rolled back. It writes nothing."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from hashlib import sha256

from django.db import transaction

from indicators.board import board
from indicators.models import Target
from indicators.years import known_years
from ledger import clock
from members.models import Member, Membership
from organizations import lineage
from organizations.models import GRASSROOTS, Kind, Succession
from ratings.models import Period, Sheet


@dataclass(frozen=True)
class Look:
    """The register as it stands on one day, and its figures of some years.

    `places`: {organization id: spell}; `cells`: {member id: cell id}; `sheets`: {(period id, cell id): Sheet} of the
    periods still open; `targets`: {(indicator id, organization code): value} of the year of the day and later ones;
    `successions`: {(predecessor, successor)} of that day; `lines`: {(year, indicator id, organization id): Line} of the
    blocs that the act touches and their grassroots organizations.
    """

    places: dict
    cells: dict
    sheets: dict
    targets: dict
    successions: set
    lines: dict = field(default_factory=dict)

    def label(self, pk):
        """ "Chi bộ Văn phòng, Đảng bộ Sở Y tế"; "" for what does not stand."""
        spell = self.places.get(pk)
        if spell is None:
            return ""
        return lineage.label(spell, self.places.get(spell.parent_id))

    def bloc(self, pk):
        """Id of the bloc at or above it; None without one, or where it does not stand."""
        spell = self.places.get(pk)
        while spell and spell.kind != Kind.KHOI:
            spell = self.places.get(spell.parent_id)
        return spell and spell.organization_id

    def code(self, pk):
        """The code of what stands; "" of what does not."""
        spell = self.places.get(pk)
        return spell.organization.code if spell else ""

    def headcounts(self):
        """{organization id: people on the roll of it and all below it}"""
        counts = defaultdict(int)
        for cell in self.cells.values():
            spell = self.places.get(cell)
            while spell:
                counts[spell.organization_id] += 1
                spell = self.places.get(spell.parent_id)
        return counts


@dataclass(frozen=True)
class Rehearsal:
    """What `before` becomes by an act of `day`; `years` are those whose figures were looked at.

    `people`: {member id: Member} of those whose cell differs; `newcomers`: as `_newcomers` gives them; `periods`: {id: Period} still open; `warnings`:
    sentences about what stands afterwards.
    """

    day: object
    years: list
    before: Look
    after: Look
    people: dict = field(default_factory=dict)
    newcomers: dict = field(default_factory=dict)
    periods: dict = field(default_factory=dict)
    warnings: list = field(default_factory=list)

    @property
    def seal(self):
        """Changes with anything the act would do: who confirms has seen this act and no other."""
        return _seal(self.before, self.after, self.newcomers)


def rehearse(do, *, day, letters=False, warn=None):
    """The Rehearsal of `do()`, an act of `day`, which is carried out and rolled back. Refused as the act itself is.

    `letters`: whether figures of letters below the bloc are looked at. `warn(ids)`: asked, while the act stands, for
    sentences about the organizations it touched.
    """
    years = sorted({day.year - 1, day.year, clock.today().year} & set(known_years()))
    with transaction.atomic():
        before = _look(day)
        with transaction.atomic():
            do()
            after = _look(day)
            blocs = _blocs_touched(before, after)
            after = replace(after, lines=_lines(years, letters, blocs))
            rehearsal = Rehearsal(
                day,
                years,
                before,
                after,
                people=Member.objects.in_bulk(_moved(before, after)),
                newcomers=_newcomers(before, after),
                periods=Period.objects.in_bulk({period for period, _ in (*before.sheets, *after.sheets)}),
                warnings=warn(touched(before, after)) if warn else [],
            )
            transaction.set_rollback(True)
        return replace(rehearsal, before=replace(before, lines=_lines(years, letters, blocs)))


def carry_out_as_seen(do, *, day, seal):
    """Does `do()`, an act of `day`, unless it would do something else than the Rehearsal with `seal` told; whether it did."""
    with transaction.atomic():
        before = _look(day)
        do()
        after = _look(day)
        as_seen = _seal(before, after, _newcomers(before, after)) == seal
        transaction.set_rollback(not as_seen)
    return as_seen


def _newcomers(before, after):
    """{member id: (name, birth)} of those who come onto the roll, read while the act stands: a new record has another id
    each time it is written."""
    members = Member.objects.in_bulk(after.cells.keys() - before.cells.keys())
    return {pk: (member.full_name, str(member.birth_date)) for pk, member in members.items()}


def _seal(before, after, newcomers):
    """Of the tree, the people and the targets that differ, by codes: what is founded has another id each time."""
    tree = [
        sorted(
            (look.code(pk), look.places[pk].name, look.places[pk].kind, look.code(look.places[pk].parent_id))
            for pk in before.places.keys() | after.places.keys()
            if pk in look.places and not _same(before, after, pk)
        )
        for look in (before, after)
    ]
    people = sorted(
        (newcomers.get(pk, (str(pk),)), str(before.code(before.cells.get(pk))), str(after.code(after.cells.get(pk))))
        for pk in _moved(before, after)
    )
    targets = [
        sorted(map(str, look.targets.items() - other.targets.items()))
        for look, other in ((before, after), (after, before))
    ]
    return sha256(repr((tree, people, targets)).encode()).hexdigest()[:20]


def _look(day):
    places = {spell.organization_id: spell for spell in lineage.places(day)}
    cells = dict(Membership.objects.on(day).values_list("member_id", "organization_id"))
    sheets = Sheet.objects.standing().filter(period__voided__isnull=True, period__locked__isnull=True)
    targets = Target.objects.standing().filter(indicator__group__year__gte=day.year)
    return Look(
        places,
        cells,
        {(sheet.period_id, sheet.organization_id): sheet for sheet in sheets},
        {
            (indicator, code): value
            for indicator, code, value in targets.values_list("indicator", "organization__code", "value")
        },
        set(Succession.objects.standing().filter(on=day).values_list("predecessor_id", "successor_id")),
    )


def _lines(years, letters, blocs):
    """`lines` of a Look as things stand now, of those of `blocs` (ids) that stand on the last day looked at in a year."""
    lines = {}
    for year in years:
        for bloc in lineage.blocs(clock.last_day(year)).filter(organization__in=blocs):
            seen = board(bloc.organization, year, years=[year], letters=letters)
            wanted = {seen.node, *(s.organization_id for s in seen.children if s.kind in GRASSROOTS)}
            lines |= {(year, line.indicator.pk, node): line for (_, node), line in seen.lines.items() if node in wanted}
    return lines


def _blocs_touched(before, after):
    """Ids of the blocs in which something differs: an organization, a target, or who takes over what ends."""
    ids = touched(before, after) | {pk for pair in before.successions ^ after.successions for pk in pair}
    codes = {code for (_, code), _ in before.targets.items() ^ after.targets.items()}
    blocs = set()
    for look in (before, after):
        told = ids | {pk for pk, spell in look.places.items() if spell.organization.code in codes}
        blocs |= {look.bloc(pk) for pk in told}
    return blocs - {None}


def _moved(before, after):
    """Ids of the members whose cell differs."""
    return {pk for pk in before.cells.keys() | after.cells.keys() if before.cells.get(pk) != after.cells.get(pk)}


def touched(before, after):
    """Ids of the organizations that differ: founded, ended, renamed, moved, of another kind, or with other people."""
    was, now = before.headcounts(), after.headcounts()
    rewritten = {pk for pk in before.places.keys() | after.places.keys() if not _same(before, after, pk)}
    moved = _moved(before, after)
    cells = {look.cells.get(pk) for look in (before, after) for pk in moved} - {None}
    return rewritten | cells | {pk for pk in was.keys() | now.keys() if was[pk] != now[pk]}


def _same(before, after, pk):
    old, new = before.places.get(pk), after.places.get(pk)
    return old and new and (old.name, old.kind, old.parent_id) == (new.name, new.kind, new.parent_id)
