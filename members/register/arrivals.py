"""Verbs of who comes onto the roll: enroll, admit (domain §4). A ceremony of the pipeline comes here, too."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ledger.acts import Refused, act
from ledger.models import Change, Document, User
from members.identity.alike import require_new
from members.identity.consents import check_issuer
from members.models import Admission, Member, Membership, Officialization
from members.roll.probation_path import Path, paths
from members.verbs import MemberVerb

from .arriving import Arrival, check_admitted, check_brought
from .onward import Courses, stays
from .places import WRITTEN, check_places, lock, tell
from .ways_back import ADMISSIONS, ADMITTED_BEFORE, official_from, require_way_back


def enroll(
    rows: Iterable[Arrival], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> list[Member]:
    """Brings onto the roll people admitted before or elsewhere. Returns the members, saved."""
    rows = list(rows)
    with act(MemberVerb.ENROLL, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        return bring(rows, change)


def bring(rows: Sequence[Arrival], change: Change) -> list[Member]:
    """What `enroll` does, inside another verb's act."""
    for row in rows:
        check_brought(row)
    return arrive(rows, change)


def admit(
    rows: Iterable[Arrival], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> list[Member]:
    """Admits people: the roll, the admission with both its dates and the youth-union flag frozen that day.

    `entry` of each row: ADMITTED, READMITTED or RESTORED; they belong to the cell from the ceremony.
    """
    rows = list(rows)
    with act(MemberVerb.ADMIT, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        return take_in(rows, change)


def take_in(rows: Sequence[Arrival], change: Change) -> list[Member]:
    """What `admit` does, inside another verb's act."""
    for row in rows:
        check_admitted(row)
        check_issuer(row)
    return arrive(rows, change)


def arrive(rows: Sequence[Arrival], change: Change) -> list[Member]:
    """Writes Arrivals onto the roll inside another verb's act; who was on it before must have a way back.

    Raises PerhapsKnown for somebody who is perhaps written already, or waits in the pipeline.
    """
    require_new(rows, change.by)
    fresh = [row for row in rows if not row.member.pk]
    check_places([(row.organization, row.on, str(row.member)) for row in rows])
    known = [row.member for row in rows if row.member.pk]
    memberships, ways = lock(known), paths(known)
    for row in rows:
        if spells := memberships.get(row.member.pk):
            require_way_back(row, spells)
        since = ways[row.member.pk].since(row.on)
        if row.official and since and row.official < since:
            raise Refused(f"{row.member}: ngày chính thức trước ngày kết nạp.")
    new = [row.member for row in fresh]
    for member in new:
        member.added = change
    try:
        return _write_arrivals(rows, new, ways, change)
    except Exception:
        for member in new:  # nothing was kept, so the same people can be given again
            member.pk = None
        raise


def _write_arrivals(
    rows: Sequence[Arrival], new: list[Member], ways: Mapping[int, Path], change: Change
) -> list[Member]:
    Member.objects.bulk_create(new)
    courses = Courses(row.organization.pk for row in rows)
    Membership.objects.bulk_create(
        stay
        for row in rows
        for stay in stays(row.member, courses, row.organization, row.on, row.entry, change, row.decision)
    )
    before = [(row.member, row.before) for row in rows if row.before]
    Admission.objects.bulk_create(
        Admission(member=member, decided=earlier.decided, ceremony=earlier.ceremony, added=change)
        for member, earlier in before
    )
    Admission.objects.bulk_create(
        Admission(
            member=row.member,
            organization=None if row.entry in ADMITTED_BEFORE else row.organization,
            kind=ADMISSIONS.get(row.entry, Admission.Kind.ADMITTED),
            decided=row.decided,
            ceremony=row.ceremony,
            youth=row.youth,
            consent=row.consent,
            decision=row.decision,
            outside_since=row.before and row.before.left,
            added=change,
        )
        for row in rows
        if row.entry not in ADMITTED_BEFORE or not ways[row.member.pk].ceremonies
    )
    official = [(row.member, official_from(row, ways[row.member.pk]), row.official_decision) for row in rows]
    official += [(member, earlier.official, None) for member, earlier in before]
    Officialization.objects.bulk_create(
        Officialization(member=member, on=day, decision=paper, added=change) for member, day, paper in official if day
    )
    for follow in WRITTEN:
        follow(rows, change)
    tell([row.member for row in rows], change)
    return [row.member for row in rows]
