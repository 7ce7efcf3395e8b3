"""Members who are already on the roll: no paper a person, one for the file; and what their records say otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from imports.columns import cells
from imports.columns.cells import CellFault
from imports.columns.column import FileRow, ImportColumn, RowOutcome, RowQuestion
from imports.columns.places import NamedPlaces
from imports.given import MembersGivenForm
from imports.verbs import ImportVerb
from ledger import months
from ledger.acts import Refused
from ledger.models import Change
from ledger.numbers import day_in_words
from members.identity.alike import WaitingLikeness
from members.identity.likeness import ANYBODY, PerhapsKnown
from members.models import Amendment, Entry, Member
from members.records.amendments import amend_within
from members.register.arrivals import bring
from members.register.arriving import Arrival, check_brought
from organizations.access import Keep
from organizations.models import Organization

from .kind import ImportKind, Job, Rights, why_not
from .person_columns import CELL, PERSON
from .persons import NEEDED_OF_NEW, Catalogues, differences, new_values, person_of, require_of_new, told_name
from .who_is_who import NEW, SKIP, WhoIsWho

LATER = "tep"


@dataclass(frozen=True)
class Amending:
    """A record and what the file says of it otherwise."""

    member: int
    values: dict[str, Any]


class MembersImport(ImportKind):
    code, title = "dang-vien", "Đảng viên có trong danh sách"
    help = "Mỗi dòng một đảng viên đang sinh hoạt, với chi bộ của họ. Người đã có trong sổ thì hồ sơ được đối chiếu và sửa."
    verb, keep, form_class = ImportVerb.MEMBERS, Keep.RECORD, MembersGivenForm
    columns = (
        *PERSON,
        *CELL,
        ImportColumn(
            name="quyet_dinh",
            label="Ngày quyết định kết nạp",
            read=cells.day,
            headings=("Quyết định kết nạp", "Ngày QĐ kết nạp", "Ngày quyết định"),
            example="25/01/2010",
        ),
        ImportColumn(
            name="ngay_le",
            label="Ngày vào Đảng",
            read=cells.day,
            headings=(
                "Ngày kết nạp",
                "NVĐ",
                "Ngày vào đảng",
                "Vào Đảng",
                "Ngày làm lễ kết nạp",
                "Ngày vào ĐCSVN",
                "Kết nạp",
            ),
            example="03/02/2010",
        ),
        ImportColumn(
            name="chinh_thuc",
            label="Ngày chính thức",
            read=cells.day,
            headings=("Ngày công nhận chính thức", "Chính thức", "NCT", "Ngày vào Đảng chính thức", "Ngày CT"),
            example="03/02/2011",
            note="Để trống nếu còn dự bị.",
        ),
        ImportColumn(
            name="tu_ngay_o",
            label="Sinh hoạt tại chi bộ từ ngày",
            read=cells.day,
            headings=("Ngày chuyển đến", "Sinh hoạt từ ngày", "Về chi bộ ngày"),
            note="Để trống thì lấy ngày của tệp.",
        ),
        ImportColumn(
            name="doan_vien", label="Là đoàn viên khi kết nạp", read=cells.yes, headings=("Đoàn viên",), example="x"
        ),
    )

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.places, self.rights, self.catalogues = NamedPlaces(job.on), Rights(job.user), Catalogues()

    def judge(self, lines: Sequence[FileRow]) -> None:
        people: list[tuple[FileRow, Member]] = []
        self._cell_of: dict[int, Organization | None] = {}
        for line in lines:
            self.catalogues.resolve(line, self.columns)
            self._cell_of[line.number] = self._cell(line)
            if line.is_open:
                people.append((line, person_of(line)))
        self.rights.at(cell for cell in self._cell_of.values() if cell)
        who = WhoIsWho(self.job.user, people)
        self._read(who)
        later = self._amended_later(who)
        for line, person in people:
            cell = self._cell_of[line.number]
            member = who.settle(line, person, cell and cell.pk, self.job.answers.get(line.number, ""))
            if not line.is_open:
                continue
            if member is None:
                self._judge_new(line, person, cell)
            else:
                self._judge_known(line, member, cell, who, later)

    def _read(self, who: WhoIsWho) -> None:
        """Reads once for the rows of a chunk what is held against them beside the records."""

    def _cell(self, line: FileRow) -> Organization | None:
        if not (said := line.get("chi_bo")):
            return None
        try:
            return self.places.cell(said, line.get("dang_bo") or "")
        except CellFault as fault:
            line.refuse(str(fault), self.column("chi_bo"))
            return None

    def _judge_new(self, line: FileRow, person: Member, cell: Organization | None) -> None:
        if not self.job.given.get("quyet_dinh_theo_le") and not line.get("quyet_dinh"):
            line.refuse("Người chưa có trong sổ cần có ngày quyết định kết nạp.", self.column("quyet_dinh"))
        require_of_new(line, self.columns, (*NEEDED_OF_NEW, "ngay_le", "chi_bo"))
        if not line.is_open or cell is None:
            return
        if not self.rights.may(Keep.ROLL, cell):
            line.refuse(why_not(Keep.ROLL, self.places.labels[cell.pk]), self.column("chi_bo"))
            return
        arrival = self._arrival(line, person, cell)
        try:
            check_brought(arrival)
        except Refused as refused:
            for sentence in refused.messages:
                line.refuse(sentence)
            return
        line.outcome, line.aim = RowOutcome.CREATE, arrival
        line.told = f"Ghi {told_name(person)}, vào {self.places.labels[cell.pk]} từ {day_in_words(arrival.on)}"
        if arrival.official is None:
            line.notes.append("Còn dự bị, vì không có ngày chính thức")

    def _arrival(self, line: FileRow, person: Member, cell: Organization) -> Arrival:
        ceremony: date = line.get("ngay_le")
        official = line.get("chinh_thuc")
        if official is None and self.job.given.get("chinh_thuc_theo_le"):
            official = months.after(ceremony, 12)
            official = official if official <= self.job.on else None
        return Arrival(
            member=person,
            organization=cell,
            on=line.get("tu_ngay_o") or max(self.job.on, ceremony),
            decided=line.get("quyet_dinh") or ceremony,
            ceremony=ceremony,
            official=official,
            youth=bool(line.get("doan_vien")),
            entry=Entry.OPENING,
            others=ANYBODY if self.job.answers.get(line.number) == NEW else frozenset(),
        )

    def _judge_known(
        self, line: FileRow, member: Member, cell: Organization | None, who: WhoIsWho, later: dict[int, list[Amendment]]
    ) -> None:
        spell = who.last.get(member.pk)
        if spell is None or not spell.is_open:
            line.refuse(
                f"Hồ sơ số {member.pk} của {member} không còn trong danh sách đảng viên. Hãy ghi việc trở lại ở hồ sơ."
            )
            return
        if cell is not None and spell.organization_id != cell.pk:
            line.refuse(
                f"{member} đang sinh hoạt ở {spell.organization.code} từ {day_in_words(spell.starts)}; tệp ghi {cell.code}. "
                "Nếu đã chuyển, hãy nhập tệp chuyển sinh hoạt.",
                self.column("chi_bo"),
            )
            return
        values = new_values(line)
        line.changes = differences(member, values)
        line.told = told_name(member)
        if not line.changes:
            line.outcome = RowOutcome.SAME
            return
        if not self.rights.may(Keep.RECORD, spell.organization):
            line.refuse(why_not(Keep.RECORD, spell.organization.code))
            return
        if (since := later.get(member.pk)) and self.job.answers.get(line.number) != LATER:
            self._ask_about_later(line, since)
            return
        line.outcome, line.aim = RowOutcome.CHANGE, Amending(member.pk, values)

    def _amended_later(self, who: WhoIsWho) -> dict[int, list[Amendment]]:
        """{member id: what of the record was amended after the day the file tells of}"""
        rows = (
            Amendment.objects.standing().filter(member__in=who.last, added__on__gt=self.job.on).select_related("added")
        )
        later: dict[int, list[Amendment]] = {}
        for row in rows.order_by("pk"):
            later.setdefault(row.member_id, []).append(row)
        return later

    @staticmethod
    def _ask_about_later(line: FileRow, since: Sequence[Amendment]) -> None:
        last = since[-1]
        what = ", ".join(dict.fromkeys(row.get_field_display() for row in since))
        line.ask(
            RowQuestion(
                f"Hồ sơ đã sửa {what} ngày {day_in_words(last.added.on)}, sau ngày của tệp. Ghi theo tệp là bỏ phần sửa ấy.",
                ((LATER, "Ghi theo tệp"), (SKIP, "Giữ hồ sơ đang có")),
            )
        )

    def write(self, lines: Sequence[FileRow], change: Change) -> None:
        arrivals = [line.aim for line in lines if line.outcome == RowOutcome.CREATE]
        amended = [line.aim for line in lines if line.outcome == RowOutcome.CHANGE]
        if arrivals:
            bring(arrivals, change)
        if amended:
            stored = Member.objects.select_related("ethnic_group", "religion").in_bulk([a.member for a in amended])
            amend_within({stored[a.member]: a.values for a in amended}, change)

    def refused(self, line: FileRow, why: Refused) -> None:
        if not isinstance(why, PerhapsKnown):
            super().refused(line, why)
            return
        options = [
            (like.key, f"Là {like.person}, sinh {like.person.born} ({like.why})")
            for like in why.alike
            if not isinstance(like, WaitingLikeness)
        ]
        words = " ".join(why.messages)
        line.ask(RowQuestion(words, (*options, (NEW, "Là người khác"), (SKIP, "Bỏ qua dòng này"))))
