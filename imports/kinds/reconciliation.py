"""A file of the national database held against the register, person by person and value by value (domain §4.1: every three
months). Nothing is taken over unasked: each value, or a whole column of the file, is accepted; the rest is the list to send up.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from imports.columns.column import Difference, FileRow, RowFault, RowOutcome, RowQuestion
from imports.given import ReconciliationGivenForm
from imports.verbs import ImportVerb
from ledger.models import Change, User
from ledger.numbers import day_in_words
from members.corrections.days import DayCorrection, RecordedDays, correct_within
from members.models import Admission, Member, Membership, Officialization
from members.rights import keeps
from organizations.access import Keep, visible_to
from organizations.models import Organization

from .kind import Job, why_not
from .members import Amending, MembersImport
from .persons import COLUMNS, differences, new_values, told_name
from .who_is_who import SKIP

OURS = "so"
ONLY_THERE = "Chỉ có trong tệp: sổ không có người này. Nếu đang sinh hoạt ở đây, hãy nhập bằng tệp đảng viên."
DAYS = {"quyet_dinh": "Ngày quyết định kết nạp", "ngay_le": "Ngày vào Đảng", "chinh_thuc": "Ngày chính thức"}
CORRECTED = {"quyet_dinh": "decided", "ngay_le": "ceremony", "chinh_thuc": "official"}


@dataclass(frozen=True)
class Accepted:
    """What of a row is taken over: values of the record, and days."""

    record: Amending | None
    days: DayCorrection | None


class ReconciliationImport(MembersImport):
    code, title = "doi-chieu", "Đối chiếu với cơ sở dữ liệu đảng viên"
    help = (
        "Tệp xuất từ cơ sở dữ liệu đảng viên, so từng người, từng mục với sổ. Chỉ ghi những mục đồng chí nhận theo tệp."
    )
    verb, keep, form_class = ImportVerb.RECONCILE, Keep.RECORD, ReconciliationGivenForm

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.matched: set[int] = set()
        self.cells: set[int] = set()
        self.columns_taken = {name for name in (*COLUMNS, *DAYS) if job.given.get(f"nhan_{name}")}

    def judge(self, lines: Sequence[FileRow]) -> None:
        super().judge(lines)
        self.cells |= {cell.pk for line in lines if (cell := self.cells_of.get(line.number))}

    def judge_new(self, line: FileRow, person: Member, cell: Organization | None) -> None:
        line.outcome, line.told = RowOutcome.SKIP, told_name(person)
        line.faults.append(RowFault("", "", ONLY_THERE))

    def judge_known(self, line: FileRow, member: Member, cell: Organization | None) -> None:
        self.matched.add(member.pk)
        line.told = told_name(member)
        spell = self.who.last.get(member.pk)
        self._compare_place(line, spell, cell)
        values = {name: differences(member, new_values(line, [name])) for name in COLUMNS}
        values |= self._compare_days(line, member)
        values = {name: found for name, found in values.items() if found}
        taken = self._taken(line, values)
        if taken - DAYS.keys():
            self._require(line, Keep.RECORD, spell)
        if taken & DAYS.keys():
            self._require(line, Keep.ROLL, spell)
            for sentence in self.recorded.why_not(_days_taken(line, member, taken), self.job.document):
                line.refuse(sentence)
        if not line.is_open:
            return
        for name in values.keys() - taken:
            line.faults += [_kept(difference) for difference in values[name]]
        self._say(line, member, values, taken)

    def _say(self, line: FileRow, member: Member, values: Mapping[str, Sequence[Difference]], taken: set[str]) -> None:
        answered = line.number in self.job.answers
        if taken:
            line.outcome = RowOutcome.CHANGE
            line.changes = [difference for name in sorted(taken) for difference in values[name]]
            record = Amending(member.pk, new_values(line, taken)) if taken - DAYS.keys() else None
            line.aim = Accepted(record, _days_taken(line, member, taken) if taken & DAYS.keys() else None)
        elif values and not answered:
            options = [
                (name, f"{d.label}: sổ ghi {d.before}; tệp ghi {d.after}")
                for name, found in values.items()
                for d in found
            ]
            line.faults.clear()  # each stands in the question
            line.ask(RowQuestion("Nhận theo tệp những mục nào?", (*options, (OURS, "Giữ như sổ")), several=True))
        else:
            line.outcome = RowOutcome.SKIP if line.faults else RowOutcome.SAME

    def _taken(self, line: FileRow, values: Mapping[str, Any]) -> set[str]:
        said = set(self.job.answers.get(line.number, "").split(","))
        return (said | self.columns_taken if OURS not in said and SKIP not in said else set()) & values.keys()

    def _compare_place(self, line: FileRow, spell: Membership | None, cell: Organization | None) -> None:
        if spell is None or not spell.is_open:
            ended = f" ngày {day_in_words(spell.ends)}" if spell else ""
            line.faults.append(RowFault("Chi bộ", line.texts.get("chi_bo", ""), f"Sổ ghi đã ra khỏi danh sách{ended}."))
        elif cell is not None and cell.pk != spell.organization_id:
            line.faults.append(RowFault("Chi bộ", line.texts["chi_bo"], f"Sổ ghi {spell.organization.code}."))

    def _compare_days(self, line: FileRow, member: Member) -> dict[str, list[Difference]]:
        """{column: what it says otherwise} of the days that can be taken over; why another cannot be is said of the row."""
        ours = self._days_of(member)
        others = [name for name in DAYS if line.get(name) not in (None, ours[name])]
        said = {name: day_in_words(day) if (day := ours[name]) else "chưa ghi" for name in DAYS}
        together = set(others) if not self._why_not(line, member, others) else set()
        found = {}
        for name in others:
            theirs = day_in_words(line.get(name))
            why = [] if name in together else self._why_not(line, member, [name])
            if not why:
                found[name] = [Difference(DAYS[name], said[name], theirs)]
                continue
            because = f" Không nhận theo tệp được: {' '.join(why)}"
            line.faults.append(RowFault(DAYS[name], theirs, f"Sổ ghi {said[name]}.{because}"))
        return found

    def _why_not(self, line: FileRow, member: Member, names: Collection[str]) -> list[str]:
        return self.recorded.why_not(_days_taken(line, member, names), self.job.document)

    def _days_of(self, member: Member) -> dict[str, date | None]:
        admissions, officials = self.recorded.admissions[member.pk], self.recorded.officials[member.pk]
        admission, official = admissions[-1] if admissions else None, officials[-1] if officials else None
        return {
            "quyet_dinh": admission and admission.decided,
            "ngay_le": admission and admission.ceremony,
            "chinh_thuc": official and official.on,
        }

    def _require(self, line: FileRow, keep: Keep, spell: Membership | None) -> None:
        if spell and not self.rights.may(keep, spell.organization):
            line.refuse(why_not(keep, spell.organization.code))

    def read_beside(self) -> None:
        self.recorded = RecordedDays(self.who.last)

    def write(self, lines: Sequence[FileRow], change: Change) -> None:
        aims: list[Accepted] = [line.aim for line in lines]
        if amended := [aim.record for aim in aims if aim.record]:
            self.amend(amended, change)
        if days := [aim.days for aim in aims if aim.days]:
            correct_within(days, change)

    @classmethod
    def is_theirs(cls, change: Change, user: User) -> bool:
        rows = (model.objects.filter(added=change) for model in (Admission, Officialization))
        return bool(keeps(user, change, Keep.ROLL if any(found.exists() for found in rows) else Keep.RECORD))

    def remarks(self) -> Iterable[str]:
        """Who is only here: on the roll of the cells that the file tells of, and in no row of it."""
        seen = visible_to(self.job.user, self.job.on).filter(pk__in=self.cells).values("pk")
        rows = Membership.objects.on(self.job.on).filter(organization__in=seen).exclude(member__in=self.matched)
        for row in rows.select_related("member", "organization").order_by("organization__code", "member__sort_key"):
            yield f"Chỉ có trong sổ: {told_name(row.member)}, {row.organization.code}."


def _kept(difference: Difference) -> RowFault:
    return RowFault(difference.label, difference.after, f"Sổ ghi {difference.before}.")


def _days_taken(line: FileRow, member: Member, names: Collection[str]) -> DayCorrection:
    return DayCorrection(member=member, **{CORRECTED[name]: line.get(name) for name in DAYS if name in names})
