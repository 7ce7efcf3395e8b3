"""An office passes to the next person, or is lent to a deputy, on days that may lie ahead."""

from datetime import date, timedelta

import pytest
from django.db.models import Q

from ledger.models import Change, Installation, User
from ledger.soundness import outcomes
from ledger.spells import FOREVER
from ledger.undo import undo
from organizations import confirming
from organizations.access import office_of
from organizations.accounts.handing_over import Deputy, OfficeHandover, deputize, hand_over
from organizations.accounts.making import Name, unmade
from organizations.appoint import OWN, NewOffice, appoint, dismiss
from organizations.models import Appointment
from tests.hand import Hand
from tests.organizations.confirming.asking import anew, row, told
from tests.world import START, TODAY, refused

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2019, 1, 1)
EVE = timedelta(days=1)


@pytest.fixture
def held(world):
    return world.user("SECRETARY", "CB01").appointments.get()


@pytest.fixture
def to(world):
    return User.objects.create_user("nguoi-moi", display_name="Người mới")


def pass_on(world, held, to, day=NEW_YEAR, by=None):
    rows = [OfficeHandover(appointment=held, to=to, starts=day)]
    return hand_over(rows, by=by or world.by, on=TODAY)[0]


def lend(world, held, to, first=TODAY, last=NEW_YEAR - EVE, by=None):
    rows = [Deputy(appointment=held, to=to, starts=first, ends=last + EVE)]
    return deputize(rows, by=by or world.by, on=TODAY)[0]


def at(day, *users):
    """Codes of where each of `users` holds office on `day`."""
    Installation.objects.update(demo_day=day)
    return [[a.organization.code for a in office_of(anew(user)).appointments] for user in users]


def spells(code="CB01"):
    rows = Appointment.objects.standing().filter(organization__code=code).order_by("starts", "pk")
    return [(row.user.username, row.starts, row.ends) for row in rows]


# Handed over


@pytest.mark.parametrize("day", [TODAY, NEW_YEAR])
def test_one_holds_it_until_the_day_and_the_next_from_it(world, held, to, day):
    old = held.user
    pass_on(world, held, to, day)
    assert spells() == [(old.username, START, day), ("nguoi-moi", day, FOREVER)]
    assert at(day, old, to) == [[], ["CB01"]]
    if day > TODAY:
        assert at(day - EVE, old, to) == [["CB01"], []]


def test_it_is_undone_whole(world, held, to):
    before = spells()
    pass_on(world, held, to)
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="Ghi nhầm")
    assert spells() == before
    assert anew(to).is_active  # it was there before


def test_the_account_of_the_next_is_made_in_the_same_act(world, held):
    ((to, password),) = unmade([Name("bithu.cb01.2", "Trần Mới")])
    acts = Change.objects.count()
    pass_on(world, held, to)
    assert Change.objects.count() == acts + 1
    assert anew(to).check_password(password)
    assert anew(to).must_change_password
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="Ghi nhầm")
    assert not anew(to).is_active


def test_a_name_that_is_taken_is_refused_and_nothing_written(world, held, to):
    ((new, _),) = unmade([Name("Nguoi-Moi", "Trần Mới")])
    with refused("Tên đăng nhập nguoi-moi đã có người dùng. Hãy chọn tên khác."):
        pass_on(world, held, new)


def test_what_cannot_be_handed_over(world, held, to):
    held.user.display_name = "Lê Phúc"
    held.user.save()
    with refused("Ngày 13/12/2018 đã qua. Hãy chọn từ 14/12/2018 trở đi."):
        pass_on(world, held, to, TODAY - EVE)
    with refused("Ngày 01/01/2030 sau 14/12/2023, ngày xa nhất ghi được. Hãy xem lại năm."):
        pass_on(world, held, to, date(2030, 1, 1))
    with refused("Lê Phúc đang giữ chính vai trò này. Hãy chọn người khác."):
        pass_on(world, held, held.user)
    User.objects.filter(pk=to.pk).update(is_active=False)
    with refused("Tài khoản nguoi-moi đã khóa. Hãy mở khóa ở trang quản trị hoặc chọn tài khoản khác."):
        pass_on(world, held, anew(to))


def test_what_has_changed_since_the_page_was_opened(world, held, to):
    dismiss([held], **world.act())
    with refused("Vai trò này đã thay đổi từ lúc mở trang. Hãy tải lại trang."):
        pass_on(world, held, to)


def test_an_office_that_passes_on_is_not_passed_on_after_that_day(world, held, to):
    pass_on(world, held, to)
    old = Appointment.objects.standing().get(user=held.user)
    name = old.user.get_full_name()
    with refused(f"{name} thôi giữ vai trò từ 01/01/2019. Hãy tải lại trang."):
        pass_on(world, old, world.user(), date(2019, 2, 1))
    coming = Appointment.objects.standing().get(user=to)
    with refused("Người mới giữ vai trò từ 01/01/2019; ngày bàn giao phải sau ngày ấy."):
        pass_on(world, coming, world.user())


def test_who_has_an_office_there_already(world, held):
    other = world.user("COMMITTEE", "CB01")
    with refused(f"{other} đã có vai trò tại CB01. Hãy thôi vai trò cũ trước."):
        pass_on(world, held, other)


def test_nothing_dangles_when_the_organization_ends_before_the_day(world, held, to):
    pass_on(world, held, to)
    day = date(2018, 12, 1)
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, day)
    assert spells() == [(held.user.username, START, day)]
    assert at(NEW_YEAR, to) == [[]]
    assert [o.title for o in outcomes(quick=True) if not o.sound] == []


