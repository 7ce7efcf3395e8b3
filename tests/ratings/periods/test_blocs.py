"""Each bloc has periods of its own: opened, dated, locked by its own office, over its own organizations alone."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse, reverse_lazy

from indicators.targets.targets import eight_groups, set_groups
from ledger import clock
from ledger.models import Document, Installation, User
from members.reorganizing.plan import Plan
from organizations.access import Act, capacities, may
from organizations.appoint import NewOffice, appoint
from organizations.verbs import TreeVerb
from ratings import workflow
from ratings.judging.caps import places_of_members
from ratings.models import MemberRating, OrganizationRating, Period, Sheet, State
from ratings.periods import periods
from ratings.periods.progress import progress
from ratings.sheets import draft
from ratings.tasks.tasks import Duty, tasks_of
from ratings.verdicts import verdicts
from tests.hand import Hand, signed_in_as
from tests.world import refused

DAY, PASSING = date(2018, 11, 1), date(2018, 12, 10)


@pytest.fixture
def two(world):
    """K rates 2018; K2, with DB90 of one cell, rates it too."""
    world.found(("K2", "KHOI", None), ("DB90", "DBCS", "K2"), ("DB90-01", "CBTT", "DB90"))
    for name in ("Lê Xuân", "Võ Yến"):
        world.enroll(name, "DB90-01")
    with refused("Có 2 đảng bộ (K, K2). Hãy nêu việc này của đảng bộ nào."):
        periods.open_period(2018, **world.act(DAY))
    world.first = periods.open_period(2018, bloc=world.org["K"], **world.act(DAY))
    world.second = periods.open_period(2018, bloc=world.org["K2"], **world.act(DAY))
    return world


def cells(period):
    return {row.place.organization.code for row in progress(period)}


def rated(period):
    rows = OrganizationRating.objects.standing().filter(period=period)
    return set(rows.values_list("organization__code", flat=True))


def sheet_of(world, period, code):
    return Sheet.objects.get(period=period, organization=world.org[code], voided__isnull=True)


def test_a_period_is_over_its_own_bloc_alone(two):
    assert cells(two.second) == {"DB90-01"}
    assert rated(two.second) == {"DB90", "DB90-01"}
    assert not {"DB90", "DB90-01", "K2"} & (cells(two.first) | rated(two.first))
    with refused("Kỳ xếp loại của năm này đã được mở."):
        periods.open_period(2018, bloc=two.org["K2"], **two.act(DAY))
    with refused("Tổ chức DB01 không phải đảng bộ khối hoạt động ngày 01/11/2018, nên không mở kỳ năm 2018."):
        periods.open_period(2018, bloc=two.org["DB01"], **two.act(DAY))


def test_who_stands_below_a_new_organization_of_one_bloc(two):
    two.found(("DB91", "DBCS", "K2"), ("DB91-01", "CBTT", "DB91"), on=PASSING)
    assert cells(two.second) == {"DB90-01", "DB91-01"}
    assert "DB91-01" not in cells(two.first)


def duties(user):
    return {(task.duty, task.place.organization.code, task.period.pk) for task in tasks_of(user).owed}


def finish(two):
    """K2's only sheet, decided."""
    sheet = sheet_of(two, two.second, "DB90-01")
    draft.rate({sheet: {two.people[name].pk: 1 if name == "Xuân" else 2 for name in ("Xuân", "Yến")}}, **two.act(DAY),
               over_cap={sheet.pk: "Tập thể dẫn đầu"})  # fmt: skip
    workflow.submit([sheet], **two.act(DAY))
    workflow.endorse([sheet], **two.act(DAY))
    workflow.decide([sheet], document=two.paper, **two.act(DAY))
    return sheet


@pytest.fixture
def decided(two):
    two.paper, _ = Document.objects.get_or_create(number="1-QĐ/XL", date=DAY, issuer="Đảng ủy")
    two.sheet = finish(two)
    return two


def test_each_office_owes_what_is_its_bloc_s(decided):
    first, second = decided.user("ORGANIZATION", "K"), decided.user("ORGANIZATION", "K2")
    assert duties(first) == set()
    assert duties(second) == {(Duty.ACCEPT, "K2", decided.second.pk)}
    here = [reverse("ratings", args=[code, "2018"]) for code in ("K", "K2")]
    browser = signed_in_as(second)
    assert [browser.get(url).status_code for url in here] == [404, 200]
    page = browser.get(reverse("periods"))
    assert [row[0] for row in page.context["rows"]] == [decided.second]


