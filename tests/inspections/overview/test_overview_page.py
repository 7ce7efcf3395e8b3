"""The year's overview: its numbers are the indicators' figures, each opens onto as many rows, at a constant price."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.board import board, the_years
from indicators.measures import MEASURES, counts
from inspections.checks.register import InspectionPlan, register_inspections
from inspections.discipline import year as discipline_year
from inspections.discipline.discipline import Decision, discipline_organizations, tie
from inspections.letters import letter_list
from inspections.letters.letters import ReceivedLetter, register_letters
from inspections.models import Inspection, InspectionSubject
from inspections.overview import overview
from inspections.scope import Scope
from members.life.sanctions import discipline
from members.models import Discipline, Exit
from organizations.frame import frame
from tests.hand import Hand, signed_in_as
from tests.indicators.board import set_groups

pytestmark = pytest.mark.django_db
Kind = Inspection.Kind
MAY, JUNE, JULY = date(2017, 5, 2), date(2017, 6, 4), date(2017, 7, 3)


@pytest.fixture
def year(world):
    """2017: CB01 ends in DB01 on 03/07, after it was inspected; DB03-02 moves from DB03 to DB02 on the same day."""
    set_groups(world, 2017)
    looks = [
        (Kind.INSPECTION, "K", {"DB01": MAY, "DB02": None, "CB01": JUNE}, True),
        (Kind.SUPERVISION, "K", {"DB03-01": JULY, "CB02": None}, True),
        (Kind.INSPECTION, "K", {"DB03": MAY}, False),
        (Kind.FINANCE, "K", {"DB01": MAY, "CB01": MAY, "CB02": JULY, "DB02-01": MAY, "DB03": None}, True),
        (Kind.FINANCE, "K", {"DB01": JULY}, False),
        (Kind.INSPECTION, "DB01", {"DB01-01": MAY, "DB01-02": None}, True),
        (Kind.INSPECTION, "CB01", {"CB02": None}, True),
    ]
    rows = [
        InspectionPlan(
            year=2017,
            kind=kind,
            title=f"Nghị quyết {n}",
            conductor=world.org[by],
            subjects=tuple((world.org[code], done) for code, done in subjects.items()),
            planned=planned,
        )
        for n, (kind, by, subjects, planned) in enumerate(looks)
    ]
    register_inspections(rows, **world.act())
    days = [
        ("01", "DB01-01", date(2017, 2, 6), date(2017, 8, 1), date(2017, 7, 9)),
        ("02", "CB01", date(2017, 2, 7), date(2017, 8, 1), date(2017, 9, 9)),
        ("03", "CB01", date(2017, 2, 8), date(2018, 3, 1), None),
        ("04", "DB03-02", date(2017, 2, 9), date(2017, 11, 1), None),
        ("05", "DB02-01", None, date(2017, 12, 1), None),
    ]
    letters = [
        ReceivedLetter(
            number=f"{n}/ĐT",
            organization=world.org[code],
            received_on=date(2017, 2, 1),
            accepted_on=accepted,
            due_on=due,
            resolved_on=resolved,
        )
        for n, code, accepted, due, resolved in days
    ]
    register_letters(letters, **world.act())
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, JULY)
    world.move("DB03-02", "DB02", JULY)
    return world


def scope(world, code, year=2017):
    return Scope(frame(world.user("LEADER", "K"), code, year))


CODES = ["K", "DB01", "DB02", "DB03", "DB01-01", "CB02"]


@pytest.mark.parametrize("code", CODES)
def test_the_plan_is_what_the_indicators_count(year, code):
    seen = scope(year, code)
    window = the_years([2017])[2017].window
    nodes = [seen.here, *seen.before]
    found = counts(MEASURES.values(), [window], nodes=nodes)

    def counted(measure):
        return sum(found[measure, node, 2017] for node in nodes)

    inspected, supervised, together, _ = overview.work(seen)
    assert (together.planned, together.done) == (counted("planned"), counted("planned_done"))
    assert (inspected.planned, inspected.done) == (counted("planned_inspections"), counted("planned_inspections_done"))
    assert (supervised.planned, supervised.done) == (
        counted("planned_supervisions"),
        counted("planned_supervisions_done"),
    )
    money = overview.finance(seen)
    only = counts([MEASURES["finance_checked"], MEASURES["grassroots"]], [window], nodes=[seen.here])
    assert (len(money.checked), money.total) == (
        only["finance_checked", seen.here, 2017],
        only["grassroots", seen.here, 2017],
    )
    due = letter_list.deadlines(seen)
    assert (due.counted, due.in_time) == (counted("letters_due"), counted("letters_in_time"))


@pytest.mark.parametrize("code", CODES)
def test_what_was_taken_over_in_another_year_is_answered_for_and_not_counted(year, code):
    seen = scope(year, code, 2018)
    window = the_years([2018])[2018].window
    nodes = [seen.here, *seen.before]
    found = counts([MEASURES["letters_due"], MEASURES["letters_in_time"]], [window], nodes=nodes)
    due = letter_list.deadlines(seen)
    assert (due.counted, due.in_time) == tuple(
        sum(found[measure, node, 2018] for node in nodes) for measure in ("letters_due", "letters_in_time")
    )
    if code == "DB01":
        assert (due.counted, due.open) == (0, 1)


def test_the_bloc_by_hand(year):
    seen = scope(year, "K")
    assert [(r.planned, r.done, r.extra) for r in overview.work(seen)] == [(3, 2, 1), (2, 1, 0), (5, 3, 1), (5, 4, 1)]
    # CB01 was checked and has ended; DB02-01 is no grassroots organization.
    assert [s.organization.code for s in overview.finance(seen).checked] == ["CB02", "DB01"]
    assert [s.organization.code for s in overview.finance(seen).unchecked] == ["DB02", "DB03"]


@pytest.mark.parametrize("code", ["K", "DB01"])
def test_the_plan_is_the_card_of_the_target_group(year, code):
    seen = board(year.org[code], 2017, years=[2017])
    (card,) = [line for line in seen.cards() if line.group.code == "KTGS"]
    together = overview.work(scope(year, code))[2]
    assert (together.done, together.planned) == (card.result.numerator, card.result.denominator)


def rows_of(hand, url):
    page = hand.open(url).page.content.decode()
    return int(re.search(r'id="so-luong">([\d.]+) (?:lượt|đơn)', page)[1].replace(".", ""))


@pytest.mark.parametrize("code", CODES)
def test_every_number_opens_onto_as_many_rows(year, code):
    hand = Hand(year.user("INSPECTION", "K"))
    hand.open(reverse("inspections", args=[code, 2017]))
    links = re.findall(r'href="([^"]+)"[^>]*>([\d.]+)(?: lượt)?</a>', hand.page.content.decode())
    links = [(url.replace("&amp;", "&"), int(n)) for url, n in links if "danh-sach" in url or "tinh_trang" in url]
    assert links or code not in ("K", "DB01")
    for url, n in links:
        assert rows_of(hand, url) == n, url


def test_the_year_is_seen_with_the_tree_and_the_names_of_its_end(year):
    year.rename("DB02", "Đảng bộ Sở Mới", date(2018, 2, 1))
    hand = Hand(year.user("LEADER", "K"))
    assert "Tổ chức DB02" in hand.open(reverse("inspections", args=["K", 2017])).text
    assert "Đảng bộ Sở Mới" not in hand.text
    assert "Đảng bộ Sở Mới" in hand.open(reverse("inspections", args=["K", 2018])).text


def test_the_successor_answers_for_what_was_left_open(year):
    text = Hand(year.user("COMMITTEE", "DB01")).open(reverse("inspections", args=["DB01", 2017])).text
    assert "Gồm cả việc trong năm của Tổ chức CB01 (đã kết thúc), nay do tổ chức này kế thừa." in text
    assert "kế hoạch của Tổ chức CB01 (đã kết thúc), nay do tổ chức này kế thừa" in text
    letters = Hand(year.user("INSPECTION", "K")).open(reverse("letters", args=["DB01", 2017])).text
    assert "03/ĐT Tổ chức CB01 (đã kết thúc)" in letters
    # The letter that was open goes on in the next year; those that were closed do not.
    after = Hand(year.user("INSPECTION", "K")).open(reverse("letters", args=["DB01", 2018])).text
    assert "03/ĐT Tổ chức CB01 (đã kết thúc)" in after
    assert "01/ĐT" not in after and "02/ĐT" not in after


def test_an_organization_that_ended_before_it_was_looked_at_is_told(year):
    year.merge("CB02", "DB02", {"CB02": "DB02-01"}, date(2017, 9, 1))
    pk = Inspection.objects.get(title="Nghị quyết 1").pk
    text = Hand(year.user("INSPECTION", "K")).open(reverse("inspection", args=[pk])).text
    assert (
        "Tổ chức CB02 đã kết thúc ngày 01/09/2017 khi chưa kiểm tra, nay là Tổ chức DB02; "
        "hãy bỏ khỏi kế hoạch kèm lý do, hoặc thêm tổ chức kế thừa" in text
    )
    seen = scope(year, "K")
    assert overview.work(seen)[1].planned == 2  # it counts on


# Discipline of the year


@pytest.fixture
def punished(year):
    """An is reprimanded in DB01-01, Nga warned in DB03 before she moves with her cell, Tâm expelled; CB01 as a whole."""
    of = year.people
    rows = [(of["An"], 1, MAY), (of["Nga"], 2, JUNE), (of["Bình"], 1, date(2016, 5, 2))]
    discipline(rows, **year.act())
    year.leave("Tâm", date(2017, 9, 1), Exit.EXPELLED)
    subject = InspectionSubject.objects.get(inspection__title="Nghị quyết 0", organization__code="CB01")
    row = Decision(organization=year.org["CB01"], kind=2, on=JUNE, origin=subject)
    discipline_organizations([row], **year.act())
    inspected = InspectionSubject.objects.get(inspection__title="Nghị quyết 0", organization__code="DB01")
    tie([(Discipline.objects.get(member=of["An"]), inspected)], **year.act())
    return year


@pytest.mark.parametrize(
    ("code", "members", "organizations"),
    [
        ("K", [("Khiển trách", 1), ("Cảnh cáo", 1), ("Khai trừ", 1)], [("Cảnh cáo tổ chức", 1)]),
        ("DB01", [("Khiển trách", 1)], [("Cảnh cáo tổ chức", 1)]),
        ("DB02", [], []),
        ("DB03", [("Cảnh cáo", 1)], []),
        ("CB02", [("Khai trừ", 1)], []),
    ],
)
def test_discipline_counts_where_it_happened(punished, code, members, organizations):
    seen = scope(punished, code)
    assert [(t.label, len(t.rows)) for t in discipline_year.of_members(seen)] == members
    assert [(t.label, len(t.rows)) for t in discipline_year.of_organizations(seen)] == organizations


def test_discipline_counts_where_the_member_stood_that_day_alone(world):
    set_groups(world, 2018)
    world.transfer("An", "DB02-01", date(2018, 3, 1))
    discipline([(world.people["An"], Discipline.Kind.WARNING, date(2018, 5, 5))], **world.act())
    found = {
        code: [(d.day, d.organization) for t in discipline_year.of_members(scope(world, code, 2018)) for d in t.rows]
        for code in ("DB01", "DB02")
    }
    assert found == {"DB01": [], "DB02": [(date(2018, 5, 5), world.org["DB02-01"].pk)]}


def test_discipline_opens_onto_who_it_was_and_what_it_followed_from(punished):
    hand = Hand(punished.user("ORGANIZATION", "K"))
    hand.open(reverse("inspections", args=["K", 2017], query={"ky_luat": "dv-1"}))
    assert "Lê An 02/05/2017 Tổ chức DB01-01, Tổ chức DB01 Nghị quyết 0" in hand.text
    hand.open(reverse("inspections", args=["K", 2017], query={"ky_luat": "khai-tru"}))
    assert "Võ Tâm 01/09/2017 Tổ chức CB02 –" in hand.text
    hand.open(reverse("inspections", args=["K", 2017], query={"ky_luat": "tc-2"}))
    assert "Tổ chức CB01 04/06/2017 Tổ chức CB01 Nghị quyết 0" in hand.text


# The price


def plans(world, numbers):
    return [
        InspectionPlan(
            year=2017,
            kind=Kind.INSPECTION,
            title=f"Cuộc {n}",
            conductor=world.org["K"],
            subjects=((world.org["DB01"], MAY if n % 2 else None), (world.org["CB02"], None)),
        )
        for n in numbers
    ]


def test_a_year_of_a_thousand_inspections_costs_what_one_of_ten_costs(world):
    set_groups(world, 2017)
    ask = signed_in_as(world.user("INSPECTION", "K"))
    urls = [
        reverse("inspections", args=["K", 2017]),
        reverse("inspection_list", args=["K", 2017], query={"tim": "cuoc", "xong": "chua", "page": "1"}),
        reverse("inspections", args=["DB01-01", 2017]),
        reverse("letters", args=["K", 2017]),
    ]

    def asked():
        found = []
        for url in urls:
            with CaptureQueriesContext(connection) as queries:
                assert ask.get(url).status_code == 200
            found.append(len(queries))
        return found

    letter = {"organization": world.org["DB01"], "received_on": MAY, "due_on": JULY}
    register_inspections(plans(world, range(10)), **world.act())
    register_letters([ReceivedLetter(number=f"{n}", **letter) for n in range(10)], **world.act())
    asked()
    few = asked()
    register_inspections(plans(world, range(10, 1000)), **world.act())
    register_letters([ReceivedLetter(number=f"{n}", **letter) for n in range(10, 300)], **world.act())
    assert asked() == few
