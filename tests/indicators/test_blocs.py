"""Each bloc has its own groups, targets and closings; an organization those of the bloc above it in each year."""

import html
import json
from datetime import date, timedelta

import pytest
from django.urls import reverse

from indicators import wording
from indicators.board import board, known_years
from indicators.closing.closings import close_figures
from indicators.closing.since import Since
from indicators.first_steps.opening import open_year
from indicators.models import Closing, Indicator, TargetGroup
from indicators.targets import targets
from ledger import clock
from ledger.models import Change
from ledger.undo import standing_in_the_way
from members.reorganizing.plan import Plan
from organizations.reorganize import Founding
from organizations.successions import blocs_through
from organizations.verbs import TreeVerb
from ratings.models import OrganizationRating, Period
from ratings.periods import periods
from tests.hand import Hand
from tests.world import TODAY, refused

PASSING, END = date(2018, 3, 1), date(2018, 12, 10)


@pytest.fixture
def two(world):
    """K and K2 each with groups of 2017 and 2018; K2 measures admissions in 2018 alone. CB02 passes to K2 in March 2018."""
    world.found(("K2", "KHOI", None), ("CB90", "CBCS", "K2"))
    world.enroll("Lê Xuân", "CB90")
    org = world.org
    for year in (2017, 2018):
        targets.set_groups(year, targets.eight_groups(year), bloc=org["K"], **world.act())
    targets.set_groups(2017, targets.eight_groups(2017), bloc=org["K2"], **world.act())
    targets.set_groups(2018, targets.eight_groups(2018)[:1], bloc=org["K2"], **world.act())
    world.move("CB02", "K2", PASSING)
    return world


def test_who_sets_the_targets_of_a_bloc_opens_its_year(world):
    """On the dashboard of a bloc without groups; nobody else does, and nobody another bloc's."""
    world.found(("K2", "KHOI", None), on=PASSING)
    department, leader = (Hand(world.user(role, "K2", PASSING)) for role in ("ORGANIZATION", "LEADER"))
    dashboard = reverse("dashboard", args=["K2", 2018])
    assert "Ban Tổ chức của Tổ chức K2 mở năm 2018; sau đó kết quả hiện ở đây." in leader.open(dashboard).text
    opening = reverse("first_steps", query={"dang_bo": "K2", "nam": 2018})
    assert opening in html.unescape(department.open(dashboard).page.content.decode())
    department.open(opening)
    assert "K2" in department.text and "tài khoản đang dùng" not in department.text
    department.press(None)
    assert "Đã mở năm 2018 của Tổ chức K2" in department.text
    assert set(TargetGroup.objects.values_list("bloc__code", "year")) == {("K2", 2018)}
    assert len(department.open(dashboard).page.context["results"]) == len(targets.eight_groups(2018))


def test_the_province_has_its_blocs_side_by_side(two):
    two.found(("T", "TINH", None), ("K3", "KHOI", "T"), on=END)
    for code in ("K", "K2"):
        two.move(code, "T", END)
    targets.set_targets({(indicator(two, "K2", 2018), two.org["K2"]): 3}, **two.act())
    hand = Hand(two.user("LEADER", "T", END)).open(reverse("home"))
    rows, columns = hand.page.context["rows"], hand.page.context["columns"]
    assert [column.place.organization.code for column in columns] == ["K", "K2", "K3"]
    assert len(rows) == len(targets.eight_groups(2018))
    own = {code: board(two.org[code], 2018) for code in ("K", "K2", "K3")}
    for n, code in enumerate(own):
        told = {group.code: figures[n][1].words for group, figures in rows if figures[n][1]}
        assert told == {line.group.code: wording.verdict(line) for line in own[code].cards()}
    assert "chưa mở năm" in hand.text and "không có nhóm chỉ tiêu riêng" in hand.text
    for n, (_, figures) in enumerate(rows):
        assert figures[2][1] is None and (figures[1][1] is None) == (n > 0)
    hand.open(reverse("indicator", args=["K2", 2018, rows[0][0].code]))


