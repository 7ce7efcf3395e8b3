"""The example workbooks as an office would really have them: of many years and hands, headings of every kind, old fonts, days as
text, names in capitals, cards as numbers, titles above and signatures below. What they say is the same.
"""

import csv
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from io import StringIO

from imports.workbooks.examples import DAY, Example, table_of
from tests.imports.reading.makers import written, xls
from tests.ledger.test_legacy_text import as_tcvn3, as_vni

Table = list[list[str]]


@dataclass(frozen=True)
class Style:
    """How one file is written. `called`: {label: what the file calls it, two words of a pair for family and given name};
    `said`: {label, or "*" for all: how a cell is written}; `form`: xlsx, xls, csv, or "" for cells that are pasted.
    """

    called: dict[str, str | tuple[str, str]] = field(default_factory=dict)
    said: dict[str, Callable[[str], str | int]] = field(default_factory=dict)
    form: str = "xlsx"
    titles: tuple[str, ...] = ()
    numbered: bool = False
    backwards: bool = False
    signed: bool = False
    spread: tuple[int, int, str] | None = None  # columns first to last have a heading of their own above them


def nfd(text):
    return unicodedata.normalize("NFD", text)


def as_number(text):
    """A card whose column is of numbers: its zeros in front are lost."""
    return int(text) if text else ""


def day(pattern):
    """Writer of the days of a cell as text; what is no day stays."""
    return lambda text: _date(text).strftime(pattern) if DAY.fullmatch(text) else text


def abbreviated(text):
    short = {
        "hoàn thành xuất sắc nhiệm vụ": "HTXSNV",
        "hoàn thành tốt nhiệm vụ": "HTTNV",
        "không hoàn thành nhiệm vụ": "KHTNV",
    }
    return next((to for words, to in short.items() if text.lower().endswith(words)), text)


def wide(text):
    """With the spaces that text copied from a page of the web has."""
    return text.replace(" ", "\u00a0") + " \u200b"


