"""Members who are already on the roll: no paper a person, one for the file; and what their records say otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from imports.columns import cells
from imports.columns.column import FileRow, ImportColumn, RowOutcome, RowQuestion
from imports.columns.places import NamedPlaces
from imports.given import MembersGivenForm
from imports.verbs import ImportVerb
from ledger import months
from ledger.models import Change, User
from ledger.numbers import day_in_words
from ledger.text import within_sentence
from members.models import Amendment, Entry, Member, Membership
from members.records.amendments import amend_within
from members.register.arrivals import bring
from members.register.arriving import Arrival, check_brought
from members.rights import keeps
from organizations.access import Keep
from organizations.models import Organization

from .arrivals import AND, ArrivalsImport
from .kind import Job, why_not
from .person_columns import CELL, CEREMONY, DECIDED, OFFICIAL, PERSON, YOUTH
from .persons import NEEDED_OF_NEW, differences, new_values, require_of_new, told_name
from .who_is_who import SKIP

LATER = "tep"
WAYS: dict[str, object] = {way.label: way for way in (Entry.OPENING, Entry.ARRIVED)}
WAYS |= dict.fromkeys(
    ("Chuyển đến", "Chuyển sinh hoạt đến", "Chuyển sinh hoạt đảng đến", "Nơi khác chuyển đến", "Tiếp nhận"),
    Entry.ARRIVED,
)


@dataclass(frozen=True)
class Amending:
    """A record and what the file says of it otherwise."""

    member: int
    values: dict[str, Any]


class MembersImport(ArrivalsImport):
    code, title = "dang-vien", "Đảng viên có trong danh sách"
    help = "Mỗi dòng một đảng viên đang sinh hoạt, với chi bộ của họ. Người đã có trong sổ thì hồ sơ được đối chiếu và sửa."
    verb, keep, form_class = ImportVerb.MEMBERS, Keep.RECORD, MembersGivenForm
    columns = (
        *PERSON,
        *CELL,
        DECIDED,
        CEREMONY,
        OFFICIAL,
        ImportColumn(
            name="tu_ngay_o",
            label="Sinh hoạt tại chi bộ từ ngày",
            read=cells.day,
            headings=("Ngày chuyển đến", "Sinh hoạt từ ngày", "Về chi bộ ngày"),
            note="Để trống thì lấy ngày của tệp.",
        ),
        ImportColumn(
            name="vao_do",
            label="Vào danh sách do",
            read=cells.one_of(WAYS, spoken=f"Chỉ hiểu: {Entry.OPENING.label}, {Entry.ARRIVED.label}."),
            headings=("Đến vì", "Lý do tăng", "Hình thức", "Nguồn tăng", "Vào vì"),
            note=f"Để trống là {within_sentence(Entry.OPENING.label)}; ai chuyển đến sau khi lập sổ thì ghi để tính vào số chuyển đến.",
            options=lambda: [Entry.OPENING.label, Entry.ARRIVED.label],
        ),
        YOUTH,
    )

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.places = NamedPlaces(job.user, job.on)

    def find_cell(self, said: str, above: str, line: FileRow) -> Organization:
        return self.places.cell(said, above)

    def judge_new(self, line: FileRow, person: Member, cell: Organization | None) -> None:
        if not self.job.given.get("quyet_dinh_theo_le") and not line.get("quyet_dinh"):
            line.refuse("Người chưa có trong sổ cần có ngày quyết định kết nạp.", self.column("quyet_dinh"))
        require_of_new(line, self.columns, (*NEEDED_OF_NEW, "ngay_le", "chi_bo"))
        if not line.is_open or cell is None:
            return
        if not self.rights.may(Keep.ROLL, cell):
            line.refuse(why_not(Keep.ROLL, self.places.labels[cell.pk]), self.column("chi_bo"))
            return
        candidate = self.candidate_of(line, cell)
        if not line.is_open:
            return
        arrival = self._arrival(line, person, cell, candidate)
        if self.holds(line, lambda: check_brought(arrival)):
            since = day_in_words(arrival.on)
            here = self.places.labels[cell.pk]
            why = f", {within_sentence(Entry(arrival.entry).label)}" if arrival.entry != Entry.OPENING else ""
            self.arrives(line, arrival, f"Ghi {told_name(person)}, vào {here} từ {since}{why}")

    def _arrival(self, line: FileRow, person: Member, cell: Organization, candidate: int | None) -> Arrival:
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
            entry=line.get("vao_do") or Entry.OPENING,
            candidate=candidate,
            others=self.others(line),
        )

    def judge_known(self, line: FileRow, member: Member, cell: Organization | None) -> None:
        spell = self.who.last.get(member.pk)
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
        if (since := self.later.get(member.pk)) and LATER not in self.said(line):
            self._ask_about_later(line, since)
            return
        line.outcome, line.aim = RowOutcome.CHANGE, Amending(member.pk, values)

    def read_beside(self) -> None:
        """`later`: {member id: what of the record was amended after the day the file tells of}"""
        rows = Amendment.objects.standing().filter(member__in=self.who.last, added__on__gt=self.job.on)
        self.later: dict[int, list[Amendment]] = {}
        for row in rows.select_related("added").order_by("pk"):
            self.later.setdefault(row.member_id, []).append(row)

    def _ask_about_later(self, line: FileRow, since: Sequence[Amendment]) -> None:
        last, (who, _) = since[-1], self.said(line)
        what = ", ".join(dict.fromkeys(row.get_field_display() for row in since))
        line.ask(
            RowQuestion(
                f"Hồ sơ đã sửa {what} ngày {day_in_words(last.added.on)}, sau ngày của tệp. Ghi theo tệp là bỏ phần sửa ấy.",
                ((f"{who}{AND}{LATER}", "Ghi theo tệp"), (SKIP, "Giữ hồ sơ đang có")),
            )
        )

    @classmethod
    def is_theirs(cls, change: Change, user: User) -> bool:
        brought = Membership.objects.filter(added=change).exists()
        return bool(keeps(user, change, cls.verb.kept_by if brought else Keep.RECORD))

    def write(self, lines: Sequence[FileRow], change: Change) -> None:
        arrivals = [line.aim for line in lines if line.outcome == RowOutcome.CREATE]
        amended = [line.aim for line in lines if line.outcome == RowOutcome.CHANGE]
        if arrivals:
            bring(arrivals, change)
        if amended:
            self.amend(amended, change)

    @staticmethod
    def amend(amended: Sequence[Amending], change: Change) -> None:
        stored = Member.objects.select_related("ethnic_group", "religion").in_bulk([a.member for a in amended])
        amend_within({stored[a.member]: a.values for a in amended}, change)
