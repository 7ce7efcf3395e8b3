"""Nobody is locked out by somebody else, and nobody guesses without end."""

from datetime import timedelta
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from khoi_ccq import proxies
from khoi_ccq.browsers import COOKIE
from khoi_ccq.sign_in import OF_A_NAME, OF_AN_ADDRESS, PAUSE
from ledger.models import User
from tests.hand import signed_in_as

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
ANOTHER = "mot-cau-khac-kho-doan"
PROXY, HERE, THERE = "10.0.0.1", "203.0.113.5", "203.0.113.77"
LOGIN = reverse("login")


@pytest.fixture
def behind_proxy(settings):
    settings.TRUSTED_PROXIES = [PROXY]


def sign_in(name="van-phong", password=PASSWORD, *, at=HERE, way=LOGIN, **headers):
    return Client(REMOTE_ADDR=at, **headers).post(way, {"username": name, "password": password})


def sign_in_through(said, name="van-phong", password=PASSWORD):
    return sign_in(name, password, at=PROXY, HTTP_X_FORWARDED_FOR=said)


def lock(name="van-phong", **more):
    answers = [sign_in(name, f"sai-{n}", **more).status_code for n in range(8)]
    assert answers == [200] * 7 + [429]


def later(**span):
    """As if all that was tried had been tried so much earlier."""
    for row in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=row.pk).update(attempt_time=row.attempt_time - timedelta(**span))


def give_password(administrator, user, password=ANOTHER):
    data = {"usable_password": "true", "password1": password, "password2": password, "set-password": "x"}
    address = reverse("admin:auth_user_password_change", args=[user.pk])
    return signed_in_as(administrator).post(address, data, follow=True)


# Which account


def test_capitals_mean_nothing_in_a_name(account):
    assert sign_in("Van-Phong").status_code == 302
    for n in range(8):
        answer = sign_in(("VAN-PHONG", "van-phong")[n % 2], f"sai-{n}")
    assert answer.status_code == 429
    assert set(AccessAttempt.objects.values_list("username", flat=True)) == {"van-phong"}


def test_of_two_names_alike_each_is_its_own(account):
    User.objects.create_user("VAN-PHONG", password=ANOTHER)
    assert [sign_in("VAN-PHONG", word).status_code for word in (PASSWORD, ANOTHER)] == [200, 302]
    assert sign_in("Van-Phong").status_code == 200


# Who is asking


@pytest.mark.parametrize(
    ("peer", "said", "client"),
    [
        (PROXY, "203.0.113.5", "203.0.113.5"),
        (PROXY, "198.51.100.9, 203.0.113.5", "203.0.113.5"),  # what the client itself claimed stands to the left
        (PROXY, "198.51.100.9, 203.0.113.5, 10.0.0.1", "203.0.113.5"),
        (PROXY, "10.0.0.1", "10.0.0.1"),
        (PROXY, "", PROXY),
        (PROXY, "unknown", PROXY),
        (PROXY, "203.0.113.5:4711", "203.0.113.5"),
        (PROXY, "[2001:db8::7]:4711", "2001:db8::7"),
        (PROXY, "::ffff:203.0.113.5", "203.0.113.5"),
        ("::ffff:10.0.0.1", "203.0.113.5", "203.0.113.5"),
        ("", "203.0.113.5", "203.0.113.5"),
        (THERE, "203.0.113.5", THERE),
    ],
)
def test_a_chain_is_followed_as_far_as_it_is_ours(peer, said, client):
    assert proxies.client_of(peer, said, proxies.networks([PROXY, "unix"])) == client


@pytest.mark.parametrize("trusted", [[], [PROXY], ["10.0.0.0/8", "unix"]])
@pytest.mark.parametrize("peer", [HERE, "", "không phải địa chỉ"])
def test_headers_of_a_stranger_do_nothing(settings, trusted, peer):
    settings.TRUSTED_PROXIES = [name for name in trusted if name != "unix" or peer]
    seen = {}
    middleware = proxies.TrustedProxies(lambda request: seen.update(request.META))
    headers = dict.fromkeys(proxies.SPOKEN_FOR, "198.51.100.9")
    middleware(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))
    assert seen["REMOTE_ADDR"] == peer
    assert not seen.keys() & set(proxies.SPOKEN_FOR)


