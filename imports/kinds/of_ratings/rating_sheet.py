"""The workbook that a cell filled in without a network: its rows into the draft, beside what was typed there meanwhile.

A row knows the line it was made of by its version, and by a mark whether anything was written into it. What somebody typed
into the same line since is shown beside the file and asked about; nothing is lost and nothing written over unasked.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from imports.columns import cells
from imports.columns.column import Difference, FileRow, ImportColumn, RowOutcome, RowQuestion
from imports.given import SheetGivenForm
from imports.kinds.kind import ImportKind, Job, twice
from imports.kinds.who_is_who import SKIP
from imports.verbs import ImportVerb
from ledger import clock
from ledger.acts import Refused
from ledger.models import Change, User
from ledger.numbers import day_in_words
from members.identity.likeness import names_of
from members.models import Member
from organizations import access, lineage
from organizations.access import Act
from organizations.models import Organization
from ratings import permits
from ratings.judging.locking import CapFull, locked, read
from ratings.judging.reading import Reading
from ratings.judging.words import Words
from ratings.models import MemberRating, Period, Sheet
from ratings.models.sheets import the_day
from ratings.sheets import draft
from ratings.sheets.entries import LineEntry

from .rating_columns import JUSTIFICATION, LEVEL, OVER_CAP, POINTS, REASON, WHO
from .rating_mark import LineSaid, mark_of, said_in
from .rating_period import Spoken, may_somewhere, with_hint

MINE = "tep"
NOT_MADE_HERE = "Hãy tải phiếu mới ở trang xếp loại của chi bộ, chép phần đã ghi sang, và không sửa các cột ẩn."


def _hidden(name: str, label: str, read: cells.Reader) -> ImportColumn:
    return ImportColumn(name=name, label=label, read=read, needed=True, note="Cột ẩn của phiếu tải về; không sửa.")


@dataclass(frozen=True)
class TypedLine:
    """Whose line, in which sheet, and what is written into it."""

    sheet: Sheet
    member: int
    entry: LineEntry


class RatingSheetImport(ImportKind):
    code, title = "phieu-xep-loai", "Phiếu xếp loại đã ghi ở nhà"
    help = (
        "Phiếu tải về từ trang xếp loại của chi bộ, ghi không cần mạng rồi đưa trở lại. Mức đã có người khác ghi sau khi tải "
        "thì hiện ra để chọn."
    )
    verb, form_class, chunk, is_ready_made = ImportVerb.RATING_SHEETS, SheetGivenForm, None, True
    columns = (
        _hidden("ky", "Kỳ", cells.code),
        _hidden("chi_bo", "Mã chi bộ", cells.code),
        _hidden("ho_so", "Số hồ sơ", cells.whole),
        _hidden("ban", "Bản", cells.whole),
        _hidden("dau", "Dấu", cells.text),
        WHO[0],
        LEVEL,
        POINTS,
        REASON,
        ImportColumn(name="ghi_chu", label="Ghi chú", read=cells.at_most(300)),
        JUSTIFICATION,
        replace(OVER_CAP, note="Khi số xuất sắc vượt tỷ lệ; ghi ở một dòng là đủ."),
    )

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.over_cap: dict[int, list[str]] = defaultdict(list)
        self.sheets: dict[str, Sheet] = {}

    @classmethod
    def is_open_to(cls, user: User) -> bool:
        return may_somewhere(user, Act.RATE)

    def judge(self, lines: Sequence[FileRow]) -> None:
        rows = [line for line in lines if line.is_open]
        if (period := self._period(rows)) is None:
            return
        self._read(period, rows)
        repeated = twice(rows, ("chi_bo", "ho_so"))
        for line in rows:
            if line.number in repeated:
                line.refuse(f"Dòng này lặp lại dòng {repeated[line.number]}. Hãy giữ một dòng.")
            elif sheet := self._sheet(line):
                self._judge(line, sheet)

    def _period(self, rows: Sequence[FileRow]) -> Period | None:
        """The one period of the file; else its rows are refused."""
        keys = {line.get("ky") for line in rows}
        bloc, _, slug = next(iter(keys), "").partition("/")
        year, _, quarter = slug.partition("-q")
        found = None
        if len(keys) == 1 and year.isdecimal() and quarter in ("", "1", "2", "3", "4"):
            wanted = {"bloc__code": bloc, "year": int(year), "quarter": int(quarter) if quarter else None}
            found = Period.objects.standing().select_related("bloc", "scheme").filter(**wanted).first()
        if found is None:
            for line in rows:
                line.refuse(f"Không rõ phiếu của kỳ nào. {NOT_MADE_HERE}", self.column("ky"))
        return found

    def _read(self, period: Period, rows: Sequence[FileRow]) -> None:
        self.day: date = the_day(period)
        codes = {line.get("chi_bo") for line in rows}
        found = Sheet.objects.standing().filter(period=period, organization__code__in=codes)
        self.sheets = {sheet.organization.code: sheet for sheet in found.select_related("organization")}
        self.reading = Reading(period, self.sheets.values(), self.day)
        self.words, self.spoken = Words(period.scheme), Spoken(self.reading.book)
        self.people = Member.objects.in_bulk({line.get("ho_so") for line in rows})
        standing = [line for of_cell in self.reading.lines.values() for line in of_cell.values()]
        changes = Change.objects.select_related("by").in_bulk({line.changed_id for line in standing if line.changed_id})
        self.writers = {line.pk: changes[line.changed_id] for line in standing if line.changed_id}
        cells_of_file = [sheet.organization for sheet in self.sheets.values()]
        held = access.capacities_of(self.job.user, cells_of_file, self.day)
        kinds = dict(
            lineage.places(self.day).filter(organization__in=cells_of_file).values_list("organization", "kind")
        )
        self.why_not = {
            code: permits.of_sheet(Act.RATE, sheet, kinds.get(sheet.organization_id), held[sheet.organization_id]).why
            for code, sheet in self.sheets.items()
        }

    def _sheet(self, line: FileRow) -> Sheet | None:
        """The sheet of the row, which one may type into now; else the row is refused."""
        sheet = self.sheets.get(line.get("chi_bo"))
        if sheet is None:
            line.refuse(f"Không có phiếu của chi bộ này trong kỳ. {NOT_MADE_HERE}", self.column("chi_bo"))
        elif why := self.why_not[sheet.organization.code]:
            line.refuse(f"{why} Phần đã ghi vẫn ở trong tệp.", self.column("chi_bo"))
            return None
        return sheet

    # One row

    def _judge(self, line: FileRow, sheet: Sheet) -> None:
        member = self.people.get(line.get("ho_so"))
        if member is None or not names_of(Member(full_name=line.get("ho_ten"))) & names_of(member):
            line.refuse(f"Số hồ sơ và họ tên không khớp nhau. {NOT_MADE_HERE}", self.column("ho_so"))
            return
        stands = self.reading.lines[sheet.organization_id].get(member.pk)
        line.told = f"{member.full_name}: {self.words.member(stands)}"
        now, typed = said_in(stands), self._typed(line)
        if typed is None:
            return
        wanted = typed.over(now)
        if line.get("ly_do_vuot"):
            self.over_cap[sheet.pk].append(line.get("ly_do_vuot"))
        if wanted == now or mark_of(typed) == line.get("dau"):
            self._leave(line, now, typed)
        else:
            self._write_or_ask(line, sheet, member, stands, wanted)

    def _typed(self, line: FileRow) -> LineSaid | None:
        """What the row says; None, and it is refused, for words that stand for nothing."""
        level, reason = self.spoken.meanings_of(line, (LEVEL, REASON))
        if not line.is_open:
            return None
        points = line.get("diem")
        level = level if points is None else None
        return LineSaid(level, points, reason, line.get("ghi_chu") or "", line.get("giai_trinh") or "")

    def _leave(self, line: FileRow, now: LineSaid, typed: LineSaid) -> None:
        line.outcome = RowOutcome.SAME
        if typed.is_settled and typed.choice != now.choice:
            line.notes.append("Người khác đã ghi sau khi tải phiếu; tệp không sửa gì ở dòng này nên để nguyên")

    def _write_or_ask(
        self, line: FileRow, sheet: Sheet, member: Member, stands: MemberRating | None, wanted: LineSaid
    ) -> None:
        answer = self.job.answers.get(line.number, "")
        if answer == SKIP:
            line.outcome = RowOutcome.SKIP
            return
        try:
            after = draft.would_be(sheet, member.pk, wanted.entry, self.reading)
        except Refused as why:
            for sentence in with_hint(why, JUSTIFICATION).messages:
                line.refuse(sentence, LEVEL)
            return
        if after is None:
            line.outcome = RowOutcome.SAME
            return
        ours, theirs = self.words.member(after), self.words.member(stands)
        if line.get("ban") != (stands.version if stands else 0) and answer != MINE:
            line.ask(self._question(stands, theirs, ours))
            return
        line.told = f"{member.full_name}: {ours}"
        settled = stands is not None and stands.is_settled
        line.outcome = RowOutcome.CHANGE if settled else RowOutcome.CREATE
        line.changes = [Difference("Xếp loại", theirs, ours)] if settled and ours != theirs else []
        for name, label in (("note", "Ghi chú"), ("justification", "Giải trình")):
            if stands and getattr(stands, name) != getattr(after, name):
                line.changes.append(Difference(label, getattr(stands, name), getattr(after, name)))
        line.aim = TypedLine(sheet, member.pk, wanted.entry)

    def _question(self, stands: MemberRating | None, theirs: str, ours: str) -> RowQuestion:
        writer = self.writers.get(stands.pk) if stands else None
        who = f"{writer.by.get_full_name()} ngày {day_in_words(writer.at)}" if writer else "người khác"
        return RowQuestion(
            f"Sau khi tải phiếu, {who} đã ghi {theirs}; tệp ghi {ours}.",
            ((MINE, f"Lấy theo tệp: {ours}"), (SKIP, f"Giữ như đang ghi: {theirs}")),
        )

    # All of them

    def write(self, lines: Sequence[FileRow], change: Change) -> None:
        entries: dict[Sheet, dict[int, LineEntry]] = defaultdict(dict)
        for line in lines:
            entries[line.aim.sheet][line.aim.member] = line.aim.entry
        reading = read(locked(list(entries)), clock.today())
        why = {sheet.pk: "; ".join(dict.fromkeys(said)) for sheet in entries if (said := self.over_cap[sheet.pk])}
        draft.rate_within(reading, entries, change, over_cap=why)

    def refused(self, line: FileRow, why: Refused) -> None:
        super().refused(line, with_hint(why, OVER_CAP if isinstance(why, CapFull) else JUSTIFICATION))

    @classmethod
    def is_theirs(cls, change: Change, user: User) -> bool:
        typed = MemberRating.history.filter(changed=change).values("sheet__organization")
        held = access.capacities_of(user, Organization.objects.filter(pk__in=typed), clock.today())
        return all(access.may(Act.RATE, capacities) for capacities in held.values())

    def remarks(self) -> Iterable[str]:
        if len(self.sheets) == 1 and not any(self.why_not.values()):
            yield "Ghi xong, phiếu vẫn là nháp: hãy xem lại rồi nộp ở trang xếp loại của chi bộ."
