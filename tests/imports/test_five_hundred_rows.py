"""An office's list of five hundred, of which thirty-seven rows are wrong in twenty ways: each is told with its column and its
value, comes back with the reason beside it, and is all there is to do once it is put right.
"""

from datetime import date, timedelta
from itertools import product

import pytest

from imports.kinds.registry import kind_of
from imports.reading.open_file import open_book
from imports.runs import store
from imports.workbooks import returned
from ledger.acts import Refused
from ledger.numbers import day_in_words
from members.models import Admission, Member, Membership
from tests.imports.by_file import Brought, file_looked_at, job
from tests.imports.reading.makers import written as made
from tests.kept import every_row

ON = date(2017, 12, 31)
HEADER = [
    "STT",
    "Họ và tên",
    "Giới tính",
    "Ngày sinh",
    "Dân tộc",
    "Tôn giáo",
    "Số thẻ đảng viên",
    "Chuyên môn",
    "Lý luận chính trị",
    "Nghề nghiệp, vị trí",
    "Chi bộ",
    "Ngày quyết định kết nạp",
    "Ngày vào Đảng",
    "Ngày chính thức",
    "Là đoàn viên khi kết nạp",
]
# The twenty: what the cell of a column says, and what is to be read about it.
FAULTS = [
    ("Họ và tên", "", "để trống"),
    ("Họ và tên", "lê thị bé", "toàn chữ thường"),
    ("Họ và tên", "Trần " * 30, "chỉ ghi được 120"),
    ("Giới tính", "nam nữ", "danh mục giới tính"),
    ("Ngày sinh", "03/02/70", "bốn chữ số"),
    ("Ngày sinh", "31/02/1970", "Không có ngày này trong lịch"),
    ("Ngày sinh", "13/1970", "Tháng sinh không đúng"),
    ("Ngày sinh", "không rõ", "Không đọc được ngày"),
    ("Dân tộc", "", "cần có dân tộc"),
    ("Dân tộc", "Sao Hỏa", "danh mục dân tộc"),
    ("Tôn giáo", "Thờ cúng", "danh mục tôn giáo"),
    ("Số thẻ đảng viên", "12A45678", "8 hoặc 12 chữ số"),
    ("Chuyên môn", "Giáo sư", "danh mục chuyên môn"),
    ("Lý luận chính trị", "Giỏi", "danh mục lý luận"),
    ("Nghề nghiệp, vị trí", "Chuyên viên " * 20, "chỉ ghi được 120"),
    ("Chi bộ", "DB99-01", "Không có tổ chức"),
    ("Chi bộ", "DB01", "không phải chi bộ"),
    ("Ngày quyết định kết nạp", "", "cần có ngày quyết định"),
    ("Ngày vào Đảng", "#REF!", "lỗi của bảng tính"),
    ("Ngày chính thức", "năm 2011", "Không đọc được ngày"),
]
FAULTY, ALL = 37, 500
FIRST_ROW = 5  # below two rows of titles, an empty one and the header
CELLS = ["DB01-01", "DB01-02", "DB02-01", "DB02-02", "DB03-01", "DB03-02", "CB01", "CB02"]


def people():
    """500 rows that are right, as they stand in the office's workbook."""
    names = product(
        ("Nguyễn", "Trần", "Phạm", "Hoàng", "Đặng"),
        ("Văn", "Thị", "Hữu", "Ngọc", "Minh"),
        ("An", "Bảo", "Cường", "Đạo"),
    )
    names = [" ".join(name) for name in names]
    for n in range(ALL):
        born, joined = date(1950, 1, 1) + timedelta(days=7 * n), date(1995, 2, 3) + timedelta(days=11 * n)
        yield [
            n + 1,
            names[n % len(names)],
            ("Nam", "Nữ")[n % 2],
            born if n % 3 else day_in_words(born),
            ("Kinh", "Chăm", "Raglai")[n % 3],
            "",
            str(20000000 + n),
            ("Đại học", "Thạc sỹ")[n % 2],
            "Trung cấp",
            "Chuyên viên",
            CELLS[n % len(CELLS)],
            joined - timedelta(days=9),
            joined,
            joined + timedelta(days=366),
            "x" if n % 2 else "",
        ]


