"""Statuses from files: exempt, suspended, ill, for a time elsewhere; once; ended; on which paper; whose they are."""

from datetime import date

import pytest

from imports.kinds.registry import kind_of
from imports.runs import store
from ledger.spells import FOREVER
from members.life.statuses import exempt
from members.models import Status
from members.records.history import history_of
from tests.imports.by_file import looked_at, table, written
from tests.world import refused

ON = date(2018, 6, 1)
HEADER = ("Họ tên", "Ngày sinh", "Trạng thái", "Từ ngày", "Đến ngày", "Nơi đến", "Số QĐ", "Ngày QĐ", "Cơ quan ban hành")
BORN = "15/06/1980"
AN = ("Lê An", BORN, "Miễn sinh hoạt", "01/03/2018", "", "", "7-QĐ", "20/02/2018", "Đảng ủy DB01")
BINH = ("Võ Bình", BORN, "Nghỉ ốm", "01/02/2018", "01/05/2018", "", "", "", "")
CHI = ("Lê Chi", BORN, "Sinh hoạt tạm thời", "01/03/2018", "01/09/2018", "CB01", "", "", "")
DUNG = ("Võ Dung", BORN, "tạm thời", "01/03/2018", "01/09/2018", "Chi bộ Trường Chính trị", "", "", "")


@pytest.fixture
def office(world):
    return world.user("ORGANIZATION", "K")


def standing():
    """[(given name, kind, from, to, where, paper)] read from the rows alone."""
    rows = Status.objects.filter(voided=None).order_by("starts", "pk")
    return [
        (
            r.member.full_name.split()[-1],
            r.kind,
            r.starts,
            r.ends,
            r.host.code if r.host else r.host_name,
            r.decision.number if r.decision else "",
        )
        for r in rows
    ]


def test_all_come_in_one_act_and_once(world, office):
    rows = (AN, BINH, CHI, DUNG)
    done = written("trang-thai", table(HEADER, *rows), office, on=ON)
    assert done.counts == {"tao": 4}
    assert done.rows[5]["notes"] == [
        "“Chi bộ Trường Chính trị” không phải tổ chức của Khối ngày ấy, ghi là nơi ngoài Khối"
    ]
    assert sorted(standing()) == [
        ("An", 1, date(2018, 3, 1), FOREVER, "", "7-QĐ"),
        ("Bình", 3, date(2018, 2, 1), date(2018, 5, 1), "", ""),
        ("Chi", 4, date(2018, 3, 1), date(2018, 9, 1), "CB01", ""),
        ("Dung", 4, date(2018, 3, 1), date(2018, 9, 1), "Chi bộ Trường Chính trị", ""),
    ]
    paper = "theo văn bản số 7-QĐ ngày 20/02/2018 của Đảng ủy DB01"
    assert paper in history_of(world.people["An"])[0].sentence
    assert looked_at("trang-thai", table(HEADER, *rows), office, on=ON).counts == {"giu": 4}
    store.take_back(done.run, by=office, reason="Nhầm tệp")
    assert standing() == []


def test_one_that_stands_is_ended(world, office):
    exempt([world.people["An"]], **world.act(date(2018, 3, 1)))
    ended = (*AN[:4], "01/05/2018", *AN[5:])
    look = looked_at("trang-thai", table(HEADER, ended), office, on=ON)
    assert look.rows[2]["changes"] == [["Thôi từ ngày", "chưa có", "01/05/2018"]]
    again = (*AN[:3], "01/05/2018", *AN[4:])
    written("trang-thai", table(HEADER, again, ended), office, on=ON)
    assert [(name, starts, ends) for name, _, starts, ends, _, _ in standing()] == [
        ("An", date(2018, 3, 1), date(2018, 5, 1)),
        ("An", date(2018, 5, 1), FOREVER),
    ]
    later = looked_at("trang-thai", table(HEADER, (*AN[:4], "01/06/2018", *AN[5:])), office, on=ON)
    assert later.reasons(2) == ["Sổ ghi đến trước 01/05/2018. Muốn kéo dài, hãy ghi ở hồ sơ."]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ((*AN[:6], "", "", ""), "Được miễn công tác và sinh hoạt đảng cần có văn bản."),
        ((*AN[:2], "Đi vắng", *AN[3:]), "Không hiểu “Đi vắng”."),
        ((*AN[:3], "01/03/2019", *AN[4:]), "còn ở phía trước"),
        ((*AN[:3], "01/03/2014", *AN[4:]), "Đồng chí Lê An vào danh sách đảng viên ngày 01/01/2015"),
        ((*BINH[:4], "01/02/2018", *BINH[5:]), "phải sau ngày bắt đầu"),
        ((*CHI[:5], "", *CHI[6:]), "Chuyển sinh hoạt tạm thời cần một nơi đến"),
        ((*CHI[:4], "", *CHI[5:]), "Chuyển sinh hoạt tạm thời cần ngày kết thúc."),
        ((*CHI[:5], "DB01-02", *CHI[6:]), "nơi tạm thời phải là nơi khác"),
    ],
)
def test_what_a_form_would_refuse_is_refused(world, office, row, says):
    look = looked_at("trang-thai", table(HEADER, row), office, on=ON)
    assert look.counts == {"loi": 1}
    assert says in look.reasons(2)[0], look.reasons(2)


def test_each_status_is_whose_the_form_of_it_is(world, office):
    roles = {role: world.user(role, "DB01") for role in ("COMMITTEE",)} | {"INSPECTION": world.user("INSPECTION", "K")}
    open_to = {role: kind_of("trang-thai").is_open_to(user) for role, user in roles.items()}
    assert open_to == {"COMMITTEE": True, "INSPECTION": False}
    elsewhere = ("Lê Hà", BORN, *BINH[2:])
    look = looked_at("trang-thai", table(HEADER, BINH, elsewhere), roles["COMMITTEE"], on=ON)
    assert look.counts == {"tao": 1, "loi": 1}
    done = written("trang-thai", table(HEADER, ("Lê Hà", BORN, *BINH[2:])), office, on=ON).run
    with refused("Lần nhập này còn ghi cho nơi ngoài quyền của đồng chí hôm nay. Hãy nhờ nơi có quyền hủy."):
        store.take_back(done, by=roles["COMMITTEE"], reason="Nhầm tệp")
