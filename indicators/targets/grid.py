"""Targets of a year as a table: the grassroots organizations of a bloc, the indicators that are set below it, last year's."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from indicators.board import board, standing_targets
from indicators.line import Line
from indicators.models import Indicator
from indicators.years import groups_of, the_years
from ledger import clock
from ledger.numbers import group
from organizations import lineage
from organizations.models import Organization, OrganizationSpell
from organizations.successions import blocs_before

# What the organizations' targets make together beside the bloc's own; {short}: how far they are apart.
SUMS = {
    "equal": "cộng {total} / giao {given}: đã giao đủ",
    "short": "cộng {total} / giao {given}: còn {short} chưa giao",
    "over": "cộng {total} / giao {given}: vượt {short}",
    "alone": "cộng {total}; cả đảng bộ chưa được giao mức nào",
}


@dataclass(frozen=True)
class TargetGrid:
    """`places`: spells of the organizations, in the office's order; `targets`: {(indicator id, organization id): value}, the
    bloc's own among them; `last`: {(indicator's code, organization id): Line of the year before}.
    """

    bloc: Organization
    year: int
    indicators: list[Indicator]
    places: list[OrganizationSpell]
    targets: dict[tuple[int, int], Decimal]
    last: dict[tuple[str, int], Line]

    def given(self, indicator: Indicator) -> Decimal | None:
        """The bloc's own target."""
        return self.targets.get((indicator.pk, self.bloc.pk))


def target_grid(bloc: Organization, year: int) -> TargetGrid:
    """The TargetGrid of `bloc` in `year`; the number of queries does not grow with organizations or indicators."""
    of_year = the_years([year], at=bloc)[year]
    groups = groups_of({year: of_year.bloc})[year]
    indicators = [i for g in groups for i in g.headlines if i.is_set_below]
    places = list(lineage.children(bloc, of_year.window.last))  # all grassroots: nothing else hangs under a bloc
    nodes = [bloc.pk, *(place.organization_id for place in places)]
    return TargetGrid(bloc, year, indicators, places, standing_targets(indicators, nodes), _of_year(bloc, year - 1))


def _of_year(bloc: Organization, year: int) -> dict[tuple[str, int], Line]:
    """{(indicator's code, organization id): Line} of what stood below `bloc` in `year`, or below what it took over since."""
    day = clock.last_day(year)
    blocs = lineage.blocs(day).filter(organization__in=[bloc.pk, *blocs_before(bloc)]) if day else ()
    boards = [board(spell.organization, year, years=[year], letters=False) for spell in blocs]
    return {
        (line.indicator.code, node): line
        for one in boards
        for place in one.children
        for node in [place.organization_id]
        for line in one.of(node)
    }


def summed(values: Iterable[Decimal | None], given: Decimal | None) -> tuple[str, str]:
    """(key of SUMS, the sentence) of what the organizations were set of a count, beside the bloc's own target."""
    total = sum((value for value in values if value is not None), Decimal(0))
    if given is None:
        return "alone", SUMS["alone"].format(total=_plain(total))
    key = "equal" if total == given else "short" if total < given else "over"
    apart = _plain(abs(given - total))
    return key, SUMS[key].format(total=_plain(total), given=_plain(given), short=apart)


def _plain(value: Decimal) -> str:
    return group(value.quantize(Decimal(1)))