def indicator(world, bloc, year, code="KN"):
    return Indicator.objects.get(group__bloc=world.org[bloc], group__year=year, code=code)


def codes(seen):
    return {line.indicator.code for line in seen.cards()}


def groups_of(seen):
    return {(year, group.bloc.code, group.code) for year, groups in seen.by_year.items() for group in groups}


def test_each_bloc_is_held_against_its_own(two):
    act = two.act()
    targets.set_targets({(indicator(two, "K", 2018), two.org["K"]): 5}, **act)
    targets.set_targets({(indicator(two, "K2", 2018), two.org["K2"]): 3}, **act)
    first, second = board(two.org["K"], 2018), board(two.org["K2"], 2018)
    assert len(first.groups) == len(targets.eight_groups(2018))
    assert [group.code for group in second.groups] == [targets.eight_groups(2018)[0]["code"]]
    assert [(s.cards()[0].result.target, s.cards()[0].indicator.group.bloc.code) for s in (first, second)] == [
        (5, "K"),
        (3, "K2"),
    ]
    with refused("Năm 2018 đã có nhóm chỉ tiêu."):
        targets.set_groups(2018, targets.eight_groups(2018), bloc=two.org["K2"], **act)
    with refused("Đảng viên mới kết nạp (CB90): chỉ tiêu năm 2018 này là của đảng bộ khác."):
        targets.set_targets({(indicator(two, "K", 2018), two.org["CB90"]): 1}, **act)


def test_what_passed_to_another_bloc_has_the_groups_of_each_year_s(two):
    seen = board(two.org["CB02"], 2018)
    by_bloc = {(year, bloc) for year, bloc, _ in groups_of(seen)}
    assert by_bloc == {(2017, "K"), (2018, "K2")}
    targets.set_targets({(indicator(two, "K", 2017), two.org["CB02"]): 1}, **two.act())
    assert board(two.org["CB02"], 2017).cards()[0].result.target == 1


def test_the_number_of_queries_does_not_grow_with_blocs(two, django_assert_max_num_queries):
    with django_assert_max_num_queries(19):
        board(two.org["K"], 2018)
    with django_assert_max_num_queries(19):
        board(two.org["CB02"], 2018)


def end_of_k(world):
    """K ends: K3, its principal heir, and K4 are founded in its place."""
    above = {code: {"parent": "K3"} for code in ("DB01", "DB02", "CB01")} | {"DB03": {"parent": "K4"}}
    plan = Plan(
        verb=TreeVerb.SPLIT,
        founded=tuple(Founding(code=code, name=f"Tổ chức {code}", kind="KHOI") for code in ("K3", "K4")),
        changed=above,
        ended=["K"],
        successors={"K": ("K3", "K4")},
    )
    world.carry_out(plan, END)


def test_whose_periods_and_targets_are_an_organization_s_on_a_day(two):
    end_of_k(two)
    two.found(("CB95", "CBCS", "K4"), on=END)
    days = [date(2017, 12, 31), END - timedelta(days=1), TODAY]

    def through(code):
        found = blocs_through(two.org[code], days)
        names = {o.pk: c for c, o in two.org.items()}
        return [names.get(found[day]) for day in days]

    assert through("K") == ["K", "K", "K3"]
    assert through("K3") == ["K", "K", "K3"]
    assert through("K4") == ["K", "K", "K4"]
    assert through("DB03-01") == ["K", "K", "K4"]
    assert through("CB95") == ["K", "K", "K4"]  # founded later, below an heir
    assert through("CB02") == ["K", "K2", "K2"]
    assert through("CB90") == ["K2", "K2", "K2"]


