"""Files of every kind, half of sense and half of nonsense: each row is told in words, none is a page of error, and the same
file again writes nothing.
"""

import random

import pytest

from imports.columns.layout import Layout
from imports.kinds.registry import KINDS
from imports.runs import store
from imports.workbooks import returned
from ledger.models import User
from tests.imports.by_file import job, table
from tests.imports.kinds.test_ratings import PAPER
from tests.ratings.desk import Desk
from tests.world import PEOPLE

ROWS = 25
NONSENSE = (
    "DB01-01", "K", "Lê An", "NGUYỄN VĂN A", "03/02/2010", "1980", "2017", "x", "0", "-1", "9" * 400, "=1+1", "x" * 5000,
    "1e9", "31/12/9999", "01/01/0001", "%", "62,5", "thu hồi", "’", "\u200b", "²", "١٢", "½", "00/00/0000", "29/02/2017",
    "#REF!", "Khai trừ", "trên 5.000", "khac+bo",
)  # fmt: skip
ORGANIZATIONS = ("DB01", "DB02", "CB01", "CB02", "DB01-01", "DB01-02", "BP01")
CELLS = ("DB01-01", "DB01-02", "CB01")
KNOWN = [(name, cell) for cell, names in PEOPLE.items() for name in names]
PASSED_ON = ("", "Tỉnh ủy")


def _person(pick, n):
    if pick.random() < 0.3:
        name, cell = pick.choice(KNOWN)
        return {"ho_ten": name, "ngay_sinh": "15/06/1980", "chi_bo": cell}
    born = f"{n % 27 + 1:02}/02/1975"
    name = f"Trần Thị {'ABCDEGHIKLMNOPQRSTUVX'[n % 21]}a"
    return {"ho_ten": name, "gioi_tinh": "Nữ", "ngay_sinh": born, "dan_toc": "Kinh", "chi_bo": pick.choice(CELLS)}


def _member(pick, n):
    days = {"quyet_dinh": "20/01/2000", "ngay_le": "03/02/2000", "chinh_thuc": pick.choice(("", "03/02/2001"))}
    return _person(pick, n) | days | {"nghe_nghiep": pick.choice(("", "Văn thư"))}


def _moved(pick, _):
    name, cell = pick.choice(KNOWN)
    person = {"ho_ten": name, "ngay_sinh": "15/06/1980", "chi_bo": pick.choice(("", cell))}
    return person | {"ngay": f"{pick.randint(1, 28):02}/06/2016", "viec": pick.choice(("", "Từ trần")), "den": "CB01"}


def _rated(pick, _):
    name, cell = pick.choice(KNOWN)
    return {"ho_ten": name, "ngay_sinh": "15/06/1980", "chi_bo": cell, "muc": pick.choice(("HTTNV", "1", "4"))}


def _inspected(pick, n):
    where = {"tien_hanh": pick.choice(("K", "DB01", "")), "to_chuc": pick.choice(ORGANIZATIONS)}
    return where | {
        "nam": "2017",
        "loai": "KT",
        "noi_dung": f"Đợt {n % 6}",
        "hoan_thanh": pick.choice(("", "01/03/2017")),
    }


def _letter(pick, n):
    letter = {
        "so_don": f"{n}/ĐT",
        "to_chuc": pick.choice(ORGANIZATIONS),
        "nhan_ngay": "01/03/2017",
        "han": "06/06/2017",
    }
    return letter | {"thu_ly": pick.choice(("", "08/03/2017")), "chuyen_den": pick.choice(PASSED_ON)}


def _organization(pick, n):
    known = {"ma": pick.choice(("", f"DB01-{n + 20}", *ORGANIZATIONS)), "ten": f"Chi bộ {n}"}
    return known | {"loai": "Chi bộ trực thuộc", "cap_tren": pick.choice(("DB01", "", f"Chi bộ {n - 1}"))}


def _post(pick, _):
    name, cell = pick.choice(KNOWN)
    held = {"chuc_vu": pick.choice(("Bí thư", "Chi ủy viên")), "to_chuc": pick.choice(("", "DB01", cell))}
    return held | {"ho_ten": name, "ngay_sinh": "15/06/1980", "ngay": pick.choice(("", "01/03/2016", "01/04/2016"))}


