"""The staff of the demonstration: of 2017 more than 5,000, as was published (domain §1.1); of 2018 not everybody has told."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from indicators.staff.share import share_at
from organizations import lineage
from organizations.models import StaffCount
from tests.organizations.staff.entering import last_of, summed_by_hand
from tests.world import TODAY

pytestmark = pytest.mark.django_db


def of_bloc(demo, year):
    day = min(last_of(year), TODAY)
    return share_at(lineage.place(demo.of["K"], day), year, day)


def test_the_year_that_was_published(demo):
    found = of_bloc(demo, 2017)
    total, entered, grassroots = summed_by_hand("K", 2017, last_of(2017))
    assert (entered, grassroots, found.members, found.staff.total) == (56, 56, 2305, total)
    assert total > 5000 and sum(found.staff.parts) == total
    share = (Decimal(230500) / total).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert (found.value, found.basis) == (f"{share}%".replace(".", ","), "cộng từ 56/56 tổ chức đã nhập")


def test_the_first_year_knows_a_bound_and_the_running_one_waits(demo):
    first, running = of_bloc(demo, 2013), of_bloc(demo, 2018)
    assert StaffCount.objects.filter(year=2013).count() == 1
    assert (first.number[:5], first.value, first.staff.is_sum) == ("trên ", "", False)
    assert (running.basis, running.value) == ("cộng từ 54/56 tổ chức đã nhập", "")
    assert running.number[:5] == "trên "
    assert running.why_none == "Chưa tính được tỷ lệ: 2 tổ chức chưa nhập."
