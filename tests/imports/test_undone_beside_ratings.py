"""A file about people or organizations is taken back while ratings go on: it said nothing of them, so that their lock is not
its own; what others have said since of what it brought stays.
"""

from datetime import date

import pytest

from ledger.acts import Refused
from ledger.models import Change
from ledger.numbers import day_in_words
from ledger.undo import standing_in_the_way, undo
from members.models import Membership
from ratings.models import MemberRating, OrganizationRating
from tests.imports.by_file import table, written
from tests.ratings.desk import CELLS, Desk
from tests.world import refused

ON = date(2017, 11, 1)
TREE = ("Mã", "Tên tổ chức", "Loại", "Trực thuộc", "Ngày thành lập")
NEW = ("DB01-09", "Chi bộ Chín", "CBTT", "DB01", "01/11/2017")
MOVES = ("Họ tên", "Ngày sinh", "Ngày", "Đến chi bộ")


@pytest.fixture
def office(world):
    return world.user("ORGANIZATION", "K")


def by_hand(world, office):
    world.found(("DB01-09", "CBTT", "DB01"), on=ON)
    return Change.objects.latest("pk")


def by_file(world, office):
    return written("to-chuc", table(TREE, NEW), office, on=ON).run.change


@pytest.mark.parametrize("bring", [by_hand, by_file])
def test_a_cell_that_was_rated_since_stays_however_it_came(world, office, bring):
    desk = Desk(world)
    change = bring(world, office)
    world.org["DB01-09"] = OrganizationRating.objects.get(organization__code="DB01-09").organization
    assert standing_in_the_way(change) == []
    desk.finish()
    desk.rate_organizations(DB01_09="to_chuc_moi")
    last = Change.objects.latest("pk")
    assert standing_in_the_way(change) == [
        f"Sau đó đã có việc “{last.words}” (ghi ngày {day_in_words(last.at)}) trên những phiếu, những xếp loại này. Hãy sửa ở "
        "trang của phiếu, của tổ chức."
    ]
    with pytest.raises(Refused):
        undo(change, by=office, on=desk.today, reason="Nhầm tệp")


@pytest.mark.parametrize("bring", [by_hand, by_file])
def test_a_cell_that_nobody_rated_goes_with_what_it_brought(world, office, bring):
    Desk(world)
    change = bring(world, office)
    undo(change, by=office, on=date(2018, 12, 14), reason="Nhầm tệp")
    assert not OrganizationRating.objects.standing().filter(organization__code="DB01-09").exists()


def test_moves_are_taken_back_after_the_lock(world, office):
    desk = Desk(world)
    desk.finish()
    desk.lock()
    before = set(MemberRating.objects.standing().values_list("pk", "sheet", "member", "decided", "on_roll"))
    places = set(Membership.objects.standing().values_list("member", "organization", "starts", "ends"))
    file = table(MOVES, ("Lê An", "15/06/1980", "01/06/2018", "CB01"))
    change = written("chuyen-sinh-hoat", file, office, on=date(2018, 7, 1)).run.change
    undo(change, by=office, on=date(2018, 12, 14), reason="Nhầm tệp")
    assert set(MemberRating.objects.standing().values_list("pk", "sheet", "member", "decided", "on_roll")) == before
    assert set(Membership.objects.standing().values_list("member", "organization", "starts", "ends")) == places


def test_ratings_from_a_file_are_what_it_said_and_their_lock_keeps_them(world, office):
    desk = Desk(world)
    header = ("Mã", "Mức")
    given = {"ky": "K/2017", "so": "317-QĐ", "ngay": "10/12/2017", "co_quan": "Đảng ủy Khối"}
    file = table(header, ("CB01", "HTTNV"))
    change = written("xep-loai-to-chuc", file, office, on=date(2018, 1, 5), **given).run.change
    assert desk.organization("CB01").level == 2
    assert standing_in_the_way(change) == []
    desk.decide_all()
    desk.accept(*CELLS)
    desk.rate_organizations(**{code.replace("-", "_"): 2 for code in ("DB01", "DB02", "DB03", "CB02", "BP01")})
    desk.rate_organizations(**{code.replace("-", "_"): 2 for code in CELLS if "-" in code})
    desk.lock()
    with refused("Kỳ năm 2017 của K đã khóa, nên không hủy được nữa; chỉ còn ghi điều chỉnh bổ sung."):
        undo(change, by=office, on=date(2018, 12, 14), reason="Nhầm tệp")
