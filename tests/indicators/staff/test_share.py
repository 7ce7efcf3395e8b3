"""Members held against the staff (domain §1.3): half up, n/d beside it, none where either is not known."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from indicators.staff.share import share_at, shares
from members.models import Membership
from organizations import lineage
from organizations.staff.numbers import staff_of
from tests.organizations.staff.entering import enter, last_of

pytestmark = pytest.mark.django_db


def share(world, code, year=2017):
    return share_at(lineage.place(world.org[code], last_of(year)), year, last_of(year))


def told(found):
    return found.number, found.basis, found.value, found.fraction, found.why_none


@pytest.mark.parametrize(
    ("staff", "value"), [(16, "25,0%"), (32, "12,5%"), (3, "133,3%"), (1600, "0,3%"), (7, "57,1%")]
)
def test_the_share_is_rounded_half_up_and_may_be_more_than_a_hundred(world, staff, value):
    """4/1600 is 0,25: to even it would be 0,2."""
    enter(world, DB01=staff)
    by_hand = (Decimal(4) * 100 / staff).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert f"{by_hand}%".replace(".", ",") == value
    assert told(share(world, "DB01"))[2:4] == (value, f"4/{staff:,}".replace(",", "."))


def test_no_share_where_the_number_is_not_known(world):
    assert told(share(world, "DB01")) == ("", "", "", "", "Chưa có số liệu.")
    enter(world, DB01="trên 5000", DB02=0)
    assert told(share(world, "DB01")) == ("trên 5.000", "", "", "", "Chưa tính được tỷ lệ: chỉ biết là trên số này.")
    assert told(share(world, "DB02")) == ("0", "", "", "", "Chưa tính được tỷ lệ: tổng số là 0.")
    assert share(world, "DB01-01") is None


def test_the_share_of_a_sum_waits_for_everybody(world):
    assert told(share(world, "K")) == ("", "cộng từ 0/5 tổ chức đã nhập", "", "", "Chưa có số liệu.")
    enter(world, DB01=20, DB02=20, DB03=20)
    waiting = "Chưa tính được tỷ lệ: 2 tổ chức chưa nhập."
    assert told(share(world, "K")) == ("60", "cộng từ 3/5 tổ chức đã nhập", "", "", waiting)
    enter(world, CB01="trên 8", CB02=12)
    bound = "Chưa tính được tỷ lệ: chỉ biết là trên số này."
    assert told(share(world, "K")) == ("trên 80", "cộng từ 5/5 tổ chức đã nhập", "", "", bound)
    enter(world, CB01=8)
    assert told(share(world, "K")) == ("80", "cộng từ 5/5 tổ chức đã nhập", "20,0%", "16/80", "")


def test_a_province_waits_for_its_blocs(world):
    world.found(("T", "TINH", None))
    world.move("K", "T", last_of(2016))
    enter(world, DB01=20)
    assert told(share(world, "T"))[:2] == ("20", "cộng từ 1/1 tổ chức đã nhập")
    assert share(world, "T").why_none == "Chưa tính được tỷ lệ: có đảng bộ chưa nhập đủ."


def test_members_are_those_on_the_roll_of_the_last_day(world):
    """A second way: memberships, counted one by one."""
    world.leave("An", last_of(2017))  # off the roll of that day
    world.transfer("Chi", "DB02-01", last_of(2016))
    enter(world, DB01=20, DB02=20)
    day = last_of(2017)
    places = [lineage.place(world.org[code], day) for code in ("DB01", "DB02", "K")]
    found = shares([staff_of([place], 2017, day)[place.organization_id] for place in places], 2017, day)
    rows = [r for r in Membership.objects.filter(voided=None) if r.starts <= day < r.ends]
    cells = {"DB01": ("DB01-01", "DB01-02"), "DB02": ("DB02-01", "DB02-02")}
    by_hand = [sum(r.organization.code in cells[code] for r in rows) for code in cells]
    assert [s.members for s in found] == [*by_hand, len(rows)] == [2, 5, 15]
