"""The cap on the top level, held in each grassroots organization (domain §2.3)."""

from datetime import date

import pytest

from members import register
from ratings import workflow
from ratings.caps import over_cap, places
from ratings.models import Cap
from tests.world import World, refused

from .desk import Desk


@pytest.mark.parametrize(
    ("percent", "base", "most"),
    [(20, 10, 2), (20, 14, 2), (20, 15, 3), (20, 4, 0), (20, 0, 0), (15, 2305, 345), ("13.7", 2305, 315)],
)
def test_places_are_rounded_down(percent, base, most):
    assert places(percent, base) == most


@pytest.fixture
def desk(world):
    """DB01 has ten members in two cells in 2018, when at most 20% may be excellent."""
    more = [world.arrival(f"Vũ Thêm {n}", "DB01-01" if n < 4 else "DB01-02") for n in range(6)]
    world.more = register.enroll(more, **world.act(date(2015, 1, 1)))
    made = Desk(world, 2018)
    assert made.period.scheme.code == "2018"
    return made


def rate_db01(desk, **ranks):
    """An, Bình, Chi and Dung as told, the six others at 2."""
    desk.rate(**(dict.fromkeys(("An", "Bình", "Chi", "Dung"), 2) | ranks))
    for code, members in (("DB01-01", desk.world.more[:4]), ("DB01-02", desk.world.more[4:])):
        workflow.rate({desk.sheet(code): {m.pk: 2 for m in members}}, **desk.by())
    desk.submit("DB01-01", "DB01-02")


def test_two_of_ten_may_be_excellent(desk):
    rate_db01(desk, An=1, Chi=1)
    desk.decide("DB01-01", "DB01-02")
    assert desk.state("DB01-01") == desk.state("DB01-02") == "decided"


def test_three_of_ten_may_not(desk):
    rate_db01(desk, An=1, Bình=1, Chi=1)
    with refused(
        "Tổ chức DB01 có 3 đảng viên hoàn thành xuất sắc, vượt 2 suất cho phép (20% của 10). "
        "Muốn giữ nguyên phải nêu lý do."
    ):
        desk.decide("DB01-01", "DB01-02")
    assert desk.line("An").decided is None


def test_the_cap_is_of_the_roof_not_of_the_cell(desk):
    """DB01-01 takes both places; the same level is refused to the cell next door, not to another committee."""
    rate_db01(desk, An=1, Bình=1, Chi=1)
    desk.decide("DB01-01")
    with refused(
        "Tổ chức DB01 có 3 đảng viên hoàn thành xuất sắc, vượt 2 suất cho phép (20% của 10). "
        "Muốn giữ nguyên phải nêu lý do."
    ):
        desk.decide("DB01-02")
    desk.decide("DB01-02", levels={"Chi": (2, "Hết suất xuất sắc")})


def test_a_written_reason_lets_it_pass(desk):
    rate_db01(desk, An=1, Bình=1, Chi=1)
    desk.decide("DB01-01", "DB01-02", reason="Tập thể dẫn đầu khối thi đua")
    assert desk.line("Chi").decided == 1


def test_a_smaller_base_shrinks_it_without_anyone_choosing_the_top(desk):
    """TOP_TWO: with Dung at 3 the base is nine, and nine have one place."""
    rate_db01(desk, An=1, Chi=1, Dung=3)
    with refused(
        "Tổ chức DB01 có 2 đảng viên hoàn thành xuất sắc, vượt 1 suất cho phép (20% của 9). "
        "Muốn giữ nguyên phải nêu lý do."
    ):
        desk.decide("DB01-01", "DB01-02")


def test_who_is_left_out_is_no_part_of_the_base(desk):
    rate_db01(desk, An=1, Chi=1, Dung="mien")
    with refused(
        "Tổ chức DB01 có 2 đảng viên hoàn thành xuất sắc, vượt 1 suất cho phép (20% của 9). "
        "Muốn giữ nguyên phải nêu lý do."
    ):
        desk.decide("DB01-01", "DB01-02")


def test_the_undecided_count_in_the_base_as_good(desk):
    rate_db01(desk, An=1, Bình=1)
    desk.decide("DB01-01")
    assert desk.line("Chi").decided is None


@pytest.mark.parametrize(
    ("base", "low", "sentence"),
    [
        ("ALL", {"Dung": 3}, ""),
        ("TOP_TWO", {"Dung": 3}, "vượt 1 suất cho phép (20% của 9)"),
        ("SECOND", {}, "vượt 1 suất cho phép (20% của 8)"),
    ],
)
def test_each_base(desk, base, low, sentence):
    """Two excellent of ten: of all rated; of excellent and good; of good alone."""
    cap = Cap.objects.get(scheme=desk.period.scheme)
    cap.base = base
    cap.save()
    rate_db01(desk, An=1, Chi=1, **low)
    desk.decide("DB01-01", "DB01-02", reason="Để xem câu cảnh báo")
    cells = [desk.world.org[code].pk for code in ("DB01-01", "DB01-02")]
    said = over_cap(desk.period.pk, cells, desk.today)
    assert sentence in said
    assert bool(said) == bool(sentence)


def test_a_cell_of_two_has_no_place(desk):
    desk.rate(Phúc=1, Quân=2)
    with refused(
        "Tổ chức CB01 có 1 đảng viên hoàn thành xuất sắc, vượt 0 suất cho phép (20% của 2). "
        "Muốn giữ nguyên phải nêu lý do."
    ):
        desk.decide("CB01")


def test_the_cap_of_scheme_2014_is_off(db):
    assert Cap.objects.filter(scheme__code="2014", percent=15).exists()
    assert not Cap.objects.filter(scheme__code="2014", enabled=True).exists()


def test_so_in_2017_all_may_be_excellent(db):
    desk = Desk(World(), 2017)
    desk.rate(Phúc=1, Quân=1)
    desk.decide("CB01")
    assert desk.state("CB01") == "decided"
