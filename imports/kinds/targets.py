"""Targets of organizations: a row an organization and year, a column an indicator; or a row a target.

Columns are those of every year's headline indicators, by their codes: which of them a row may set follows from its year.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from django.utils.functional import classproperty

from imports.columns import cells
from imports.columns.cells import CellFault
from imports.columns.column import Difference, FileRow, ImportColumn, RowOutcome, loose_key
from imports.columns.places import PlacesInTime
from imports.given import SMALL_AS_SHARE, TargetsGivenForm
from imports.reading.book import Cell
from imports.verbs import ImportVerb
from indicators.board import standing_targets
from indicators.models import Indicator
from indicators.targets.targets import blocs_in, fault_of, set_targets_within
from indicators.targets.typed import plain
from indicators.years import groups_of
from ledger import clock
from ledger.models import Change
from organizations.access import Keep
from organizations.models import Organization
from ratings.periods.periods import span

from .kind import ImportKind, Job, Rights, why_not
from .place_columns import ORGANIZATION, YEAR, organization_in

MOST, DECIMALS = 10**7, 2  # of the column in which targets are kept


class NoTarget(Enum):
    """What stands in a cell that withdraws a target."""

    WITHDRAWN = "thu hồi"


def level(cell: Cell) -> Decimal | NoTarget | None:
    """A target: 115, 62,5, 95%; “thu hồi”. None for an empty cell."""
    if cells.withdraws(cell):
        return NoTarget.WITHDRAWN
    number = cells.number(cell)
    if number is not None and abs(number) >= MOST:
        raise CellFault("Số này quá lớn.")
    if number is not None and round(number, DECIMALS) != number:
        raise CellFault("Mức giao có nhiều nhất hai chữ số lẻ. Hãy làm tròn.")
    return number


@dataclass
class KnownIndicator:
    """An indicator of one code, over the years. `names`: what it and its group were called, the latest first."""

    code: str
    names: list[str] = field(default_factory=list)
    years: list[int] = field(default_factory=list)

    def column(self, label: str) -> ImportColumn:
        first, last = min(self.years), max(self.years)
        return ImportColumn(
            name=f"muc_{self.code}",
            label=label,
            read=level,
            headings=(self.code, *dict.fromkeys(self.names)),
            note=f"Nhóm chỉ tiêu năm {first}–{last}." if first != last else f"Nhóm chỉ tiêu năm {first}.",
        )


INDICATOR = ImportColumn(
    name="chi_tieu",
    label="Chỉ tiêu",
    read=cells.text,
    headings=("Tên chỉ tiêu", "Mã chỉ tiêu", "Nội dung chỉ tiêu", "Nhóm chỉ tiêu"),
    note="Chỉ khi mỗi dòng là một mức giao: mã hoặc tên của chỉ tiêu.",
)
LEVEL = ImportColumn(
    name="muc_giao",
    label="Mức giao",
    read=level,
    headings=("Mức", "Giao", "Chỉ tiêu giao", "Số giao"),
    note="Mức của chỉ tiêu ghi ở cột Chỉ tiêu. Viết “thu hồi” để thu hồi; ô trống thì để nguyên.",
)


def indicator_columns() -> tuple[ImportColumn, ...]:
    """A column for each code that a headline indicator has in some year, those of the latest year first. One query."""
    known: dict[str, KnownIndicator] = {}
    rows = Indicator.objects.filter(headline=True, group__retired=None).select_related("group")
    for indicator in rows.order_by("-group__year", "group__order", "pk"):
        one = known.setdefault(indicator.code, KnownIndicator(indicator.code))
        one.names += [indicator.name, indicator.group.name, indicator.group.code]
        one.years.append(indicator.group.year)
    used = {column.label for column in (ORGANIZATION, YEAR, INDICATOR, LEVEL)}
    columns = []
    for one in known.values():
        label = one.names[0] if one.names[0] not in used else f"{one.names[0]} ({one.code})"
        used.add(label)
        columns.append(one.column(label))
    return tuple(columns)


@dataclass
class RowOfTargets:
    """What a row says of its organization. `levels`: {column: level}; `indicators`: {code: Indicator} of its year and bloc."""

    line: FileRow
    organization: Organization
    year: int
    levels: dict[ImportColumn, Decimal | NoTarget]
    indicators: Mapping[str, Indicator] = field(default_factory=dict)

    @property
    def whom(self) -> str:
        return f"{self.organization.code}, năm {self.year}"


class TargetsImport(ImportKind):
    code, title = "chi-tieu", "Chỉ tiêu giao"
    help = (
        "Mỗi dòng một tổ chức, mỗi cột một chỉ tiêu của năm; hoặc mỗi dòng một mức giao. Ô trống để nguyên mức đang giao, "
        "“thu hồi” thì thu hồi."
    )
    verb, keep, form_class, chunk = ImportVerb.TARGETS, Keep.TARGETS, TargetsGivenForm, None

    @classproperty
    def columns(cls) -> tuple[ImportColumn, ...]:
        return (ORGANIZATION, YEAR, *indicator_columns(), INDICATOR, LEVEL)

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.places, self.rights = PlacesInTime(job.user), Rights(job.user)
        self.levels = indicator_columns()

    def judge(self, lines: Sequence[FileRow]) -> None:
        rows = [row for line in lines if (row := self._read(line))]
        self._find_indicators(rows)
        wanted = [(row, self._wanted(row)) for row in rows]
        indicators = {indicator.pk: indicator for _, targets in wanted for indicator in targets}
        stands = standing_targets(indicators.values(), {row.organization.pk for row in rows})
        self.rights.at_each((row.organization, self._day(row)) for row in rows)
        seen: dict[tuple[int, int], int] = {}
        for row, targets in wanted:
            for indicator in targets:
                key = indicator.pk, row.organization.pk
                if key in seen:
                    row.line.refuse(f"{indicator.name} của {row.organization.code} đã ghi ở dòng {seen[key]}.")
                seen.setdefault(key, row.line.number)
            self._judge(row, targets, stands)

    def _read(self, line: FileRow) -> RowOfTargets | None:
        """What the row says; None of one that is refused or says nothing, which it then tells."""
        year = line.get(YEAR.name) or self.job.on.year
        organization = organization_in(line, self.places, year)
        if organization is None or not line.is_open:
            return None
        levels = {c: line.get(c.name) for c in (*self.levels, LEVEL) if line.get(c.name) is not None}
        if LEVEL in levels and not line.get(INDICATOR.name):
            line.refuse("Có mức giao mà không rõ của chỉ tiêu nào. Hãy ghi chỉ tiêu.", INDICATOR)
            return None
        row = RowOfTargets(line, organization, year, levels)
        if not levels:
            line.outcome, line.told = RowOutcome.SKIP, f"{row.whom}: không có mức nào"
            return None
        return row

    def _find_indicators(self, rows: Iterable[RowOfTargets]) -> None:
        of_years = defaultdict(list)
        for row in rows:
            of_years[row.year].append(row)
        for year, of_year in of_years.items():
            blocs = blocs_in({row.organization for row in of_year}, year)
            groups = {bloc: groups_of({year: bloc})[year] for bloc in set(blocs.values()) if bloc}
            for row in of_year:
                bloc = blocs[row.organization.pk]
                of_bloc = groups[bloc] if bloc else []
                row.indicators = {i.code: i for group in of_bloc for i in group.headlines}

    def _wanted(self, row: RowOfTargets) -> dict[Indicator, Decimal | None]:
        """{Indicator: its target, None to withdraw it}; what cannot be is told."""
        if not row.indicators:
            row.line.refuse(
                f"Đảng bộ của {row.organization.code} chưa đặt nhóm chỉ tiêu cho năm {row.year}. Hãy đặt nhóm chỉ tiêu trước.",
                YEAR,
            )
            return {}
        wanted: dict[Indicator, Decimal | None] = {}
        for column, said in row.levels.items():
            indicator = self._indicator(row, column)
            if indicator is None:
                continue
            value = None if isinstance(said, NoTarget) else self._value(row, column, indicator, said)
            if fault := fault_of(indicator, value):
                row.line.refuse(f"{fault[:1].upper()}{fault[1:]}", column)
            elif indicator in wanted:
                row.line.refuse(f"{indicator.name} ghi hai mức trên một dòng. Hãy để lại một.", column)
            wanted[indicator] = value
        return wanted

    def _indicator(self, row: RowOfTargets, column: ImportColumn) -> Indicator | None:
        if column is not LEVEL:
            code = column.name.removeprefix("muc_")
            if code not in row.indicators:
                row.line.refuse(f"Năm {row.year} không có chỉ tiêu này. Hãy để trống ô, hoặc xem lại năm.", column)
            return row.indicators.get(code)
        key = loose_key(row.line.get(INDICATOR.name))
        found = [
            indicator
            for indicator in row.indicators.values()
            if key in {loose_key(t) for t in (indicator.code, indicator.name, indicator.group.name)}
        ]
        if len(found) == 1:
            return found[0]
        names = ", ".join(row.indicators)
        row.line.refuse(f"Năm {row.year} không có chỉ tiêu mang mã hoặc tên như vậy. Có: {names}.", INDICATOR)
        return None

    def _value(self, row: RowOfTargets, column: ImportColumn, indicator: Indicator, said: Decimal) -> Decimal:
        """`said`; a share of one where the file writes percentages so."""
        if indicator.kind != Indicator.Kind.RATIO or not 0 < said <= 1 or "%" in row.line.texts[column.name]:
            return said
        small = self.job.given.get("ty_le_nho")
        if small == SMALL_AS_SHARE:
            return said * 100
        if not small:
            row.line.refuse(
                f"Là {plain(said * 100)}% hay {plain(said)}%? Hãy chọn ở mục “Tỷ lệ từ 0 đến 1” của bước chọn cột, hoặc sửa ô này.",
                column,
            )
        return said

    def _judge(
        self,
        row: RowOfTargets,
        targets: Mapping[Indicator, Decimal | None],
        stands: Mapping[tuple[int, int], Decimal],
    ) -> None:
        line, pk = row.line, row.organization.pk
        before = {indicator: stands.get((indicator.pk, pk)) for indicator in targets}
        differing = {indicator: value for indicator, value in targets.items() if before[indicator] != value}
        if differing and not self.rights.may(Keep.TARGETS, row.organization, self._day(row)):
            line.refuse(why_not(Keep.TARGETS, row.organization.code), ORGANIZATION)
        if not line.is_open:
            return
        line.changes = [
            Difference(indicator.name, _told(indicator, before[indicator]), _told(indicator, value))
            for indicator, value in differing.items()
        ]
        line.told = f"Giao chỉ tiêu cho {row.whom}" if differing else f"{row.whom}: đúng như đang giao"
        line.aim = {(indicator, row.organization): value for indicator, value in differing.items()}
        if not differing:
            line.outcome = RowOutcome.SAME
        else:
            is_new = all(before[indicator] is None for indicator in differing)
            line.outcome = RowOutcome.CREATE if is_new else RowOutcome.CHANGE

    def _day(self, row: RowOfTargets) -> date:
        """The last day of its year on which one may be asked for the right to it."""
        return self.places.last_day(row.organization, min(clock.today(), span(row.year)[1]))

    def write(self, lines: Sequence[FileRow], change: Change) -> None:
        targets: dict[tuple[Indicator, Organization], Decimal | None] = {}
        for line in lines:
            targets |= line.aim
        set_targets_within(targets, change)

    def column(self, name: str) -> ImportColumn:
        return next(c for c in (ORGANIZATION, YEAR, *self.levels, INDICATOR, LEVEL) if c.name == name)


def _told(indicator: Indicator, value: Decimal | None) -> str:
    if value is None:
        return "chưa giao"
    return f"{plain(value)}%" if indicator.kind == Indicator.Kind.RATIO else plain(value)