@pytest.mark.parametrize(("peer", "safe"), [(PROXY, True), (HERE, False)])
def test_only_a_trusted_proxy_says_that_the_way_is_safe(settings, behind_proxy, peer, safe):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    answer = Client(REMOTE_ADDR=peer).get(LOGIN, headers={"X-Forwarded-Proto": "https"})
    assert answer.status_code == (200 if safe else 301)


def test_a_proxy_that_is_no_address_is_refused_with_a_sentence():
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES: .*nginx.*Ví dụ đúng"):
        proxies.networks(["nginx"])


@pytest.mark.parametrize(
    ("address", "counted"),
    [("203.0.113.5", "203.0.113.5"), ("2001:db8:1:2:3::4", "2001:db8:1:2::"), ("fe80::1%eth0", "fe80::"), ("", None)],
)
def test_one_customer_of_ipv6_is_counted_as_one(address, counted):
    assert proxies.client_address(RequestFactory().get("/", REMOTE_ADDR=address)) == counted


def test_a_proxy_that_was_not_told_of_is_noticed_once(settings, caplog):
    settings.TRUSTED_PROXIES = []
    middleware = proxies.TrustedProxies(lambda request: None)
    for _ in range(3):
        middleware(RequestFactory().get("/", HTTP_X_FORWARDED_FOR=HERE))
    assert [record.message[:60] for record in caplog.records] == [
        "Có máy chủ phía trước chuyển X-Forwarded-For nhưng TRUSTED_P"
    ]


# One name


def test_behind_a_proxy_nobody_locks_out_anybody_else(account, behind_proxy):
    assert [sign_in_through(THERE, password="sai").status_code for _ in range(10)][-1] == 429
    assert sign_in_through(HERE).status_code == 302
    # Whatever the attacker writes before, the proxy's own word counts.
    assert sign_in_through(f"{HERE}, {THERE}").status_code == 429