def _status(pick, _):
    name, _ = pick.choice(KNOWN)
    days = {"ngay": "01/03/2016", "den_ngay": pick.choice(("", "01/09/2016")), "noi_den": pick.choice(("", "CB01"))}
    return days | {
        "ho_ten": name,
        "ngay_sinh": "15/06/1980",
        "trang_thai": pick.choice(("Nghỉ ốm", "Tạm thời", "Miễn")),
    }


SENSE = {
    "trang-thai": _status,
    "chuc-vu": _post,
    "to-chuc": _organization,
    "dang-vien": _member,
    "doi-chieu": _member,
    "ket-nap": lambda pick, n: _person(pick, n) | {"quyet_dinh": "20/01/2017", "ngay_le": "03/02/2017"},
    "chuyen-sinh-hoat": _moved,
    "khai-tru": _moved,
    "xep-loai": _rated,
    "xep-loai-to-chuc": lambda pick, n: {
        "to_chuc": pick.choice(ORGANIZATIONS),
        "muc": pick.choice(("1", "TSVM tiêu biểu")),
    },
    "phieu-xep-loai": lambda pick, n: (
        {"ky": "K/2017", "chi_bo": "DB01-01", "ho_so": n % 4, "ban": 0, "dau": "x"}
        | {"ho_ten": "Lê An", "muc": "HTTNV"}
    ),
    "kiem-tra": _inspected,
    "don-thu": _letter,
    "chi-tieu": lambda pick, n: {"to_chuc": pick.choice(ORGANIZATIONS), "nam": "2017", "muc": n, "chi_tieu": "KN"},
    "bien-che": lambda pick, n: {"to_chuc": pick.choice(ORGANIZATIONS), "nam": pick.choice((2017, 2018)), "tong_so": n},
    "tai-khoan": lambda pick, n: {
        "to_chuc": pick.choice(ORGANIZATIONS),
        "vai_tro": "Bí thư chi bộ",
        "ten_hien": f"Lê {n}",
    },
}


def _users(world, kind):
    somebody = [User.objects.create_superuser("quan-tri", display_name="Quản trị")]
    somebody += [world.user(role, "K") for role in ("ORGANIZATION", "INSPECTION")]
    somebody += [world.user("COMMITTEE", "DB01"), world.user("SECRETARY", "DB01-01")]
    return [user for user in somebody if kind.is_open_to(user)]


def _looked_at(kind, text, user, given, answers):
    run = store.open_pasted_run(kind, text, by=user)
    layout = Layout.stored(run.layout)
    layout.names = [column.name for column in kind.columns]
    store.lay_out(run, layout, given)
    store.answer(run, answers)
    return store.look(run, job(run)), run


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_whatever_a_row_says_it_is_told_and_said_once(world, kind):
    Desk(world, 2017)
    pick = random.Random(kind.code)  # the same nonsense every time
    given = {"tu_ngay": "14/12/2018", **PAPER, "so": "1-QĐ/X", "ngay": "01/02/2018", "co_quan": "X", "ly_do": "x"}
    given = {name: said for name, said in given.items() if name in kind.form_class.base_fields}
    columns = kind.columns
    rows = [
        [
            pick.choice(NONSENSE) if pick.random() < 0.05 else str(sense.get(column.name, ""))
            for column in columns
            for sense in [said]
        ]
        for said in [SENSE[kind.code](pick, n) for n in range(ROWS)]
    ]
    text = table([column.label for column in columns], *rows)
    for user in _users(world, kind):
        report, run = _looked_at(kind, text, user, given, {})
        assert sum(report.counts.values()) == ROWS
        for row in run.report["rows"]:
            assert all(why.endswith((".", ")", "+ - _")) for _, _, why in row.get("faults", [])), row
        assert returned.workbook(run, kind)
        if not any(report.counts[outcome] for outcome in ("tao", "sua")):
            continue
        store.write(run, job(run))
        again, _ = _looked_at(kind, text, user, given, run.answers)
        assert not any(again.counts[outcome] for outcome in ("tao", "sua"))
