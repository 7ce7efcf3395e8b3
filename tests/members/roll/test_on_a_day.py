"""The roll on a day: who, in what order, how old, official or not; and the command that prints it."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from ledger.models import Installation
from members.life import probation, statuses
from members.models import EthnicGroup, Exit, Member, Qualification, Theory
from members.roll.on_a_day import below, is_probationary, people, roll, search
from tests.world import START, TODAY

DAY = date(2017, 12, 31)


def names(rows):
    return [row.member.full_name for row in rows]


def test_sorted_by_given_name_whatever_the_cell(world):
    assert names(roll(world.org["K"], DAY)) == [
        *("Lê An", "Võ Bình", "Lê Chi", "Võ Dung", "Lê Đức", "Võ Giang", "Lê Hà", "Võ Khánh"),
        *("Lê Lan", "Võ Minh", "Lê Nga", "Võ Oanh", "Lê Phúc", "Võ Quân", "Lê Sơn", "Võ Tâm"),
    ]
    assert names(roll(world.org["DB03"], DAY)) == ["Lê Lan", "Võ Minh", "Lê Nga", "Võ Oanh"]
    assert names(roll(world.org["BP01"], DAY)) == ["Lê Lan", "Võ Minh"]
    assert names(roll(world.org["CB01"], DAY)) == ["Lê Phúc", "Võ Quân"]
    assert names(roll(world.org["K"], START - timedelta(days=1))) == []


def test_the_roll_tells_what_was_so_on_that_day(world):
    ceremony = date(2017, 6, 1)
    member = world.admit("Vũ Xuân", "CB01", ceremony, decided=date(2017, 5, 20))
    probation.make_official({member: date(2018, 6, 1)}, **world.act(date(2018, 6, 1)))

    def dates(day):
        (row,) = (row for row in roll(world.org["CB01"], day) if row.member == member)
        return row.decided_on, row.joined_on, row.official_on, is_probationary(row)

    assert dates(DAY) == (date(2017, 5, 20), ceremony, None, True)
    assert dates(TODAY) == (date(2017, 5, 20), ceremony, date(2018, 6, 1), False)


def test_a_page_of_people_costs_one_query(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        shown = [
            (r.member.full_name, r.member.ethnic_group.name, r.organization.code) for r in roll(world.org["K"], DAY)
        ]
    assert shown[0] == ("Lê An", "Kinh", "DB01-01")


def test_search_finds_folded_names(world):
    world.enroll("Đặng Ủy", "CB01")
    rows = below(world.org["K"], DAY).select_related("member")
    assert names(search(rows, "dang uy")) == ["Đặng Ủy"]
    assert names(search(rows, "xyz")) == []
    assert len(search(rows, "")) == 17


@pytest.mark.parametrize(
    ("born", "precision", "day", "age"),
    [
        (date(1990, 6, 15), "D", date(2018, 6, 14), 27),
        (date(1990, 6, 15), "D", date(2018, 6, 15), 28),
        (date(2000, 2, 29), "D", date(2018, 2, 28), 17),
        (date(2000, 2, 29), "D", date(2018, 3, 1), 18),
        (date(1990, 6, 1), "M", date(2018, 5, 31), 27),
        (date(1990, 1, 1), "Y", date(2018, 1, 1), 28),
        (date(1990, 12, 31), "Y", date(2018, 1, 1), 28),
    ],
)
def test_age_as_precisely_as_the_birth_is_known(born, precision, day, age):
    assert Member(birth_date=born, birth_precision=precision).age(day) == age


def test_a_birth_is_shown_as_precisely_as_it_is_known():
    born = date(1990, 6, 15)
    assert [Member(birth_date=born, birth_precision=p).born for p in "DMY"] == ["15/06/1990", "06/1990", "1990"]


def test_counts_for_the_charts_are_counts_of_the_roll(world):
    tay = EthnicGroup.objects.get(code="02")
    known = {"ethnic_group": tay, "sex": "M", "qualification": Qualification.MASTER, "theory": Theory.ADVANCED}
    young = world.person("Vũ Trai", birth_date=date(1987, 12, 31), **known)
    world.enroll("", "CB01", member=young)
    found = people(world.org["CB01"], DAY)
    assert found["bands"] == {((36, 40), "F"): 2, ((18, 30), "M"): 1}
    assert {name: n for (_, name), n in found["ethnic"].items()} == {"Kinh": 2, "Tày": 1}
    assert found["education"] == {Qualification.NONE: 2, Qualification.MASTER: 1}
    assert found["theory"] == {Theory.NONE: 2, Theory.ADVANCED: 1}
    # A day later he is 31, in the year of 1987 no longer.
    assert people(world.org["CB01"], date(2018, 12, 31))["bands"] == {((36, 40), "F"): 2, ((31, 35), "M"): 1}


def test_the_catalogue_is_complete(db):
    # Seen elsewhere: a list of 53 without Khơ-mú and Tà-ôi.
    groups = dict(EthnicGroup.objects.values_list("code", "name"))
    assert len(groups) == 56
    some = [groups[code] for code in ("01", "17", "29", "31", "56")]
    assert some == ["Kinh", "Chăm", "Khơ-mú", "Tà-ôi", "Dân tộc khác"]


def printed(capsys, *arguments):
    call_command("roll", *arguments)
    return capsys.readouterr().out


def test_the_command_prints_a_roll(world, capsys):
    world.admit("Vũ Xuân", "CB01", date(2017, 6, 1), born=date(1995, 2, 3))
    world.leave("Quân", DAY, Exit.DIED)
    assert printed(capsys, "--date", "31/12/2017", "--organization", "CB01").splitlines() == [
        "CB01\tLê Phúc\t15/06/1980\tchính thức",
        "CB01\tVũ Xuân\t03/02/1995\tdự bị",
        "2 đảng viên vào ngày 31/12/2017",
    ]


def test_the_command_prints_json(world, capsys):
    statuses.exempt([world.people["An"]], **world.act(date(2016, 1, 1)))
    rows = json.loads(printed(capsys, "--date", "2017-12-31", "--organization", "DB01-01", "--format", "json"))
    assert rows[0] == {
        "id": world.people["An"].pk,
        "name": "Lê An",
        "sex": "F",
        "born": "15/06/1980",
        "age": 37,
        "ethnic_group": "Kinh",
        "organization": "DB01-01",
        "since": "2015-01-01",
        "joined": "2010-05-19",
        "decided": "2010-05-01",
        "official": "2011-05-19",
        "probationary": False,
        "status": "EXEMPT",
    }
    assert [row["name"] for row in rows] == ["Lê An", "Võ Bình"]


def test_without_arguments_the_whole_bloc_today(world, capsys):
    assert printed(capsys).splitlines()[-1] == "16 đảng viên vào ngày 14/12/2018"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--date", "31-12-2017"], "“31-12-2017” không phải là ngày. Hãy viết 2017-12-31 hoặc 31/12/2017."),
        (["--date", "30/02/2017"], "“30/02/2017” không phải là ngày. Hãy viết 2017-12-31 hoặc 31/12/2017."),
        (["--organization", "DB99"], "Không có tổ chức mang mã “DB99”."),
        (
            ["--date", "2014-12-31"],
            "Chưa có tổ chức nào vào ngày 31/12/2014. Nạp dữ liệu mẫu: manage.py load_demo.",
        ),
    ],
)
def test_the_command_says_what_is_wrong(world, arguments, sentence):
    with pytest.raises(CommandError) as caught:
        call_command("roll", *arguments)
    assert str(caught.value) == sentence


def test_on_an_empty_database_the_command_says_what_to_do(db):
    Installation.objects.create(demo_day=TODAY)
    with pytest.raises(CommandError, match="manage.py load_demo"):
        call_command("roll")
