"""A year is opened by one act: groups, targets as in the year before, its rating period; in December for the next."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from indicators.first_steps.opening import open_year, plan_of
from indicators.models import Indicator, Target, TargetGroup
from indicators.verbs import FigureVerb
from ledger import clock
from ledger.models import Change
from ratings.models import Calendar, Period, Sheet
from ratings.tasks.tasks import count_owed, tasks_of
from ratings.tasks.waiting import lines
from tests.hand import signed_in_as
from tests.indicators.board import set_groups, set_targets
from tests.world import refused

NEW_YEAR, DECEMBER = date(2019, 1, 1), date(2018, 12, 14)


@pytest.fixture
def department(world):
    """A year 2018 with groups, targets and a period stands behind it."""
    set_groups(world, 2018)
    set_targets(world, 2018, KN={"K": 3, "DB01": 1, "DB02": 2}, KTGS={"K": 100})
    user = world.user("ORGANIZATION", "K")
    open_year(2018, world.org["K"], by=user, on=DECEMBER)
    return user


def given(year):
    """{(indicator's code, organization's code): value} that stands in `year`, read row by row."""
    return {
        (row.indicator.code, row.organization.code): row.value
        for row in Target.objects.all()
        if row.voided_id is None and row.indicator.group.year == year
    }


def test_all_of_it_is_one_act(world, department):
    before = Change.objects.count()
    told = open_year(2019, world.org["K"], by=department, on=DECEMBER, with_targets=True)
    assert Change.objects.count() == before + 1
    change = Change.objects.latest("pk")
    assert (change.verb, change.detail, change.by) == (FigureVerb.OPEN_YEAR, "2019", department)
    period = Period.objects.get(year=2019)
    assert (period.added, period.starts) == (change, NEW_YEAR)
    assert {row.added for row in Sheet.objects.filter(period=period)} == {change}
    assert given(2019) == given(2018) != {}
    n = TargetGroup.objects.filter(year=2019).count()
    assert (
        told
        == f"{n} nhóm chỉ tiêu; {len(given(2018))} chỉ tiêu giao như năm trước; kỳ xếp loại, hạn của chi bộ "
        + (f"{period.cell_due:%d/%m/%Y}")
    )


def test_targets_stay_unset_where_they_are_not_asked_for(world, department):
    open_year(2019, world.org["K"], by=department, on=DECEMBER)
    assert given(2019) == {} and TargetGroup.objects.filter(year=2019).exists()


def test_what_stands_already_is_left_alone(world, department):
    """Groups that were set by hand, one of which is measured another way, and a target that was set in them."""
    set_groups(world, 2019)
    set_targets(world, 2019, KN={"DB01": 7})
    Indicator.objects.filter(group__year=2019, code="KTGS").update(unit="cuộc")
    open_year(2019, world.org["K"], by=department, on=DECEMBER, with_targets=True)
    assert given(2019) == {("KN", "K"): 3, ("KN", "DB01"): 7, ("KN", "DB02"): 2}


def test_a_place_that_has_ended_is_set_nothing(world, department):
    world.merge("DB02", "DB03", {"DB02-01": None, "DB02-02": None}, on=DECEMBER)
    assert {organization for _, organization in plan_of(world.org["K"], 2019, DECEMBER).copied} == {
        world.org["K"].pk,
        world.org["DB01"].pk,
    }


def test_a_year_that_is_whole_is_not_opened_again(world, department):
    open_year(2019, world.org["K"], by=department, on=DECEMBER, with_targets=True)
    with refused("Năm 2019 đã mở đủ, không còn gì để mở thêm."):
        open_year(2019, world.org["K"], by=department, on=DECEMBER, with_targets=True)


def test_nothing_is_kept_of_a_year_that_may_not_be_opened_yet(world, department):
    Calendar.objects.update(early_days=17)
    with refused("Kỳ này bắt đầu ngày 01/01/2019, chưa mở được. Mở được từ ngày 15/12/2018."):
        open_year(2019, world.org["K"], by=department, on=DECEMBER)
    Calendar.objects.update(early_days=18)
    open_year(2019, world.org["K"], by=department, on=DECEMBER)


def test_nobody_owes_anything_in_a_year_that_has_not_begun(world, department):
    users = [department, world.user("SECRETARY", "DB01-01"), world.user("COMMITTEE", "DB01")]
    before = [count_owed(user) for user in users]
    open_year(2019, world.org["K"], by=department, on=DECEMBER)
    assert [count_owed(user) for user in users] == before
    assert {task.period.year for user in users for task in tasks_of(user).owed} <= {2018}
    client = signed_in_as(department)
    assert client.get(reverse("ratings", args=["K", "2019"])).status_code == 404
    page = client.get(reverse("periods"))
    assert "mở sẵn, bắt đầu 01/01/2019" in page.text and reverse("ratings", args=["K", "2019"]) not in page.text
    with clock.fixed(NEW_YEAR):
        assert client.get(reverse("ratings", args=["K", "2019"])).status_code == 200


def test_a_year_to_open_is_a_task_of_the_department_until_it_is_opened(world, department):
    def offered(user):
        return [line.words for line in lines(user) if line.words.startswith("Mở năm")]

    assert offered(department) == ["Mở năm 2019: nhóm chỉ tiêu, chỉ tiêu, kỳ xếp loại"]
    assert offered(world.user("INSPECTION", "K")) == []
    with clock.fixed(date(2018, 11, 30)):
        assert offered(department) == []
    with clock.fixed(date(2019, 2, 1)):
        assert offered(department) == ["Mở năm 2019: nhóm chỉ tiêu, chỉ tiêu, kỳ xếp loại"]
    open_year(2019, world.org["K"], by=department, on=DECEMBER)
    assert offered(department) == []


def test_the_page_says_beforehand_what_will_be_written_and_afterwards_by_whom(world, department):
    client = signed_in_as(department)
    (line,) = [line for line in lines(department) if line.words.startswith("Mở năm")]
    page = client.get(line.url)
    plan = page.context["plan"]
    client.post(line.url, page.context["form"].initial | {"giao_nhu_truoc": "on"})
    assert Counter(plan.groups) == Counter(TargetGroup.objects.filter(year=2019).values_list("name", flat=True))
    assert sorted(plan.copied.values()) == sorted(given(2019).values())
    after = client.get(line.url)
    assert not after.context["plan"].makes_something
    assert f"Kỳ xếp loại năm 2019 do {department} mở ngày 14/12/2018" in " ".join(after.text.split())


def test_values_are_copied_to_the_digit(world, department):
    set_targets(world, 2018, KTGS={"DB01": Decimal("33.25")})
    open_year(2019, world.org["K"], by=department, on=DECEMBER, with_targets=True)
    assert given(2019)["KTGS", "DB01"] == Decimal("33.25")