def test_the_office_of_a_bloc_opens_its_own_year(two):
    browser = signed_in_as(two.user("ORGANIZATION", "K2"))
    answer = browser.post(reverse("periods"), {"viec": "mo", "nam": "2017", "quy": ""}, follow=True)
    assert "Đã mở kỳ xếp loại năm 2017." in answer.content.decode()
    assert Period.objects.get(year=2017).bloc == two.org["K2"]
    answer = browser.post(reverse("periods"), {"viec": "khoa", "ky": "2018", "ky_cua": "K", "xac_nhan": "on"})
    assert "Không có kỳ này. Hãy tải lại trang rồi chọn kỳ." in answer.content.decode()


def ready_to_lock(decided):
    workflow.accept([decided.sheet], **decided.act(date(2019, 1, 10)))
    OrganizationRating.objects.standing().filter(period=decided.second).update(level=2)


def lock_second(decided):
    with clock.fixed(date(2019, 1, 10)):
        ready_to_lock(decided)
        periods.lock(decided.second, **decided.act(date(2019, 1, 10)))


@pytest.fixture
def of_both(decided):
    """Someone who opens and locks the periods of two blocs; K stands first on the page."""
    user = decided.user("ORGANIZATION", "K")
    appoint([NewOffice(user=user, role="ORGANIZATION", organization=decided.org["K2"])], **decided.act(DAY))
    return Hand(user)


OF_SECOND = reverse_lazy("periods", query={"dang_bo": "K2"})


def landed(hand):
    """(the address, the bloc whose periods it shows) after a form was sent."""
    return hand.page.redirect_chain[-1][0], hand.page.context["page"].bloc.organization.code


def test_who_holds_two_blocs_opens_a_year_of_the_one_chosen(decided, of_both):
    of_both.open(reverse("periods"))
    assert of_both.page.context["page"].bloc.organization == decided.org["K"]
    assert str(OF_SECOND) in of_both.page.content.decode()
    of_both.open(OF_SECOND).press("mo", nam="2017")
    assert landed(of_both) == (OF_SECOND, "K2")
    assert "Đã mở kỳ xếp loại năm 2017." in of_both.text
    assert [p.bloc for p in Period.objects.filter(year=2017)] == [decided.org["K2"]]
    of_both.press("han", han_khoi="20/01/2019", refused=None)
    assert of_both.page.context["page"].bloc.organization == decided.org["K2"]
    for named in ("K3", "DB01", "\x00"):
        sent = {"viec": "mo", "nam": "2016", "quy": "", "dang_bo": named}
        page = of_both.client.post(reverse("periods"), sent)
        assert page.status_code == 400
        assert "Đảng bộ của trang vừa gửi không thuộc quyền của đồng chí." in page.content.decode()
    assert not Period.objects.filter(year=2016).exists()


@pytest.mark.parametrize("page", ["periods", "board"])
def test_after_locking_the_page_of_that_bloc_is_shown(decided, of_both, page):
    with clock.fixed(date(2019, 1, 10)):
        ready_to_lock(decided)
        board = reverse("ratings", args=["K2", "2018"])
        of_both.open(OF_SECOND if page == "periods" else board)
        assert page == "periods" or f'href="{OF_SECOND}"' in of_both.page.content.decode()
        of_both.press("khoa", xac_nhan="on")
        assert landed(of_both) == (OF_SECOND, "K2")
        assert "Đã khóa kỳ xếp loại năm 2018." in of_both.text
    locked = {p.bloc.code: p.locked_id is not None for p in Period.objects.filter(year=2018)}
    assert locked == {"K": False, "K2": True}


def test_from_the_board_of_what_ended_the_heir_s_periods_are_locked(decided, of_both):
    """K2's year is left open; K2 goes to L, whose department holds K too: the board of K2 leads to the page of L."""
    decided.found(("L", "KHOI", None), on=DAY)
    appoint(
        [NewOffice(user=of_both.client.user, role="ORGANIZATION", organization=decided.org["L"])], **decided.act(DAY)
    )
    of_both = Hand(User.objects.get(pk=of_both.client.user.pk))
    with clock.fixed(date(2019, 1, 10)):
        ready_to_lock(decided)
        plan = Plan(verb=TreeVerb.MERGE, changed={"DB90": {"parent": "L"}}, ended=["K2"], successors={"K2": ("L",)})
        decided.carry_out(plan, date(2019, 1, 9))
        of_both.open(reverse("ratings", args=["K2", "2018"])).press("khoa", xac_nhan="on")
        assert landed(of_both) == (reverse("periods", query={"dang_bo": "L"}), "L")
        assert "Đã khóa kỳ xếp loại năm 2018." in of_both.text
        of_both.open(OF_SECOND)
        assert of_both.page.context["page"].bloc.organization == decided.org["L"]
    assert Period.objects.get(pk=decided.second.pk).locked_id and not Period.objects.get(pk=decided.first.pk).locked_id


