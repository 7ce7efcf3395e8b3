"""Posts from files: who is secretary, deputy, member of a committee, since when; who gave it up; once, and whose they are."""

from datetime import date

import pytest

from imports.runs import store
from ledger.spells import FOREVER
from members.life.posts import post
from members.models import Post
from tests.imports.by_file import looked_at, table, written
from tests.world import recorded

ON = date(2018, 6, 1)
HEADER = ("Họ tên", "Ngày sinh", "Chức vụ", "Giữ chức vụ ở", "Ngày chuẩn y", "Ngày thôi")
BORN = "15/06/1980"
AN = ("Lê An", BORN, "Bí thư", "", "01/03/2016", "")
BINH = ("Võ Bình", BORN, "đảng ủy viên", "DB01", "15/04/2016", "")


@pytest.fixture
def office(world):
    return world.user("ORGANIZATION", "K")


def held():
    """[(given name, organization, post, from, to)] read from the rows alone."""
    rows = Post.objects.filter(voided=None).order_by("starts", "pk")
    return [(r.member.full_name.split()[-1], r.organization.code, r.get_kind_display(), r.starts, r.ends) for r in rows]


def test_posts_are_given_in_one_act_and_once(world, office):
    former = ("Lê Chi", BORN, "PBT", "Tổ chức DB01-02", "01/01/2016", "01/01/2017")
    done = written("chuc-vu", table(HEADER, AN, BINH, former), office, on=ON)
    assert done.counts == {"tao": 3}
    stand = [
        ("Chi", "DB01-02", "Phó bí thư", date(2016, 1, 1), date(2017, 1, 1)),
        ("An", "DB01-01", "Bí thư", date(2016, 3, 1), FOREVER),
        ("Bình", "DB01", "Cấp ủy viên", date(2016, 4, 15), FOREVER),
    ]
    assert held() == stand
    assert looked_at("chuc-vu", table(HEADER, AN, BINH, former), office, on=ON).counts == {"giu": 3}
    before = recorded()
    store.take_back(done.run, by=office, reason="Nhầm tệp")
    assert (held(), recorded() == before) == ([], False)


def test_who_gave_it_up_is_told_what_is_held_now(world, office):
    post([(world.people["An"], world.org["DB01-01"], Post.Kind.SECRETARY)], **world.act(date(2016, 3, 1)))
    ends = ("Lê An", BORN, "Bí thư", "", "", "01/02/2018")
    look = looked_at("chuc-vu", table(HEADER, ends), office, on=ON)
    assert look.rows[2]["changes"] == [["Thôi từ ngày", "đang giữ", "01/02/2018"]]
    # Who follows in the same file comes after who went, whatever their order.
    follows = ("Võ Bình", BORN, "Bí thư", "", "01/02/2018", "")
    written("chuc-vu", table(HEADER, follows, ends), office, on=ON)
    assert held() == [
        ("An", "DB01-01", "Bí thư", date(2016, 3, 1), date(2018, 2, 1)),
        ("Bình", "DB01-01", "Bí thư", date(2018, 2, 1), FOREVER),
    ]
    assert looked_at("chuc-vu", table(HEADER, follows, ends), office, on=ON).counts == {"giu": 2}


def test_another_post_at_the_same_place_needs_the_first_given_up(world, office):
    written("chuc-vu", table(HEADER, AN), office, on=ON)
    deputy = ("Lê An", BORN, "Phó bí thư", "", "01/03/2018", "")
    look = looked_at("chuc-vu", table(HEADER, deputy), office, on=ON)
    assert look.reasons(2) == [
        "Lê An giữ chức vụ bí thư ở DB01-01 từ 01/03/2016. Hãy ghi thôi chức vụ đó trước.",
    ]
    both = looked_at("chuc-vu", table(HEADER, (*AN[:5], "01/03/2018"), deputy), office, on=ON)
    assert both.counts == {"sua": 1, "tao": 1}


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (("Lê An", "", *AN[2:]), "Họ và tên", "Cần số thẻ đảng viên, hoặc họ tên và ngày sinh."),
        (("Lê Lạ", "01/01/1970", *AN[2:]), "", "Không có Lê Lạ, sinh 01/01/1970 trong sổ"),
        ((*AN[:2], "Thủ quỹ", *AN[3:]), "Chức vụ đảng", "Không hiểu “Thủ quỹ”. Chỉ hiểu: Bí thư, Phó bí thư"),
        ((*AN[:3], "DB09", *AN[4:]), "Ở tổ chức", "Không có tổ chức “DB09”"),
        ((*AN[:3], "DB02", *AN[4:]), "", "Lê An không sinh hoạt trong tổ chức DB02 vào ngày 01/03/2016."),
        ((*AN[:4], "01/03/2019", ""), "Giữ chức vụ từ ngày", "còn ở phía trước"),
        ((*AN[:4], "01/03/2014", ""), "Giữ chức vụ từ ngày", "Lê An không có tên trong danh sách ngày 01/03/2014."),
        ((*AN[:4], "01/03/2016", "01/03/2016"), "Thôi từ ngày", "Ngày thôi phải sau ngày giữ chức vụ."),
    ],
)
def test_each_fault_is_told_with_its_column(world, office, row, column, says):
    look = looked_at("chuc-vu", table(HEADER, row), office, on=ON)
    assert look.counts == {"loi": 1}
    assert (look.columns(2)[0], says in look.reasons(2)[0]) == (column, True), look.reasons(2)


def test_what_the_register_knows_otherwise_stays(world, office):
    written("chuc-vu", table(HEADER, AN), office, on=ON)
    later = looked_at("chuc-vu", table(HEADER, (*AN[:4], "01/05/2016", "")), office, on=ON)
    assert (later.counts, later.rows[2]["notes"]) == ({"giu": 1}, ["Sổ ghi từ 01/03/2016"])
    earlier = looked_at("chuc-vu", table(HEADER, (*AN[:4], "01/05/2015", "")), office, on=ON)
    assert earlier.reasons(2)[0].startswith("Sổ ghi chức vụ ấy từ 01/03/2016.")


def test_a_committee_brings_its_own(world):
    committee = world.user("COMMITTEE", "DB01")
    above = ("Lê An", BORN, "Cấp ủy viên", "K", "01/03/2016", "")
    elsewhere = ("Lê Hà", BORN, "Bí thư", "", "01/03/2016", "")
    look = looked_at("chuc-vu", table(HEADER, AN, above, elsewhere), committee, on=ON)
    assert look.counts == {"tao": 1, "loi": 2}
    assert "không có quyền" in look.reasons(3)[0]
    assert "trong phạm vi của đồng chí" in look.reasons(4)[0]