# For oneself


def test_nobody_hands_an_office_to_himself(world, one, other, held):
    with refused(OWN):
        pass_on(world, held, one, by=one)
    with refused(OWN):
        lend(world, held, one, by=one)
    assert pass_on(world, held, one, by=other).user == one


def test_who_hands_his_own_office_on_gave_himself_nothing(world, one, other, to):
    (mine,) = appoint([row(world, one, "SECRETARY", "CB01")], by=other, on=TODAY)
    pass_on(world, mine, to, by=one)
    assert [f.sentence for o in outcomes() for f in o.findings] == []


# Leaders: dated ahead, nobody becomes known or unknown by it


def test_the_leader_stays_known_who_hands_over_ahead(world, one, to):
    """Else a puppet beside him were the first from the moment that his own end was recorded."""
    first = world.user("LEADER", "K")
    puppet = world.user("LEADER", "K", TODAY)
    pass_on(world, first.appointments.get(), to, by=one)
    told_before = told(first)
    assert (puppet.username, "LEADER", "K") in told_before and ("nguoi-moi", "LEADER", "K") in told_before
    assert told(puppet) == []
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="Ghi nhầm")
    assert told(puppet) == []
    assert told(first) == [(puppet.username, "LEADER", "K")]


def test_the_leader_reads_from_when_until_when(world, one, to):
    leader = world.user("LEADER", "K")
    inspection = world.user("INSPECTION", "K").appointments.get()
    confirming.acknowledge(confirming.notices_for(anew(leader)), by=anew(leader), on=TODAY)
    lend(world, inspection, to, date(2018, 12, 20), date(2018, 12, 31), by=one)
    text = Hand(leader).open("/phan-cong/cho-xem/").text
    assert "phân công, từ ngày 20/12/2018 đến trước ngày 01/01/2019" in text


# A deputy


def test_a_deputy_acts_for_the_time_beside_the_holder(world, held, to):
    lend(world, held, to, date(2018, 12, 20), date(2018, 12, 31))
    made = Appointment.objects.get(user=to)
    assert made.stands_in_for == held.user
    assert at(date(2018, 12, 19), held.user, to) == [["CB01"], []]
    assert at(date(2018, 12, 31), held.user, to) == [["CB01"], ["CB01"]]
    assert at(NEW_YEAR, held.user, to) == [["CB01"], []]


def test_a_deputy_ends_with_the_handover_and_may_be_who_follows(world, held, to):
    lend(world, held, to, TODAY, date(2019, 3, 31))
    pass_on(world, held, to)
    assert at(NEW_YEAR, held.user, to) == [[], ["CB01"]]
    assert spells() == [
        (held.user.username, START, NEW_YEAR),
        ("nguoi-moi", TODAY, NEW_YEAR),
        ("nguoi-moi", NEW_YEAR, FOREVER),
    ]


def test_what_no_deputy_may_be(world, held, to):
    name = held.user.get_full_name()
    with refused("Ngày thôi thay phải sau ngày bắt đầu thay."):
        lend(world, held, to, NEW_YEAR, TODAY)
    pass_on(world, held, to)
    mine = Appointment.objects.standing().get(user=held.user)
    with refused(f"{name} giữ vai trò từ 01/01/2015 đến trước 01/01/2019. Chỉ giao người thay trong thời gian ấy."):
        lend(world, mine, world.user(), TODAY, NEW_YEAR)
    deputy = lend(world, mine, world.user(), TODAY, date(2018, 12, 20))
    with refused(f"{deputy.user.get_full_name()} chỉ là người thay tạm thời. Hãy chọn người giữ vai trò."):
        pass_on(world, deputy, world.user(), date(2018, 12, 18))


def test_a_deputy_is_undone(world, held, to):
    lend(world, held, to)
    undo(Change.objects.latest("pk"), by=world.by, on=TODAY, reason="Ghi nhầm")
    assert at(TODAY, to) == [[]]


# Given and ended on a day ahead


def test_an_office_is_given_for_a_day_ahead(world, to):
    office = NewOffice(user=to, role="SECRETARY", organization=world.org["CB01"], starts=NEW_YEAR)
    appoint([office], **world.act())
    assert at(TODAY, to) == [[]]
    assert at(NEW_YEAR, to) == [["CB01"]]


def test_an_office_ends_on_a_day_ahead(world, held):
    dismiss([held], ends=NEW_YEAR, **world.act())
    assert at(NEW_YEAR - EVE, held.user) == [["CB01"]]
    assert at(NEW_YEAR, held.user) == [[]]
    assert not Appointment.objects.filter(Q(voided=None), ends=FOREVER).exists()


def test_it_does_not_end_on_a_day_gone_by(world, held):
    with refused("Ngày 13/12/2018 đã qua. Hãy chọn từ 14/12/2018 trở đi."):
        dismiss([held], ends=TODAY - EVE, **world.act())


def test_a_password_of_who_will_lead_is_told_before_the_day(world, one, to):
    """Else who set it would be the leader on that day, and nobody knew."""
    leader = world.user("LEADER", "K")
    pass_on(world, leader.appointments.get(), to, by=one)
    confirming.acknowledge(confirming.notices_for(anew(leader)), by=anew(leader), on=TODAY)
    to.set_password("mot-cau-dai-kho-doan")
    confirming.tell_of_password(User, user=to, by=one)
    assert told(leader) == [("nguoi-moi", "LEADER", "K")]
