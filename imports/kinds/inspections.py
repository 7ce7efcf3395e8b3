"""Inspections, supervisions, finance checks: a row is one organization looked at in one of them, planned or carried out."""

from collections.abc import Sequence
from datetime import date

from imports.columns import cells
from imports.columns.cells import CellFault
from imports.columns.column import FileRow, ImportColumn, RowOutcome, RowQuestion, loose_key
from imports.columns.places import PlacesInTime
from imports.verbs import ImportVerb
from inspections import undoing
from inspections.checks.rules import InspectionPlan, What, finding_faults, subject_faults, what_of
from inspections.models import Conclusion, Inspection, InspectionSubject
from ledger import clock
from ledger.models import Change, User
from ledger.numbers import day_in_words
from organizations import access, lineage
from organizations.access import Keep
from organizations.models import Organization

from .asking import ask_about_newer
from .kind import ImportKind, Job, Rights, why_not
from .members import LATER
from .subjects import KnownSubjects, NewSubject, SubjectChange, SubjectRow, bring, carry_on, differences
from .who_is_who import NEW, SKIP

KINDS: dict[str, object] = {words: kind for kind in Inspection.Kind for words in (kind.label, kind.value)}
KINDS |= dict.fromkeys(
    ("KT", "Kiểm tra chấp hành", "Kiểm tra chuyên đề", "Kiểm tra khi có dấu hiệu vi phạm", "Kiểm tra dấu hiệu vi phạm"),
    Inspection.Kind.INSPECTION,
)
KINDS |= dict.fromkeys(("GS", "Giám sát chuyên đề", "Giám sát thường xuyên"), Inspection.Kind.SUPERVISION)
KINDS |= dict.fromkeys(("KTTC", "Kiểm tra tài chính", "Tài chính", "Tài chính Đảng"), Inspection.Kind.FINANCE)
WHAT_KINDS = "Chỉ hiểu: " + ", ".join(Inspection.Kind.labels) + "."
PLANS = {True: "trong kế hoạch", False: "ngoài kế hoạch"}


