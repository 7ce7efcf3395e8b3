"""The people of the demonstration are invented and plausible."""

from collections import Counter
from datetime import date

import pytest

from members.models import Admission, EthnicGroup, Exit, Member, Membership, Post, Precision
from members.roll.on_a_day import is_probationary, people, roll

pytestmark = pytest.mark.django_db
LAST = date(2017, 12, 31)


@pytest.fixture
def on_the_roll(demo):
    return list(roll(demo.of["K"], LAST))


def test_whoever_was_admitted_in_2017_is_still_on_probation(on_the_roll):
    admitted = set(
        Admission.objects.filter(ceremony__year=2017, organization__isnull=False).values_list("member", flat=True)
    )
    assert len(admitted) == 129
    probationary = {row.member_id for row in on_the_roll if is_probationary(row)}
    assert admitted <= probationary


def test_every_cell_has_three_official_members(demo, on_the_roll):
    official = Counter(row.organization.code for row in on_the_roll if not is_probationary(row))
    assert len(official) == 192
    assert min(official.values()) >= 3


def test_grassroots_cells_are_small_and_committees_large(demo):
    members = {code: demo.counted["members", o.pk, 2017] for code, o in demo.of.items() if code not in ("K", "CB32")}
    assert all(3 <= n < 30 for code, n in members.items() if code.startswith("CB"))
    assert all(n >= 30 for code, n in members.items() if code.startswith("DB") and "-" not in code)


def test_names_of_three_peoples(on_the_roll):
    by_group = {}
    for row in on_the_roll:
        by_group.setdefault(row.member.ethnic_group.name, set()).add(row.member.full_name.split()[0])
    assert by_group["Kinh"] >= {"Nguyễn", "Trần", "Đặng"}
    assert by_group["Chăm"] & {"Bá", "Châu", "Đàng", "Lưu", "Quảng", "Thập", "Kiều"} == by_group["Chăm"]
    assert {"Chamaléa", "Kator"} & by_group["Ra-glai"]
    assert by_group.keys() == {"Kinh", "Chăm", "Ra-glai", "Hoa", "Tày"}
    assert EthnicGroup.objects.count() == 56


def test_of_some_only_the_year_of_birth_is_known(on_the_roll):
    old = [row.member for row in on_the_roll if row.member.birth_precision == Precision.YEAR]
    assert len(old) > 20
    assert all(m.born == str(m.birth_date.year) and m.birth_date.year < 1966 for m in old)


def test_members_are_of_age(on_the_roll):
    assert min(row.member.age(LAST) for row in on_the_roll) >= 18
    assert sum(people(on_the_roll[0].organization, LAST)["bands"].values()) > 0
    assert not Admission.objects.filter(member__birth_date__gt=date(2000, 12, 31)).exists()


def test_all_ways_to_leave_occur():
    ways = set(Membership.objects.standing().exclude(exit="").values_list("exit", flat=True))
    assert ways == set(Exit.values) - {"", Exit.SENT_AWAY}  # no organization was sent out of the register


def test_card_numbers_keep_their_leading_zeros():
    numbers = Member.objects.exclude(card_number="").values_list("card_number", flat=True)
    assert {len(number) for number in numbers} == {8}
    assert any(number.startswith("0") for number in numbers)


def test_every_cell_had_a_secretary(demo):
    cells = Post.objects.filter(kind=Post.Kind.SECRETARY).values_list("organization__code", flat=True)
    assert len(set(cells)) == 193