PEOPLE = {
    "Họ và tên": ("Họ và đệm", "Tên"),
    "Giới tính": "Nam/Nữ",
    "Ngày sinh": "Ngày, tháng,\nnăm sinh",
    "Số thẻ đảng viên": "Số thẻ ĐV",
    "Chuyên môn": "Trình độ chuyên môn",
    "Lý luận chính trị": "LLCT",
    "Nghề nghiệp, vị trí": "Chức vụ",
    "Ngày quyết định kết nạp": "Ngày QĐ kết nạp",
    "Ngày vào Đảng": "NVĐ",
    "Ngày chính thức": "NCT",
}
OFFICE = ("ĐẢNG BỘ KHỐI CÁC CƠ QUAN TỈNH", "BAN TỔ CHỨC")
STYLES = {
    "tai-khoan-khoi": Style(
        form="", called={"Tổ chức": "Đơn vị", "Vai trò": "Chức danh", "Tên đăng nhập": "Tài khoản"}
    ),
    "to-chuc": Style(
        titles=(*OFFICE, "DANH SÁCH TỔ CHỨC CƠ SỞ ĐẢNG VÀ CHI BỘ"),
        numbered=True,
        backwards=True,
        called={"Mã tổ chức": "Mã", "Tên tổ chức": "Tên chi, đảng bộ", "Trực thuộc": "Cấp trên trực tiếp"},
        said={"Tên tổ chức": nfd, "Ngày thành lập": day("%d-%m-%Y")},
    ),
    "dang-vien": Style(
        titles=(*OFFICE, "DANH SÁCH ĐẢNG VIÊN"),
        numbered=True,
        signed=True,
        called=PEOPLE,
        said={
            "Họ và tên": as_tcvn3,
            "Số thẻ đảng viên": as_number,
            "Dân tộc": nfd,
            "Ngày vào Đảng": day("%d.%m.%Y"),
            "Ngày chính thức": day("%d/%m/%Y"),
        },
    ),
    "chuc-vu": Style(
        called={"Chức vụ đảng": "Chức danh", "Họ và tên": ("Họ đệm", "Tên")}, said={"Chức vụ đảng": str.upper}
    ),
    "chuyen-den": Style(
        titles=("ĐẢNG VIÊN CHUYỂN ĐẾN",),
        spread=(10, 12, "Ngày"),
        called={
            "Ngày quyết định kết nạp": "QĐ kết nạp",
            "Ngày vào Đảng": "Vào Đảng",
            "Ngày chính thức": "Chính thức",
            "Sinh hoạt tại chi bộ từ ngày": "Về chi bộ ngày",
            "Vào danh sách do": "Lý do tăng",
        },
        said={"Họ và tên": as_vni, "Tôn giáo": as_vni, "Vào danh sách do": lambda _: "Chuyển sinh hoạt đến"},
    ),
    "ket-nap": Style(
        form="xls",
        titles=("KẾT NẠP ĐẢNG VIÊN",),
        called={
            "Ngày làm lễ kết nạp": "Ngày kết nạp",
            "Là đoàn viên khi kết nạp": "ĐVTN",
            "Họ và tên": "Họ tên đảng viên",
        },
        said={"Họ và tên": str.upper, "Ngày sinh": day("%d/%m/%Y"), "Ngày chính thức": day("%-d/%-m/%Y")},
    ),
    "bien-dong-1": Style(
        form="csv",
        called={"Chi bộ trước khi chuyển": "Từ chi bộ", "Việc": "Biến động", "Chuyển đến chi bộ": "Chi bộ mới"},
        said={"Họ và tên": wide, "Số thẻ đảng viên": wide, "Việc": lambda text: text.upper()},
    ),
    "to-chuc-2016": Style(form=""),
    "bien-dong-2": Style(
        titles=OFFICE,
        numbered=True,
        signed=True,
        called={"Họ và tên": ("Họ đệm", "Tên"), "Từ ngày": "Ngày chuyển", "Việc": "Hình thức"},
        said={"Họ và tên": as_tcvn3, "Số thẻ đảng viên": as_number},
    ),
    "trang-thai": Style(
        titles=("MIỄN SINH HOẠT, ĐÌNH CHỈ, NGHỈ ỐM",),
        called={"Trạng thái": "Diện", "Đến trước ngày": "Đến ngày"},
        said={"Trạng thái": str.upper, "Từ ngày": day("%d-%m-%Y")},
    ),
    "khai-tru": Style(form="", said={"Từ ngày": day("%d.%m.%Y")}),
    "kiem-tra": Style(
        titles=("ỦY BAN KIỂM TRA", "KẾT QUẢ KIỂM TRA, GIÁM SÁT"),
        numbered=True,
        called={
            "Năm": "Kế hoạch năm",
            "Tổ chức tiến hành": "Chủ thể kiểm tra",
            "Tổ chức được kiểm tra, giám sát": "Đối tượng",
            "Có trong kế hoạch năm": "Trong kế hoạch",
            "Hoàn thành ngày": "Ngày KT",
        },
        said={"Nội dung": nfd, "Có trong kế hoạch năm": lambda text: "x" if text == "có" else text},
    ),
    "don-thu": Style(
        form="xls",
        called={"Số đơn": "Đơn số", "Tổ chức có đảng viên bị tố cáo": "Đơn vị", "Nhận ngày": "Ngày nhận đơn"},
        said={"Thụ lý ngày": day("%d-%m-%Y")},
    ),
    "bien-che": Style(form="csv", called={"Tổng số": "Cộng", "Người lao động": "Lao động hợp đồng"}),
    "chi-tieu": Style(titles=("CHỈ TIÊU GIAO",), called={"Tổ chức": "Mã"}, said={"KN": str}),
    "tai-khoan": Style(form="xls", titles=("TÀI KHOẢN",), called={"Giữ vai trò từ ngày": "Từ ngày"}),
}
LEVEL = "Mức xếp loại"
RATED = {
    "2013": Style(
        titles=("PHÂN LOẠI ĐẢNG VIÊN NĂM 2013",),
        numbered=True,
        signed=True,
        called={"Họ và tên": ("Họ và đệm", "Tên"), LEVEL: "Kết quả phân loại"},
        said={"Họ và tên": as_tcvn3, LEVEL: as_tcvn3, "Lý do không xếp loại": as_tcvn3, "Số thẻ đảng viên": as_number},
    ),
    "2014": Style(called={LEVEL: "Phân loại đảng viên"}, said={"Họ và tên": as_vni, LEVEL: as_vni}),
    "2015": Style(form="xls", said={"Họ và tên": str.upper, LEVEL: str.upper, "Ngày sinh": day("%d/%m/%Y")}),
    "2016": Style(form="csv", said={"*": nfd}),
    "2017": Style(titles=OFFICE, numbered=True, called={LEVEL: "Xếp loại"}, said={LEVEL: abbreviated}),
}