@pytest.mark.parametrize("command", [("sheets", "--period", "2018"), ("figures", "--year", "2018")])
def test_a_command_asks_which_of_two_blocs(two, command):
    for code in ("K", "K2"):
        set_groups(2018, eight_groups(2018), bloc=two.org[code], **two.act())
    with pytest.raises(CommandError) as caught:
        call_command(*command)
    assert str(caught.value) == "Vào ngày 14/12/2018 có 2 đảng bộ. Hãy thêm --organization: K, K2."
    out = StringIO()
    call_command(*command, "--organization", "K2", stdout=out)
    told = out.getvalue()
    assert ("DB90-01" in told and "DB01" not in told) if "sheets" in command else told.startswith("Tổ chức K2, số liệu")


def test_one_bloc_locks_while_the_other_goes_on(decided):
    lock_second(decided)
    assert Period.objects.get(pk=decided.second.pk).locked_id
    assert Period.objects.get(pk=decided.first.pk).locked_id is None
    assert Sheet.objects.get(pk=decided.sheet.pk).state == State.LOCKED
    # It passes to the other bloc as of a day of the locked year: nobody is rated twice.
    with clock.fixed(date(2019, 1, 12)):
        decided.move("DB90", "K", date(2018, 12, 20))
    assert not {"DB90", "DB90-01"} & (cells(decided.first) | rated(decided.first))


def test_who_was_rated_where_they_came_from_is_on_no_other_roll_of_that_time(decided):
    """Xuân's move to DB01-01 is recorded for a day of the year that K2 has locked; Yến's for the year after."""
    sheet = sheet_of(decided, decided.first, "DB01-01")
    with clock.fixed(date(2019, 1, 9)):
        places = places_of_members(decided.first, [sheet.organization_id], decided.first.cutoff)
    lock_second(decided)
    with clock.fixed(date(2019, 1, 12)):
        decided.transfer("Xuân", "DB01-01", date(2018, 12, 20))
        decided.transfer("Yến", "DB01-01", date(2019, 1, 11))
        (row,) = [row for row in progress(decided.first) if row.sheet == sheet]
        assert row.roll == 2
        assert places_of_members(decided.first, [sheet.organization_id], decided.first.cutoff) == places
        with refused("Phiếu của chi bộ DB01-01: có người không còn trong danh sách đảng viên."):
            draft.rate({sheet: {decided.people["Xuân"].pk: 1}}, **decided.act(date(2019, 1, 12)))
        line = MemberRating.objects.get(member=decided.people["Xuân"], voided__isnull=True)
        assert (line.period, line.on_roll, line.decided) == (decided.second, True, 1)


def test_what_was_decided_before_a_passing_is_offered_to_be_confirmed(decided):
    decided.move("DB90", "K", PASSING)
    assert rated(decided.second) == set()
    assert {"DB90", "DB90-01"} <= rated(decided.first)
    secretary = signed_in_as(decided.user("SECRETARY", "DB90-01"))
    url = reverse("ratings", args=["DB90-01", "2018"])
    page = secretary.get(url)
    rows = {row.member.full_name: row for row in page.context["sheet_page"].rows}
    assert {name: row.other_words for name, row in rows.items()} == {"Lê Xuân": "xuất sắc", "Võ Yến": "tốt"}
    assert "Phiếu cùng kỳ của chi bộ ở đảng bộ cũ đã ghi: <b>tốt</b>" in page.content.decode()
    secretary.post(url, {"viec": f"xac_nhan:{rows['Võ Yến'].pk}"})
    line = MemberRating.objects.get(member=rows["Võ Yến"].member, period=decided.first, voided__isnull=True)
    assert line.proposed == 2