def test_an_heir_shows_the_past_years_of_the_bloc_it_took_over(two):
    end_of_k(two)
    for code in ("K3", "K4"):
        seen = board(two.org[code], 2018)
        assert {(year, bloc) for year, bloc, _ in groups_of(seen)} == {(2017, "K")}
    open_year(2018, two.org["K3"], by=two.by, on=clock.today())
    assert TargetGroup.objects.filter(bloc=two.org["K3"], year=2018).count() == len(targets.eight_groups(2018))
    assert Period.objects.get(bloc=two.org["K3"]).year == 2018
    rows = OrganizationRating.objects.standing().filter(period__bloc=two.org["K3"])
    assert {"DB01", "DB02", "CB01"} <= set(rows.values_list("organization__code", flat=True))
    assert not {"DB03", "CB02"} & set(rows.values_list("organization__code", flat=True))
    assert {(year, bloc) for year, bloc, _ in groups_of(board(two.org["K3"], 2018))} == {(2017, "K"), (2018, "K3")}
    assert {bloc for _, bloc, _ in groups_of(board(two.org["K4"], 2018))} == {"K"}
    assert known_years([two.org["K4"].pk]) == []
    assert known_years([two.org["K3"].pk]) == [2018]


def lock(world, code, year=2017):
    """A year of a bloc, as if it had been locked."""
    there = Period.objects.filter(bloc=world.org[code], year=year).first()
    period = there or periods.open_period(year, bloc=world.org[code], **world.act(date(year, 12, 11)))
    Period.objects.filter(pk=period.pk).update(locked=Change.objects.latest("pk"))
    return Period.objects.get(pk=period.pk)


def test_a_closing_is_a_bloc_s_own(two):
    first, second = lock(two, "K"), lock(two, "K2")
    closing = close_figures(second, **two.act())
    figures, rows = json.loads(closing.figures), json.loads(closing.rows)
    assert set(figures["organizations"]) == {"K2", "CB90"}
    assert {code for by_code in rows.values() for code in by_code} == {"K2", "CB90"}
    assert set(figures["left_out"]["KN"]) == {"K2"}
    other = close_figures(first, **two.act())
    assert "CB02" in json.loads(other.figures)["organizations"]  # it hung there at the cut-off
    two.admit("Trần Mới", "CB90", date(2017, 6, 1))
    assert {named.change.words for named in Since(closing).named} == {"Kết nạp đảng viên"}
    for each in (closing, other):
        assert Since(Closing.objects.get(pk=each.pk)).sound
    assert Since(Closing.objects.get(pk=other.pk)).named == []


def test_what_came_into_the_bloc_later_on_for_a_day_of_the_closed_year_is_named_by_its_move(two):
    """What happened there before the move is looked at since, and by nothing else."""
    two.admit("Vũ Yến", "CB90", date(2017, 3, 1))
    period = lock(two, "K")
    closing = close_figures(period, **two.act())
    two.move("CB90", "K", date(2017, 6, 1))
    since = Since(Closing.objects.get(pk=closing.pk))
    assert [named.change.words for named in since.named] == ["Chuyển trực thuộc"]
    assert since.sound and {effect.organization for effect in since.named[0].effects} >= {"CB90", "K"}


def test_who_took_over_whom_in_another_bloc_is_no_change_of_a_closing(two):
    two.found(("CB91", "CBCS", "K2"))
    first, second = (close_figures(lock(two, code), **two.act()) for code in ("K", "K2"))
    two.merge("CB91", "CB90", {"CB91": "CB90"}, date(2017, 6, 1))
    named = {closing.pk: Since(Closing.objects.get(pk=closing.pk)).named for closing in (first, second)}
    assert named[first.pk] == []
    assert {"CB90", "CB91"} <= named[second.pk][0].beside


def test_a_reorganization_of_one_bloc_waits_for_no_other_s_closing(two):
    two.rename("CB90", "Chi bộ Đổi tên", date(2017, 5, 1))
    change = Change.objects.latest("pk")
    close_figures(lock(two, "K"), **two.act())
    assert standing_in_the_way(change) == []
    close_figures(lock(two, "K2"), **two.act())
    assert len(standing_in_the_way(change)) == 1


