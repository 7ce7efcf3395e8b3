"""What was decided of the members in a period: brought by the department of the bloc, from the books of the years before.

A sheet of which everybody on the roll then has a level or a reason goes the whole way to accepted, by the steps and under
the rules of its way; one of which somebody is wanting stays a draft, and it is told who.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from imports.columns.cells import CellFault
from imports.columns.column import Difference, FileRow, RowOutcome
from imports.kinds.kind import Job, twice
from imports.kinds.paper_columns import NUMBER, PAPER, paper_of_row
from imports.kinds.person_columns import CELL
from imports.kinds.persons import person_of
from imports.verbs import ImportVerb
from ledger.acts import Refused, part
from ledger.documents import Key, keep, key_of
from ledger.models import Change, Document
from ledger.numbers import group
from members.models import Member
from organizations import lineage
from ratings import workflow
from ratings.judging.locking import CapFull, locked, read
from ratings.judging.reading import Reading
from ratings.judging.words import Words
from ratings.models import MemberRating, OrganizationRating, Sheet, State
from ratings.sheets import draft
from ratings.sheets.entries import LineEntry

from .on_the_roll import WhoWasOnRoll
from .rating_columns import EXPLANATION, JUSTIFICATION, LEVEL, OVER_CAP, POINTS, REASON, WHO
from .rating_period import DecidedImport, Spoken, with_hint

FEW_NAMES = 12


@dataclass
class SheetPlan:
    """A sheet and what a file says of it. `papers`: {of their own: number of its first row}; `lines`: all its rows; `entries`: what is written; `said`: {column of the sheet:
    text}; `troubled`: a row of it is refused or asked about; `refused`: it could not be written.
    """

    sheet: Sheet
    roof: int
    lines: list[FileRow] = field(default_factory=list)
    entries: dict[int, LineEntry] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    papers: dict[Key, int] = field(default_factory=dict)
    missing: set[int] = field(default_factory=set)
    troubled: bool = False
    refused: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether it goes the whole way."""
        return bool(self.lines) and not (self.troubled or self.missing) and self.sheet.state != State.ACCEPTED

    @property
    def writing(self) -> list[FileRow]:
        return [line for line in self.lines if line.writes]

    def text(self, column: str) -> str | None:
        """What the file says once for the sheet; None where it says nothing."""
        return "; ".join(dict.fromkeys(self.said[column])) or None


