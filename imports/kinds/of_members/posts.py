"""Who holds which post where, since when, and who gave it up: secretaries, their deputies, members of committees."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from imports.columns import cells
from imports.columns.cells import CellFault
from imports.columns.column import Difference, FileRow, ImportColumn, RowOutcome
from imports.columns.places import PlacesInTime
from imports.kinds.kind import ImportKind, Job, Rights, why_not
from imports.kinds.known_people import known_people, tells_who
from imports.kinds.move_columns import OF_A_PERSON
from imports.kinds.person_columns import CELL
from imports.verbs import ImportVerb
from ledger import days
from ledger.models import Change
from ledger.numbers import day_in_words
from ledger.spells import FOREVER
from ledger.text import within_sentence
from members.life.posts import NewPost, end_within, give_within
from members.models import Member, Membership, Post
from organizations.access import Keep
from organizations.models import Organization

POSTS: dict[str, object] = {kind.label: kind for kind in Post.Kind}
POSTS_IN_WORDS = "Chỉ hiểu: " + ", ".join(POSTS) + "."
POSTS |= {
    "BT": Post.Kind.SECRETARY,
    "PBT": Post.Kind.DEPUTY,
    "Phó Bí thư Thường trực": Post.Kind.DEPUTY,
    "CUV": Post.Kind.COMMITTEE,
    "Chi ủy viên": Post.Kind.COMMITTEE,
    "Đảng ủy viên": Post.Kind.COMMITTEE,
    "Ủy viên": Post.Kind.COMMITTEE,
    "UV BCH": Post.Kind.COMMITTEE,
    "Ủy viên Ban Chấp hành": Post.Kind.COMMITTEE,
    "Ủy viên Ban Thường vụ": Post.Kind.COMMITTEE,
    "UVBTV": Post.Kind.COMMITTEE,
}
POST, WHERE, ABOVE, SINCE, UNTIL = (
    ImportColumn(
        name="chuc_vu",
        label="Chức vụ đảng",
        read=cells.one_of(POSTS, spoken=POSTS_IN_WORDS),
        headings=("Chức vụ", "Chức vụ trong Đảng", "Chức danh", "Chức vụ cấp ủy"),
        needed=True,
        example=Post.Kind.SECRETARY.label,
        options=lambda: [str(label) for label in Post.Kind.labels],
    ),
    ImportColumn(
        name="to_chuc",
        label="Ở tổ chức",
        read=cells.text,
        headings=("Tổ chức", "Giữ chức vụ ở", "Cấp ủy", "Đảng ủy", "Tên tổ chức", "Đơn vị"),
        example="DB05",
        note="Mã, hoặc tên. Để trống là ở chi bộ của người ấy.",
    ),
    ImportColumn(
        name="cap_tren",
        label="Cấp trên của tổ chức",
        read=cells.text,
        headings=("Cấp trên",),
        note="Chỉ cần khi nhiều tổ chức cùng tên.",
    ),
    ImportColumn(
        name="ngay",
        label="Giữ chức vụ từ ngày",
        read=cells.day,
        headings=("Từ ngày", "Ngày bầu", "Ngày chuẩn y", "Ngày chỉ định", "Ngày giữ chức vụ", "Hiệu lực từ"),
        example="15/04/2018",
        note="Để trống thì lấy ngày của tệp.",
    ),
    ImportColumn(
        name="thoi",
        label="Thôi từ ngày",
        read=cells.day,
        headings=("Ngày thôi", "Thôi chức vụ từ ngày", "Thôi giữ chức vụ"),
        note="Chỉ khi đã thôi.",
    ),
)


@dataclass(frozen=True)
class EndOfPost:
    post: Post
    on: date


class PostsImport(ImportKind):
    code, title = "chuc-vu", "Chức vụ đảng: bí thư, phó bí thư, cấp ủy viên"
    help = (
        "Mỗi dòng một chức vụ của một đảng viên ở một tổ chức. Chức vụ đã ghi thì để nguyên, có ngày thôi thì ghi thôi."
    )
    verb, keep = ImportVerb.POSTS, Keep.STATE
    columns = (
        *OF_A_PERSON,
        replace(CELL[0], note="Chi bộ sinh hoạt; để phân biệt người trùng tên.", headings=CELL[0].headings[:-2]),
        replace(CELL[1], headings=("Đảng bộ", "Đảng bộ cơ sở", "TCCSĐ")),
        POST,
        WHERE,
        ABOVE,
        SINCE,
        UNTIL,
    )

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.places, self.rights = PlacesInTime(job.user), Rights(job.user)

    def judge(self, lines: Sequence[FileRow]) -> None:
        told = [line for line in lines if tells_who(self, line) and line.is_open]
        cells_named = {line.number: self._find(line, "chi_bo", "dang_bo") for line in told}
        who, found = known_people(self, [line for line in told if line.is_open], cells_named)
        held: dict[tuple[int, int], list[Post]] = defaultdict(list)
        posts = Post.objects.standing().filter(member__in=[member for _, member in found])
        for row in posts.select_related("member", "organization").order_by("starts"):
            held[row.member_id, row.organization_id].append(row)
        for line, member in found:
            where = self._where(line, member, who.spells[member.pk])
            if where is not None and line.is_open:
                self._judge(line, member, where, held[member.pk, where.pk])

    def _since(self, line: FileRow) -> date:
        since: date = line.get(SINCE.name) or self.job.on
        return since

    def _find(self, line: FileRow, name: str, above: str) -> Organization | None:
        if not (said := line.get(name)):
            return None
        try:
            return self.places.find(said, self._since(line), above=line.get(above) or "")
        except CellFault as fault:
            line.refuse(str(fault), self.column(name))
            return None

    def _where(self, line: FileRow, member: Member, spells: Sequence[Membership]) -> Organization | None:
        """The organization that the row names, else the cell of that day."""
        if line.get(WHERE.name):
            return self._find(line, WHERE.name, ABOVE.name)
        day = self._since(line)
        here = next((spell.organization for spell in spells if spell.starts <= day < spell.ends), None)
        if here is None:
            line.refuse(f"{member} không có tên trong danh sách ngày {day_in_words(day)}.", SINCE)
        return here

    def _judge(self, line: FileRow, member: Member, where: Organization, held: Sequence[Post]) -> None:
        since, until, kind = self._since(line), line.get(UNTIL.name), Post.Kind(line.get(POST.name))
        for column in (SINCE, UNTIL):
            if (day := line.get(column.name)) and (fault := days.why_not_past(day)):
                line.refuse(fault, column)
        if until and until <= since and line.get(SINCE.name):
            line.refuse("Ngày thôi phải sau ngày giữ chức vụ.", UNTIL)
        line.told = f"{member}: {within_sentence(kind.label)} ở {where.code}"
        if not line.is_open:
            return
        known = self._known(line, kind, held)
        if known is None and line.is_open:
            self._give(line, NewPost(member, where, kind, since, until or FOREVER))
        elif known is not None:
            self._hold_against(line, known, until)
        if line.writes and not self.rights.may(Keep.STATE, where):
            line.refuse(why_not(Keep.STATE, where.code))
            line.refuse_written()

    def _known(self, line: FileRow, kind: Post.Kind, held: Sequence[Post]) -> Post | None:
        """The post of the register that the row tells of; None for none, and where its day is an earlier one."""
        since, until = self._since(line), line.get(UNTIL.name)
        same = [row for row in held if row.kind == kind]
        if not line.get(SINCE.name) and until:
            return next((row for row in same if row.starts < until <= row.ends), None)
        if known := next((row for row in same if row.starts <= since < row.ends), None):
            return known
        if later := next((row for row in same if row.starts > since and (until is None or until > row.starts)), None):
            line.refuse(
                f"Sổ ghi chức vụ ấy từ {day_in_words(later.starts)}. Nếu sổ sai, hãy mở hồ sơ số {later.member_id}, hủy việc đã "
                "ghi rồi nhập lại dòng này.",
                SINCE,
            )
        return None

    def _give(self, line: FileRow, new: NewPost) -> None:
        line.told += f", từ {day_in_words(new.since)}"
        line.told += f" đến trước {day_in_words(new.until)}" if new.until != FOREVER else ""
        line.outcome, line.aim = RowOutcome.CREATE, new

    def _hold_against(self, line: FileRow, known: Post, until: date | None) -> None:
        said = line.get(SINCE.name)
        if said and said != known.starts:
            line.notes.append(f"Sổ ghi từ {day_in_words(known.starts)}")
        line.outcome = RowOutcome.SAME
        if until is None or until == known.ends:
            return
        if not known.is_open:
            line.refuse(f"Sổ ghi đã thôi từ {day_in_words(known.ends)}.", UNTIL)
            return
        line.changes = [Difference("Thôi từ ngày", "đang giữ", day_in_words(until))]
        line.outcome, line.aim = RowOutcome.CHANGE, EndOfPost(known, until)

    def in_order(self, lines: Sequence[FileRow]) -> Sequence[FileRow]:
        """Who gives a post up comes before who takes one."""
        return sorted(lines, key=lambda line: line.outcome != RowOutcome.CHANGE)

    def write(self, lines: Sequence[FileRow], change: Change) -> None:
        if ended := [(line.aim.post, line.aim.on) for line in lines if line.outcome == RowOutcome.CHANGE]:
            end_within(ended, change)
        if given := [line.aim for line in lines if line.outcome == RowOutcome.CREATE]:
            give_within(given, change)
