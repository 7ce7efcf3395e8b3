"""The page of all offices: one press, slips, who has not signed in, those made by mistake taken back."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ledger.models import Change, User
from members.models import Post
from organizations.accounts import page as accounts_page
from organizations.accounts.handing_over import Deputy, deputize
from organizations.models import Appointment
from tests.hand import Hand, signed_in_as
from tests.world import START, TODAY

pytestmark = pytest.mark.django_db
ADDRESS = reverse("accounts")
CELLS = ["CB01", "CB02", "DB01-01", "DB01-02", "DB02-01", "DB02-02", "DB03-01", "DB03-02"]
COMMITTEES = ["BP01", "DB01", "DB02", "DB03"]
SLIP = re.compile(r'<dd class="code apart">(.*?)</dd>', re.DOTALL)


@pytest.fixture
def hand(one):
    return Hand(one).open(ADDRESS)


def passwords(hand):
    """{username: password} of the slips on the page."""
    text = hand.page.content.decode()
    names = re.findall(r'<dd class="code">(.*?)</dd>', text)
    return dict(zip(names, (re.sub(r"<[^>]+>|\s", "", found) for found in SLIP.findall(text)), strict=True))


def test_one_press_makes_all_that_lack(world, hand):
    assert "12 vai trò chưa có ai giữ" in hand.text
    hand.press("tao-tat-ca")
    printed = passwords(hand)
    assert sorted(printed) == sorted(
        [*(f"bithu.{code.lower()}" for code in CELLS), *(f"danguy.{code.lower()}" for code in COMMITTEES)]
    )
    assert "12 phiếu đăng nhập" in hand.text
    assert "Bí thư Tổ chức DB03-01, Tổ chức BP01" in hand.text
    assert "http://testserver" in hand.text
    assert "Làm trước hết ngày 13/01/2019" in hand.text
    for name, password in printed.items():
        assert User.objects.get(username=name).check_password(password)
    assert Appointment.objects.filter(added__verb="organizations.open_accounts").values("added").distinct().count() == 1
    again = hand.open(ADDRESS)
    assert "0 vai trò còn thiếu người giữ" in again.text
    assert "Chưa đăng nhập lần nào (12)" in again.text
    assert not any(password in again.page.content.decode() for password in printed.values())


def test_pressed_once_more_it_makes_none(world, hand):
    address, data = hand.filled("tao-tat-ca")
    hand.press("tao-tat-ca")
    page = hand.client.post(address, data)
    assert page.status_code == 400
    assert "Không còn vai trò nào chưa có người giữ." in page.content.decode()


def test_those_ticked_alone(world, hand):
    hand.press("tao", chon="CB01.SECRETARY")
    assert list(passwords(hand)) == ["bithu.cb01"]
    hand.open(ADDRESS).press("tao", refused=True)
    assert "Hãy đánh dấu ít nhất một vai trò chưa có ai, rồi bấm lại." in hand.text
    hand.press("tao", chon="CB01.SECRETARY", refused=True)  # held by now


def test_a_name_that_is_taken_is_told_beside_its_row(world, hand):
    User.objects.create_user("Bithu.CB01")
    hand.open(ADDRESS)
    assert "sẽ tạo bithu.cb01.2 ; tên bithu.cb01 đã có người dùng" in hand.text
    hand.press("tao", chon="CB01.SECRETARY")
    assert list(passwords(hand)) == ["bithu.cb01.2"]


def test_the_secretary_whom_the_roll_knows_is_named(world, hand):
    change = Change.objects.create(verb="Ghi", by=world.by, on=START)
    Post.objects.create(
        member=world.people["Phúc"],
        organization=world.org["CB01"],
        kind=Post.Kind.SECRETARY,
        starts=START,
        added=change,
    )
    assert "Lê Phúc (bí thư theo sổ đảng viên)" in hand.open(ADDRESS).text
    hand.press("tao", chon="CB01.SECRETARY")
    assert "Đồng chí Lê Phúc" in hand.text
    assert User.objects.get(username="bithu.cb01").display_name == "Lê Phúc"


def test_a_secretary_who_is_another_by_the_roll_is_told_and_offered(world, hand):
    """The post has passed to somebody; the account still is his who held it."""
    change = Change.objects.create(verb="Ghi", by=world.by, on=START)
    cell = {"organization": world.org["CB01"], "kind": Post.Kind.SECRETARY, "added": change}
    before = Post.objects.create(member=world.people["Phúc"], starts=START, **cell)
    hand.open(ADDRESS).press("tao", chon="CB01.SECRETARY")
    assert "Theo sổ đảng viên, bí thư là" not in hand.open(ADDRESS).text
    Post.objects.filter(pk=before.pk).update(voided=change)
    Post.objects.create(member=world.people["An"], starts=TODAY, **cell)
    assert "Theo sổ đảng viên, bí thư là Lê An" in hand.open(ADDRESS).text
    page = hand.open(reverse("office", args=["CB01"]))
    assert "Theo sổ đảng viên, bí thư là Lê An" in page.text
    held = Appointment.objects.get(organization=world.org["CB01"])
    page = hand.client.get(reverse("office", args=["CB01"]), {"viec": f"ban-giao-{held.pk}"})
    assert page.context["errands"].form["ho_ten"].value() == "Lê An"


def test_a_lost_slip_is_printed_anew(world, hand):
    hand.press("tao", chon="CB01.SECRETARY")
    old = passwords(hand)["bithu.cb01"]
    hand.open(ADDRESS).press("in-lai", chon="CB01.SECRETARY")
    new = passwords(hand)["bithu.cb01"]
    user = User.objects.get(username="bithu.cb01")
    assert (user.check_password(old), user.check_password(new)) == (False, True)
    address, data = hand.open(ADDRESS).filled("in-lai-tat-ca")
    hand.press("in-lai-tat-ca")
    assert list(passwords(hand)) == ["bithu.cb01"]
    again = hand.client.post(address, data)  # the page of slips read anew
    assert again.status_code == 400
    assert "Từ lúc mở trang đã có phiếu được in" in again.content.decode()
    assert User.objects.get(username="bithu.cb01").check_password(passwords(hand)["bithu.cb01"])
    hand.open(ADDRESS).press("in-lai", refused=True)
    assert "Hãy đánh dấu ít nhất một vai trò có tài khoản chưa đăng nhập" in hand.text


def test_who_has_not_signed_in_is_seen_at_a_glance(world, hand):
    hand.press("tao-tat-ca")
    User.objects.filter(username="bithu.cb01").update(last_login="2018-12-14T08:00Z", must_change_password=False)
    User.objects.filter(username="bithu.cb02").update(last_login="2018-12-14T08:00Z")
    User.objects.filter(username="danguy.db01").update(password_given_on="2018-11-01")
    User.objects.filter(username="danguy.db02").update(is_active=False)
    text = hand.open(ADDRESS).text
    for words in (
        "Đăng nhập gần nhất 14/12/2018",
        "Đã vào, chưa đổi mật khẩu",
        "Phiếu đã hết hạn, chưa đăng nhập",
        "Tài khoản đã khóa",
    ):
        assert text.count(words) == 1, words
    assert text.count("Chưa đăng nhập lần nào") == 8 + 1  # once as what may be chosen to be shown
    text = hand.open(f"{ADDRESS}?xem=chua-vao").text
    assert "9 vai trò." in text
    assert "bithu.cb01 " not in text


def test_filters_and_search(world, hand, one):
    secretary = world.user("SECRETARY", "CB01")
    User.objects.filter(pk=secretary.pk).update(display_name="Lê Phúc")
    row = Deputy(appointment=secretary.appointments.get(), to=world.user(), starts=TODAY, ends=TODAY.replace(day=20))
    deputize([row], **world.act())
    assert "12 vai trò" not in hand.open(f"{ADDRESS}?xem=sap-toi").text
    assert "1 vai trò." in hand.text
    assert "thay Lê Phúc từ 14/12/2018 đến hết 19/12/2018" in hand.text
    assert "1 vai trò." in hand.open(f"{ADDRESS}?tim=le phuc").text
    assert "3 vai trò." in hand.open(f"{ADDRESS}?tim=db02").text
    assert "Không có vai trò nào khớp." in hand.open(f"{ADDRESS}?tim=khong co").text
    assert hand.client.get(f"{ADDRESS}?page=9").status_code == 404


def test_a_wrong_press_is_taken_back(world, hand):
    hand.press("tao-tat-ca")
    hand.open(ADDRESS).press("huy", refused=True)
    assert "Hủy một việc đã ghi cần nêu lý do." in hand.text
    hand.press("huy", ly_do="Tên chưa đúng mẫu")
    assert "Đã hủy lần tạo 12 tài khoản" in hand.text
    assert "12 vai trò chưa có ai giữ" in hand.text
    assert not User.objects.filter(username__startswith="bithu.", is_active=True).exists()
    first = User.objects.get(username="bithu.cb01")
    hand.press("tao-tat-ca")  # the names are free again
    assert first.username in passwords(hand)
    first.refresh_from_db()
    assert first.is_active
    assert first.check_password(passwords(hand)["bithu.cb01"])
    assert [line.is_active for line in first.history.order_by("history_id")] == [True, False, True]
    hand.open(ADDRESS).press("huy", ly_do="Lại nhầm")
    assert not User.objects.filter(username__startswith="bithu.", is_active=True).exists()


@pytest.mark.parametrize("sent", [{}, {"viec": "gi-do"}, {"viec": "huy", "so": "x", "ly_do": "x"}])
def test_nonsense_is_refused_with_a_sentence(world, one, sent):
    page = signed_in_as(one).post(ADDRESS, sent)
    assert page.status_code == 400
    assert "Hãy tải lại trang." in page.content.decode()


def test_it_is_paged_and_takes_no_more_queries_for_more(world, one, monkeypatch):
    monkeypatch.setattr(accounts_page, "ON_A_PAGE", 5)
    hand = Hand(one).open(ADDRESS)
    hand.press("tao", chon="CB01.SECRETARY")
    numbers = []
    for first in (10, 30):
        with CaptureQueriesContext(connection) as queries:
            hand.open(ADDRESS)
        numbers.append(len(queries))
        world.found(*((f"CB{first + n}", "CBCS", "K") for n in range(20)))
        world.user("SECRETARY", f"CB{first}")
    assert numbers[0] == numbers[1]
    assert "CB12" in hand.open(f"{ADDRESS}?page=2").text
    assert "Sau ›" in hand.text


def test_making_many_takes_no_more_queries(world, one):
    hand, numbers = Hand(one).open(ADDRESS), []
    for ticked in (["CB01.SECRETARY"], ["CB02.SECRETARY", "DB01-01.SECRETARY", "DB01.COMMITTEE", "DB02.COMMITTEE"]):
        address, data = hand.filled("tao")
        with CaptureQueriesContext(connection) as queries:
            assert hand.client.post(address, data | {"chon": ticked}).status_code == 200
        turns = [query for query in queries if "pg_advisory" in query["sql"]]  # as many as lanes, at most
        numbers.append(len(queries) - len(turns))
    assert numbers[0] == numbers[1]
