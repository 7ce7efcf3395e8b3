"""Verbs of posts: given, ended (domain §4.4). A post is held in the line above one's own cell."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ledger.acts import Refused, act, close, require_past
from ledger.models import Change, Document, User
from ledger.numbers import day_in_words
from ledger.spells import FOREVER
from ledger.text import within_sentence
from members.models import Member, Membership, Post
from members.register.places import check_on_roll, lock
from members.verbs import MemberVerb
from organizations.models import Lineage, Organization

# {(organization id, id of one above it or itself): [Lineage in order of time]}
Lines = dict[tuple[int, int], list[Lineage]]


@dataclass(frozen=True)
class NewPost:
    """A post of `kind` (Post.Kind) that `member` holds from `since`, at most until `until`."""

    member: Member
    organization: Organization
    kind: int
    since: date
    until: date = FOREVER


def post(
    rows: Iterable[tuple[Member, Organization, int]],
    *,
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
) -> None:
    """Gives posts. `rows`: [(member, organization, Post.Kind)]; a post is held in the line above one's own cell."""
    rows = list(rows)
    with act(MemberVerb.POST, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        give_within([NewPost(member, organization, kind, on) for member, organization, kind in rows], change)


def give_within(rows: Iterable[NewPost], change: Change) -> None:
    """What `post` does, inside another verb's act, each on a day of its own."""
    rows = list(rows)
    memberships = lock([row.member for row in rows])
    lines = _lines({row.organization.pk for row in rows})
    beside = _beside(memberships, min((row.since for row in rows), default=change.on))
    posts = []
    for row in rows:
        require_past(row.since, row.member)
        check_on_roll(memberships, row.member, row.since)
        left = _first_outside(row.organization.pk, memberships[row.member.pk], lines, row.since)
        if left == row.since:
            raise Refused(
                f"{row.member} không sinh hoạt trong tổ chức {row.organization.code} vào ngày {day_in_words(row.since)}."
            )
        known = [was for was in beside[row.member.pk, row.organization.pk] if was.ends > row.since]
        if before := next((was for was in known if was.starts <= row.since), None):
            raise Refused(
                f"{row.member} giữ chức vụ {within_sentence(before.get_kind_display())} ở {row.organization.code} từ "
                f"{day_in_words(before.starts)}. Hãy ghi thôi chức vụ đó trước."
            )
        ends = min([left, row.until, *(was.starts for was in known)])
        posts.append(
            Post(
                member=row.member,
                organization=row.organization,
                kind=row.kind,
                starts=row.since,
                ends=ends,
                added=change,
            )
        )
    Post.objects.bulk_create(posts)


def _beside(members: Iterable[int], day: date) -> dict[tuple[int, int], list[Post]]:
    """{(member id, organization id): [Post]} of `members` (ids) that end after `day`."""
    posts = defaultdict(list)
    for row in Post.objects.standing().filter(member__in=members, ends__gt=day):
        posts[row.member_id, row.organization_id].append(row)
    return posts


def end_posts(posts: Iterable[Post], *, by: User, on: date, document: Document | None = None, reason: str = "") -> None:
    """Ends posts on `on`. `posts`: rows of Post, as they were when chosen."""
    posts = list(posts)
    with act(MemberVerb.END_POSTS, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        end_within([(row, on) for row in posts], change)


def end_within(rows: Iterable[tuple[Post, date]], change: Change) -> None:
    """What `end_posts` does, inside another verb's act. `rows`: [(Post, the day it ends)]."""
    rows = list(rows)
    lock([row.member for row, _ in rows])
    standing = {row.pk: row for row in Post.objects.standing().filter(pk__in=[row.pk for row, _ in rows])}
    ending = defaultdict(list)
    for row, day in rows:
        what = f"{row.member}: chức vụ {within_sentence(row.get_kind_display())}"
        require_past(day, row.member)
        if row.pk not in standing or row.ends <= day:
            raise Refused(f"{what} đã được ghi thôi từ trước. Hãy tải lại trang.")
        if row.starts >= day:
            raise Refused(f"{what} bắt đầu ngày {day_in_words(row.starts)}; ngày thôi phải sau ngày đó.")
        ending[day].append(row)
    for day, posts in ending.items():
        close(posts, change, day)


def outside(posts: Collection[Post]) -> dict[Post, date]:
    """{Post: the first day on which its holder stood outside the line} of those of `posts` that go on past it."""
    spells = defaultdict(list)
    holders = Membership.objects.standing().filter(member__in={row.member_id for row in posts})
    for spell in holders.order_by("starts"):
        spells[spell.member_id].append(spell)
    return {row: day for row, day in first_outside(posts, spells).items() if day < row.ends}


def first_outside(posts: Collection[Post], spells: Mapping[int, Sequence[Membership]]) -> dict[Post, date]:
    """{Post: the first day from its start on which its holder stands outside the line; FOREVER}. One query.

    `spells`: {member id: [Membership, in order of time]}, as they stand or as they would.
    """
    lines = _lines({row.organization_id for row in posts})
    return {row: _first_outside(row.organization_id, spells[row.member_id], lines, row.starts) for row in posts}


def _lines(organizations: Iterable[int]) -> Lines:
    """{(organization id, id of one of `organizations` above it or itself): [Lineage in order of time]}"""
    lineages = defaultdict(list)
    for row in Lineage.objects.standing().filter(ancestor__in=organizations).order_by("starts"):
        lineages[row.organization_id, row.ancestor_id].append(row)
    return lineages


def _first_outside(organization: int, spells: Sequence[Membership], lines: Lines, day: date) -> date:
    """The first day from `day` on which nobody stands below `organization` by `spells` and `lines`; FOREVER."""
    while day < FOREVER:
        spell = next((s for s in spells if s.starts <= day < s.ends), None)
        above = lines.get((spell.organization_id, organization), ()) if spell else ()
        line = next((row for row in above if row.starts <= day < row.ends), None)
        if spell is None or line is None:
            return day
        day = min(spell.ends, line.ends)
    return FOREVER


def leave_posts_outside(members: Collection[int], change: Change) -> None:
    """Follower of members/register/places.py: who moved gives up the posts outside the line above the new cell.

    `members`: ids. Posts that hold on the day of the move end that day; for one given later the move is refused.
    """
    _end_outside(Post.objects.standing().filter(member__in=members), change)


def leave_broken_lines(change: Change) -> None:
    """Follower of organizations/reorganize.py: posts end with their organization, or when the cell goes to another."""
    broken = Lineage.objects.filter(voided=change).values("ancestor")
    _end_outside(Post.objects.standing().filter(organization__in=broken), change)


def _end_outside(posts: QuerySet[Post], change: Change) -> None:
    posts = list(posts.select_related("member", "organization").order_by("pk"))
    ending = defaultdict(list)
    for row, day in outside(posts).items() if posts else ():
        ending[day].append(row)
    if later := [row for day, rows in ending.items() for row in rows if day <= row.starts]:
        raise Refused([_given_later(row) for row in later])
    for day, rows in ending.items():
        close(rows, change, day)


def _given_later(row: Post) -> str:
    return (
        f"{row.member} giữ chức vụ ở {row.organization} từ ngày {day_in_words(row.starts)}, mà theo việc này khi đó không "
        "sinh hoạt trong tổ chức ấy. Hãy hủy việc giữ chức vụ đó trước."
    )