def spoiled(rows):
    """(rows with 37 faults among them, {number of the row in the file: (column, what it says, what is to be read of it)})"""
    rows, wrong = [list(row) for row in rows], {}
    for nth in range(FAULTY):
        place = 13 * nth + 4
        column, says, why = FAULTS[nth % len(FAULTS)]
        rows[place][HEADER.index(column)] = says
        wrong[FIRST_ROW + place] = (column, says, why)
    return rows, wrong


def workbook(header, rows, titles=("DANH SÁCH ĐẢNG VIÊN", "Đến ngày 31/12/2017")):
    def fill(book):
        sheet, days = book.add_worksheet("Danh sách"), book.add_format({"num_format": "dd/mm/yyyy"})
        for n, title in enumerate(titles):
            sheet.merge_range(n, 0, n, len(header) - 1, title)
        for r, row in enumerate([header, *rows], start=len(titles) + bool(titles)):
            for c, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(r, c, cell, days)
                else:
                    sheet.write(r, c, cell)

    return made(fill)


def put_right(run, good):
    """The workbook of refused rows as the office sends it again: the marked cells corrected, the reasons left beside them."""
    header, *rows = open_book("can-sua.xlsx", returned.workbook(run, kind_of("dang-vien")), store.limits()).rows(0)
    assert len(rows) == FAULTY
    corrected = []
    for row in rows:
        said = dict(zip(header, row, strict=True))
        right = dict(zip(HEADER, good[int(said[returned.ROW]) - FIRST_ROW], strict=True))
        marked = {reason.partition(": ")[0] for reason in said[returned.WHY].split("\n")}
        corrected.append([right[title] if title in marked else cell or "" for title, cell in said.items()])
    return workbook(header, corrected, titles=())


def test_each_of_37_faults_is_told_put_right_and_written_once(world):
    office = world.user("ORGANIZATION", "K")
    good = list(people())
    rows, wrong = spoiled(good)
    assert len(wrong) == FAULTY and len({(column, why) for column, _, why in wrong.values()}) == len(FAULTS) == 20
    before = Member.objects.count()

    look = file_looked_at("dang-vien", "danh-sach.xlsx", workbook(HEADER, rows), office, on=ON)
    assert look.counts == {"tao": ALL - FAULTY, "loi": FAULTY}
    told = {number: row["faults"] for number, row in look.rows.items() if "faults" in row}
    assert told.keys() == wrong.keys()
    for number, (column, says, why) in wrong.items():
        ((at, value, reason),) = told[number]
        assert (at, value) == (column, says.strip())
        assert why in reason
    done = Brought(store.write(look.run, job(look.run)))
    assert Member.objects.count() == before + ALL - FAULTY

    sent_again = put_right(done.run, good)
    look = file_looked_at("dang-vien", "can-sua.xlsx", sent_again, office, on=ON)
    assert look.counts == {"tao": FAULTY}
    store.write(look.run, job(look.run))
    assert_as_in(good)

    stands = register()
    look = file_looked_at("dang-vien", "danh-sach.xlsx", workbook(HEADER, rows), office, on=ON)
    found = [
        says for column, says, _ in wrong.values() if not says and column != "Họ và tên"
    ]  # wanted of somebody new alone
    assert look.counts == {"giu": ALL - FAULTY + len(found), "loi": FAULTY - len(found)}
    with pytest.raises(Refused, match="Không có gì thay đổi"):
        store.write(look.run, job(look.run))
    assert file_looked_at("dang-vien", "can-sua.xlsx", sent_again, office, on=ON).counts == {"giu": FAULTY}
    assert register() == stands


def register():
    return {name: rows for name, rows in every_row().items() if not name.startswith("imports_")}


def assert_as_in(good):
    """The register says of each of the 500 what the office's list says, read a second way."""
    of = {title: n for n, title in enumerate(HEADER)}
    cells = dict(Membership.objects.values_list("member", "organization__code"))
    joined = dict(Admission.objects.values_list("member", "ceremony"))
    found = {
        (m.card_number, m.full_name, m.born, cells[m.pk], joined[m.pk])
        for m in Member.objects.filter(card_number__startswith="20000")
    }
    assert found == {
        (
            row[of["Số thẻ đảng viên"]],
            row[of["Họ và tên"]],
            born if isinstance(born := row[of["Ngày sinh"]], str) else day_in_words(born),
            row[of["Chi bộ"]],
            row[of["Ngày vào Đảng"]],
        )
        for row in good
    }