def test_a_reorganization_waits_for_the_closing_of_the_bloc_that_came_after(two):
    two.rename("DB01-01", "Chi bộ Đổi tên", date(2018, 5, 1))
    change = Change.objects.latest("pk")
    end_of_k(two)
    with clock.fixed(date(2019, 1, 20)):
        for code in ("K2", "K4", "K3"):
            if not TargetGroup.objects.filter(bloc=two.org[code], year=2018).exists():
                open_year(2018, two.org[code], by=two.by, on=min(clock.today(), date(2018, 12, 31)))
            close_figures(lock(two, code, 2018), **two.act(date(2019, 1, 20)))
            assert len(standing_in_the_way(change)) == (code == "K3")


def test_a_target_goes_along_to_a_successor_of_another_bloc(two):
    act = two.act()
    own = indicator(two, "K", 2018)
    targets.set_targets({(own, two.org["CB01"]): 2}, **act)
    two.merge("CB01", "CB02", {"CB01": "CB02"}, END)
    (target,) = targets.of_those_that_end([two.org["CB01"].pk], END)
    targets.hand_on({target: two.org["CB02"]}, Change.objects.latest("pk"))
    line = board(two.org["CB02"], 2018).cards()[0]
    assert (line.indicator.group.bloc.code, line.result.target) == ("K2", 2)


def test_a_target_of_a_kind_the_other_bloc_has_not_is_withdrawn_first(two):
    own = indicator(two, "K", 2018, "TCD")
    targets.set_targets({(own, two.org["CB01"]): 25}, **two.act())
    (target,) = targets.of_those_that_end([two.org["CB01"].pk], END)
    with refused(
        f"{own.name} (CB01): đảng bộ của CB02 chưa đặt nhóm chỉ tiêu này cho năm 2018, nên mức giao không chuyển sang "
        "được. Hãy chọn thu hồi, rồi giao lại."
    ):
        targets.hand_on({target: two.org["CB02"]}, Change.objects.latest("pk"))


@pytest.mark.parametrize(("before", "year", "anew"), [(2016, 2017, set()), (2017, 2018, {"TSVM"}), (2018, 2019, set())])
def test_a_year_goes_on_from_the_last_but_for_the_groups_that_read_otherwise_since(world, before, year, anew):
    """In 2018 the usual third group reads otherwise; what the committee chose in the others goes on, in their order."""
    own = [group | {"name": f"{group['name']} của Khối"} for group in targets.eight_groups(before)]
    targets.set_groups(before, own, **world.act())
    with clock.fixed(date(year, 12, 20)):
        open_year(year, world.org["K"], by=world.by, on=clock.today())
    rows = list(TargetGroup.objects.filter(year=year).order_by("order"))
    assert [group.code for group in rows] == [group["code"] for group in own]
    assert {group.code for group in rows if not group.name.endswith(" của Khối")} == anew
    usual = {group["code"]: group for group in targets.eight_groups(year)}
    for group in rows:
        named = {columns["code"] for columns in usual[group.code]["indicators"]}
        assert set(group.indicators.values_list("code", flat=True)) == named


def test_a_usual_group_that_is_new_comes_last_and_one_that_is_gone_goes(world, monkeypatch):
    first, second, *_, last = targets.eight_groups(2017)
    targets.set_groups(2016, [second, first | {"name": "Của Khối"}], **world.act())
    lists = {2016: [first, second], 2017: [first, last]}
    monkeypatch.setattr(targets, "eight_groups", lists.__getitem__)
    group = targets.latest_groups(world.org["K"], 2017)
    assert [row["name"] for row in targets.groups_after(group, 2017)] == ["Của Khối", last["name"]]


def test_a_group_that_the_committee_does_without_does_not_come_back_when_it_reads_otherwise(world):
    targets.set_groups(2017, [g for g in targets.eight_groups(2017) if g["code"] in ("KN", "KTGS")], **world.act())
    last = targets.latest_groups(world.org["K"], 2018)
    assert [group["code"] for group in targets.groups_after(last, 2018)] == ["KN", "KTGS"]
