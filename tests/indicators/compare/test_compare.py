"""Organizations, or years of one, side by side: the same figures as on their own pages, within the reader's rights."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.board import board
from members.models import Sex
from members.roll.on_a_day import AGE_BANDS, roll
from ratings.models import MemberRating
from tests.pages.test_pages_site import standing

pytestmark = pytest.mark.django_db
site = pytest.fixture(scope="module")(standing)


def asked(site, code="K", year=2017, role=("LEADER", "K"), **query):
    return site.as_(*role).get(reverse("compare", args=[code, year], query=query))


def words(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_two_organizations_have_the_lines_of_their_own_pages(site):
    answer = asked(site, o=["DB01", "DB02"])
    sides = answer.context["sides"]
    assert [side.page.organization.code for side in sides] == ["DB01", "DB02"]
    for side in sides:
        own = site.as_("LEADER", "K").get(reverse("dashboard", args=[side.page.organization.code, 2017])).context
        shown = [result for row in answer.context["groups"] for of, result, _ in row.cells if of is side and result]
        assert [(r.line.group.code, r.value, r.target, r.verdict) for r in shown] == [
            (r.line.group.code, r.value, r.target, r.verdict) for r in own["results"]
        ]
    assert answer.context["subtitle"] == f"{sides[0].name} và {sides[1].name}, năm 2017"


def test_what_only_one_side_has_is_empty_at_the_other(site):
    rows = asked(site, o=["K", "DB01-01"]).context["groups"]
    of_cell = {x.group.name for x in board(site.org["DB01-01"], 2017).cards()}
    assert {row.name for row in rows if row.cells[1][1]} == of_cell
    assert any(row.cells[1][1] is None for row in rows)


def test_people_are_counted_one_by_one(site):
    answer = asked(site, o=["DB01", "DB02"])
    tables = {table.title: dict(table.rows) for table in answer.context["tables"]}
    for i, side in enumerate(answer.context["sides"]):
        members = [row.member for row in roll(side.page.organization, side.page.day)]
        assert tables["Đảng viên"]["Đảng viên"][i].number == str(len(members))
        assert tables["Đảng viên"]["Nữ"][i].number == str(sum(m.sex == Sex.FEMALE for m in members))
        ages = [
            side.page.day.year - m.birth_date.year for m in members
        ]  # on the last day of a year everybody had a birthday
        for low, high in AGE_BANDS:
            label = f"{low}–{high} tuổi" if high else f"trên {low - 1} tuổi"
            found = tables["Tuổi"][label][i].number if label in tables["Tuổi"] else "0"
            assert found == str(sum(low <= age <= (high or 200) for age in ages))
        decided = MemberRating.objects.filter(voided__isnull=True, sheet__period__year=2017, decided__isnull=False)
        assert sum(int(parts[i].number) for parts in tables["Xếp loại đảng viên"].values()) == sum(
            level_of.member_id in {m.pk for m in members} for level_of in decided
        )


def test_years_of_one_organization(site):
    answer = asked(site, nam=["2016", "2017"])
    assert [(side.page.organization.code, side.name) for side in answer.context["sides"]] == [
        ("K", "2016"),
        ("K", "2017"),
    ]
    assert "năm 2016 và 2017" in answer.context["subtitle"]


def test_each_organization_in_each_year(site):
    sides = asked(site, o=["DB01", "DB02"], nam=["2016", "2017"]).context["sides"]
    assert [(s.page.organization.code, s.page.year) for s in sides] == [
        ("DB01", 2016), ("DB01", 2017), ("DB02", 2016), ("DB02", 2017)
    ]  # fmt: skip
    assert all(side.name.endswith(str(side.page.year)) for side in sides)


def test_one_alone_is_asked_for_another_and_five_are_too_many(site):
    one = asked(site, o=["DB01"])
    assert one.context["sides"] == [] and "hãy chọn thêm ít nhất một nơi" in words(one)
    assert "Mới chọn một" not in words(asked(site))
    many = asked(site, o=["DB01", "DB02", "DB03", "CB01", "CB02"])
    assert len(many.context["sides"]) == 4 and "đã chọn 5, đang hiện 4 bên đầu" in words(many)
    assert asked(site, o=["DB01", "DB01"]).context["sides"] == []


@pytest.mark.parametrize(
    "query", [{"o": ["DB01", "DB02"]}, {"o": ["DB01", "XX"]}, {"nam": ["2017", "nay"]}, {"nam": ["2017", "1900"]}]
)
def test_nothing_beyond_the_reader_s_reach(site, query):
    assert asked(site, "DB01", role=("COMMITTEE", "DB01"), **query).status_code == 404


def test_another_year_keeps_who_is_compared(site):
    page = asked(site, o=["DB01", "DB02"]).content.decode()
    assert f"{reverse('compare', args=['K', 2016])}?o=DB01&amp;o=DB02" in page


def test_large_organizations_ask_no_more_than_small_ones(site):
    def queries(*codes):
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert len(asked(site, o=list(codes)).context["sides"]) == 2
        return len(found)

    queries("DB01", "DB02")
    assert abs(queries("DB01", "K") - queries("CB01", "CB02")) <= 2


def test_who_needs_looking_at_can_be_ticked(site):
    page = site.as_("LEADER", "K").get(reverse("dashboard", args=["K", 2017])).content.decode()
    ticks = re.findall(r'type="checkbox" name="o" value="([^"]+)"', page)
    assert sorted(ticks) == sorted(s.organization.code for s in board(site.org["K"], 2017).children)
    assert f'action="{reverse("compare", args=["K", 2017])}"' in page
