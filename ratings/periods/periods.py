"""Verbs of a period: open, set its deadlines, lock (design §5, §6); and how its rows follow the tree until then."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db.models import QuerySet
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from ledger import clock, months
from ledger.acts import Refused, act, void
from ledger.models import Change, Document, User
from ledger.numbers import day_in_words
from ledger.web.seals import canonical, digest
from organizations import lineage
from organizations.models import CELLS, COMMITTEES, Kind, Organization, OrganizationSpell
from organizations.successions import principals
from ratings.judging.reading import Reading
from ratings.models import (
    Calendar,
    FrozenScheme,
    MemberRating,
    OrganizationRating,
    Period,
    Scheme,
    Sheet,
    State,
    Step,
)
from ratings.periods.before_lock import before_lock
from ratings.rolls import on_roll, organizations_rated_elsewhere
from ratings.verbs import RatingVerb

from .scheme_text import reading_of

LATEST = 12  # months; a deadline later than this after the cut-off is a slip of the pen


def open_period(
    year: int,
    *,
    by: User,
    on: date,
    quarter: int | None = None,
    bloc: Organization | None = None,
    document: Document | None = None,
    reason: str = "",
) -> Period:
    """Opens a year or a quarter of `bloc` (the only one unless told): its scheme, deadlines, a sheet for each cell, a row for
    each organization rated.
    """
    with act(
        RatingVerb.OPEN_PERIOD, by=by, on=on, document=document, reason=reason, detail=_named(year, quarter)
    ) as change:
        return open_within(year, change, quarter=quarter, bloc=bloc)


def open_within(year: int, change: Change, *, quarter: int | None = None, bloc: Organization | None = None) -> Period:
    """What `open_period` does, inside another verb's act. Some days before it begins at the earliest (Calendar)."""
    if quarter not in (None, 1, 2, 3, 4):
        raise Refused("Quý phải từ 1 đến 4.")
    scheme = Scheme.latest_for(year)
    if scheme is None:
        raise Refused(f"Chưa có lược đồ xếp loại cho năm {year}. Quản trị cần thêm lược đồ trước.")
    on, (starts, cutoff) = change.on, span(year, quarter)
    if (first := opens_on(year, quarter)) > on:
        ahead = f" Mở được từ ngày {day_in_words(first)}." if first < starts else ""
        raise Refused(f"Kỳ này bắt đầu ngày {day_in_words(starts)}, chưa mở được.{ahead}")
    name = _named(year, quarter)
    bloc = _bloc(bloc, min(on, cutoff), name)
    if quarter and Period.objects.standing().filter(bloc=bloc, year=year, quarter=quarter).exists():
        raise Refused(f"Kỳ xếp loại {name} đã được mở.")
    calendar = Calendar.objects.get(quarterly=quarter is not None)
    period = Period.objects.create(
        bloc=bloc,
        year=year,
        quarter=quarter,
        starts=starts,
        cutoff=cutoff,
        scheme=scheme,
        cell_due=cutoff + timedelta(days=calendar.cell_days),
        committee_due=cutoff + timedelta(days=calendar.committee_days),
        bloc_due=cutoff + timedelta(days=calendar.bloc_days),
        added=change,
    )
    complete(period, change, min(on, cutoff))
    return period


def _named(year: int, quarter: int | None) -> str:
    return f"quý {quarter}/{year}" if quarter else f"năm {year}"


def opens_on(year: int, quarter: int | None = None) -> date:
    """The first day on which a period may be opened."""
    starts, _ = span(year, quarter)
    return starts - timedelta(days=Calendar.objects.get(quarterly=quarter is not None).early_days)


def last_year_to_open(day: date) -> int:
    """The last year that may be opened on `day`: the next one towards its end, else that of the day."""
    return day.year + 1 if opens_on(day.year + 1) <= day else day.year


