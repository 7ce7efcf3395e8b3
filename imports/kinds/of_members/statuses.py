"""Who is exempt, suspended, ill, or takes part for a time elsewhere: since when, until when; and who is so no longer."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from imports.columns import cells
from imports.columns.cells import CellFault
from imports.columns.column import Difference, FileRow, ImportColumn, RowOutcome
from imports.columns.places import PlacesInTime
from imports.kinds.kind import NOT_HIS, ImportKind, Job, Rights, keeps_somewhere, why_not
from imports.kinds.known_people import known_people, tells_who
from imports.kinds.move_columns import OF_A_PERSON
from imports.kinds.paper_columns import PAPER, by_paper, paper_of_row, recorded
from imports.kinds.person_columns import CELL
from imports.verbs import ImportVerb
from ledger import days
from ledger.acts import Refused
from ledger.documents import key_of
from ledger.models import Change, Document, User
from ledger.numbers import day_in_words
from ledger.spells import FOREVER
from ledger.text import within_sentence
from members.life.statuses import ON_PAPER, NewStatus, begin_within, lift_within, unusual_stay
from members.models import Member, Membership, Status
from members.rights import keeps
from organizations.access import Keep
from organizations.models import Organization

Kind = Status.Kind
STATUSES: dict[str, object] = {kind.label: kind for kind in Kind}
IN_WORDS = "Chỉ hiểu: " + ", ".join(STATUSES) + "."
STATUSES |= dict.fromkeys(
    ("Miễn công tác và sinh hoạt đảng", "Miễn sinh hoạt", "Miễn công tác, sinh hoạt", "Được miễn", "Miễn"), Kind.EXEMPT
)
STATUSES |= dict.fromkeys(("Đình chỉ sinh hoạt đảng", "Đình chỉ sinh hoạt", "Đình chỉ"), Kind.SUSPENDED)
STATUSES |= dict.fromkeys(("Ốm", "Ốm dài ngày", "Nghỉ ốm dài ngày"), Kind.SICK)
STATUSES |= dict.fromkeys(("Sinh hoạt tạm thời", "Chuyển SHĐ tạm thời", "SHTT", "Tạm thời"), Kind.TEMPORARY)
STATUS, SINCE, UNTIL, HOST = (
    ImportColumn(
        name="trang_thai",
        label="Trạng thái",
        read=cells.one_of(STATUSES, spoken=IN_WORDS),
        headings=("Tình trạng", "Diện", "Lý do", "Hình thức", "Nội dung"),
        needed=True,
        example=Kind.EXEMPT.label,
        options=lambda: [str(label) for label in Kind.labels],
    ),
    ImportColumn(
        name="ngay",
        label="Từ ngày",
        read=cells.day,
        headings=("Ngày", "Bắt đầu từ ngày", "Hiệu lực từ", "Ngày bắt đầu"),
        needed=True,
        example="01/03/2018",
    ),
    ImportColumn(
        name="den_ngay",
        label="Đến trước ngày",
        read=cells.day,
        headings=("Đến ngày", "Thôi từ ngày", "Ngày kết thúc", "Ngày hết"),
        note="Ngày đầu tiên không còn ở trạng thái ấy. Chuyển sinh hoạt tạm thời thì phải có.",
    ),
    ImportColumn(
        name="noi_den",
        label="Sinh hoạt tạm thời ở",
        read=cells.at_most(200),
        headings=("Nơi đến", "Nơi sinh hoạt tạm thời", "Chi bộ nơi đến", "Chuyển đến"),
        note="Mã chi bộ của Khối, hoặc tên nơi ngoài Khối.",
    ),
)


@dataclass(frozen=True)
class BroughtStatus:
    new: NewStatus
    paper: Document | None


@dataclass(frozen=True)
class EndOfStatus:
    member: Member
    kind: Status.Kind
    on: date


def _keep_of(kind: Status.Kind) -> Keep:
    """A temporary transfer is whoever's transfers are."""
    return Keep.TRANSFER if kind == Kind.TEMPORARY else Keep.STATE