def test_without_the_setting_a_claimed_address_changes_nothing(account, settings):
    settings.TRUSTED_PROXIES = []
    answers = [sign_in(password="sai", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}").status_code for n in range(8)]
    assert answers[-1] == 429


@pytest.mark.parametrize("way", [LOGIN, reverse("admin:login")])
def test_a_lock_ends_and_trying_meanwhile_does_not_begin_it_anew(administrator, way):
    lock("quan-tri", way=way)
    later(minutes=14)
    page = sign_in("quan-tri", way=way)
    assert page.status_code == 429
    assert "Thử trong lúc khóa không làm khóa lâu thêm" in page.content.decode()
    later(minutes=1, seconds=1)
    assert sign_in("quan-tri", way=way).status_code == 302


def test_the_page_tells_until_when(account):
    lock()
    until = timezone.localtime(AccessAttempt.objects.get().attempt_time + timedelta(minutes=15))
    text = " ".join(sign_in().content.decode().split())
    assert f"Hãy thử lại sau {until:%H:%M}, hoặc nhờ quản trị đặt lại mật khẩu" in text


def test_another_browser_counts_on(account):
    answers = [sign_in(password="sai", HTTP_USER_AGENT=f"Trình duyệt {n}").status_code for n in range(8)]
    assert answers[-1] == 429


def test_a_password_that_the_administrator_sets_opens_at_once(account, administrator):
    lock()
    assert sign_in().status_code == 429
    assert "Đã đổi mật khẩu." in give_password(administrator, account).content.decode()
    assert sign_in(password=ANOTHER).status_code == 302


def test_a_command_opens(account, administrator):
    lock()
    lock("quan-tri", at=THERE)
    told = StringIO()
    call_command("unlock", stdout=told)
    first, second = told.getvalue().splitlines()
    assert first.startswith(f"“quan-tri” từ {THERE}: khóa đến ")
    assert second.startswith(f"“van-phong” từ {HERE}: khóa đến ")
    told = StringIO()
    call_command("unlock", "quan-tri", "van-phong", stdout=told)
    call_command("unlock", "quan-tri", stdout=told)
    call_command("unlock", stdout=told)
    assert told.getvalue().splitlines() == [
        "Tài khoản quan-tri: đã mở khóa.",
        "Tài khoản van-phong: đã mở khóa.",
        "Tài khoản quan-tri: không bị khóa.",
        "Không có tài khoản nào đang bị khóa.",
    ]
    assert sign_in().status_code == sign_in("quan-tri", at=THERE).status_code == 302


def test_a_command_opens_an_address(account):
    lock()
    told = StringIO()
    call_command("unlock", "--address", HERE, stdout=told)
    assert told.getvalue() == f"Địa chỉ {HERE}: đã mở khóa.\n"
    assert sign_in().status_code == 302


@pytest.mark.parametrize("args", [["khong-co"], ["--address", "nhà tôi"]])
def test_a_command_says_what_it_does_not_know(account, args):
    lock()
    with pytest.raises(CommandError, match="Không mở khóa gì"):
        call_command("unlock", "van-phong", *args)
    assert sign_in().status_code == 429


# Many names


def spray(count=OF_AN_ADDRESS, **more):
    return [sign_in(f"ten-{n}", "mot-mat-khau", **more).status_code for n in range(count)]


def test_one_password_over_many_names_is_slowed(account):
    assert spray() == [200] * OF_AN_ADDRESS
    page = sign_in()
    assert page.status_code == 429
    assert "Hãy đợi 10 giây rồi thử lại" in page.content.decode()
    assert sign_in(at=THERE).status_code == 302  # nobody else waits
    later(seconds=PAUSE.seconds)
    assert sign_in("ten-khac", "mot-mat-khau").status_code == 200
    assert sign_in().status_code == 429
    later(seconds=PAUSE.seconds)
    assert sign_in().status_code == 302


def test_signing_in_oneself_does_not_let_the_others_be_tried_on(account):
    spray(OF_AN_ADDRESS - 1)
    assert sign_in().status_code == 302
    assert sign_in("ten-khac", "mot-mat-khau").status_code == 200
    assert sign_in("ten-nua", "mot-mat-khau").status_code == 429


def test_a_slowed_address_recovers(account):
    spray()
    later(minutes=15, seconds=1)
    assert spray(3) == [200] * 3
    assert sign_in().status_code == 302


# Many addresses


def from_everywhere(count=OF_A_NAME, name="van-phong"):
    return [sign_in(name, "sai", at=f"198.51.100.{n}").status_code for n in range(count)]


def test_one_name_tried_from_many_addresses_is_slowed(account, administrator):
    assert from_everywhere() == [200] * OF_A_NAME
    page = sign_in()
    assert page.status_code == 429
    assert "Hãy đợi 10 giây rồi thử lại" in page.content.decode()
    assert sign_in("quan-tri").status_code == 302  # no other name waits
    told = StringIO()
    call_command("unlock", stdout=told)
    assert told.getvalue() == "Tài khoản “van-phong”: mỗi lần thử phải cách nhau 10 giây\n"
    call_command("unlock", "van-phong", stdout=told)
    assert sign_in().status_code == 302


# A browser in which one has signed in before


@pytest.fixture
def known(account):
    """The browser of the office, at the address HERE."""
    browser = Client(REMOTE_ADDR=HERE)
    assert browser.post(LOGIN, {"username": "van-phong", "password": PASSWORD}).status_code == 302
    browser.post(reverse("logout"))
    return browser


def again(browser, name="van-phong", password=PASSWORD):
    return browser.post(LOGIN, {"username": name, "password": password}).status_code


@pytest.mark.parametrize("strangers", ["lock", "spray", "from_everywhere"])
def test_strangers_keep_nobody_out_of_a_known_browser(known, administrator, strangers):
    """Whatever they try, at whatever address, as long as they try it."""
    {"lock": lock, "spray": spray, "from_everywhere": from_everywhere}[strangers]()
    assert sign_in().status_code == 429
    assert again(known) == 302
    known.post(reverse("logout"))
    if strangers == "spray":
        assert again(known, "quan-tri") == 429  # it is known to one account, not to all


def test_a_known_browser_is_locked_by_its_own_failures(known):
    assert [again(known, password="sai") for _ in range(9)] == [200] * 7 + [429] * 2
    mark = AccessAttempt.objects.get().user_agent
    known.cookies.clear()
    assert again(known) == 429  # without its cookie it is no better off
    assert sign_in(at=THERE, HTTP_USER_AGENT=mark).status_code == 302


def test_a_cookie_of_nobody_s_making_is_a_stranger_s(known):
    lock()
    known.cookies[COOKIE] = known.cookies[COOKIE].value[:-1] + "x"
    assert again(known) == 429


# What is written down


# What it costs


# Whose password it is
