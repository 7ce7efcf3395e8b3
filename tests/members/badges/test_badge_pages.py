"""Badges on their pages: who is due on which award day, who was passed over, and the award taken by hand."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.badges import awards
from members.badges.awards import Award
from members.badges.rounds import Rounds
from members.models import AwardDay, BadgeAward, BadgeLevel, Exit
from members.register import arrivals
from organizations.frame import frame
from tests.hand import Hand
from tests.members.badges.days import DAY
from tests.world import TODAY, recorded

pytestmark = pytest.mark.django_db

PAPER = {"so": "20-QĐ/TU", "ngay": "25/10/2018", "co_quan": "Tỉnh ủy"}


def veteran(world, name, code, decided):
    return world.enroll(name, code, decided=decided, ceremony=decided + DAY, official=decided + 380 * DAY)


def award(world, name, years, on):
    level = BadgeLevel.objects.get(years=years)
    awards.award([Award(member=world.people[name], level=level, on=on)], **world.act(on))


@pytest.fixture
def scene(world):
    """30 years: Xưa on 07/11/2018, Giá on 08/11/2018, Mận on 03/02/2018; 40 years: Cổ on 01/06/2018."""
    veteran(world, "Vũ Xưa", "DB01-01", date(1988, 11, 7))
    veteran(world, "Vũ Giá", "DB01-01", date(1988, 11, 8))
    veteran(world, "Vũ Mận", "DB01-02", date(1988, 2, 3))
    veteran(world, "Vũ Cổ", "CB01", date(1978, 6, 1))
    return world


def rounds(world, code, year=2018):
    return Rounds(frame(world.user("ORGANIZATION", "K"), code, year))


def due(world, code, year=2018):
    """{key of the round: [(name, years, "passed" or "due", day of the award)]} of those that hold anyone."""
    return {
        r.key: [
            (row.member.full_name, row.level.years, "passed" if row.passed else "due", row.award and row.award.on)
            for row in r.rows
        ]
        for r in rounds(world, code, year).all
        if r.rows
    }


def test_who_is_due_on_which_day_and_who_was_passed_over(scene):
    assert due(scene, "K") == {
        "03-02": [("Vũ Cổ", 30, "passed", None), ("Vũ Mận", 30, "due", None)],
        "19-05": [("Vũ Cổ", 30, "passed", None), ("Vũ Mận", 30, "passed", None)],
        "02-09": [("Vũ Cổ", 40, "due", None), ("Vũ Mận", 30, "passed", None)],
        "07-11": [("Vũ Cổ", 40, "passed", None), ("Vũ Mận", 30, "passed", None), ("Vũ Xưa", 30, "due", None)],
    }
    assert due(scene, "DB01-01") == {"07-11": [("Vũ Xưa", 30, "due", None)]}


def test_before_the_register_the_level_of_the_year_counts(scene):
    """In 2017 Cổ had 39 years and no badge known to the register: passed over at each award day, at thirty."""
    found = due(scene, "CB01", 2017)
    assert {key: rows for key, rows in found.items() if key != "truy-tang"} == {
        key: [("Vũ Cổ", 30, "passed", None)] for key in ("03-02", "19-05", "02-09", "07-11")
    }


def test_who_received_it_is_due_no_more(scene):
    award(scene, "Mận", 30, date(2018, 5, 19))
    assert due(scene, "DB01-02") == {
        "03-02": [("Vũ Mận", 30, "due", date(2018, 5, 19))],
        "19-05": [("Vũ Mận", 30, "passed", date(2018, 5, 19))],
    }
    found = rounds(scene, "K")
    tally = {r.key: (len(r.rows), len(r.given), len(r.open), len(r.passed_over)) for r in found.in_turn}
    assert tally == {"03-02": (2, 1, 1, 1), "19-05": (2, 1, 1, 1), "02-09": (1, 0, 1, 0), "07-11": (2, 0, 2, 1)}


def test_each_round_day_by_day(scene):
    """A second naive way: reached on the award day and not on the one before; passed over when reached before it."""
    days = [date(2017, 11, 7), *(row.of(2018) for row in AwardDay.objects.all())]
    services = {name: scene.people[name] for name in ("Xưa", "Giá", "Mận", "Cổ")}
    decided = {"Xưa": date(1988, 11, 7), "Giá": date(1988, 11, 8), "Mận": date(1988, 2, 3), "Cổ": date(1978, 6, 1)}

    def level(name, day):
        return max((y for y in (30, 40) if day >= decided[name].replace(year=decided[name].year + y)), default=None)

    for before, day in zip(days, days[1:], strict=False):
        expected = {
            (name, level(name, day), level(name, before) == level(name, day)) for name in services if level(name, day)
        }
        found = next(r for r in rounds(scene, "K").all if r.day == day and r.in_turn)
        assert {(r.member.full_name.split()[-1], r.level.years, r.passed) for r in found.rows} == expected, day


def test_who_moved_is_due_where_they_stand_that_day(scene):
    scene.transfer("Xưa", "DB02-01", date(2018, 11, 7))
    scene.transfer("Mận", "DB02-01", date(2018, 2, 4))
    assert set(due(scene, "DB01-02")) == {"03-02"}
    assert set(due(scene, "DB02")) == {"19-05", "02-09", "07-11"}
    assert [row[0] for row in due(scene, "DB02")["07-11"]] == ["Vũ Mận", "Vũ Xưa"]


def test_who_is_on_probation_again_is_not_due(scene):
    scene.leave("Mận", date(2018, 1, 1), Exit.STRUCK)
    again = scene.newcomer("", "DB01-02", date(2018, 1, 20), member=scene.people["Mận"], entry="READMITTED")
    arrivals.admit([again], **scene.act())
    assert due(scene, "DB01-02") == {}


def test_who_lacks_a_few_months_may_be_given_it_early(scene):
    veteran(scene, "Vũ Yếu", "DB02-01", date(1989, 12, 14))
    veteran(scene, "Vũ Khỏe", "DB02-01", date(1989, 12, 15))
    assert due(scene, "DB02")["trao-som"] == [("Vũ Yếu", 30, "due", None)]
    hand = Hand(scene.user("ORGANIZATION", "K")).open("/huy-hieu/K/2018/?dot=trao-som")
    hand.press("trao", tick=["ai"], ly_do="Ốm nặng", **PAPER)
    (kept,) = BadgeAward.objects.all()
    assert (kept.kind, kept.on, kept.reason) == (2, TODAY, "Ốm nặng")
    assert "trao-som" not in due(scene, "DB02")


def test_the_dead_of_the_year(scene):
    scene.leave("Giá", date(2018, 6, 1), Exit.DIED)
    assert due(scene, "DB01")["truy-tang"] == [("Vũ Giá", 30, "due", None)]
    assert "trao-som" not in due(scene, "DB01-01")
    hand = Hand(scene.user("ORGANIZATION", "K")).open("/huy-hieu/K/2018/?dot=truy-tang")
    key = f"{scene.people['Giá'].pk}-30"
    hand.press("trao", refused=True, tick=["ai"], tu_ngay="07/11/2018", **PAPER)
    assert "Hãy ghi lý do." in hand.text and f'value="{key}" checked' in hand.page.content.decode()
    hand.press("trao", tick=["ai"], tu_ngay="07/11/2018", ly_do="Từ trần ngày 01/06/2018", **PAPER)
    (kept,) = BadgeAward.objects.all()
    assert (kept.kind, kept.reason, kept.organization) == (3, "Từ trần ngày 01/06/2018", scene.org["DB01-01"])
    assert "Truy tặng: Từ trần ngày 01/06/2018" in hand.text


def test_the_department_awards_those_ticked_with_one_paper(scene):
    hand = Hand(scene.user("ORGANIZATION", "K")).open("/huy-hieu/K/2018/")
    assert "Ngày Cách mạng Tháng Mười Nga, 07/11/2018" in hand.text
    hand.press("trao", refused=True, **PAPER)
    assert "Hãy đánh dấu ít nhất một người." in hand.text
    hand.press("trao", tick=["ai"], **PAPER)
    assert "Đã ghi Huy hiệu Đảng cho 3 người." in hand.text
    rows = BadgeAward.objects.order_by("-level__years", "member__sort_key")
    assert [(a.member.full_name, a.level.years, a.on) for a in rows] == [
        ("Vũ Cổ", 40, date(2018, 11, 7)),
        ("Vũ Mận", 30, date(2018, 11, 7)),
        ("Vũ Xưa", 30, date(2018, 11, 7)),
    ]
    assert {str(a.added.document) for a in rows} == {"20-QĐ/TU ngày 25/10/2018 của Tỉnh ủy"}
    assert "Đã trao trong năm 2018: 3" in hand.text
    assert "Ghi đã trao" not in hand.text


def test_what_is_refused_stands_with_the_ticks(scene):
    hand = Hand(scene.user("ORGANIZATION", "K")).open("/huy-hieu/K/2018/")
    before = recorded()
    hand.press("trao", refused=True, tick=["ai"], tu_ngay="06/11/2018", **PAPER)
    assert "Vũ Xưa có 29 năm 11 tháng tuổi Đảng, chưa đủ để nhận Huy hiệu 30 năm." in hand.text
    page = hand.page.content.decode()
    assert page.count(" checked>") == 3 and 'value="06/11/2018"' in page and 'value="20-QĐ/TU"' in page
    answer = hand.client.post(
        "/huy-hieu/K/2018/", {"viec": "trao", "dot": "07-11", "ai": "1-30", "tu_ngay": "07/11/2018", **PAPER}
    )
    assert "Danh sách đã thay đổi từ khi mở trang." in answer.content.decode()
    assert recorded() == before


def test_an_award_day_ahead_takes_no_award(scene):
    AwardDay.objects.filter(month=11).update(month=12, day=22)
    hand = Hand(scene.user("ORGANIZATION", "K")).open("/huy-hieu/K/2018/?dot=22-12")
    assert "sắp đến kỳ" in hand.text and "Ghi đã trao" not in hand.text
    assert [row[0] for row in due(scene, "DB01-01")["22-12"]] == ["Vũ Giá", "Vũ Xưa"]
    assert hand.open("/huy-hieu/K/2018/").text.count("Quốc khánh, 02/09/2018") == 2  # the last that has come


def test_the_catalogue_decides(scene):
    BadgeLevel.objects.filter(years=40).update(in_use=False)
    AwardDay.objects.filter(month=9).update(in_use=False)
    found = due(scene, "CB01")
    assert "02-09" not in found and {row[1] for rows in found.values() for row in rows} == {30}
    AwardDay.objects.update(in_use=False)
    hand = Hand(scene.user("ORGANIZATION", "K")).open("/huy-hieu/K/2018/")
    assert "Danh mục chưa có đợt trao nào." in hand.text
    BadgeLevel.objects.update(in_use=False)
    assert "Chưa ghi Huy hiệu nào." in hand.open("/huy-hieu/K/2018/").text


def test_a_round_that_is_not_there(scene):
    hand = Hand(scene.user("ORGANIZATION", "K"))
    for key in ("01-01", "x", "trao-som"):
        year = 2017 if key == "trao-som" else 2018
        assert hand.client.get(f"/huy-hieu/K/{year}/?dot={key}").status_code == 404, key


@pytest.mark.parametrize(
    "role", [("SECRETARY", "DB01-01"), ("COMMITTEE", "DB01"), ("LEADER", "K"), ("INSPECTION", "K")]
)
def test_the_others_only_read(scene, role):
    hand = Hand(scene.user(*role)).open(f"/huy-hieu/{role[1]}/2018/")
    assert "Vũ Xưa" in hand.text
    assert "Ghi đã trao" not in hand.text and 'name="ai"' not in hand.page.content.decode()


def test_the_member_s_page(scene):
    award(scene, "Mận", 30, date(2018, 2, 3))
    hand = Hand(scene.user("SECRETARY", "DB01-02"))
    text = hand.open(reverse("member", args=[scene.people["Mận"].pk])).text
    assert "Tuổi Đảng đến nay: 30 năm 10 tháng" in text
    assert "Kỳ tới: 40 năm , đợt 03/02/2028" in text
    assert "30 năm, ngày 03/02/2018" in text
    assert "Huy hiệu 30 năm tuổi Đảng, đúng hạn, ngày 03/02/2018." in text
    hand = Hand(scene.user("ORGANIZATION", "K"))
    text = hand.open(reverse("member", args=[scene.people["Xưa"].pk])).text
    assert "Kỳ tới: 30 năm , đợt 03/02/2019" in text and "Chưa ghi Huy hiệu nào." in text
    scene.admit("Trần Mới", "DB01-01", date(2018, 5, 1))
    text = hand.open(reverse("member", args=[scene.people["Mới"].pk])).text
    assert "Tuổi Đảng đến nay" not in text


def test_the_page_costs_the_same_at_any_size(scene):
    hand = Hand(scene.user("ORGANIZATION", "K"))

    def asked():
        with CaptureQueriesContext(connection) as queries:
            hand.open("/huy-hieu/K/2018/")
        return len(queries)

    asked()
    few = asked()
    rows = [
        scene.arrival(
            f"Vũ {'x' * n}",
            "DB02-01",
            decided=date(1988, 10, 1),
            ceremony=date(1988, 10, 2),
            official=date(1989, 10, 2),
        )
        for n in range(1, 40)
    ]
    arrivals.enroll(rows, **scene.act())
    assert asked() == few
    assert len(re.findall(r'name="ai"', hand.page.content.decode())) == 42


def test_where_it_was_given_it_counts(scene):
    award(scene, "Mận", 30, date(2018, 5, 19))
    scene.transfer("Mận", "DB02-01", date(2018, 6, 1))
    hand = Hand(scene.user("ORGANIZATION", "K"))
    told = {
        code: re.search(r"Đã trao trong năm 2018: (\d)", hand.open(f"/huy-hieu/{code}/2018/").text)[1]
        for code in ("K", "DB01", "DB02")
    }
    assert told == {"K": "1", "DB01": "1", "DB02": "0"}
    assert date(2018, 6, 1) < TODAY


def test_only_whose_page_opens_is_a_link(scene):
    """DB01-02 is DB02's since September: DB01 still tells what was given to Mận there, and opens Xưa alone."""
    award(scene, "Mận", 30, date(2018, 5, 19))
    scene.move("DB01-02", "DB02", date(2018, 9, 1))
    hand = Hand(scene.user("COMMITTEE", "DB01"))
    closed = reverse("member", args=[scene.people["Mận"].pk])
    for query in ("?dot=03-02", "?dot=07-11"):
        page = hand.open(f"/huy-hieu/DB01/2018/{query}").page.content.decode()
        assert "Vũ Mận" in page and f'href="{closed}"' not in page
    assert f'href="{reverse("member", args=[scene.people["Xưa"].pk])}"' in page
    assert hand.client.get(closed).status_code == 404
