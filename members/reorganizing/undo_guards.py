"""Guards of ledger/undo.py: what was recorded after an act about places, went where the act had led, and points nowhere.

Whoever is recorded late into a cell that has ended goes on where its people went (members/register/onward.py); a state
or post recorded late ends where its holder had left. Neither would come back with the act, so it is undone first.
"""

from collections import defaultdict
from itertools import pairwise

from django.db.models import Q

from ledger.numbers import day_in_words
from ledger.spells import FOREVER
from ledger.text import within_sentence
from members.candidates.follow import as_recorded
from members.models import LEAVING, CandidateStep, Entry, Membership, Post, Status
from members.standing_candidates import known_of
from organizations.models import CELLS, Lineage, OrganizationSpell

FIRST = "hãy hủy việc ghi đó trước."
# What stays the same of a row through its versions.
SAME = {
    Membership: ("member_id", "organization_id", "starts", "entry"),
    Status: ("member_id", "kind", "starts"),
    Post: ("member_id", "organization_id", "kind", "starts"),
}


def people_brought_along(change):
    """People recorded since into a cell that `change` ended."""
    if not (ended := _ended(change)):
        return
    came = Membership.objects.standing().filter(entry=Entry.REORGANIZED, starts=change.on, added__gt=change.pk)
    left = Membership.objects.standing().filter(
        organization__in=ended, ends=change.on, member__in=came.values("member")
    )
    before = {spell.member_id: spell for spell in left.select_related("member", "organization")}
    for row in _not_there_before([row for row in came if row.member_id in before], change):
        spell = before[row.member_id]
        yield (
            f"{spell.member} được ghi vào {spell.organization.code} từ ngày {day_in_words(spell.starts)} sau việc này; {FIRST}"
        )


def candidates_brought_along(change):
    """Candidates recorded since in a cell that `change` ended."""
    if not (ended := _ended(change)):
        return
    steps = CandidateStep.objects.standing().filter(passed=True, on=change.on, added__gt=change.pk)
    own = {as_recorded(step) for step in CandidateStep.objects.filter(added=change)}
    late = {step.pk: step.candidate_id for step in steps if as_recorded(step) not in own}
    for known in known_of(sorted(set(late.values()))).values():
        for before, step in pairwise(known.steps):
            if step.pk in late and before.organization_id in ended:
                yield (
                    f"{known.record} được ghi vào nguồn kết nạp của {before.organization.code} ngày "
                    f"{day_in_words(before.on)} sau việc này; {FIRST}"
                )


def _ended(change):
    """Ids of the cells that `change` ended, or made a committee of."""
    were = OrganizationSpell.objects.filter(voided=change, kind__in=CELLS).values_list("organization", flat=True)
    still_cells = OrganizationSpell.objects.on(change.on).filter(kind__in=CELLS, organization__in=were)
    return set(were) - set(still_cells.values_list("organization", flat=True))


def states_cut_short(change):
    """Statuses and posts recorded since that end where `change` took their holder away."""
    left = _left(change)
    gone = {(member, day) for member, day, why in left if why in LEAVING}
    moved = {(member, day) for member, day, _ in left}
    statuses = [row for row in _ending(Status, gone, change) if (row.member_id, row.ends) in gone]
    posts = [row for row in _ending(Post, moved, change) if (row.member_id, row.ends) in moved]
    for row in _cut(statuses, change):
        yield _told(row, f"“{row.get_kind_display()}”")
    for row in _cut({*posts, *_in_broken_lines(change)}, change):
        yield _told(row, f"{within_sentence(row.get_kind_display())} ở {row.organization.code}")


def _told(row, what):
    return f"{row.member}: {what} từ ngày {day_in_words(row.starts)} được ghi sau việc này và kết thúc theo việc này; {FIRST}"


def _left(change):
    """[(member id, day, Exit)]: who left which cell by `change`."""
    were = Membership.objects.filter(voided=change).values("member")
    rows = Membership.objects.filter(added=change, ends__lt=FOREVER, member__in=were)
    return list(rows.values_list("member_id", "ends", "exit"))


def _ending(model, places, change):
    """Standing rows written after `change` of the members, on the days, of `places`: (member id, day)."""
    members, days = {member for member, _ in places}, {day for _, day in places}
    rows = model.objects.standing().filter(member__in=members, ends__in=days, added__gt=change.pk)
    return list(rows.select_related("member", *(["organization"] if model is Post else []))) if places else []


def _in_broken_lines(change):
    """Posts written after `change` that end where it took their holder's cell out of the line below them."""
    lines = set(Lineage.objects.filter(voided=change).values_list("organization", "ancestor"))
    if not lines:
        return []
    above = {ancestor for _, ancestor in lines}
    rows = Post.objects.standing().filter(organization__in=above, ends=change.on, added__gt=change.pk)
    posts = list(rows.select_related("member", "organization"))
    memberships = Membership.objects.standing().filter(member__in=[row.member_id for row in posts])
    cells = dict(memberships.filter(starts__lt=change.on, ends__gte=change.on).values_list("member", "organization"))
    return [row for row in posts if (cells.get(row.member_id), row.organization_id) in lines]


def _not_there_before(rows, change):
    """Those of `rows` that are no later version of one that stood when `change` was done."""
    then = Q(added__lte=change.pk) & (Q(voided__isnull=True) | Q(voided__gte=change.pk))
    known = _versions(rows, then)
    return [row for row in rows if _key(row) not in known]


def _cut(rows, change):
    """Those of the spells `rows` that were short from the first, and not shortened since by an act of their own."""
    rows = _not_there_before(list(rows), change)
    ends = _versions(rows, Q(added__gt=change.pk))
    return [row for row in rows if row.ends == max(ends[_key(row)])]


def _versions(rows, condition):
    """{what stays the same: [days on which the versions of `rows` that meet `condition` end]}"""
    ends_of = defaultdict(list)
    if rows:
        model = type(rows[0])
        versions = model.objects.filter(condition, member__in={row.member_id for row in rows})
        for *key, ends in versions.values_list(*SAME[model], "ends"):
            ends_of[tuple(key)].append(ends)
    return ends_of


def _key(row):
    return tuple(getattr(row, name) for name in SAME[type(row)])
