"""What must hold after any history, found a second way: in plain Python, from spells alone, day by day."""

from collections import Counter, defaultdict
from datetime import date, timedelta

from indicators.board import the_years
from indicators.closing.since import Since
from indicators.measures import REGISTRY, counts
from indicators.models import Closing
from ledger import clock
from ledger.soundness import outcomes
from members.models import BadgeAward, CandidateStep, Membership, Post
from members.roll.flows import flows
from members.roll.on_a_day import below
from organizations.models import Organization, OrganizationSpell
from ratings.models import Period

from .offices import check_offices

INSIDE = ("MOVED", "REORGANIZED")


def check(first, draw):
    """Everything, on the days and years drawn."""
    faults = [(o.title, [f.sentence for f in o.findings]) for o in outcomes() if not o.sound]
    assert faults == [], faults
    check_closings()
    check_cells()
    check_acts_in_cells()
    check_posts()
    check_offices(clock.today())
    for _ in range(3):
        check_roll(first + timedelta(days=draw.randrange((clock.today() - first).days + 1)))
    check_parts(draw.randrange(first.year, clock.today().year + 1))


def check_closings():
    """Both checks of every closing that stands."""
    for closing in Closing.objects.standing().select_related("period"):
        since = Since(closing)
        assert since.intact
        assert since.wrong == [], since.wrong
        assert since.sound, since.unexplained


def check_cells():
    """Each person is in exactly one cell on each day from the first to the last of each stay."""
    cells = defaultdict(list)
    for spell in OrganizationSpell.objects.standing():
        if spell.holds_members:
            cells[spell.organization_id].append((spell.starts, spell.ends))
    stays = defaultdict(list)
    for row in Membership.objects.standing().order_by("member_id", "starts"):
        stays[row.member_id].append(row)
    for spells in stays.values():
        for before, after in zip(spells, spells[1:], strict=False):
            assert before.ends <= after.starts
            went_on = before.exit in INSIDE
            told = (before.member, before.exit, before.ends, after.entry, after.starts)
            assert went_on == (after.entry in INSIDE), told
            assert not went_on or before.ends == after.starts, told
        for spell in spells:
            assert _covered(spell, cells[spell.organization_id]), spell.member


def _covered(spell, standing):
    days = {spell.starts, spell.ends - timedelta(days=1), *(e for _, e in standing if spell.starts <= e < spell.ends)}
    return all(any(s <= day < e for s, e in standing) for day in days)


def check_acts_in_cells():
    """Each step of a candidate and each badge is in a cell that stood that day; a badge in life where its holder was."""
    for step in CandidateStep.objects.standing():
        assert step.organization_id in _cells(step.on), step
    for award in BadgeAward.objects.standing().filter(organization__isnull=False):
        assert award.organization_id in _cells(award.on), award
        if award.kind != BadgeAward.Kind.POSTHUMOUS:
            held = Membership.objects.standing().filter(member=award.member, starts__lte=award.on, ends__gt=award.on)
            assert [row.organization_id for row in held] == [award.organization_id], award


def check_posts():
    """On its first and last day, and whenever the tree or its holder moved, a post is above its holder's cell."""
    turns = {day for pair in OrganizationSpell.objects.standing().values_list("starts", "ends") for day in pair}
    for post in Post.objects.standing():
        stays = list(Membership.objects.standing().filter(member=post.member))
        days = {post.starts, post.ends - timedelta(days=1), *turns, *(row.starts for row in stays)}
        for day in sorted(day for day in days if post.starts <= day < post.ends):
            (cell,) = [row.organization_id for row in stays if row.starts <= day < row.ends]
            assert post.organization_id in _line(cell, _tree(day)), (post, day)


def _cells(day):
    rows = OrganizationSpell.objects.standing().filter(starts__lte=day, ends__gt=day)
    return {row.organization_id for row in rows if row.holds_members}


def _line(place, parents):
    """`place` and all above it."""
    while place:
        yield place
        place = parents[place]


def _tree(day):
    """{organization id: its parent's id or None} of what stood on `day`."""
    rows = OrganizationSpell.objects.standing().filter(starts__lte=day, ends__gt=day)
    return dict(rows.values_list("organization_id", "parent_id"))


def check_roll(day):
    """The roll below each organization is that of its own people and its children's, climbed one by one."""
    parents, expected = _tree(day), Counter()
    held = Membership.objects.standing().filter(starts__lte=day, ends__gt=day)
    for place in held.values_list("organization_id", flat=True):
        expected.update(_line(place, parents))
    for organization in Organization.objects.filter(pk__in=parents):
        assert below(organization, day).count() == expected[organization.pk], (organization, day)


def check_parts(year):
    """The parts of every measure at every organization sum to the whole; opening and flows give the closing."""
    window = the_years([year])[year].window
    nodes = list(Organization.objects.values_list("pk", flat=True))
    whole = counts(REGISTRY, [window], nodes=nodes)
    for node in nodes:
        parts = Counter()
        for (measure, _, _), n in counts(REGISTRY, [window], nodes=[node], by="via").items():
            parts[measure] += n
        assert +parts == Counter({m: n for (m, o, _), n in whole.items() if o == node and n}), (node, year)
    last = min(date(year, 12, 31), clock.today())
    for pk, flow in flows(Organization.objects.all(), date(year, 1, 1), last).items():
        assert flow.balances, (pk, year)


def closed_years():
    return set(Closing.objects.standing().values_list("period__year", flat=True))


def locked_years():
    return set(
        Period.objects.standing().filter(locked__isnull=False, quarter__isnull=True).values_list("year", flat=True)
    )
