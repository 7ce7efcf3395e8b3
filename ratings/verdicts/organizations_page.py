"""The page of the ratings of organizations: what was proposed and decided, shares and caps."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, F, Q

from ledger.numbers import group, half_up
from organizations import lineage
from organizations.access import Act
from organizations.models import Kind
from ratings.judging.caps import places_of_organizations, strength_of_cap
from ratings.judging.words import Words
from ratings.models import COUNTED, MemberRating, OrganizationRating, Strength
from ratings.permits import DECIDES

from .elsewhere import said_before
from .years import years_before

Tier = OrganizationRating.Tier


@dataclass(frozen=True)
class OrganizationRow:
    """One organization with its rating. `share`: its members at the two highest levels, "9/10 (90%)"; `before`: what another
    bloc's period of the same time says of it, a SaidBefore or None; `years`: [YearLetter] of the years before;
    `levels`: {rank: Level} of the scheme.
    """

    place: object
    rating: OrganizationRating
    proposal: str
    verdict: str
    share: str
    before: object = None
    years: tuple = ()
    levels: dict = field(default_factory=dict)

    @property
    def anchor(self):
        return f"to-chuc-{self.rating.pk}"

    @property
    def proposed_short(self):
        """What it proposes, as it stands on a button."""
        return self.levels[self.rating.proposed].organization_short if self.rating.proposed else "chưa có"

    @property
    def task(self):
        return self.rating.get_task_display() if self.rating.task else "chưa có kết quả"

    @property
    def is_rated(self):
        return self.rating.level is not None or self.rating.reason_id is not None


class OrganizationsPage:
    """The organizations whose level is decided at the one of `here`, and its own. `act`: the right to decide them."""

    def __init__(self, here):
        self.here, self.period = here, here.period
        at_bloc = here.place.kind == Kind.KHOI
        self.act = Act.RATE_GRASSROOTS if at_bloc else Act.RATE_CELL
        self.tiers = DECIDES[self.act]
        self.words = Words(here.period.scheme)

    @cached_property
    def _ratings(self):
        """{organization id: OrganizationRating} at and below here."""
        below = lineage.below([self.here.organization], self.here.day)
        rows = OrganizationRating.objects.standing().filter(period=self.period, organization__in=below)
        return {row.organization_id: row for row in rows.select_related("organization", "reason", "decision")}

    @cached_property
    def rows(self):
        """[OrganizationRow] of those to decide, in the office's order; none on the page of a cell."""
        own_id = self.here.organization.pk
        ids = {pk for pk, row in self._ratings.items() if row.tier in self.tiers and pk != own_id}
        places = lineage.places(self.here.day).filter(organization__in=ids).order_by("position", "organization__code")
        return [self._row(place) for place in places]

    @property
    def has_sections(self):
        return any(row.rating.tier == Tier.SECTION for row in self.rows)

    @cached_property
    def own(self):
        """OrganizationRow of the organization itself, or None where it is not rated (the bloc)."""
        return self._row(self.here.place) if self.here.organization.pk in self._ratings else None

    def _row(self, place):
        rating = self._ratings[place.organization_id]
        words, share = self.words, self._shares.get(place.organization_id, "chưa có phiếu được quyết định")
        before = None if rating.decision_id else self._before.get(place.organization_id)
        years = self._years.get(place.organization_id, ())
        said = words.proposal(rating), words.organization(rating)
        return OrganizationRow(place, rating, *said, share, before, years, words.levels)

    @cached_property
    def _years(self):
        return years_before(self.period, list(self._ratings))

    @property
    def letters(self):
        """ "XS xuất sắc, T tốt…": what the letters of the years stand for, each once."""
        told = {letter.letters: letter.words.removesuffix(" tiêu biểu") for row in self.rows for letter in row.years}
        named = [f"{letters} {words}" for letters, words in sorted(told.items()) if letters.isalpha()]
        return "; ".join([*named, "– không xếp loại", "· không có trong kỳ"])

    @cached_property
    def _before(self):
        return said_before(self.period, list(self._ratings))

    @cached_property
    def _shares(self):
        return shares(self.period, list(self._ratings), self.here.day)

    @property
    def done(self):
        return sum(row.is_rated for row in self.rows)

    @cached_property
    def places(self):
        """How the cap stands that those decided here count against; None where the scheme sets none."""
        decided_here = [row.place.organization_id for row in self.rows]
        by_roof = places_of_organizations(self.period, self.tiers[-1], decided_here, self.here.day)
        return next(iter(by_roof.values()), None)

    @cached_property
    def cap_takes_reason(self):
        """Whether a written reason lets the cap be exceeded."""
        return self.places is not None and strength_of_cap(self.period) == Strength.ASK


def shares(period, organizations, day):
    """{organization id: "9/10 (90%)"}: members at the two highest levels of those rated, in decided sheets. One query."""
    lines = MemberRating.objects.standing().filter(
        period=period, on_roll=True, sheet__state__in=COUNTED, decided__isnull=False
    )
    lines = lines.filter(**{lineage.above() + "__in": organizations}, **lineage.line_on(day))
    tally = lines.order_by().values_list(F(lineage.above()))
    tally = tally.annotate(good=Count("pk", filter=Q(decided__lte=2)), rated=Count("pk"))
    return {node: f"{group(good)}/{group(n)} ({half_up(Decimal(100 * good) / n, 0)}%)" for node, good, n in tally}
