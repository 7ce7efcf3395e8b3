"""Who is admitted into the Party in a cell of the bloc, admitted again or restored: a row is one ceremony of one person."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from imports.columns.column import Difference, FileRow, ImportColumn, RowOutcome
from imports.columns.places import PlacesInTime
from imports.given import AdmissionsGivenForm
from imports.verbs import ImportVerb
from ledger import clock, days
from ledger.documents import key_of
from ledger.models import Change, Document
from ledger.numbers import day_in_words
from ledger.text import within_sentence
from members.corrections.decisions import add_decisions_within
from members.identity.consents import consenting, issuer_fault
from members.life.probation import recognise
from members.models import Admission, Entry, Member, Membership
from members.register.arrivals import take_in
from members.register.arriving import Arrival, EarlierAdmission, check_admitted
from members.register.ways_back import require_way_back
from members.roll.probation_path import Path, a_year_after, paths
from organizations.access import Keep
from organizations.models import Organization

from .admission_columns import BEFORE, COLUMNS, CONSENT, CONSENTING, DECISION, RECOGNITION
from .arrivals import ArrivalsImport
from .kind import Job, why_not
from .paper_columns import ISSUER, by_paper, paper_of_row, recorded
from .person_columns import DECIDED, OFFICIAL, YOUTH
from .persons import NEEDED_OF_NEW, differences, new_values, require_of_new, told_name


@dataclass(frozen=True)
class Recognition:
    """Somebody admitted as the row says, whom the register does not know yet to be official."""

    member: Member
    on: date
    paper: Document | None


@dataclass(frozen=True)
class Completion:
    """What a row adds to an admission that stands: its decision, the recognition that followed."""

    admission: Admission
    decision: Document | None = None
    recognition: Recognition | None = None


class AdmissionsImport(ArrivalsImport):
    code, title = "ket-nap", "Kết nạp đảng viên"
    help = (
        "Mỗi dòng một lễ kết nạp ở một chi bộ của Khối; cũng ghi được kết nạp lại, phục hồi đảng tịch. Người đã kết nạp đúng như "
        "dòng ấy thì để nguyên; có thêm ngày chính thức thì ghi công nhận chính thức, có thêm quyết định mà sổ chưa ghi thì ghi quyết định."
    )
    verb, keep, form_class, earlier = ImportVerb.ADMISSIONS, Keep.ROLL, AdmissionsGivenForm, True
    columns = COLUMNS

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.places = PlacesInTime(job.user)

    def find_cell(self, said: str, above: str, line: FileRow) -> Organization | None:
        if not (ceremony := line.get("ngay_le")):
            return None
        return self.places.cell(said, ceremony, above)

    def read_beside(self) -> None:
        """`admissions`: {member id: those that stand}; `paths`: {member id: Path}."""
        self.admissions: dict[int, list[Admission]] = defaultdict(list)
        rows = (
            Admission.objects.standing()
            .filter(member__in=self.who.last)
            .select_related("organization", "decision", "added__document")
        )
        for row in rows.order_by("ceremony", "pk"):
            self.admissions[row.member_id].append(row)
        self.paths: dict[int, Path] = paths(self.who.last)

    # Somebody who comes onto the roll

    def judge_new(self, line: FileRow, person: Member, cell: Organization | None) -> None:
        require_of_new(line, self.columns, NEEDED_OF_NEW)
        self._judge_arrival(line, person, cell)

    def _judge_arrival(self, line: FileRow, person: Member, cell: Organization | None) -> None:
        require_of_new(line, self.columns, ("chi_bo", DECIDED.name))
        self._refuse_future(line)
        before, consent = self._before(line), self._consent(line)
        decision, official_decision = self._papers(line)
        if cell and not self._may(cell):
            line.refuse(why_not(Keep.ROLL, self._label(line, cell)), self.column("chi_bo"))
        if not line.is_open or cell is None:
            return
        given = self.job.given.get("dong_nguon", False)
        candidate = self.candidate_of(line, cell, unasked=given)
        ceremony: date = line.get("ngay_le")
        arrival = Arrival(
            member=person,
            organization=cell,
            on=ceremony,
            decided=line.get(DECIDED.name),
            ceremony=ceremony,
            official=line.get(OFFICIAL.name),
            youth=bool(line.get(YOUTH.name)),
            entry=line.get("hinh_thuc") or Entry.ADMITTED,
            consent=consent,
            before=before,
            candidate=candidate,
            others=self.others(line),
            decision=decision,
            official_decision=official_decision if line.get(OFFICIAL.name) else None,
        )
        if line.is_open and self.holds(line, lambda: self._check(arrival)):
            self._tell(line, arrival)

    def _check(self, arrival: Arrival) -> None:
        check_admitted(arrival)
        if spells := self.who.spells.get(arrival.member.pk):
            require_way_back(arrival, spells)

    def _tell(self, line: FileRow, arrival: Arrival) -> None:
        where, day = self._label(line, arrival.organization), day_in_words(arrival.ceremony)
        who = told_name(arrival.member) + (f", hồ sơ số {arrival.member.pk}" if arrival.member.pk else "")
        paper = by_paper(arrival.decision)
        self.arrives(line, arrival, f"{Entry(arrival.entry).label} {who}, vào {where}, lễ ngày {day}{paper}")
        if arrival.official and arrival.official < a_year_after(arrival.ceremony):
            line.notes.append("Chính thức khi chưa đủ 12 tháng từ ngày làm lễ")

    def _refuse_future(self, line: FileRow) -> None:
        """Each day that lies ahead, by its column."""
        for column in self.columns:
            value = line.get(column.name)
            if isinstance(value, date) and (fault := days.why_not_past(value)):
                line.refuse(fault, column)

    def _may(self, cell: Organization) -> bool:
        today = clock.today()
        return self.rights.may(Keep.ROLL, cell, self.places.last_day(cell, today))

    def _label(self, line: FileRow, cell: Organization) -> str:
        return self.places.label(cell, line.get("ngay_le"))

    def _before(self, line: FileRow) -> EarlierAdmission | None:
        decided, ceremony, official, left = (line.get(column.name) for column in BEFORE)
        if not any((decided, ceremony, official, left)):
            return None
        self._require_beside(line, BEFORE[:2], "Lần kết nạp trước đây cần đủ ngày quyết định và ngày vào Đảng.")
        return EarlierAdmission(decided=decided, ceremony=ceremony, official=official, left=left)

    def _consent(self, line: FileRow) -> Document | None:
        """The paper as the row tells of it, not saved."""
        number, day = (line.get(column.name) for column in CONSENT)
        if not (number or day):
            return None
        self._require_beside(line, CONSENT, f"Văn bản đồng ý của {consenting()} cần đủ số và ngày.")
        paper = Document(number=number or "", date=day, issuer=line.get(CONSENTING.name) or consenting())
        if line.is_open and (fault := issuer_fault(paper)):
            line.refuse(fault, self.column(CONSENTING.name))
        return paper

    def _papers(self, line: FileRow) -> tuple[Document | None, Document | None]:
        """The decisions of its own by which somebody was admitted and recognised, not saved."""
        return (
            paper_of_row(line, (DECISION, DECIDED, ISSUER), self.job),
            paper_of_row(line, (*RECOGNITION, ISSUER), self.job),
        )

    def _require_beside(self, line: FileRow, columns: Iterable[ImportColumn], why: str) -> None:
        for column in columns:
            if not line.get(column.name) and line.is_open:
                line.refuse(why, column)

    # Somebody of the register

    def judge_known(self, line: FileRow, member: Member, cell: Organization | None) -> None:
        ceremony, spells = line.get("ngay_le"), self.who.spells[member.pk]
        same = [row for row in self.admissions[member.pk] if row.ceremony == ceremony]
        if same:
            self._hold_against(line, member, cell, same[-1])
        elif spells and spells[-1].is_open:
            self._refuse_on_roll(line, member, spells[-1])
        else:
            self._judge_arrival(line, member, cell)

    def _refuse_on_roll(self, line: FileRow, member: Member, spell: Membership) -> None:
        here = f"đang sinh hoạt ở {spell.organization.code}"
        if not (known := self.admissions[member.pk]):
            line.refuse(f"{member} {here}, hồ sơ số {member.pk}; không kết nạp thêm lần nữa.")
            return
        days_known = ", ".join(day_in_words(row.ceremony) for row in known)
        line.refuse(
            f"{member} {here}, vào Đảng ngày {days_known}. Nếu sổ sai, hãy mở hồ sơ số {member.pk}, hủy việc đã ghi ngày ấy rồi "
            "nhập lại dòng này.",
            self.column("ngay_le"),
        )

    def _hold_against(self, line: FileRow, member: Member, cell: Organization | None, known: Admission) -> None:
        """The admission stands already: what the row says otherwise of it is refused, a recognition it adds is written."""
        line.told = f"{told_name(member)}, hồ sơ số {member.pk}, kết nạp ngày {day_in_words(known.ceremony)}"
        self._refuse_differing(line, cell, known)
        official = line.get(OFFICIAL.name)
        officials = self.paths[member.pk].officials
        if official and officials and official not in officials:
            line.refuse(
                f"Sổ ghi chính thức từ {day_in_words(officials[-1])}. Nếu sổ sai, hãy mở hồ sơ số {member.pk}, hủy việc công nhận "
                "chính thức rồi ghi lại.",
                self.column(OFFICIAL.name),
            )
        decision, official_decision = self._papers(line)
        if not line.is_open:
            return
        papers = [paper for paper in (known.decision, known.added.document) if paper]
        if decision and papers and key_of(decision) not in map(key_of, papers):
            line.notes.append(f"Sổ ghi {papers[0]}, tệp ghi {decision}. Tệp này không sửa việc đã ghi")
        if otherwise := differences(member, new_values(line)):
            told = "; ".join(f"{d.label}: {d.before}, tệp ghi {d.after}" for d in otherwise)
            line.notes.append(f"Hồ sơ ghi {told}. Tệp này không sửa hồ sơ")
        line.outcome = RowOutcome.SAME
        self._complete(
            line,
            Completion(
                known,
                None if papers else decision,
                Recognition(member, official, official_decision) if official and not officials else None,
            ),
        )

    def _refuse_differing(self, line: FileRow, cell: Organization | None, known: Admission) -> None:
        of_record = f"Nếu sổ sai, hãy mở hồ sơ số {known.member_id}, hủy lần kết nạp ấy rồi nhập lại dòng này."
        youth = "là đoàn viên" if known.youth else "không phải đoàn viên"
        for name, stands, before in (
            (DECIDED.name, known.decided, day_in_words(known.decided)),
            ("hinh_thuc", known.kind, within_sentence(known.get_kind_display())),
            (YOUTH.name, known.youth, youth),
        ):
            if line.get(name) not in (None, stands):
                line.refuse(f"Sổ ghi {before}. {of_record}", self.column(name))
        if cell is None or cell.pk == known.organization_id:
            return
        if known.organization:
            line.refuse(f"Sổ ghi kết nạp ở {known.organization.code}. {of_record}", self.column("chi_bo"))
        else:
            line.refuse(
                "Sổ ghi là đảng viên có khi lập sổ hoặc từ nơi khác đến, nên lần kết nạp không tính cho chi bộ nào của Khối. Muốn "
                f"tính, hãy mở hồ sơ số {known.member_id}, hủy việc ghi vào danh sách rồi nhập lại dòng này.",
                self.column("chi_bo"),
            )

    def _complete(self, line: FileRow, aim: Completion) -> None:
        here = self.who.last[aim.admission.member_id].organization
        changes = []
        if aim.decision:
            changes.append(Difference("Quyết định kết nạp", "chưa ghi", str(aim.decision)))
        if official := aim.recognition:
            if fault := days.why_not_past(official.on):
                line.refuse(fault, self.column(OFFICIAL.name))
            said = f"{day_in_words(official.on)}{by_paper(official.paper)}"
            changes.append(Difference(OFFICIAL.label, "còn dự bị", said))
        if changes and not self.rights.may(Keep.ROLL, here):
            line.refuse(why_not(Keep.ROLL, here.code))
        if changes and not line.faults:
            line.outcome, line.changes, line.aim = RowOutcome.CHANGE, changes, aim

    def write(self, lines: Sequence[FileRow], change: Change) -> None:
        came: list[Arrival] = [line.aim for line in lines if line.outcome == RowOutcome.CREATE]
        aims: list[Completion] = [line.aim for line in lines if line.outcome == RowOutcome.CHANGE]
        official = [aim.recognition for aim in aims if aim.recognition]
        told = [paper for row in came for paper in (row.consent, row.decision, row.official_decision)]
        papers = recorded([*told, *(aim.decision for aim in aims), *(aim.paper for aim in official)])

        def kept(paper: Document | None) -> Document | None:
            return papers[key_of(paper)] if paper else None

        if came:
            take_in(
                [
                    replace(
                        row,
                        consent=kept(row.consent),
                        decision=kept(row.decision),
                        official_decision=kept(row.official_decision),
                    )
                    for row in came
                ],
                change,
            )
        if decided := [(aim.admission, paper) for aim in aims if (paper := kept(aim.decision))]:
            add_decisions_within(decided, change)
        if official:
            own = {aim.member: paper for aim in official if (paper := kept(aim.paper))}
            recognise({aim.member: aim.on for aim in official}, change, own)