def test_the_level_of_an_organization_that_passed_over_is_offered_too(decided):
    """What it proposed and what was decided stand beside its new, empty row; its own form begins with them."""
    act, paper = decided.act(DAY), Document.objects.create(number="8-QĐ", date=DAY, issuer="Đảng ủy Khối")
    rows = [verdicts.Proposal(organization=decided.org[code], level=2) for code in ("DB90", "DB90-01")]
    verdicts.propose(decided.second, rows, **act)
    verdicts.record_tasks(decided.second, {decided.org["DB90"]: OrganizationRating.Task.COMPLETED}, **act)
    verdict = verdicts.OrganizationVerdict(organization=decided.org["DB90"], level=2)
    verdicts.rate_organizations(decided.second, [verdict], **act, document=paper)
    decided.move("DB90", "K", PASSING)
    committee, leader = (signed_in_as(decided.user(*office)) for office in (("COMMITTEE", "DB90"), ("LEADER", "K")))
    said = "Cùng kỳ ở Tổ chức K2, trước khi chuyển đến đây: tự đề nghị “Hoàn thành tốt nhiệm vụ”; đã quyết định"
    page = committee.get(reverse("rating_organizations", args=["DB90", "2018"]))
    assert said in page.content.decode() and "8-QĐ" in page.content.decode()
    levels = page.context["levels"]
    assert (levels.proposal["muc"].initial, levels.task.initial["nhiem_vu"]) == (2, "COMPLETED")
    assert said in leader.get(reverse("rating_organizations", args=["K", "2018"])).content.decode()
    sheet = signed_in_as(decided.user("SECRETARY", "DB90-01")).get(reverse("ratings", args=["DB90-01", "2018"]))
    assert "trước khi chuyển đến đây: tự đề nghị “Hoàn thành tốt nhiệm vụ”" in sheet.content.decode()


def test_a_cell_that_ended_with_its_sheet_decided_leaves_the_levels_to_where_its_people_go(decided):
    plan = Plan(
        verb=TreeVerb.DISSOLVE,
        ended=["DB90", "DB90-01"],
        people={"DB90-01": "DB01-01"},
        successors={"DB90": ("DB01",), "DB90-01": ("DB01-01",)},
    )
    decided.carry_out(plan, PASSING)
    page = signed_in_as(decided.user("SECRETARY", "DB01-01")).get(reverse("ratings", args=["DB01-01", "2018"]))
    rows = {row.member.full_name: row for row in page.context["sheet_page"].rows}
    assert (rows["Lê Xuân"].other_words, rows["Võ Yến"].other_words) == ("xuất sắc", "tốt")
    assert rows["Lê An"].other is None
    assert "Chuyển đến từ Tổ chức DB90-01" in page.content.decode()


def test_the_heir_finishes_the_year_that_its_predecessor_left_open(decided):
    """K2 ends after the cut-off, its year open: K, which took it over, accepts and locks it."""
    user = decided.user("ORGANIZATION", "K")
    with clock.fixed(date(2019, 1, 12)):
        plan = Plan(verb=TreeVerb.MERGE, changed={"DB90": {"parent": "K"}}, ended=["K2"], successors={"K2": ("K",)})
        decided.carry_out(plan, date(2019, 1, 10))
        assert may(Act.ACCEPT, capacities(user, decided.org["DB90-01"], date(2018, 12, 31)))
        assert rated(decided.second) == {"DB90", "DB90-01"}
        assert (Duty.ACCEPT, "K2", decided.second.pk) in duties(user)
        page = signed_in_as(user).get(reverse("periods"))
        assert {period for period, *_ in page.context["open_ones"]} == {decided.first, decided.second}
        assert signed_in_as(user).get(reverse("ratings", args=["K2", "2018"])).status_code == 200


def test_a_year_whose_bloc_ended_before_the_cutoff_is_nobody_s_to_lock(decided):
    user = decided.user("ORGANIZATION", "K")
    plan = Plan(verb=TreeVerb.MERGE, changed={"DB90": {"parent": "K"}}, ended=["K2"], successors={"K2": ("K",)})
    decided.carry_out(plan, PASSING)
    page = signed_in_as(user).get(reverse("periods"))
    assert {period: idle for period, _, idle in page.context["rows"]} == {decided.first: False, decided.second: True}
    assert [period for period, *_ in page.context["open_ones"]] == [decided.first]
    assert "đảng bộ kết thúc trước ngày chốt" in page.content.decode()


def test_before_there_is_a_bloc_no_period_opens(db):
    Installation.objects.create(demo_day=date(2018, 12, 14), loaded=True)
    with refused("Chưa có Đảng bộ Khối nào vào ngày 01/11/2018. Hãy thành lập Đảng bộ Khối trước."):
        periods.open_period(2018, by=User.objects.create_user("a"), on=DAY)
