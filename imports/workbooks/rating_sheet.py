"""The workbook of one cell's ratings, to be filled in without a network and sent back (imports/kinds/of_ratings/rating_sheet.py)."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import Http404

from imports.kinds.of_ratings.rating_mark import mark_of, said_in
from imports.kinds.of_ratings.rating_sheet import RatingSheetImport
from ledger.numbers import day_in_words
from members.models import Member
from organizations import lineage
from organizations.models import Kind, OrganizationSpell
from ratings.frame import RatingFrame
from ratings.judging.reading import Reading
from ratings.models import MemberRating, Sheet, State
from ratings.sheets.vocabulary import LEFT_OUT

from .paper import HEADING, new_workbook
from .template import drop_down

HIDDEN = ("ky", "chi_bo", "ho_so", "ban", "dau")
FILLED = ("muc", "diem", "ly_do_khong", "ghi_chu", "giai_trinh", "ly_do_vuot")
WIDTHS = {"muc": 34, "diem": 9, "ly_do_khong": 38, "ghi_chu": 24, "giai_trinh": 34, "ly_do_vuot": 34}
HOW = (
    "Ở cột “{level}”, bấm vào ô, bấm mũi tên nhỏ bên phải rồi chọn.",
    "Ai không xếp loại thì để trống mức và chọn lý do ở cột “Lý do không xếp loại”. Không ghi cả hai.",
    "Chỉ ghi vào các ô nền trắng. Không thêm, xóa hay đổi chỗ dòng. Ô để trống thì hệ thống giữ như đang có.",
    "Ghi xong thì lưu tệp, mở trang xếp loại của chi bộ, bấm “Nạp phiếu đã ghi” rồi chọn tệp này. Hệ thống cho xem trước khi "
    "ghi; ai đó đã ghi mức khác sau khi tải phiếu thì hệ thống hỏi lại.",
    "Phiếu ghi từ tệp vẫn là nháp: đồng chí bí thư xem lại và nộp ở trang xếp loại của chi bộ.",
)


def of_cell(here: RatingFrame) -> tuple[str, bytes]:
    """(name of the file, the workbook); 404 with a sentence where there is no draft to be filled in."""
    drafts = _drafts(here)
    if not drafts:
        raise Http404(f"{here.place.name} không có phiếu nháp để ghi trong kỳ này.")
    return _name(here, here.place), _workbook(here, drafts[0], here.place)


def of_committee(here: RatingFrame) -> tuple[str, bytes]:
    """(name, a zip of the workbooks of all its cells whose sheet is a draft); 404 where there is none."""
    drafts = _drafts(here) if here.place.kind != Kind.KHOI else []
    if not drafts:
        raise Http404(f"Không còn chi bộ nào của {here.place.name} có phiếu nháp trong kỳ này.")
    places = {spell.organization_id: spell for spell in lineage.places(here.day)}
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for sheet in drafts:
            place = places[sheet.organization_id]
            archive.writestr(f"{_name(here, place)}.xlsx", _workbook(here, sheet, place))
    return _name(here, here.place), buffer.getvalue()


def _drafts(here: RatingFrame) -> list[Sheet]:
    below = lineage.below([here.organization], here.day)
    rows = Sheet.objects.standing().filter(period=here.period, organization__in=below, state=State.DRAFT)
    if here.period is None or here.period.locked_id:
        return []
    return list(rows.select_related("organization").order_by("organization__code"))


def _name(here: RatingFrame, place: OrganizationSpell) -> str:
    assert here.period is not None
    return f"phieu-{here.period.slug}-{place.organization.code}"


def _workbook(here: RatingFrame, sheet: Sheet, place: OrganizationSpell) -> bytes:
    assert here.period is not None
    reading = Reading(here.period, [sheet], here.day)
    cell = sheet.organization_id
    people = list(Member.objects.filter(pk__in=reading.rolls[cell]).order_by("sort_key", "pk"))
    buffer = BytesIO()
    with new_workbook(buffer) as book:
        RatingWorkbook(book, reading, place).write(people, reading.lines[cell])
    return buffer.getvalue()


class RatingWorkbook:
    """The one sheet of a workbook, with what fills it."""

    def __init__(self, book: Any, reading: Reading, place: OrganizationSpell) -> None:
        self.book, self.reading, self.place, self.period = book, reading, place, reading.period
        self.sheet = book.add_worksheet("Phiếu xếp loại")
        self.lists = book.add_worksheet("Danh mục")
        self.lists.hide()
        labels = {column.name: column.label for column in RatingSheetImport.columns}
        filled = [name for name in FILLED if name != ("muc" if self.period.scheme.by_points else "diem")]
        self.titles = [(name, labels[name]) for name in HIDDEN]
        self.titles += [("stt", "STT"), ("ho_ten", labels["ho_ten"]), ("sinh", "Ngày sinh")]
        self.titles += [(name, labels[name]) for name in filled]
        self.at = {name: n for n, (name, _) in enumerate(self.titles)}
        grey = {"bg_color": "#EFEFEF", "border": 1, "valign": "top"}
        self.fixed, self.heading = book.add_format(grey), book.add_format(HEADING)
        self.open = book.add_format(
            {"locked": False, "border": 1, "text_wrap": True, "valign": "top", "num_format": "@"}
        )
        self.number = book.add_format({"locked": False, "border": 1, "valign": "top", "num_format": "0.##"})

    def write(self, people: Sequence[Member], lines: dict[int, MemberRating]) -> None:
        start = self._head()
        for n, member in enumerate(people):
            self._row(start + n, n + 1, member, lines.get(member.pk))
        last = max(start, start + len(people) - 1)
        levels = [level.member_label for level in sorted(self.reading.book.levels.values(), key=lambda x: x.rank)]
        reasons = [r.label for r in self.reading.book.reasons if r.kind in LEFT_OUT and not r.of_organizations]
        for name, words in (("muc", levels), ("ly_do_khong", reasons)):
            if name in self.at:
                drop_down(self.sheet, self.lists, self.at[name], words, start, last)
        self._lay_out(start)

    def _head(self) -> int:
        """Title, how to fill it in, headings; the number of the first row below."""
        title, wrapped = (
            self.book.add_format({"bold": True, "font_size": 14}),
            self.book.add_format({"text_wrap": True}),
        )
        first, after = len(HIDDEN), len(self.titles) - 1
        self.sheet.write_string(0, first, f"Phiếu xếp loại đảng viên {self.period.inline}, {self.place.name}", title)
        level = "Điểm" if self.period.scheme.by_points else "Mức xếp loại"
        for n, words in enumerate(HOW, start=1):
            said = f"{n}. {words.format(level=level)}"
            self.sheet.merge_range(n, first, n, after, said, wrapped)
        self.sheet.set_row(4, 30)
        heads = len(HOW) + 1
        day = f"Danh sách đảng viên ngày {day_in_words(self.reading.day)}."
        self.sheet.write_string(heads, first, day)
        for n, (_, words) in enumerate(self.titles):
            self.sheet.write_string(heads + 1, n, words, self.heading)
        return heads + 2

    def _row(self, at: int, number: int, member: Member, line: MemberRating | None) -> None:
        said = said_in(line)
        key = f"{self.period.bloc.code}/{self.period.slug}"
        fixed: dict[str, str | int] = {"ky": key, "chi_bo": self.place.organization.code, "ho_so": member.pk}
        fixed |= {"ban": line.version if line else 0, "dau": mark_of(said)}
        fixed |= {"stt": number, "ho_ten": member.full_name, "sinh": member.born}
        for name, value in fixed.items():
            self.sheet.write(at, self.at[name], value, self.fixed)
        level = self.reading.book.levels[said.level].member_label if said.level else ""
        words = {"muc": level, "ly_do_khong": said.reason.label if said.reason else "", "ly_do_vuot": ""}
        words |= {"ghi_chu": said.note, "giai_trinh": said.justification}
        for name in words.keys() & self.at.keys():
            self.sheet.write_string(at, self.at[name], words[name], self.open)
        if "diem" in self.at and said.points is not None:
            self.sheet.write_number(at, self.at["diem"], float(said.points), self.number)
        elif "diem" in self.at:
            self.sheet.write_blank(at, self.at["diem"], None, self.number)

    def _lay_out(self, start: int) -> None:
        self.sheet.set_column(0, len(HIDDEN) - 1, 10, None, {"hidden": True})
        for name, width in {"stt": 6, "ho_ten": 28, "sinh": 13, **WIDTHS}.items():
            if name in self.at:
                self.sheet.set_column(self.at[name], self.at[name], width)
        self.sheet.freeze_panes(start, self.at["ho_ten"] + 1)
        self.sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(start - 1)