class RatingsImport(DecidedImport):
    code, title = "xep-loai", "Xếp loại đảng viên của một kỳ"
    help = (
        "Kết quả đã quyết định của một kỳ đang mở; mỗi dòng một đảng viên có tên trong danh sách ngày chốt, kể cả người nay đã "
        "chuyển đi. Chi bộ đủ mọi đồng chí thì phiếu đi đến đã tiếp nhận; còn thiếu thì phiếu ở lại nháp."
    )
    verb = ImportVerb.RATINGS
    columns = (*WHO, *CELL, LEVEL, POINTS, REASON, JUSTIFICATION, OVER_CAP, EXPLANATION, *PAPER)

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        rows = Sheet.objects.standing().filter(period=self.period).select_related("organization")
        self.reading = Reading(self.period, list(rows), self.day)
        self.spoken = Spoken(self.reading.book)
        roofs = self._roofs()
        self.plans = {s.organization_id: SheetPlan(s, roofs[s.organization_id]) for s in self.reading.sheets}
        self.codes = {s.organization_id: s.organization.code for s in self.reading.sheets}

    def _roofs(self) -> dict[int, int]:
        """{cell id: id of the grassroots organization above it}"""
        tier = OrganizationRating.Tier.GRASSROOTS
        rows = OrganizationRating.objects.standing().filter(period=self.period, tier=tier)
        roofs, above = set(rows.values_list("organization", flat=True)), lineage.ancestors(self.day)
        return {cell: min(above[cell] & roofs, default=cell) for cell in self.reading.cells}

    @cached_property
    def who(self) -> WhoWasOnRoll:
        rolls = self.reading.rolls
        return WhoWasOnRoll({m: cell for cell, roll in rolls.items() for m in roll}, self.codes, self.day)

    def judge(self, lines: Sequence[FileRow]) -> None:
        if self.is_refused(lines):
            return
        people = [(line, person_of(line), self._cell(line)) for line in lines if line.is_open]
        self.who.look_for((line, person) for line, person, _ in people)
        for line, person, cell in people:
            if line.is_open and (member := self.who.settle(line, person, cell, self.job.answers.get(line.number, ""))):
                line.values["member"] = member
        found = [line for line in lines if line.get("member")]
        repeated = twice(found, ("member",))
        for line in found:
            self._judge(line, line.get("member"), repeated.get(line.number))
        self._see_who_is_missing(lines)

    def _cell(self, line: FileRow) -> int | None:
        """The cell that the row names, by which namesakes are told apart. The roll itself says whose sheet it is, so that a
        name which has changed since, or which two cells bear, keeps nobody out.
        """
        if not (said := line.get("chi_bo")):
            return None
        try:
            return self.places.cell(said, line.get("dang_bo") or "").pk
        except CellFault as fault:
            line.notes.append(f"Chi bộ lấy theo danh sách của kỳ. {fault}")
            return None

    # One row

    def _judge(self, line: FileRow, member: Member, before: int | None) -> None:
        plan = self.plans[self.who.cells[member.pk]]
        plan.lines.append(line)
        cell = plan.sheet.organization
        line.told = f"{member.full_name}, {cell.code}"
        if before:
            line.refuse(f"{member} đã ghi ở dòng {before}. Hãy giữ một dòng.")
            return
        if (entry := self._entry(line)) is None:
            return
        stands = self.reading.lines[cell.pk].get(member.pk)
        if plan.sheet.state == State.DRAFT:
            self._judge_in_draft(line, member, entry, plan, stands)
        else:
            self._judge_handed_in(line, member, entry, plan, stands)
        self._see_paper(line, plan)
        for column, name in (("over_cap", "ly_do_vuot"), ("explanation", "giai_trinh_chi_bo")):
            if line.get(name):
                plan.said[column].append(line.get(name))

    def _see_paper(self, line: FileRow, plan: SheetPlan) -> None:
        """One decision a sheet: told in one of its rows, or alike in several."""
        if (paper := paper_of_row(line, PAPER, self.job)) is None:
            return
        plan.papers.setdefault(key_of(paper), line.number)
        first = next(iter(plan.papers))
        if first != key_of(paper):
            line.refuse(
                f"Phiếu của {plan.sheet.organization.code} có một quyết định; dòng {plan.papers[first]} ghi số {first[0]}. Hãy "
                "ghi như nhau, hoặc chỉ ghi ở một dòng.",
                NUMBER,
            )

    def _entry(self, line: FileRow) -> LineEntry | None:
        """What the row says; None, and it is refused, where that is no level and no reason."""
        level, reason = self.spoken.meanings_of(line, (LEVEL, REASON))
        points = line.get("diem")
        if not line.is_open:
            return None
        if level is None and points is None and reason is None:
            line.refuse("Dòng này không có mức xếp loại, cũng không có lý do không xếp loại.", LEVEL)
            return None
        level = level if points is None else None
        return LineEntry(level=level, points=points, reason=reason, justification=line.get("giai_trinh") or None)

    def _judge_in_draft(
        self, line: FileRow, member: Member, entry: LineEntry, plan: SheetPlan, stands: MemberRating | None
    ) -> None:
        try:
            wanted = draft.would_be(plan.sheet, member.pk, entry, self.reading)
        except Refused as why:
            for sentence in with_hint(why, JUSTIFICATION).messages:
                line.refuse(sentence, LEVEL)
            return
        line.told += f": {self.words.member(wanted or stands)}"
        if wanted is None:
            line.outcome = RowOutcome.SAME
            return
        plan.entries[member.pk] = entry
        settled = stands is not None and stands.is_settled
        line.outcome = RowOutcome.CHANGE if settled else RowOutcome.CREATE
        line.changes = _differences(stands, wanted, self.words) if settled else []

    def _judge_handed_in(
        self, line: FileRow, member: Member, entry: LineEntry, plan: SheetPlan, stands: MemberRating | None
    ) -> None:
        """What was handed in or decided says the same, or has its own pages to be corrected at."""
        line.told += f": {self.words.member(stands)}"
        if stands is not None and _says(stands, entry):
            line.outcome = RowOutcome.SAME
            return
        state = State(plan.sheet.state)
        line.refuse(
            f"Phiếu của chi bộ {plan.sheet.organization.code} {state.label}, ở đó đồng chí này là "
            f"{self.words.member(stands)}. Muốn khác thì trả lại phiếu ở trang xếp loại rồi nhập lại.",
            LEVEL,
        )

    # The sheets

    def _see_who_is_missing(self, lines: Iterable[FileRow]) -> None:
        for cell, plan in self.plans.items():
            written = set(plan.entries)
            plan.missing = self.reading.missing(cell) - written
            plan.troubled = any(line.outcome in (RowOutcome.REFUSE, RowOutcome.ASK) for line in plan.lines)
            if not plan.is_ready:
                continue
            for line in plan.lines:
                if line.outcome == RowOutcome.SAME:
                    line.outcome = RowOutcome.CHANGE
                    line.changes = [Difference("Phiếu", State(plan.sheet.state).label, State.ACCEPTED.label)]

    def write(self, lines: Sequence[FileRow], change: Change) -> None:
        by_roof: dict[int, list[SheetPlan]] = defaultdict(list)
        for plan in self.plans.values():
            if plan.writing:
                by_roof[plan.roof].append(plan)
        self._carry_out(list(by_roof.values()), change)

    def _carry_out(self, groups: list[list[SheetPlan]], change: Change) -> None:
        """Writes the sheets, in halves where they are refused together. What is under one roof is over its cap together."""
        try:
            with part():
                self._write([plan for plans in groups for plan in plans], change)
        except Refused as why:
            if len(groups) > 1:
                middle = len(groups) // 2
                self._carry_out(groups[:middle], change)
                self._carry_out(groups[middle:], change)
            elif len(groups[0]) > 1 and not isinstance(why, CapFull):
                self._carry_out([[plan] for plan in groups[0]], change)
            else:
                self._refuse(groups[0], why)

    def _write(self, plans: Sequence[SheetPlan], change: Change) -> None:
        reading = read(locked([plan.sheet for plan in plans]), change.on)
        reading.go_on_from(self.reading, with_lines=False)  # those of a part that was refused would seem to stand
        fresh = {sheet.pk: sheet for sheet in reading.sheets}
        drafts = [plan for plan in plans if plan.sheet.state == State.DRAFT]
        if drafts:
            entries = {fresh[plan.sheet.pk]: plan.entries for plan in drafts}
            said = {column: _said(drafts, column) for column in ("over_cap", "explanation")}
            draft.rate_within(
                reading.part(entries), entries, change, over_cap=said["over_cap"], explanations=said["explanation"]
            )
        if ready := [fresh[plan.sheet.pk] for plan in plans if plan.is_ready]:
            own = {plan.sheet.pk: next(iter(plan.papers)) for plan in plans if plan.is_ready and plan.papers}
            papers = keep(Document(number=n, date=d, issuer=i) for n, d, i in own.values())
            workflow.carry_through(reading.part(ready), change, {pk: papers[key] for pk, key in own.items()})

    def _refuse(self, plans: Iterable[SheetPlan], why: Refused) -> None:
        why = with_hint(why, OVER_CAP if isinstance(why, CapFull) else EXPLANATION)
        for plan in plans:
            plan.refused = True
            for line in plan.writing:
                self.refused(line, why)

    def remarks(self) -> Iterable[str]:
        plans = sorted(self.plans.values(), key=lambda plan: plan.sheet.organization.code)
        touched = [plan for plan in plans if plan.lines and not plan.refused]
        if done := sum(plan.is_ready for plan in touched):
            yield f"{group(done)} phiếu có đủ mọi đồng chí, đi đến {State.ACCEPTED.label}."
        for plan in touched:
            if plan.missing:
                yield f"Phiếu của {plan.sheet.organization.code} ở lại nháp, còn thiếu {self._names(plan.missing)}."
            elif plan.troubled and plan.sheet.state == State.DRAFT:
                yield f"Phiếu của {plan.sheet.organization.code} ở lại nháp, vì có dòng cần sửa hoặc cần trả lời."
        if untouched := [p.sheet.organization.code for p in plans if not p.lines and p.sheet.state != State.ACCEPTED]:
            yield f"{group(len(untouched))} chi bộ không có dòng nào trong tệp: {', '.join(untouched)}."

    def _names(self, members: Iterable[int]) -> str:
        people = sorted((self.who.members[pk] for pk in members), key=lambda member: member.sort_key)
        names = ", ".join(member.full_name for member in people[:FEW_NAMES])
        more = len(people) - FEW_NAMES
        return f"{names} và {more} đồng chí nữa" if more > 0 else names


def _said(plans: Iterable[SheetPlan], column: str) -> dict[int, str]:
    """{sheet id: text}; what the file does not say stays."""
    return {plan.sheet.pk: said for plan in plans if (said := plan.text(column)) is not None}


def _says(line: MemberRating, entry: LineEntry) -> bool:
    """Whether a line that was handed in says what the file says."""
    reason = entry.reason.pk if entry.reason else None
    if entry.points is not None:
        return (line.points, line.reason_id) == (entry.points, reason)
    return (line.level, line.reason_id) == (entry.level, reason)


def _differences(before: MemberRating | None, after: MemberRating, words: Words) -> list[Difference]:
    said = [("Xếp loại", words.member(before), words.member(after))]
    said.append(("Giải trình", before.justification if before else "", after.justification))
    return [Difference(label, old, new) for label, old, new in said if old != new]
