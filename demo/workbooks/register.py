"""The tree and the people of the demonstration as tables: who stood there when the register began, and what became of them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from demo.loader import INTO_CELL, MOVED_CELL, REORGANIZED_ON, TAKEN_OVER_BY
from demo.plan import MERGED, OPENING_DAY, TODAY
from imports.workbooks.examples import Example
from ledger.models import Document
from ledger.numbers import day_in_words
from ledger.spells import FOREVER
from members.models import LEAVING, Admission, Entry, Exit, Member, Membership, Officialization, Post, Status
from organizations.models import OrganizationSpell

from .tabled import WHO, ExampleTable, Row, example, who

PERSON = (
    "Họ và tên|Giới tính|Ngày sinh|Dân tộc|Tôn giáo|Số thẻ đảng viên|Chuyên môn|Lý luận chính trị|Nghề nghiệp, vị trí"
)
CAME = "Chi bộ|Ngày quyết định kết nạp"
NEXT_YEAR = date(TODAY.year + 1, 1, 1)


def tree() -> ExampleTable:
    spells = list(OrganizationSpell.objects.on(OPENING_DAY).select_related("organization", "parent", "added__document"))
    rows = [
        (s.organization.code, s.name, s.get_kind_display(), s.parent.code, s.starts, s.position)
        for s in sorted(spells, key=lambda s: s.organization.code)
        if s.parent
    ]
    told = example("to-chuc", "cây tổ chức khi lập sổ", OPENING_DAY, paper=spells[0].added.document)
    return ExampleTable(told, "Mã tổ chức|Tên tổ chức|Loại hình|Trực thuộc|Ngày thành lập|Thứ tự", rows)


def tree_of_2016() -> ExampleTable:
    """Who is called otherwise, or stands elsewhere, since the reorganization; the merger itself is no row of a tree."""
    changed = OrganizationSpell.objects.standing().filter(
        starts=REORGANIZED_ON, organization__code__in=(TAKEN_OVER_BY, MOVED_CELL)
    )
    spells = list(changed.select_related("organization", "parent", "added__document").order_by("organization__code"))
    rows = [(s.organization.code, s.name, s.get_kind_display(), s.parent.code, s.position) for s in spells]
    note = (
        f"Trước đó, ở trang Sắp xếp tổ chức, sáp nhập {MERGED} vào {TAKEN_OVER_BY} từ ngày {day_in_words(REORGANIZED_ON)}, "
        f"đảng viên về {INTO_CELL}."
    )
    paper = spells[0].added.document
    title = f"đổi tên, chuyển cấp trên năm {REORGANIZED_ON.year}"
    told = example("to-chuc", title, REORGANIZED_ON, name="to-chuc-2016", paper=paper, note=note)
    return ExampleTable(told, "Mã tổ chức|Tên tổ chức|Loại hình|Trực thuộc|Thứ tự", rows)


def people_of_the_beginning() -> ExampleTable:
    return _brought(Entry.OPENING, "dang-vien", "danh sách khi lập sổ", OPENING_DAY)


def people_from_elsewhere() -> ExampleTable:
    return _brought(Entry.ARRIVED, "chuyen-den", "chuyển đến từ đảng bộ khác", TODAY)


def posts() -> ExampleTable:
    """Who was given a post when the register began; that it ended with its cell is told by the reorganization."""
    given = Post.objects.standing().filter(starts=OPENING_DAY).select_related("member", "organization")
    rows = [
        (*who(p.member), p.get_kind_display(), p.organization.code, p.starts)
        for p in given.order_by("organization__code", "member__sort_key", "pk")
    ]
    header = f"{WHO}|Chức vụ đảng|Ở tổ chức|Giữ chức vụ từ ngày"
    return ExampleTable(example("chuc-vu", "bí thư khi lập sổ", OPENING_DAY), header, rows)


def _brought(entry: Entry, name: str, title: str, day: date) -> ExampleTable:
    came = {a.member_id: a for a in Admission.objects.standing().order_by("-ceremony")}
    official = _official()
    spells = Membership.objects.standing().filter(entry=entry)
    spells = spells.select_related("member__ethnic_group", "member__religion", "organization")
    is_opening = entry == Entry.OPENING
    rows = [
        (
            *_person(s.member),
            s.organization.code,
            came[s.member_id].decided,
            came[s.member_id].ceremony,
            official.get(s.member_id),
            *(() if is_opening else (s.starts, s.get_entry_display())),
        )
        for s in spells.order_by("starts", "organization__code", "member__sort_key", "pk")
    ]
    header = f"{PERSON}|{CAME}|Ngày vào Đảng|Ngày chính thức"
    header += "" if is_opening else "|Sinh hoạt tại chi bộ từ ngày|Vào danh sách do"
    return ExampleTable(example("dang-vien", title, day, name=name), header, rows)


def _person(m: Member) -> Row:
    return (
        m.full_name,
        m.get_sex_display(),
        m.born,
        m.ethnic_group.name,
        m.religion.name if m.religion else "",
        m.card_number,
        m.get_qualification_display(),
        m.get_theory_display(),
        m.occupation,
    )


def _official() -> dict[int, date]:
    return dict(Officialization.objects.standing().values_list("member", "on"))


def admissions() -> ExampleTable:
    official = _official()
    admitted = Admission.objects.standing().filter(organization__isnull=False)
    admitted = admitted.select_related("member__ethnic_group", "member__religion", "organization")
    rows = [
        (
            *_person(a.member),
            a.organization.code,
            a.decided,
            a.ceremony,
            official.get(a.member_id),
            "x" if a.youth else "không",
        )
        for a in admitted.order_by("ceremony", "member__sort_key", "pk")
    ]
    header = f"{PERSON}|{CAME}|Ngày làm lễ kết nạp|Ngày chính thức|Là đoàn viên khi kết nạp"
    return ExampleTable(example("ket-nap", f"từ năm {OPENING_DAY.year + 1}", TODAY), header, rows)


def moves_before_2016() -> ExampleTable:
    return _moves(OPENING_DAY, REORGANIZED_ON, "trước khi sắp xếp tổ chức năm 2016", "bien-dong-1")


def moves_since_2016() -> ExampleTable:
    return _moves(REORGANIZED_ON, NEXT_YEAR, "từ khi sắp xếp tổ chức năm 2016", "bien-dong-2")


def _moves(first: date, after: date, title: str, name: str) -> ExampleTable:
    spells = _ended(first, after, {Exit.MOVED, *LEAVING} - {Exit.EXPELLED})
    stays = Membership.objects.standing().select_related("organization")
    to = {(s.member_id, s.starts): s.organization.code for s in stays}
    rows = [
        (
            *who(s.member),
            s.organization.code,
            s.get_exit_display(),
            to[s.member_id, s.ends] if s.exit == Exit.MOVED else "",
            s.ends,
        )
        for s in spells
    ]
    told = _on_a_report("chuyen-sinh-hoat", title, spells, spells[-1].ends, name, "Ban Tổ chức Đảng ủy Khối")
    return ExampleTable(told, f"{WHO}|Chi bộ trước khi chuyển|Việc|Chuyển đến chi bộ|Từ ngày", rows)


def statuses() -> ExampleTable:
    held = Status.objects.standing().select_related("member")
    held = list(held.order_by("starts", "kind", "member__sort_key", "pk"))
    stays = Membership.objects.standing().filter(member__in=[s.member_id for s in held]).select_related("organization")
    cells = [
        next(m.organization.code for m in stays if m.member_id == s.member_id and m.starts <= s.starts < m.ends)
        for s in held
    ]
    rows = [
        (*who(s.member), cell, s.get_kind_display(), s.starts, None if s.ends == FOREVER else s.ends)
        for s, cell in zip(held, cells, strict=True)
    ]
    since = f"từ năm {OPENING_DAY.year + 1}"
    told = _on_a_report("trang-thai", since, held, held[-1].starts, "trang-thai", "Ban Tổ chức Đảng ủy Khối")
    return ExampleTable(told, f"{WHO}|Chi bộ|Trạng thái|Từ ngày|Đến trước ngày", rows)


def expulsions() -> ExampleTable:
    spells = _ended(OPENING_DAY, NEXT_YEAR, {Exit.EXPELLED})
    rows = [(*who(s.member), s.organization.code, s.ends) for s in spells]
    since = f"từ năm {OPENING_DAY.year + 1}"
    told = _on_a_report("khai-tru", since, spells, spells[-1].ends, "khai-tru", "Ủy ban Kiểm tra Đảng ủy Khối")
    return ExampleTable(told, f"{WHO}|Chi bộ trước khi chuyển|Từ ngày", rows)


def _on_a_report(kind: str, title: str, spells: Sequence[Any], day: date, name: str, issuer: str) -> Example:
    """What stands on a paper, as leaving the Party or an exemption, and what the demonstration does without one is reported
    together here, on `day`.
    """
    paper = Document(number=f"{len(spells)}-BC/{day.year}", date=day, issuer=issuer)
    return example(kind, title, day, name=name, paper=paper)


def _ended(first: date, after: date, exits: Collection[Exit]) -> list[Membership]:
    """Spells that ended in one of `exits` from `first` on and before `after`, in the order of time."""
    ended = Membership.objects.standing().filter(ends__gte=first, ends__lt=after, exit__in=exits)
    return list(ended.select_related("member", "organization").order_by("ends", "member__sort_key", "pk"))
