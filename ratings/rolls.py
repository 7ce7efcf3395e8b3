"""Who is on the rolls of a period, and what another bloc has rated for the same time already: nobody is rated twice."""

from members.models import Membership
from ratings.models import MemberRating, OrganizationRating, Period


def on_roll(period, day):
    """Memberships of `day` but for those whom another bloc has rated for the same time.

    Of an open period; a locked one reads its roll off its lines.
    """
    rated = MemberRating.objects.standing().filter(period__in=_locked_beside(period), on_roll=True)
    return Membership.objects.on(day).exclude(member__in=rated.values("member"))


def organizations_rated_elsewhere(period):
    """Ids of the organizations that another bloc has rated for the same time: a queryset for `__in`."""
    rows = OrganizationRating.objects.standing().filter(period__in=_locked_beside(period))
    return rows.values("organization")


def _locked_beside(period):
    """Locked periods of the same time, of other blocs."""
    same = Period.objects.standing().filter(year=period.year, quarter=period.quarter)
    return same.filter(locked__isnull=False).exclude(pk=period.pk)
