"""What the page of a committee shows: its cells on their way, what may be done with them now, and why not otherwise."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, F, Q

from ledger.numbers import group, half_up
from organizations import lineage
from organizations.access import Act
from organizations.models import Kind
from ratings.history.sentences import Words
from ratings.judging.caps import places_of_members, places_of_organizations, strength_of_cap
from ratings.judging.reading import Reading
from ratings.models import COUNTED, MemberRating, OrganizationRating, State, Strength
from ratings.periods.deadlines import Deadline, remind_days_of
from ratings.periods.progress import Progress, by_state, progress
from ratings.permits import DECIDES, of_sheet
from ratings.verdicts.elsewhere import said_before

Tier = OrganizationRating.Tier
TONES = {
    State.DRAFT: ("none", "○"),
    State.SUBMITTED: ("wait", "◔"),
    State.ENDORSED: ("wait", "◑"),
    State.DECIDED: ("ok", "●"),
    State.ACCEPTED: ("up", "●"),
    State.LOCKED: ("up", "■"),
}
ERRANDS = {
    Act.ENDORSE: ("Thẩm định", "Phiếu chờ thẩm định", "Đọc phiếu rồi đánh dấu những phiếu đồng ý thẩm định."),
    Act.DECIDE: (
        "Quyết định",
        "Phiếu chờ quyết định",
        "Một văn bản dùng cho mọi phiếu được đánh dấu; mức được ghi đúng như chi bộ đề nghị. "
        "Muốn quyết định khác cho từng đồng chí, bấm tên chi bộ.",
    ),
    Act.RETURN: ("Trả lại", "Trả lại phiếu", "Phiếu trở về nháp để chi bộ sửa; chi bộ đọc được lý do."),
}


@dataclass(frozen=True)
class CellRow:
    """One cell: `levels` reads "1 xuất sắc, 10 tốt"."""

    progress: Progress
    levels: str

    @property
    def place(self):
        return self.progress.place

    @property
    def key(self):
        """As a form sends it."""
        return str(self.sheet.pk)

    @property
    def sheet(self):
        return self.progress.sheet

    @property
    def chip(self):
        tone, mark = TONES[State(self.sheet.state)]
        return {"tone": tone, "mark": mark, "words": State(self.sheet.state).label}


def _levels(tally, levels):
    return ", ".join(f"{tally[rank]} {level.short}" for rank, level in sorted(levels.items()) if tally[rank])


@dataclass(frozen=True)
class Errand:
    """One act on several sheets: `rows` are those it may be done to now; `why` says why there are none."""

    act: Act
    rows: list
    why: tuple

    @property
    def code(self):
        return self.act.name.lower()

    @property
    def words(self):
        return dict(zip(("button", "title", "hint"), ERRANDS[self.act], strict=True))


class CommitteePage:
    """The cells below the organization of `desk` in its period."""

    def __init__(self, desk):
        self.desk, self.period = desk, desk.period

    @cached_property
    def rows(self):
        """[CellRow] in the office's order."""
        below = set(lineage.below([self.desk.organization], self.desk.day).values_list("organization", flat=True))
        cells = progress(self.period, below)
        reading = Reading(self.period, [row.sheet for row in cells], self.desk.day)
        levels = reading.book.levels
        return [CellRow(row, _levels(reading.tally(row.sheet.organization_id), levels)) for row in cells]

    @property
    def states(self):
        """[(words, n)] of the states that occur, in the order of the way."""
        return [(state.label, n) for state, n in by_state([row.progress for row in self.rows]) if n]

    @property
    def late(self):
        return [row for row in self.rows if row.progress.is_late]

    @property
    def remarks(self):
        """Cells that have written why they exceed the cap, or an explanation."""
        return [row for row in self.rows if row.sheet.over_cap or row.sheet.explanation]

    @cached_property
    def places(self):
        """How the cap on members stands in the whole organization; None where the scheme sets none."""
        cells = [row.sheet.organization_id for row in self.rows]
        return next(iter(places_of_members(self.period, cells, self.desk.day).values()), None)

    @cached_property
    def errands(self):
        return [self._errand(act) for act in ERRANDS]

    @property
    def barred(self):
        """The errands that cannot be done to any sheet now."""
        return [errand for errand in self.errands if not errand.rows]

    def _errand(self, act):
        permits = [(row, of_sheet(act, row.sheet, row.place.kind, self.desk.held)) for row in self.rows]
        able = [row for row, permit in permits if permit.allowed]
        return Errand(act, able, () if able else tuple(dict.fromkeys(permit.why for _, permit in permits)))

    @property
    def over(self):
        return -self.places.left

    @property
    def main_errand(self):
        """The one whose button is the page's own: the first that can be done."""
        return next((errand for errand in self.errands if errand.rows), None)

    @cached_property
    def deadline(self):
        return Deadline(self.period.committee_due, remind_days_of(self.period))

    @property
    def decided(self):
        return sum(row.progress.is_decided for row in self.rows)