def style_of(example: Example) -> Style:
    name = re.sub(r"^\d\d-", "", example.name)
    if example.kind == "xep-loai":
        return RATED[example.period]
    if example.kind == "xep-loai-to-chuc":
        return Style(
            titles=("XẾP LOẠI TỔ CHỨC",), called={"Tổ chức": "Mã", "Nhiệm vụ chính trị": "NVCT"}, numbered=True
        )
    return STYLES[name]


def messy(example: Example) -> tuple[str, bytes]:
    """(name of the file, its content) of an example; the name is "" where it is text to be pasted."""
    style = style_of(example)
    rows = _above(example, style) + _rows(example, style)
    if style.signed:
        rows += [[], ["", "", "", "", "Người lập biểu"], ["", "", "", "", "(Đã ký)"]]
    name = f"{example.name} (bản cuối).{style.form}"
    if style.form == "xls":
        return name, xls(lambda _, sheet: _fill(rows, sheet.write))
    if style.form == "xlsx":
        return name, written(lambda book: _on_a_sheet(book, rows, style))
    out = StringIO()
    csv.writer(out, delimiter=";" if style.form else "\t").writerows([_text(cell) for cell in row] for row in rows)
    return (name, out.getvalue().encode("utf-8-sig")) if style.form else ("", out.getvalue().encode())


def _above(example: Example, style: Style) -> list[list]:
    header = [style.called.get(label, label) for label in table_of(example)[0]]
    names = [part for words in header for part in (words if isinstance(words, tuple) else (words,))]
    names = ["STT", *names] if style.numbered else names
    above = [[title] for title in style.titles] + [[] for _ in style.titles[:1]]
    if style.spread:
        first, last, words = style.spread
        above.append(["" if first <= n <= last else heading for n, heading in enumerate(names)])
        above[-1][first] = words
        names = [heading if first <= n <= last else "" for n, heading in enumerate(names)]
    return [*above, names]


def _rows(example: Example, style: Style) -> list[list]:
    header, *rows = table_of(example)
    made = []
    for number, row in enumerate(reversed(rows) if style.backwards else rows, start=1):
        cells = [number] if style.numbered else []
        for label, cell in zip(header, row, strict=True):
            write = style.said.get(label) or style.said.get("*")
            parts = cell.rpartition(" ")[::2] if isinstance(style.called.get(label), tuple) else (cell,)
            cells += [write(part) if write else _day(part) for part in parts]
        made.append(cells)
        if number % 500 == 0:
            made.append([])
    return made


def _date(text):
    return date(*map(int, reversed(text.split("/"))))


def _day(cell):
    return _date(cell) if DAY.fullmatch(cell) else cell


def _text(cell):
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else cell


def _on_a_sheet(book, rows, style):
    sheet = book.add_worksheet("Sheet1")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for n in range(len(style.titles)):
        sheet.merge_range(n, 0, n, 8, "")

    def put(at, n, cell):
        if isinstance(cell, date):
            sheet.write_datetime(at, n, cell, day)
        elif isinstance(cell, str):
            sheet.write_string(at, n, cell)
        else:
            sheet.write_number(at, n, cell)

    _fill(rows, put)


def _fill(rows, put):
    for at, row in enumerate(rows):
        for n, cell in enumerate(row):
            if cell != "":
                put(at, n, _text(cell) if put.__name__ == "write" else cell)