class InspectionsImport(ImportKind):
    code, title = "kiem-tra", "Kiểm tra, giám sát"
    help = (
        "Mỗi dòng một tổ chức được kiểm tra, giám sát. Các dòng cùng năm, loại, nội dung và tổ chức tiến hành là một cuộc. "
        "Dòng chưa có ngày hoàn thành là kế hoạch; nhập lại khi đã làm thì ghi thêm ngày, kết luận."
    )
    verb, keep, chunk = ImportVerb.INSPECTIONS, Keep.INSPECTIONS, None
    columns = (
        ImportColumn(
            name="nam",
            label="Năm",
            read=cells.year,
            headings=("Năm kế hoạch", "Kế hoạch năm", "Năm KH"),
            example="2018",
            note="Để trống thì lấy năm của ngày hoàn thành.",
        ),
        ImportColumn(
            name="loai",
            label="Loại",
            read=cells.one_of(KINDS, spoken=WHAT_KINDS),
            headings=("Loại hình", "Hình thức", "Loại cuộc", "Hình thức kiểm tra", "Kiểm tra, giám sát", "KT, GS"),
            needed=True,
            example="Kiểm tra",
            options=lambda: Inspection.Kind.labels,
        ),
        ImportColumn(
            name="noi_dung",
            label="Nội dung",
            read=cells.at_most(300),
            headings=(
                "Nội dung kiểm tra, giám sát",
                "Nội dung kiểm tra",
                "Nội dung giám sát",
                "Tên cuộc",
                "Chuyên đề",
                "Cuộc kiểm tra, giám sát",
            ),
            needed=True,
            example="Kiểm tra việc chấp hành Điều lệ Đảng",
            note="Viết giống nhau ở các dòng của một cuộc.",
        ),
        ImportColumn(
            name="tien_hanh",
            label="Tổ chức tiến hành",
            read=cells.text,
            headings=(
                "Do ai tiến hành",
                "Đơn vị tiến hành",
                "Chủ thể kiểm tra",
                "Chủ thể",
                "Cấp kiểm tra",
                "Nơi tiến hành",
            ),
            example="DB05",
            note="Mã, hoặc tên. Để trống thì là tổ chức của người nhập.",
        ),
        ImportColumn(
            name="to_chuc",
            label="Tổ chức được kiểm tra, giám sát",
            read=cells.text,
            headings=(
                "Tổ chức được kiểm tra",
                "Tổ chức được giám sát",
                "Đối tượng",
                "Đối tượng kiểm tra, giám sát",
                "Đối tượng kiểm tra",
                "Tổ chức đảng được kiểm tra",
                "Đơn vị được kiểm tra",
                "Tổ chức",
            ),
            needed=True,
            example="DB05-03",
            note="Mã, hoặc tên; mỗi dòng một tổ chức.",
        ),
        ImportColumn(
            name="dang_bo",
            label="Đảng bộ của tổ chức",
            read=cells.text,
            headings=("Đảng bộ", "Đảng bộ cơ sở", "TCCSĐ", "Trực thuộc"),
            note="Chỉ cần khi nhiều tổ chức cùng tên.",
        ),
        ImportColumn(
            name="trong_ke_hoach",
            label="Có trong kế hoạch năm",
            read=cells.yes,
            headings=("Trong kế hoạch", "Theo kế hoạch", "Kế hoạch", "Có kế hoạch"),
            example="có",
            note="có hoặc không. Cả cột để trống thì mọi dòng đều trong kế hoạch.",
            options=lambda: ["có", "không"],
        ),
        ImportColumn(
            name="hoan_thanh",
            label="Hoàn thành ngày",
            read=cells.day,
            headings=("Ngày hoàn thành", "Ngày tiến hành", "Ngày kiểm tra", "Ngày KT", "Ngày thực hiện", "Đã làm ngày"),
            example="15/09/2018",
            note="Để trống nếu chưa làm.",
        ),
        ImportColumn(
            name="ket_luan_ngay",
            label="Ngày kết luận",
            read=cells.day,
            headings=("Kết luận ngày", "Ngày thông báo kết luận", "Ngày TBKL"),
            example="01/10/2018",
        ),
        ImportColumn(
            name="ket_luan",
            label="Nội dung kết luận",
            read=cells.lines_at_most(4000),
            headings=("Kết luận", "Kết quả", "Kết quả kiểm tra, giám sát", "Kết luận kiểm tra"),
            example="Chấp hành tốt",
        ),
    )

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.places, self.rights, self.above = PlacesInTime(job.user), Rights(job.user), lineage.climb()
        offices = {a.organization_id: a.organization for a in access.office_of(job.user).appointments}
        self.own = [o for o in offices.values() if self.rights.may(Keep.INSPECTIONS, o)]

    def judge(self, lines: Sequence[FileRow]) -> None:
        tells_plans = any(line.get("trong_ke_hoach") is not None for line in lines)
        rows = [row for line in lines if (row := self._understood(line))]
        known, seen = KnownSubjects(rows), dict[tuple[What, int], int]()
        for row in rows:
            first = seen.setdefault(row.key, row.line.number)
            if first != row.line.number:
                row.line.refuse(
                    f"Lượt này đã ghi ở dòng {first}. Hãy bỏ một dòng, hoặc ghi nội dung cho khác, ví dụ thêm đợt."
                )
            if not self._may(row):
                continue
            if row.line.is_open and self.job.answers.get(row.line.number) == SKIP:
                row.line.outcome = RowOutcome.SKIP
            elif subject := known.standing.get(row.key):
                self._judge_known(row, subject, known.conclusions.get(subject.key))
            else:
                self._judge_new(row, known, tells_plans=tells_plans)

    def _understood(self, line: FileRow) -> SubjectRow | None:
        line.told = f"“{line.texts['noi_dung']}”: {line.texts['to_chuc']}"
        done_on = line.get("hoan_thanh")
        year = line.get("nam") or (done_on and done_on.year)
        if year is None:
            line.refuse("Dòng chưa có ngày hoàn thành cần có năm của kế hoạch.", self.column("nam"))
        elif year > (next_year := clock.today().year + 1):
            line.refuse(f"Kế hoạch ghi trước nhiều nhất cho năm {next_year}.", self.column("nam"))
        elif done_on and done_on.year == year:
            return self._row(line, year, done_on, done_on)
        else:
            return self._row(line, year, date(year, 1, 1), date(year, 12, 31))
        return None

    def _row(self, line: FileRow, year: int, first: date, last: date) -> SubjectRow | None:
        conductor = self._conductor(line, year)
        organization = self._found(line, "to_chuc", first, last, line.get("dang_bo") or "")
        if not (conductor and organization):
            return None
        planned = line.get("trong_ke_hoach")
        plan = InspectionPlan(
            year=year,
            kind=line.get("loai") or "",
            title=line.get("noi_dung") or "Dòng này",
            conductor=conductor,
            subjects=((organization, line.get("hoan_thanh")),),
            planned=True if planned is None else planned,
        )
        return SubjectRow(line, plan, organization)

    def _conductor(self, line: FileRow, year: int) -> Organization | None:
        if line.get("tien_hanh"):
            return self._found(line, "tien_hanh", date(year, 1, 1), date(year, 12, 31))
        if len(self.own) != 1:
            line.refuse("Hãy ghi mã hoặc tên tổ chức tiến hành.", self.column("tien_hanh"))
            return None
        return self.own[0]

    def _found(self, line: FileRow, name: str, first: date, last: date, above: str = "") -> Organization | None:
        if not (said := line.get(name)):
            return None
        try:
            return self.places.find(said, first, last, above)
        except CellFault as fault:
            line.refuse(str(fault), self.column(name))
            return None

    def _day(self, year: int, organization: Organization) -> date:
        """The day whose tree gives rights: the last of the year that has come, or on which it stood."""
        day = clock.last_day(min(year, clock.today().year))
        assert day is not None
        return self.places.last_day(organization, day)

    def _may(self, row: SubjectRow) -> bool:
        """Whether the row is the user's to write; it says so where it is not."""
        conductor = row.plan.conductor
        day = self._day(row.plan.year, conductor)
        if self.rights.may(Keep.INSPECTIONS, conductor, day):
            return True
        row.line.refuse(why_not(Keep.INSPECTIONS, self.places.label(conductor, day)), self.column("tien_hanh"))
        return False

    def _judge_new(self, row: SubjectRow, known: KnownSubjects, *, tells_plans: bool) -> None:
        line, answer = row.line, self.job.answers.get(row.line.number)
        if tells_plans and line.get("trong_ke_hoach") is None:
            line.refuse("Dòng khác có ghi cột này. Hãy ghi có hoặc không.", self.column("trong_ke_hoach"))
        for sentence in subject_faults(row.plan, row.organization, row.done_on):
            line.refuse(sentence)
        self._require_below(row)
        finding = self._finding(row, row.done_on, None)
        if not line.is_open:
            return
        if (dropped := known.dropped.get(row.key)) and answer != LATER:
            ask_about_newer(line, f"Lượt này đã bỏ khỏi kế hoạch ngày {day_in_words(dropped.on)}: {dropped.reason}")
            return
        alike = known.alike[what_of(row.plan)]
        joined = next((i for i in alike if str(i.pk) == answer), alike[0] if len(alike) == 1 else None)
        if len(alike) > 1 and joined is None and answer != NEW:
            options = [(str(i.pk), f"Thêm vào cuộc với {known.codes_in(i)}") for i in alike]
            question = "Sổ có nhiều cuộc cùng năm, loại và nội dung này."
            line.ask(RowQuestion(question, (*options, (NEW, "Ghi thành cuộc mới"), (SKIP, "Bỏ qua dòng này"))))
            return
        line.outcome, line.aim = RowOutcome.CREATE, NewSubject(row, joined, finding)
        line.told = f"{'Thêm vào cuộc đã có' if joined else 'Ghi'}: {self._told(row)}, {PLANS[row.plan.planned]}"

    def _require_below(self, row: SubjectRow) -> None:
        conductor = row.plan.conductor
        day = row.done_on or self.places.last_day(row.organization, self._day(row.plan.year, conductor))
        if conductor != row.organization and conductor.pk not in self.above(row.organization.pk, day):
            row.line.refuse(
                f"{row.organization.code} không trực thuộc {conductor.code} vào ngày {day_in_words(day)}. Hãy xem lại tổ chức "
                "tiến hành.",
                self.column("to_chuc"),
            )

    def _judge_known(self, row: SubjectRow, subject: InspectionSubject, before: Conclusion | None) -> None:
        line, planned = row.line, row.line.get("trong_ke_hoach")
        if subject.handed_on:
            line.refuse(
                f"Lượt này đã bàn giao ngày {day_in_words(subject.handed_on)}. Hãy ghi ở cuộc của tổ chức tiếp nhận.",
            )
        if planned is not None and planned != subject.planned:
            line.refuse(
                f"Sổ ghi lượt này {PLANS[subject.planned]}. Hãy sửa ô này; nếu sổ sai, hãy hủy việc đã ghi ở trang của cuộc rồi "
                "nhập lại.",
                self.column("trong_ke_hoach"),
            )
        done_on = row.done_on if row.done_on != subject.done_on else None
        finding = self._finding(row, row.done_on or subject.done_on, before)
        for sentence in subject_faults(row.plan, row.organization, done_on):
            line.refuse(sentence)
        if not line.is_open:
            return
        line.changes = list(differences(subject, before, done_on, finding))
        line.told = self._told(row)
        newer = [subject.added] if done_on and subject.done_on else []
        newer += [before.added] if finding and before else []
        later = max((change.on for change in newer), default=self.job.on)
        if later > self.job.on and self.job.answers.get(line.number) != LATER:
            ask_about_newer(line, f"Sổ đã ghi lượt này ngày {day_in_words(later)}, sau ngày của tệp.")
            return
        line.aim = SubjectChange(subject, done_on, finding)
        line.outcome = RowOutcome.CHANGE if line.changes else RowOutcome.SAME

    def _finding(self, row: SubjectRow, done_on: date | None, before: Conclusion | None) -> tuple[date, str] | None:
        """The conclusion as the row tells it; None where it tells none, or what stands."""
        line = row.line
        on, said = line.get("ket_luan_ngay"), line.get("ket_luan")
        if not on and not said:
            return None
        on, said = on or (before and before.on), said or (before.text if before else "")
        if on is None:
            line.refuse("Kết luận cần có ngày.", self.column("ket_luan_ngay"))
            return None
        if before and (before.on, loose_key(before.text)) == (on, loose_key(said)):
            return None
        for sentence in finding_faults(f"{row.plan.title}, tổ chức {row.organization.code}", done_on, on, said):
            line.refuse(sentence, self.column("ket_luan"))
        return on, said

    def _told(self, row: SubjectRow) -> str:
        day = row.done_on or self._day(row.plan.year, row.organization)
        kind = Inspection.Kind(row.plan.kind).label
        done = f", hoàn thành ngày {day_in_words(row.done_on)}" if row.done_on else ""
        return f"{kind}, năm {row.plan.year}, “{row.plan.title}”: {self.places.label(row.organization, day)}{done}"

    @classmethod
    def take_back(cls, change: Change, *, by: User, reason: str) -> None:
        undoing.take_back(by, change, clock.today(), reason)

    def write(self, lines: Sequence[FileRow], change: Change) -> None:
        bring([line.aim for line in lines if line.outcome == RowOutcome.CREATE], change)
        carry_on([line.aim for line in lines if line.outcome == RowOutcome.CHANGE], change)
