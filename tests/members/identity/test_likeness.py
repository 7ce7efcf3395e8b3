"""Who is about to be entered may be written already: folded name and birth, or card number (domain §7.2)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.identity.likeness import likely, resemblance
from members.models import Exit, Precision
from members.register.arrivals import enroll
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(world):
    return lambda name, born=date(1980, 6, 15), precision="D", **known: world.person(
        name, birth_date=born, birth_precision=precision, **known
    )


DAY, YEAR = "cùng họ tên và ngày sinh", "cùng họ tên, ngày sinh khớp trong phần đã ghi"
ABOUT, DIGIT = "cùng họ tên, ngày và tháng sinh đổi chỗ cho nhau", "cùng họ tên, ngày sinh lệch một chữ số"


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("Đặng Ủy",), ("dang uy",), DAY),
        (("Ðặng Uỷ",), ("ĐẶNG ỦY",), DAY),
        (("K'Brôi",), ("K'BROI",), DAY),
        (("Lê An",), ("Lê  Ân",), DAY),
        (("Lê An",), ("Lê Anh",), ""),
        (("Lê An",), ("Lê An", date(1980, 6, 16)), DIGIT),
        (("Lê An",), ("Lê An", date(1980, 6, 24)), ""),
        (("Lê An",), ("Lê An", date(1980, 8, 15)), DIGIT),
        (("Lê An",), ("Lê An", date(1980, 8, 16)), ""),
        (("Lê An",), ("Lê An", date(1985, 6, 15)), DIGIT),
        (("Lê An",), ("Lê An", date(1908, 6, 15)), DIGIT),
        (("Lê An",), ("Lê An", date(1995, 6, 15)), ""),
        (("Lê An",), ("Lê Anh", date(1980, 6, 16)), ""),
        (("Lê An", date(1994, 8, 5)), ("Lê An", date(1994, 5, 8)), ABOUT),
        (("Lê An", date(1994, 8, 5)), ("Lê An", date(1995, 5, 8)), ""),
        (("Lê An", date(1994, 8, 12)), ("Lê An", date(1994, 8, 21)), DIGIT),
        (("Lê An",), ("Lê An", date(1980, 1, 1), "Y"), YEAR),
        (("Lê An", date(1980, 1, 1), "Y"), ("Lê An", date(1980, 12, 31), "Y"), YEAR),
        (("Lê An",), ("Lê An", date(1981, 1, 1), "Y"), ""),
        (("Lê An",), ("Lê An", date(1980, 6, 1), "M"), YEAR),
        (("Lê An",), ("Lê An", date(1980, 7, 1), "M"), ""),
        (("Lê An",), ("Lê An", None), ""),
    ],
)
def test_names_are_folded_and_a_birth_counts_as_far_as_it_is_known(person, one, other, why):
    assert resemblance(person(*one), person(*other)) == resemblance(person(*other), person(*one)) == why


def test_the_name_at_birth_counts_and_so_does_the_card(person):
    assert resemblance(person("Trần Thắng", birth_name="Lê An"), person("Lê An")) == DAY
    other = date(1950, 1, 1)
    assert resemblance(person("Lê An", card_number="12345678"), person("X", other, card_number="12345678")) == (
        "cùng số thẻ đảng viên"
    )
    assert resemblance(person("Lê An"), person("X", other)) == ""


def test_found_with_where_and_when_they_were(world: World, person):
    world.transfer("An", "DB01-02", date(2016, 1, 1))
    world.leave("An", date(2017, 3, 1), Exit.DIED)
    world.enroll("Lê Ân", "CB01", date(2018, 1, 1))
    found = [(f.member.full_name, f.why, f.places, f.is_here) for f in likely(person("LÊ AN"))]
    assert found == [
        (
            "Lê An",
            DAY,
            [
                "Tổ chức DB01-02, Tổ chức DB01, từ 01/01/2016 đến trước 01/03/2017 (từ trần)",
                "Tổ chức DB01-01, Tổ chức DB01, từ 01/01/2015 đến trước 01/01/2016 (chuyển trong Đảng bộ Khối)",
            ],
            False,
        ),
        ("Lê Ân", DAY, ["Tổ chức CB01, từ 01/01/2018 đến nay"], True),
    ]


def test_the_query_finds_who_the_rule_finds(world, person):
    """The narrowing in the database loses nobody: every pair of a crowd, the rule alone beside the query."""
    names = ["Lê An", "LE AN", "Lê Ân", "Lê Anh", "Đặng Ủy", "Dang Uy"]
    births = [(date(1980, 6, 15), "D"), (date(1980, 6, 1), "M"), (date(1980, 1, 1), "Y"), (date(1981, 6, 15), "D")]
    crowd = enroll(
        [
            world.arrival("", "CB01", member=person(name, *birth, birth_name=other))
            for name in names
            for birth in births
            for other in ("", "Võ Bình")
        ],
        **world.act(),
    )
    people = [*crowd, *world.people.values()]
    assert Precision.DAY == "D"
    for one in crowd[::5]:
        naive = {other.pk for other in people if other.pk != one.pk and resemblance(one, other)}
        assert {found.member.pk for found in likely(one)} == naive


def test_as_many_queries_for_many_alike(world, person, django_assert_num_queries):
    enroll([world.arrival("", "CB01", member=person("Lê An")) for _ in range(30)], **world.act())
    with django_assert_num_queries(6):
        assert len(likely(person("Lê An"))) == 31


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL walks a table as small as a test's")
def test_names_and_cards_are_looked_up_by_their_indexes(world, person):
    """Whoever is asked about, the table is not walked."""
    with CaptureQueriesContext(connection) as asked:
        likely(person("Lê An", birth_name="Võ Bình", card_number="12345678"))
    (looked,) = (q["sql"] for q in asked if '"name_key" IN' in q["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {looked}")
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert "SCAN" not in plan and "voided" not in plan, plan
    assert all(index in plan for index in ("member_by_name", "member_by_birth_name", "member_card_once")), plan