class StatusesImport(ImportKind):
    code, title = "trang-thai", "Miễn sinh hoạt, đình chỉ, nghỉ ốm, sinh hoạt tạm thời"
    help = (
        "Mỗi dòng một trạng thái của một đảng viên, từ ngày nào đến ngày nào. Trạng thái đã ghi thì để nguyên, có ngày kết thúc "
        "thì ghi thôi."
    )
    verb, keep = ImportVerb.STATUSES, Keep.STATE
    columns = (
        *OF_A_PERSON,
        replace(CELL[0], note="Chi bộ sinh hoạt; để phân biệt người trùng tên."),
        CELL[1],
        STATUS,
        SINCE,
        UNTIL,
        HOST,
        *PAPER,
    )

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.places, self.rights = PlacesInTime(job.user), Rights(job.user)

    @classmethod
    def is_open_to(cls, user: User) -> bool:
        return any(keeps_somewhere(user, keep) for keep in (Keep.STATE, Keep.TRANSFER))

    def judge(self, lines: Sequence[FileRow]) -> None:
        told = [line for line in lines if tells_who(self, line) and line.is_open]
        named = {line.number: self._cell(line) for line in told}
        who, found = known_people(self, [line for line in told if line.is_open], named)
        known: dict[tuple[int, int], list[Status]] = defaultdict(list)
        rows = Status.objects.standing().filter(member__in=[member for _, member in found]).select_related("host")
        for row in rows.order_by("starts"):
            known[row.member_id, row.kind].append(row)
        for line, member in found:
            self._judge(line, member, who.spells[member.pk], known[member.pk, line.get(STATUS.name)])

    def _cell(self, line: FileRow) -> Organization | None:
        if not (said := line.get("chi_bo")):
            return None
        try:
            return self.places.find(said, line.get(SINCE.name), above=line.get("dang_bo") or "")
        except CellFault as fault:
            line.refuse(str(fault), self.column("chi_bo"))
            return None

    def _judge(self, line: FileRow, member: Member, spells: Sequence[Membership], known: Sequence[Status]) -> None:
        kind, since, until = Kind(line.get(STATUS.name)), line.get(SINCE.name), line.get(UNTIL.name)
        if fault := days.why_not_past(since):
            line.refuse(fault, SINCE)
        paper = paper_of_row(line, PAPER, self.job)
        if kind in ON_PAPER and paper is None and self.job.document is None and line.is_open:
            line.refuse(f"{kind.label} cần có văn bản. Hãy ghi văn bản kèm tệp, hoặc số quyết định ở dòng này.", STATUS)
        if not line.is_open:
            return
        said = f", đến trước {day_in_words(until)}" if until else ""
        line.told = f"{member}: {within_sentence(kind.label)} từ {day_in_words(since)}{said}{by_paper(paper)}"
        if stands := next((row for row in known if row.starts == since), None):
            self._hold_against(line, member, stands, until)
        else:
            self._begin(line, member, kind, paper)
        place = next((s.organization for s in spells if s.starts <= since < s.ends), None)
        if line.writes and place and not self.rights.may(_keep_of(kind), place):
            line.refuse(why_not(_keep_of(kind), place.code))
            line.refuse_written()

    def _begin(self, line: FileRow, member: Member, kind: Status.Kind, paper: Document | None) -> None:
        since, until = line.get(SINCE.name), line.get(UNTIL.name) or FOREVER
        host, elsewhere = self._host(line, since) if kind == Kind.TEMPORARY else (None, "")
        if kind == Kind.TEMPORARY and until != FOREVER and (unusual := unusual_stay(since, until, studying=False)):
            line.notes.append(unusual)
        line.outcome = RowOutcome.CREATE
        line.aim = BroughtStatus(NewStatus(member, kind, since, until, host, elsewhere), paper)

    def _host(self, line: FileRow, day: date) -> tuple[Organization | None, str]:
        """(the organization of the bloc, or None; the name of one outside)"""
        said = line.get(HOST.name) or ""
        try:
            return (self.places.find(said, day), "") if said else (None, "")
        except CellFault:
            line.notes.append(f"“{said}” không phải tổ chức của Khối ngày ấy, ghi là nơi ngoài Khối")
            return None, said

    def _hold_against(self, line: FileRow, member: Member, stands: Status, until: date | None) -> None:
        line.outcome = RowOutcome.SAME
        if until is None or until == stands.ends:
            return
        if until > stands.ends:
            line.refuse(f"Sổ ghi đến trước {day_in_words(stands.ends)}. Muốn kéo dài, hãy ghi ở hồ sơ.", UNTIL)
        elif fault := days.why_not_past(until):
            line.refuse(fault, UNTIL)
        else:
            before = "chưa có" if stands.is_open else day_in_words(stands.ends)
            line.changes = [Difference("Thôi từ ngày", before, day_in_words(until))]
            line.outcome, line.aim = RowOutcome.CHANGE, EndOfStatus(member, Kind(stands.kind), until)

    def in_order(self, lines: Sequence[FileRow]) -> Sequence[FileRow]:
        """What ends comes before what begins, and that in the order of its days."""
        return sorted(lines, key=lambda line: (line.outcome != RowOutcome.CHANGE, line.get(SINCE.name)))

    def write(self, lines: Sequence[FileRow], change: Change) -> None:
        ended: list[EndOfStatus] = [line.aim for line in lines if line.outcome == RowOutcome.CHANGE]
        begun: list[BroughtStatus] = [line.aim for line in lines if line.outcome == RowOutcome.CREATE]
        if ended:
            lift_within([(aim.member, aim.kind, aim.on) for aim in ended], change)
        if begun:
            papers = recorded(aim.paper for aim in begun)
            begin_within([(aim.new, aim.paper and papers[key_of(aim.paper)]) for aim in begun], change)

    @classmethod
    def take_back(cls, change: Change, *, by: User, reason: str) -> None:
        kinds = set(Status.objects.filter(added=change).values_list("kind", flat=True))
        if not all(keeps(by, change, keep) for keep in {_keep_of(Kind(kind)) for kind in kinds}):
            raise Refused(NOT_HIS)
        super().take_back(change, by=by, reason=reason)
