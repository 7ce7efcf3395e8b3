"""Whether a member may be seen, and from where: the one rule for every page about a person."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import Http404
from django.urls import reverse

from ledger import clock
from organizations.access import Keep, capacities, home_of, may_keep, office_of, require_keep, visible_to
from organizations.frame import frame

from .models import Membership


@dataclass(frozen=True)
class Sight:
    """A member as `user` may see them. `spells`: all places in order of time; `visible`: ids of those open to the user.

    Who sees the present cell, or the last one of someone who has left, sees the whole record; who sees only an earlier
    cell sees what belongs to it.
    """

    user: object
    spells: list
    visible: frozenset

    @property
    def member(self):
        return self.spells[-1].member

    @cached_property
    def present(self):
        """The cell of today, if the user may open it; None otherwise."""
        today = clock.today()
        mine = [spell for spell in self.spells if spell.organization_id in self.visible]
        return next((spell.organization for spell in mine if spell.starts <= today < spell.ends), None)

    @property
    def last(self):
        """The cell of today, or the last one of who has left: the one that keeps the record."""
        return self.spells[-1].organization

    @property
    def whole(self):
        gone = all(spell.ends <= clock.today() for spell in self.spells)
        return self.present is not None or (gone and self.last.pk in self.visible)

    @property
    def way(self):
        """(address of the record, words of a link to it)"""
        return reverse("member", args=[self.member.pk]), f"Mở hồ sơ đồng chí {self.member}"

    def context(self):
        """What templates/base.html reads: the frame of the present cell, or of where the user is at home."""
        home = self.present.code if self.present else home_of(self.user)
        try:
            context = frame(self.user, home, clock.today().year).context()
        except Http404:
            return {}
        return context if self.present else context | {"crumbs": []}


def sight(user, pk):
    """The Sight of member `pk`; Http404 for one none of whose cells the user may see."""
    spells = _spells(pk)
    ids = {spell.organization_id for spell in spells}
    visible = set(visible_to(user, clock.today()).filter(pk__in=ids).values_list("pk", flat=True))
    if not visible:
        raise Http404("Không tìm thấy đảng viên này trong phạm vi của đồng chí.")
    return Sight(user, spells, frozenset(visible))


def _spells(member):
    if member.bit_length() > 63:  # the database counts no further
        return []
    spells = Membership.objects.standing().filter(member=member)
    beside = ("member__ethnic_group", "member__religion", "organization", "decision", "exit_decision")
    return list(spells.select_related(*beside).order_by("starts"))


def known_whole(user):
    """Condition on memberships: those whose member's whole record is open to `user`, as Sight.whole says.

    None where all are. Never a part of an OR: the database then asks the subquery anew for each row.
    """
    if office_of(user).is_administrator:
        return None
    return Q(member__in=_last_seen(user, Membership.objects.standing()).values("member"))


def _last_seen(user, spells):
    """Those of `spells` that are the last of their member, at an organization that `user` sees."""
    later = Membership.objects.standing().filter(member=OuterRef("member"), starts__gt=OuterRef("starts"))
    return spells.filter(~Exists(later), organization__in=visible_to(user, clock.today()))


def last_seen_of(user):
    """As `known_whole`, a condition on rows about a member that is asked of each row by itself: for where few are looked at."""
    if office_of(user).is_administrator:
        return None
    return Exists(_last_seen(user, Membership.objects.standing().filter(member=OuterRef("member"))))


def open_to(user):
    """Condition on memberships: those whose member's page `user` may open; None where all are. As `known_whole`, no part of an OR."""
    if office_of(user).is_administrator:
        return None
    places = visible_to(user, clock.today())
    return Q(member__in=Membership.objects.standing().filter(organization__in=places).values("member"))


def open_members(user, members):
    """Ids of those of `members` (ids) whose page the user may open."""
    rows = Membership.objects.standing().filter(member__in=members)
    condition = open_to(user)
    return set((rows if condition is None else rows.filter(condition)).values_list("member", flat=True))


def open_to_writer(user, members):
    """Ids of those of `members` (ids) whose whole record is open to `user`; whoever writes without an office, by a
    command, is asked about all.
    """
    office = office_of(user)
    if office.is_administrator or not office.appointments:
        return set(members)
    # Asked of these members alone, and not of the whole register: PostgreSQL, which knows nothing yet of the thousands that an
    # act has just written, would hold each of them against all.
    rows = _last_seen(user, Membership.objects.standing().filter(member__in=members))
    return set(rows.values_list("member", flat=True))


def may_keep_record(user, seen):
    """Whether `user` keeps the record of a Sight: where the member is now, or was last."""
    last = seen.spells[-1].organization
    return may_keep(Keep.RECORD, capacities(user, last, clock.today()))


def require_record_keeper(user, seen):
    """403 unless `user` keeps the record of a Sight."""
    require_keep(user, Keep.RECORD, seen.spells[-1].organization, clock.today())


def within_reach(members, user):
    """Those of the queryset `members` whose present cell, or last one, `user` sees."""
    last = Membership.objects.standing().filter(member=OuterRef("pk")).order_by("-starts").values("organization")[:1]
    return members.alias(last_cell=Subquery(last)).filter(last_cell__in=visible_to(user, clock.today()).values("pk"))
