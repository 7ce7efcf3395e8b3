"""Who the members are and how they came to be as many: the panels below the figures. What they count, others count."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.text import capfirst

from indicators.board import Board, level_counts
from indicators.comparable import cut, scheme_changes
from indicators.years import Year
from ledger.numbers import day_in_words, group, percent
from ledger.text import within_sentence
from members.identity.homonyms import tell_apart
from members.models import Member, Qualification, Sex, Theory
from members.roll.balance import COLUMNS, Column
from members.roll.divisions import ages, states_of, with_states
from members.roll.flows import Flow, flows
from members.roll.on_a_day import AGE_BANDS, below, is_probationary, people, roll
from members.visibility import known_whole, open_members
from organizations.frame import Frame

from .bars import Bar, bars, length
from .small_line import SmallLine, small_line

FEW = 30  # members who are told by name, and not as shares of a whole


@dataclass(frozen=True)
class CameAndWent:
    title: str
    said: str
    bars: list[Bar]


def came_and_went(page: Frame) -> CameAndWent:
    """The movements of the year up to the day of `page`, a bar for each kind there was; each opens its people."""
    first = date(page.year, 1, 1)
    flow = flows([page.organization], first, page.day)[page.organization.pk]
    counted = [(column, n) for column in COLUMNS if (n := column.count(flow))]
    longest = max((abs(n) for _, n in counted), default=0)
    return CameAndWent(_grown(flow), _sum(flow), [_movement(page, *each, longest) for each in counted])


def _movement(page: Frame, column: Column, n: int, longest: int) -> Bar:
    signed = n if column.came is None or column.came else -n
    asked = {"o": page.organization.code, "dong": column.key}
    opens = reverse("balance", args=[page.organization.code, page.year], query=asked, fragment="nguoi")
    tone = "came" if signed > 0 else "went"
    return Bar(column.label, f"{'+' if signed > 0 else '−'}{group(abs(n))}", length(n, longest), opens=opens, tone=tone)


def _grown(flow: Flow) -> str:
    if flow.opening == flow.closing:
        return f"Đảng viên: {group(flow.closing)}, bằng đầu năm"
    word = "lên" if flow.closing > flow.opening else "xuống"
    return f"Đảng viên: từ {group(flow.opening)} {word} {group(flow.closing)}"


def _sum(flow: Flow) -> str:
    """ "Trong năm vào 148, ra 86, thêm 62."; what is nothing is left out."""
    parts = [
        f"vào {group(flow.gained)}" if flow.gained else "",
        f"ra {group(flow.lost)}" if flow.lost else "",
        f"do sắp xếp tổ chức {'thêm' if flow.reorganized > 0 else 'bớt'} {group(abs(flow.reorganized))}"
        if flow.reorganized
        else "",
    ]
    told = ", ".join(filter(None, parts))
    grown = flow.closing - flow.opening
    if not told:
        return "Trong năm không có ai vào, không có ai ra."
    several = sum(map(bool, parts)) > 1 and grown
    return f"Trong năm {told}{f', {_more(grown)} {group(abs(grown))}' if several else ''}."


def _more(grown: int) -> str:
    return "thêm" if grown > 0 else "bớt"


@dataclass(frozen=True)
class LevelLine:
    """The share of a level among those rated: `first` and `last` of the years drawn."""

    label: str
    first: str
    last: str
    drawn: SmallLine | None
    words: str


@dataclass(frozen=True)
class LevelYears:
    """`rows`: [(year, [n of each level], how many were rated)], latest last; `changed`: Years whose scheme begins anew."""

    said: str
    since: int
    until: int
    lines: list[LevelLine]
    labels: list[str]
    rows: list[tuple[int, list[int], int]]
    changed: list[Year]


def levels_over_years(board: Board, page: Frame) -> LevelYears | None:
    """The ratings of members up to the year looked at; None when nothing was decided yet."""
    years = [y for y in board.years if y.scheme and y.year <= board.year.year]
    counted = level_counts(page.organization, years)
    rated = {y.year: row for y in years if sum(row := counted[y.year])}
    if not rated:
        return None
    scheme = next(scheme for y in reversed(years) if y.year in rated and (scheme := y.scheme))
    levels = list(scheme.levels.all())
    anew = scheme_changes(years)
    runs = cut(rated, anew)
    shares = [{y: Decimal(100 * row[rank]) / sum(row) for y, row in rated.items()} for rank in range(len(levels))]
    pairs = zip(levels, shares, strict=True)
    return LevelYears(
        said=_best(capfirst(levels[0].member_words), shares[0], runs[-1]),
        since=min(rated),
        until=max(rated),
        lines=[_level_line(capfirst(level.short), by_year, runs) for level, by_year in pairs],
        labels=[capfirst(level.member_words) for level in levels],
        rows=[(year, row, sum(row)) for year, row in rated.items()],
        changed=[y for y in years if y.year in anew & rated.keys() and y.year > min(rated)],
    )


def _level_line(label: str, shares: Mapping[int, Decimal], runs: list[list[int]]) -> LevelLine:
    told = {year: percent(share, 1) for year, share in shares.items()}
    return LevelLine(
        label=label,
        first=told[min(told)] if len(told) > 1 else "",
        last=told[max(told)],
        drawn=small_line([[(year, float(shares[year])) for year in run] for run in runs]),
        words="; ".join(f"{year} {share}" for year, share in told.items()),
    )


def _best(label: str, shares: Mapping[int, Decimal], run: list[int]) -> str:
    """How the highest level has gone since figures can be compared."""
    first, last = (f"{percent(shares[year], 1)} năm {year}" for year in (run[0], run[-1]))
    if len(run) < 2:
        return f"{label} {last}."
    word = "bằng" if shares[run[0]] == shares[run[-1]] else "lên" if shares[run[0]] < shares[run[-1]] else "xuống"
    return f"{label} từ {first} {word} {last}."


@dataclass(frozen=True)
class AgeRow:
    label: str
    men: Bar
    women: Bar


@dataclass(frozen=True)
class Composition:
    """`sexes`: (men, women); `ages`: oldest first; `parts`: [(title, [Bar])], each the whole."""

    total: int
    sexes: tuple[Bar, Bar]
    ages: list[AgeRow]
    parts: list[tuple[str, list[Bar]]]


def composition(page: Frame) -> Composition:
    """Who is on the roll on the day of `page`. What only the record tells opens to who reads every record."""
    counted = people(page.organization, page.day)
    whole = sum(counted["bands"].values())
    of_record = _reads_every_record(page, whole)

    def opening(name: str, asked: bool = True) -> Callable[[object], str]:
        return lambda value: _roll(page, **{name: value}) if asked else ""

    groups = [
        ("Chuyên môn", counted["education"], Qualification, opening("trinh_do", of_record)),
        ("Lý luận chính trị", counted["theory"], Theory, opening("ly_luan", of_record)),
    ]
    parts = [
        (title, bars([(kinds(k).label, n, opens(k)) for k, n in sorted(counts.items())], whole=whole))
        for title, counts, kinds, opens in groups
    ]
    ethnic = [(name, n, opening("dan_toc")(code)) for (code, name), n in counted["ethnic"].most_common()]
    parts.append(("Dân tộc", bars(ethnic, whole=whole)))
    return Composition(whole, _sexes(counted["bands"], page), _ages(counted["bands"], page), parts)


def _reads_every_record(page: Frame, whole: int) -> bool:
    """Whether the list, narrowed by what records say, would show all `whole` of them to the reader."""
    known = known_whole(page.user)
    return known is None or below(page.organization, page.day).filter(known).count() == whole


def _sexes(bands: Mapping[tuple[object, str], int], page: Frame) -> tuple[Bar, Bar]:
    counted = {sex: sum(n for (_, of), n in bands.items() if of == sex) for sex in (Sex.MALE, Sex.FEMALE)}
    men, women = (
        Bar(sex.label, group(n), length(n, max(counted.values())), opens=_roll(page, gioi=sex.value))
        for sex, n in counted.items()
    )
    return men, women


def _ages(bands: Mapping[tuple[object, str], int], page: Frame) -> list[AgeRow]:
    longest = max(bands.values(), default=0)

    def bar(band: object, part: str, sex: Sex) -> Bar:
        n = bands.get((band, sex.value), 0)
        opens = _roll(page, tuoi=part, gioi=sex.value) if n else ""
        return Bar(sex.label, group(n) if n else "", length(n, longest), opens=opens)

    rows = [
        AgeRow(part.label.removesuffix(" tuổi"), bar(band, part.key, Sex.MALE), bar(band, part.key, Sex.FEMALE))
        for band, part in zip(AGE_BANDS, ages(page.day), strict=True)
    ]
    return rows[::-1]


@dataclass(frozen=True)
class MemberByName:
    member: Member
    opens: str
    standing: str


def by_name(page: Frame) -> list[MemberByName]:
    """The people of a small organization on the day of `page`, each leading to the record where that opens."""
    rows = list(with_states(roll(page.organization, page.day), page.day))
    members = tell_apart([row.member for row in rows], page.user)
    reach = open_members(page.user, [member.pk for member in members])
    return [
        MemberByName(
            member=row.member,
            opens=reverse("member", args=[row.member_id]) if row.member_id in reach else "",
            standing="; ".join(
                [
                    *(["dự bị"] if is_probationary(row) else []),
                    *(within_sentence(kind.label) for kind in states_of(row)),
                ]
            ),
        )
        for row in rows
    ]


def panels(board: Board, page: Frame) -> dict[str, object]:
    """What the templates below the figures read."""
    few = board.structure["members"] < FEW
    return {
        "moved": came_and_went(page),
        "levels": levels_over_years(board, page),
        "composition": None if few else composition(page),
        "named": by_name(page) if few else [],
        "roll_day": day_in_words(page.day),
    }


def _roll(page: Frame, **asked: object) -> str:
    """Address of the list of members, narrowed to `asked`."""
    return reverse("people", args=[page.organization.code, page.year], query=asked)
