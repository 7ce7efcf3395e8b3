"""The verb by which someone known comes back onto the roll: arrived again, admitted again, restored (domain §4.4)."""

from dataclasses import dataclass
from datetime import date

from ledger.acts import Refused, act, not_ahead
from ledger.numbers import day as in_words

from .course import Courses, stays
from .due import paths
from .models import Admission, Entry, Exit, Member, Membership, Officialization
from .register import GONE, check_places, lock, tell

# How someone who left may come back. Who died does not; who moved away is still a member and needs no admission.
WAYS_BACK = {
    Exit.DEPARTED: (Entry.ARRIVED, Entry.READMITTED),
    Exit.ABROAD: (Entry.ARRIVED, Entry.READMITTED),
    Exit.EXPELLED: (Entry.READMITTED, Entry.RESTORED),
    Exit.STRUCK: (Entry.READMITTED, Entry.RESTORED),
    Exit.RESIGNED: (Entry.READMITTED, Entry.RESTORED),
}
ADMISSIONS = {Entry.READMITTED: Admission.Kind.READMITTED, Entry.RESTORED: Admission.Kind.RESTORED}


@dataclass(frozen=True, kw_only=True)
class Return:
    """`on`: from which the person belongs to `organization`; for one admitted again, the ceremony. `entry`: how.

    `decided`: day of the decision to admit again or to restore; None for who arrives.
    """

    member: Member
    organization: object
    on: date
    entry: str
    decided: date | None = None


def come_back(rows, *, by, on, document=None, reason=""):
    """Who is admitted again is on probation anew; who is restored is what they were when they left."""
    rows = list(rows)
    with act("Trở lại danh sách đảng viên", by=by, on=on, document=document, reason=reason, undoable=True) as change:
        check_places([(row.organization, row.on, str(row.member)) for row in rows])
        members = [row.member for row in rows]
        held, ways = lock(members), paths(members)
        for row in rows:
            not_ahead(row.on, row.member)
            _may_come_back(row, held.get(row.member.pk, ()))
        _write(rows, held, ways, change)
        tell(members, change)


def _may_come_back(row, spells):
    if not spells:
        raise Refused(f"Đồng chí {row.member} chưa từng có trong danh sách; hãy ghi như người mới.")
    last = spells[-1]
    if last.is_open:
        raise Refused(
            f"Đồng chí {row.member} đang sinh hoạt ở chi bộ {last.organization.code}; không ghi thêm lần nữa."
        )
    gone = f"Đồng chí {row.member} {GONE[last.exit]} ngày {in_words(last.ends)}"
    if row.entry not in WAYS_BACK.get(last.exit, ()):
        ways = " hoặc ".join(Entry(entry).label.lower() for entry in WAYS_BACK.get(last.exit, ()))
        raise Refused(f"{gone}; chỉ trở lại bằng: {ways}." if ways else f"{gone}, không trở lại danh sách được.")
    if row.on < last.ends:
        raise Refused(f"{gone}; ngày trở lại không thể trước ngày đó.")
    if row.entry in ADMISSIONS and row.decided is None:
        raise Refused(f"{row.member}: {Entry(row.entry).label.lower()} cần ngày quyết định.")
    if row.entry in ADMISSIONS and not last.ends <= row.decided <= row.on:
        raise Refused(
            f"{row.member}: ngày quyết định {in_words(row.decided)} phải từ ngày ra khỏi danh sách "
            f"{in_words(last.ends)} đến ngày trở lại {in_words(row.on)}."
        )


def _write(rows, held, ways, change):
    courses = Courses(row.organization.pk for row in rows)
    Membership.objects.bulk_create(
        stay for row in rows for stay in stays(row.member, courses, row.organization, row.on, row.entry, change)
    )
    again = [row for row in rows if row.entry in ADMISSIONS]
    Admission.objects.bulk_create(
        Admission(
            member=row.member,
            organization=row.organization,
            kind=ADMISSIONS[row.entry],
            decided=row.decided,
            ceremony=row.on,
            added=change,
        )
        for row in again
    )
    Officialization.objects.bulk_create(
        Officialization(member=row.member, on=row.on, added=change)
        for row in again
        if row.entry == Entry.RESTORED and not ways[row.member.pk].since(held[row.member.pk][-1].ends)
    )
