"""Who moves from one cell to another, and who leaves the roll: a row is one move of one person, several of one person in the
order of their days.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from imports.columns.cells import CellFault
from imports.columns.column import Difference, FileRow, ImportColumn, RowOutcome
from imports.columns.places import PlacesInTime
from imports.verbs import ImportVerb
from ledger import days
from ledger.acts import Refused
from ledger.documents import key_of
from ledger.models import Change, Document, User
from ledger.numbers import day_in_words
from ledger.text import within_sentence
from members.models import LEAVING, Entry, Exit, Member, Membership
from members.register.departures import ON_PAPER, depart
from members.register.moves import relocate
from members.register.places import why_absent
from members.rights import keeps
from organizations.access import Keep
from organizations.models import Organization

from .kind import ImportKind, Job, Rights, keeps_somewhere, why_not
from .known_people import known_people, tells_who
from .move_columns import MOVES, WHAT, WHO_AND_WHEN
from .paper_columns import PAPER, by_paper, paper_of_row, recorded
from .who_is_who import WhoIsWho


@dataclass(frozen=True)
class Turn:
    """What a row says: from `on` in the cell `to`, or off the roll, by `exit`; `before`: the cell before, where it is named."""

    on: date
    exit: Exit
    to: Organization | None
    before: Organization | None
    paper: Document | None


@dataclass(frozen=True)
class TurnOf:
    member: Member
    turn: Turn


class MovesImport(ImportKind):
    code, title = "chuyen-sinh-hoat", "Chuyển sinh hoạt, ra khỏi danh sách"
    help = (
        "Mỗi dòng một lần chuyển chi bộ trong Khối, hoặc một người chuyển đi, từ trần, xóa tên, xin ra, ra nước ngoài. Một người "
        "chuyển nhiều lần thì ghi nhiều dòng."
    )
    verb, keep, chunk = ImportVerb.MOVES, Keep.TRANSFER, None
    columns: ClassVar[tuple[ImportColumn, ...]] = MOVES
    exits = frozenset({Exit.MOVED, Exit.DEPARTED, Exit.DIED, Exit.STRUCK, Exit.RESIGNED, Exit.ABROAD})
    elsewhere = "Khai trừ do Ủy ban Kiểm tra nhập, ở loại dữ liệu “Khai trừ khỏi Đảng”."

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.places, self.rights = PlacesInTime(job.user), Rights(job.user)
        self.unwritten: set[int] = set()  # ids of those of whom a row was refused while it was written

    @classmethod
    def is_open_to(cls, user: User) -> bool:
        return any(keeps_somewhere(user, keep) for keep in (Keep.TRANSFER, Keep.ROLL))

    def in_order(self, lines: Sequence[FileRow]) -> Sequence[FileRow]:
        return sorted(lines, key=lambda line: line.aim.turn.on)

    def judge(self, lines: Sequence[FileRow]) -> None:
        turns = {line.number: turn for line in lines if (turn := self._turn(line)) and line.is_open}
        cells_before = {number: turn.before for number, turn in turns.items()}
        who, found = known_people(self, [line for line in lines if line.number in turns], cells_before)
        aims = [(line, TurnOf(member, turns[line.number])) for line, member in found]
        self._follow(sorted(aims, key=lambda pair: (pair[1].turn.on, pair[0].number)), who)

    def _turn(self, line: FileRow) -> Turn | None:
        """What the row says, all that is wrong with it said; None where it says too little."""
        tells_who(self, line)
        paper = paper_of_row(line, PAPER, self.job)
        on, exit_ = line.get("ngay"), self._exit(line, paper)
        if on is None or exit_ is None:
            return None
        if fault := days.why_not_past(on):
            line.refuse(fault, self.column("ngay"))
        before = self._find(line, "chi_bo", on - timedelta(days=1), line.get("dang_bo"))
        return Turn(on, exit_, self._destination(line, on) if exit_ == Exit.MOVED else None, before, paper)

    def _destination(self, line: FileRow, on: date) -> Organization | None:
        to = self._find(line, "den", on, line.get("den_dang_bo"))
        if not line.get("den"):
            line.refuse("Chuyển trong Khối cần có chi bộ chuyển đến.", self.column("den"))
        if to and not self.places.spell(to.pk, on).holds_members:
            line.refuse(
                f"{self.places.label(to, on)} không phải chi bộ; đảng viên sinh hoạt ở chi bộ.", self.column("den")
            )
        return to

    def _exit(self, line: FileRow, paper: Document | None) -> Exit | None:
        exit_ = line.get("viec") or (Exit.MOVED if line.get("den") else None)
        column = next((column for column in self.columns if column.name == "viec"), None)
        if exit_ is None:
            if "viec" in line.values:
                line.refuse("Hãy ghi việc gì. " + WHAT, column)
        elif exit_ not in self.exits:
            line.refuse(self.elsewhere, column)
        elif exit_ in ON_PAPER and paper is None and self.job.document is None and line.is_open:
            line.refuse(
                f"{Exit(exit_).label} cần có văn bản. Hãy ghi văn bản kèm tệp, hoặc số, ngày quyết định và cơ quan ban hành ở "
                "dòng này.",
                column,
            )
        return exit_

    def _find(self, line: FileRow, name: str, day: date, above: str | None) -> Organization | None:
        if not (said := line.get(name)):
            return None
        try:
            return self.places.find(said, day, above=above or "")
        except CellFault as fault:
            line.refuse(str(fault), self.column(name))
            return None

    def _follow(self, aims: Sequence[tuple[FileRow, TurnOf]], who: WhoIsWho) -> None:
        """Judges the rows of each person one after another, each where those before it led."""
        stuck: dict[int, int] = {}  # {member id: number of the first row about them that is not written}
        lives = {pk: list(spells) for pk, spells in who.spells.items()}
        for line, aim in aims:
            if first := stuck.get(aim.member.pk):
                line.refuse(f"Việc trước đó của đồng chí này, ở dòng {first}, chưa ghi được. Hãy sửa dòng ấy trước.")
            else:
                self._judge(line, aim, lives.setdefault(aim.member.pk, []))
            if line.outcome not in (RowOutcome.CHANGE, RowOutcome.SAME):
                stuck.setdefault(aim.member.pk, line.number)

    def _judge(self, line: FileRow, aim: TurnOf, spells: list[Membership]) -> None:
        member, turn = aim.member, aim.turn
        what = f"{within_sentence(turn.exit.label)} từ {day_in_words(turn.on)}"
        line.told = f"{member}: {what}{by_paper(turn.paper)}"
        if any(_says(spell, turn) for spell in spells):
            line.outcome = RowOutcome.SAME
            return
        if not spells or not spells[-1].is_open:
            line.refuse(why_absent(spells, member, max([turn.on, *(spell.ends for spell in spells)])))
            return
        here = spells[-1]
        self._refuse_against(line, aim, here)
        self._require_rights(line, turn, here.organization)
        if not line.is_open:
            return
        where = self.places.label(here.organization, turn.on)
        to = self.places.label(turn.to, turn.on) if turn.to else f"{turn.exit.label}, từ {day_in_words(turn.on)}"
        line.changes, line.outcome, line.aim = [Difference("Sinh hoạt", where, to)], RowOutcome.CHANGE, aim
        ended = Membership(organization=here.organization, starts=here.starts, ends=turn.on, exit=turn.exit)
        spells[-1:] = [ended, Membership(organization=turn.to, starts=turn.on)] if turn.to else [ended]

    def _refuse_against(self, line: FileRow, aim: TurnOf, here: Membership) -> None:
        turn, code, since = aim.turn, here.organization.code, day_in_words(here.starts)
        if here.starts >= turn.on:
            line.refuse(
                f"Sổ ghi {aim.member} đến {code} ngày {since}, không trước ngày của dòng này: ghi theo tệp là bỏ việc mới hơn. Nếu "
                "sổ sai, hãy hủy việc ấy ở hồ sơ trước.",
                self.column("ngay"),
            )
        elif turn.to and turn.to.pk == here.organization_id:
            line.refuse(f"{aim.member} đang sinh hoạt ở {code} từ {since}.", self.column("den"))
        elif turn.before and turn.before.pk != here.organization_id:
            where = turn.before.code
            line.refuse(f"{aim.member} đang sinh hoạt ở {code} từ {since}; tệp ghi {where}.", self.column("chi_bo"))

    def _require_rights(self, line: FileRow, turn: Turn, here: Organization) -> None:
        keep = Keep.TRANSFER if turn.to else Keep.DISCIPLINE if turn.exit == Exit.EXPELLED else Keep.ROLL
        for organization in filter(None, (here, turn.to)):
            if not self.rights.may(keep, organization):
                line.refuse(why_not(keep, organization.code))

    def write(self, lines: Sequence[FileRow], change: Change) -> None:
        turns: dict[Member, list[Turn]] = defaultdict(list)
        for line in lines:
            if line.aim.member.pk in self.unwritten:
                raise Refused("Việc trước đó của đồng chí này chưa ghi được. Hãy sửa dòng ấy trước.")
            turns[line.aim.member].append(line.aim.turn)
        recorded_papers = recorded(turn.paper for own in turns.values() for turn in own)
        for nth in range(max(map(len, turns.values()), default=0)):
            now = [(member, own[nth]) for member, own in turns.items() if nth < len(own)]
            papers = {member: recorded_papers[key_of(turn.paper)] for member, turn in now if turn.paper}
            if moved := [(member, turn.to, turn.on) for member, turn in now if turn.to]:
                relocate(moved, change, Exit.MOVED, Entry.MOVED, papers)
            if gone := [(member, turn.on, turn.exit) for member, turn in now if turn.to is None]:
                depart(gone, change, papers)

    @classmethod
    def is_theirs(cls, change: Change, user: User) -> bool:
        gone = Membership.objects.filter(added=change, exit__in=LEAVING).exists()
        return bool(keeps(user, change, cls.verb.kept_by if gone else Keep.TRANSFER))

    def refused(self, line: FileRow, why: Refused) -> None:
        self.unwritten.add(line.aim.member.pk)
        super().refused(line, why)


class ExpulsionsImport(MovesImport):
    """Whose keeper is another: discipline is the inspectors'."""

    code, title = "khai-tru", "Khai trừ khỏi Đảng"
    help = "Mỗi dòng một đảng viên bị khai trừ, có văn bản kèm tệp hoặc quyết định riêng ở từng dòng."
    verb, keep = ImportVerb.EXPULSIONS, Keep.DISCIPLINE
    columns = WHO_AND_WHEN
    exits, elsewhere = frozenset({Exit.EXPELLED}), ""

    @classmethod
    def is_open_to(cls, user: User) -> bool:
        return keeps_somewhere(user, cls.keep)

    def _exit(self, line: FileRow, paper: Document | None) -> Exit | None:
        line.values["viec"] = Exit.EXPELLED
        return super()._exit(line, paper)


def _says(spell: Membership, turn: Turn) -> bool:
    """Whether the register says already what the row does."""
    if turn.to:
        return spell.organization_id == turn.to.pk and spell.starts == turn.on
    return spell.ends == turn.on and spell.exit == turn.exit