@dataclass(frozen=True)
class OrganizationRow:
    """One organization with its rating. `share`: its members at the two highest levels, "9/10 (90%)"; `before`: what another
    bloc's period of the same time says of it, a SaidBefore or None.
    """

    place: object
    rating: OrganizationRating
    proposal: str
    verdict: str
    share: str
    before: object = None

    @property
    def task(self):
        return self.rating.get_task_display() if self.rating.task else "chưa có kết quả"

    @property
    def is_rated(self):
        return self.rating.level is not None or self.rating.reason_id is not None


class OrganizationsPage:
    """The organizations whose level is decided at the one of `desk`, and its own. `act`: the right to decide them."""

    def __init__(self, desk):
        self.desk, self.period = desk, desk.period
        at_bloc = desk.place.kind == Kind.KHOI
        self.act = Act.RATE_GRASSROOTS if at_bloc else Act.RATE_CELL
        self.tiers = DECIDES[self.act]
        self.words = Words(desk.period.scheme)

    @cached_property
    def _ratings(self):
        """{organization id: OrganizationRating} at and below here."""
        below = lineage.below([self.desk.organization], self.desk.day)
        rows = OrganizationRating.objects.filter(period=self.period, voided__isnull=True, organization__in=below)
        return {row.organization_id: row for row in rows.select_related("organization", "reason", "decision")}

    @cached_property
    def rows(self):
        """[OrganizationRow] of those to decide, in the office's order; none on the page of a cell."""
        here = self.desk.organization.pk
        ids = {pk for pk, row in self._ratings.items() if row.tier in self.tiers and pk != here}
        places = lineage.places(self.desk.day).filter(organization__in=ids).order_by("position", "organization__code")
        return [self._row(place) for place in places]

    @property
    def has_sections(self):
        return any(row.rating.tier == Tier.SECTION for row in self.rows)

    @cached_property
    def own(self):
        """OrganizationRow of the organization itself, or None where it is not rated (the bloc)."""
        return self._row(self.desk.place) if self.desk.organization.pk in self._ratings else None

    def _row(self, place):
        rating = self._ratings[place.organization_id]
        words, share = self.words, self._shares.get(place.organization_id, "chưa có phiếu được quyết định")
        before = None if rating.decision_id else self._before.get(place.organization_id)
        return OrganizationRow(place, rating, words.proposal(rating), words.organization(rating), share, before)

    @cached_property
    def _before(self):
        return said_before(self.period, list(self._ratings))

    @cached_property
    def _shares(self):
        return shares(self.period, list(self._ratings), self.desk.day)

    @property
    def done(self):
        return sum(row.is_rated for row in self.rows)

    @cached_property
    def places(self):
        """How the cap stands that those decided here count against; None where the scheme sets none."""
        decided_here = [row.place.organization_id for row in self.rows]
        found = places_of_organizations(self.period, self.tiers[-1], decided_here, self.desk.day)
        return next(iter(found.values()), None)

    @cached_property
    def cap_takes_reason(self):
        """Whether a written reason lets the cap be exceeded."""
        return self.places is not None and strength_of_cap(self.period) == Strength.ASK


def shares(period, organizations, day):
    """{organization id: "9/10 (90%)"}: members at the two highest levels of those rated, in decided sheets. One query."""
    up = "organization__lineage__"
    on_the_day = {up + "voided__isnull": True, up + "starts__lte": day, up + "ends__gt": day}
    lines = MemberRating.objects.filter(
        period=period, voided__isnull=True, on_roll=True, sheet__state__in=COUNTED, decided__isnull=False
    )
    lines = lines.filter(**{up + "ancestor__in": organizations}, **on_the_day)
    tally = lines.order_by().values_list(F(up + "ancestor"))
    tally = tally.annotate(good=Count("pk", filter=Q(decided__lte=2)), rated=Count("pk"))
    return {node: f"{group(good)}/{group(n)} ({half_up(Decimal(100 * good) / n, 0)}%)" for node, good, n in tally}
