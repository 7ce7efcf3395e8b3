"""The verb by which someone known comes back onto the roll: arrived again, admitted again, restored (domain §4.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ledger.acts import Refused, act, require_past
from ledger.models import Document, User
from members.identity.ages import check_admission, check_life
from members.identity.consents import check_consent, check_issuer
from members.models import Entry, Member
from members.verbs import MemberVerb
from organizations.models import Organization

from .arrivals import arrive
from .arriving import Arrival
from .places import lock


@dataclass(frozen=True, kw_only=True)
class Return:
    """`on`: from which the person belongs to `organization`; for one admitted again, the ceremony. `entry`: how.

    `decided`: day of the decision to admit again or to restore; None for who arrives. `consent`: the paper
    for one over sixty who is admitted again. `candidate`, `others`: as of an Arrival.
    """

    member: Member
    organization: Organization
    on: date
    entry: str
    decided: date | None = None
    consent: Document | None = None
    candidate: int | None = None
    others: frozenset[str] = frozenset()


def come_back(
    rows: Iterable[Return], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """Who is admitted again is on probation anew; who is restored is what they were when they left."""
    rows = list(rows)
    with act(MemberVerb.COME_BACK, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        memberships = lock([row.member for row in rows])
        for row in rows:
            require_past(row.on, row.member)
            check_life(row.member, row.on)
            if not memberships.get(row.member.pk):
                raise Refused(f"Đồng chí {row.member} chưa từng có trong danh sách; hãy ghi như người mới.")
        arrivals = [_arrival(row) for row in rows]
        for arrival in arrivals:
            if arrival.entry == Entry.READMITTED:
                check_admission(arrival)
                check_consent(arrival)
                check_issuer(arrival)
        arrive(arrivals, change)


def _arrival(row: Return) -> Arrival:
    return Arrival(
        member=row.member,
        organization=row.organization,
        on=row.on,
        decided=row.decided,
        ceremony=row.on,
        entry=row.entry,
        consent=row.consent,
        candidate=row.candidate,
        others=row.others,
    )