def years_to_open(bloc: Organization, day: date) -> list[int]:
    """Of the year of `day` and the next those that `bloc`, which opened one before, may open and has not."""
    opened = Period.objects.standing().filter(bloc__in=principals(bloc.pk), quarter__isnull=True)
    years = set(opened.values_list("year", flat=True))
    offered = range(day.year, last_year_to_open(day) + 1)
    return [year for year in offered if years and min(years) < year and year not in years]


def _bloc(bloc: Organization | None, day: date, name: str) -> Organization:
    """`bloc`, or the only one there is; Refused where it is no bloc that stands on `day`."""
    if bloc is None:
        return lineage.sole_bloc(day)
    if lineage.blocs(day).filter(organization=bloc).exists():
        return bloc
    place = lineage.place(bloc, day)
    raise Refused(
        f"{place.name if place else bloc.code} không phải đảng bộ khối hoạt động ngày {day_in_words(day)}, nên không mở kỳ {name}."
    )


def span(year: int, quarter: int | None = None) -> tuple[date, date]:
    """(first day, cut-off) of a year or a quarter: the same in every bloc."""
    if quarter is None:
        return date(year, 1, 1), date(year, 12, 31)
    after = date(year + quarter // 4, quarter * 3 % 12 + 1, 1)
    return date(year, quarter * 3 - 2, 1), after - timedelta(days=1)


def complete(period: Period, change: Change, day: date) -> None:
    """Gives a sheet and a row to what stands in the bloc on `day` and has none; takes back those of what does not.

    What another bloc locked for the same time stays where it was locked: nobody is rated twice.
    """
    inside = lineage.below([period.bloc_id], day)
    spells = lineage.places(day).filter(kind__in={*CELLS, *COMMITTEES}, organization__in=inside)
    spells = list(spells.exclude(organization__in=organizations_rated_elsewhere(period)))
    cells = {s.organization_id for s in spells if s.kind in CELLS}
    rated = {s.organization_id: s for s in spells}
    for model, wanted in ((Sheet, cells), (OrganizationRating, rated.keys())):
        rows = model.objects.standing().filter(period=period)
        void(rows.exclude(organization__in=wanted), change)
    void(MemberRating.objects.standing().filter(period=period).exclude(organization__in=cells), change)
    have = set(Sheet.objects.standing().filter(period=period).values_list("organization_id", flat=True))
    Sheet.objects.bulk_create(Sheet(period=period, organization_id=pk, added=change) for pk in sorted(cells - have))
    _complete_rows(period, change, rated)


def _tier(spell: OrganizationSpell) -> OrganizationRating.Tier:
    tiers = OrganizationRating.Tier
    if Kind(spell.kind).is_grassroots:
        return tiers.GRASSROOTS
    return tiers.SECTION if spell.kind == Kind.DBBP else tiers.CELL


def _complete_rows(period: Period, change: Change, rated: Mapping[int, OrganizationSpell]) -> None:
    """A row for each organization rated; one whose kind has changed moves to its other tier."""
    rows = list(OrganizationRating.objects.standing().filter(period=period))
    moved = [row for row in rows if row.tier != _tier(rated[row.organization_id])]
    for row in moved:
        row.tier, row.changed = _tier(rated[row.organization_id]), change
    bulk_update_with_history(moved, OrganizationRating, ["tier", "changed"], default_user=change.by)
    have = {row.organization_id for row in rows}
    missing = [
        OrganizationRating(period=period, organization_id=pk, tier=_tier(rated[pk]), added=change, changed=change)
        for pk in sorted(rated.keys() - have)
    ]
    bulk_create_with_history(missing, OrganizationRating, default_user=change.by)


def open_periods() -> QuerySet[Period]:
    """Those not locked; one that was opened ahead of its time is among them."""
    return Period.objects.standing().filter(locked__isnull=True)


def begun_periods() -> QuerySet[Period]:
    """Those in which ratings may be entered: open, and not ahead of their time."""
    return open_periods().filter(starts__lte=clock.today())


def follow_tree(change: Change) -> None:
    """Told by a reorganization: every open period has its rows for the tree as it stands now (or at its cut-off)."""
    for period in open_periods():
        complete(period, change, min(clock.today(), period.cutoff))


def follow_roll(members: Collection[int], change: Change) -> None:
    """Told by the register: a line counts only while its member is on the roll of its cell."""
    for period in open_periods():
        lines = MemberRating.objects.standing().filter(period=period, member__in=members)
        rows = on_roll(period, min(clock.today(), period.cutoff)).filter(member__in=members)
        places = dict(rows.values_list("member_id", "organization_id"))
        wrong: dict[bool, list[int]] = {True: [], False: []}
        for pk, member, cell, counts in lines.values_list("pk", "member_id", "organization_id", "on_roll"):
            if (should_count := places.get(member) == cell) != counts:
                wrong[should_count].append(pk)
        _put_on_roll(wrong[True], wrong[False])


def _put_on_roll(back: Collection[int], gone: Collection[int]) -> None:
    """`back`, `gone`: ids of lines."""
    for pks, counts in ((back, True), (gone, False)):
        if pks:
            MemberRating.objects.filter(pk__in=pks).update(on_roll=counts)


def reconcile(reading: Reading) -> None:
    """Marks who is off the roll and who is back; Refused when someone has neither level nor reason yet."""
    reading.require_complete()
    gone: list[int] = []
    back: list[int] = []
    for cell in reading.cells:
        roll = reading.rolls[cell]
        for member, line in reading.lines[cell].items():
            if line.on_roll != (member in roll):
                (back if member in roll else gone).append(line.pk)
    _put_on_roll(back, gone)


def set_deadlines(
    period: Period, days: Mapping[str, date], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """`days`: {"cell_due": date, "committee_due": …, "bloc_due": …}, in this order of time."""
    with act(RatingVerb.SET_DEADLINES, by=by, on=on, document=document, reason=reason, detail=period.inline):
        fresh = _unlocked(period)
        if not period.starts < days["cell_due"] <= days["committee_due"] <= days["bloc_due"]:
            raise Refused(
                "Hạn của chi bộ phải trong kỳ và không sau hạn của đảng ủy cơ sở, hạn này không sau hạn của Khối."
            )
        if days["bloc_due"] > months.after(period.cutoff, LATEST):
            raise Refused(
                f"Hạn của Khối {day_in_words(days['bloc_due'])} cách ngày chốt {day_in_words(period.cutoff)} hơn một năm. "
                "Hãy xem lại năm."
            )
        if any(getattr(fresh, name) != day for name, day in days.items()):
            Period.objects.filter(pk=period.pk).update(**days)


def _unlocked(period: Period) -> Period:
    """The period, fresh and locked for writing."""
    fresh = Period.objects.locked().get(pk=period.pk)
    if fresh.locked_id:
        raise Refused(f"{fresh} đã khóa.")
    return fresh


def lock(period: Period, *, by: User, on: date, document: Document | None = None, reason: str = "") -> None:
    """Closes the period to writing: every sheet accepted, every organization rated or with its reason."""
    with act(RatingVerb.LOCK, by=by, on=on, document=document, reason=reason, alone=True, detail=str(period)) as change:
        period = _unlocked(period)
        Scheme.objects.select_for_update(no_key=True, of=("self",)).get(pk=period.scheme_id)
        complete(period, change, period.cutoff)
        sheets = list(Sheet.objects.standing().filter(period=period).select_related("organization"))
        sheets.sort(key=lambda s: s.organization.code)
        if wanting := before_lock(period, sheets, OrganizationRating.objects.standing().filter(period=period), on=on):
            raise Refused(wanting)
        reconcile(Reading(period, sheets, period.cutoff))
        Sheet.objects.filter(pk__in=[s.pk for s in sheets]).update(state=State.LOCKED)
        Step.objects.bulk_create(Step(sheet=s, before=State.ACCEPTED, after=State.LOCKED, added=change) for s in sheets)
        text = canonical(reading_of(period))
        FrozenScheme.objects.create(period=period, text=text, seal=digest(text), added=change)
        Period.objects.filter(pk=period.pk).update(locked=change)
