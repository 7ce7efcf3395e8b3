"""What is kept of signing in: the log, the hash, and the password that is changed at the first sign-in."""

import logging
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import get_ident

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from khoi_ccq import hashers
from khoi_ccq.logs import NamesTheRequest, WithoutRows, during
from ledger.models import User
from ledger.web import carry
from tests.hand import signed_in_as
from tests.khoi_ccq.test_sign_in import ANOTHER, HERE, LOGIN, give_password, lock, sign_in, spray

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


def test_failures_and_locks_are_logged(account, caplog):
    with caplog.at_level(logging.WARNING, "khoi_ccq.sign_in"):
        lock()
        sign_in(password="bi-mat-nao-do")
        sign_in("bi-mat-nao-do", "gi-do")
    messages = [record.message for record in caplog.records if record.name == "khoi_ccq.sign_in"]
    assert messages == [
        *[f"Đăng nhập sai: “van-phong” từ {HERE}"] * 8,
        f"Khóa tạm đăng nhập: “van-phong” từ {HERE}",
        f"Từ chối đăng nhập (đang khóa tạm): “van-phong” từ {HERE}",
        f"Đăng nhập sai: (không có tài khoản này) từ {HERE}",
    ]


def test_a_name_that_no_account_has_is_not_listed_either(account):
    lock("bi-mat-nao-do")
    told = StringIO()
    call_command("unlock", stdout=told)
    assert told.getvalue().startswith(f"(không có tài khoản này) từ {HERE}: khóa đến ")


def test_a_slowed_address_is_logged_as_such(account, caplog):
    spray()
    caplog.clear()
    sign_in()
    assert [r.message for r in caplog.records if r.name == "khoi_ccq.sign_in"] == [
        f"Từ chối đăng nhập (chờ giữa hai lần thử): “van-phong” từ {HERE}"
    ]


def test_nothing_typed_is_kept_with_the_attempt(account):
    Client().post(LOGIN, {"username": "van-phong", "password": "bi-mat", carry.CARRIED: "ban-nhap-do"})
    assert not any(word in AccessAttempt.objects.get().post_data for word in ("bi-mat", "ban-nhap-do", "van-phong"))


def test_a_line_of_the_log_tells_when_how_grave_and_during_which_request(settings):
    config = settings.LOGGING
    formatter = WithoutRows(config["formatters"]["line"]["format"])
    record = logging.LogRecord("khoi_ccq.sign_in", logging.WARNING, "", 1, "Đăng nhập sai", (), None)
    with during("0badcafe POST /dang-nhap/"):
        for name in config["handlers"]["console"]["filters"]:
            assert _filter(config["filters"][name]["()"]).filter(record)
    line = formatter.format(record)
    assert line.endswith("WARNING [0badcafe POST /dang-nhap/] khoi_ccq.sign_in: Đăng nhập sai")
    assert line[:2] == "20"


def test_what_django_tells_of_an_answer_names_the_request_too(db, caplog):
    Client().get("/khong-co/")
    (record,) = [r for r in caplog.records if r.name == "django.request"]
    assert NamesTheRequest().filter(record)
    assert record.during.endswith(" GET /khong-co/")


def _filter(path):
    from django.utils.module_loading import import_string

    return import_string(path)()


def test_a_traceback_leaves_out_the_rows_and_statements_that_the_database_repeats():
    """To the last line of a text that has several; what failed afterwards is told again."""
    row = "(7, Nguyễn Văn An, đơn của\nNguyễn Văn Bình\n\nvề việc chi)"
    said = f"duplicate key\nLINE 1: ... name = 'Nguyễn Văn An'\n             ^\nDETAIL:  Failing row contains {row}."
    try:
        try:
            raise ValueError(said)
        except ValueError as first:
            raise KeyError("phía sau") from first
    except KeyError as error:
        told = WithoutRows().formatException((type(error), error, error.__traceback__))
    assert "duplicate key" in told
    assert "phía sau" in told
    assert "test_sign_in" in told.partition("phía sau")[0].partition("direct cause")[2]
    assert not any(word in told for word in ("Nguyễn", "đơn của", "về việc chi"))


def test_passwords_are_hashed_one_at_a_time_in_one_thread(monkeypatch):
    """Sixteen sign-ins at once need the memory of one: what a thread has used stays with that thread."""
    at_once, most, threads = [], [], set()

    def verify(self, password, encoded):
        threads.add(get_ident())
        at_once.append(1)
        most.append(len(at_once))
        at_once.pop()
        return password == "dung"

    hasher = hashers.BoundedArgon2Hasher()
    encoded = hasher.encode("dung", "muoi-muoi-muoi-muoi")
    monkeypatch.setattr(Argon2PasswordHasher, "verify", verify)
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda n: hasher.verify("dung" if n % 2 else "sai", encoded), range(200)))
    assert answers == [False, True] * 100
    assert max(most) == 1
    assert len(threads) == 1


def test_a_hash_made_dearer_is_still_read_and_made_anew(settings):
    old = Argon2PasswordHasher().encode("mot-cau-dai", "muoi-muoi-muoi-muoi")
    hasher = hashers.BoundedArgon2Hasher()
    assert hasher.verify("mot-cau-dai", old)
    assert hasher.must_update(old)
    new = hasher.encode("mot-cau-dai", hasher.salt())
    assert "m=19456,t=2,p=1" in new
    assert not hasher.must_update(new)
    settings.PASSWORD_HASHERS = ["khoi_ccq.hashers.BoundedArgon2Hasher"]
    user = User.objects.create_user("cu")
    User.objects.filter(pk=user.pk).update(password=old, must_change_password=True)
    assert sign_in("cu", "mot-cau-dai").status_code == 302
    user.refresh_from_db()
    assert "m=19456" in user.password
    assert user.must_change_password


def test_a_password_set_by_the_administrator_is_changed_at_the_first_sign_in(account, administrator):
    give_password(administrator, account)
    client = Client()
    page = client.post(LOGIN, {"username": "van-phong", "password": ANOTHER}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("password_change")
    assert "Mật khẩu đang dùng do quản trị đặt." in page.content.decode()
    assert client.get(reverse("tasks")).url == reverse("password_change")
    refused = client.get(reverse("tasks"), headers={"Accept": "application/json"})
    assert (refused.status_code, "do quản trị đặt" in refused.json()["error"]) == (403, True)

    new = "cau-cua-rieng-minh-thoi"
    data = {"old_password": ANOTHER, "new_password1": ANOTHER, "new_password2": ANOTHER}
    page = client.post(reverse("password_change"), data)
    assert "Mật khẩu mới phải khác mật khẩu đang dùng." in page.content.decode()
    page = client.post(reverse("password_change"), data | {"new_password1": new, "new_password2": new}, follow=True)
    assert "Đã đổi mật khẩu" in page.content.decode()
    assert client.get(reverse("tasks")).status_code == 200
    assert sign_in(password=new).url == reverse("home")


def test_a_new_account_changes_the_password_it_was_given(administrator):
    data = {"username": "moi", "display_name": "Người mới", "password1": PASSWORD, "password2": PASSWORD}
    signed_in_as(administrator).post(reverse("admin:ledger_user_add"), data)
    user = User.objects.get(username="moi")
    assert user.must_change_password
    assert signed_in_as(user).get(reverse("home")).url == reverse("password_change")
    data = {"username": "moi", "display_name": "Tên khác", "is_active": "on"}
    signed_in_as(administrator).post(reverse("admin:ledger_user_change", args=[user.pk]), data)
    user.refresh_from_db()
    assert (user.must_change_password, user.display_name) == (True, "Tên khác")


def test_what_was_typed_before_waits_until_the_password_is_changed(account):
    account.must_change_password = True
    account.save()
    client = signed_in_as(account)
    sent = {carry.FIELD: carry.token(account), "note": "đang gõ dở"}
    assert client.post(reverse("periods"), sent).url == reverse("password_change")
    data = {"old_password": PASSWORD, "new_password1": ANOTHER, "new_password2": ANOTHER}
    assert client.post(reverse("password_change"), data).url == reverse("periods")
    assert client.session[carry.KEPT]["fields"]["note"] == ["đang gõ dở"]


def test_signing_out_is_open_to_who_must_change(account):
    account.must_change_password = True
    account.save()
    assert signed_in_as(account).post(reverse("logout")).url == LOGIN


def test_ones_own_password_has_one_page(administrator):
    ask = signed_in_as(administrator)
    for address in [
        reverse("admin:password_change"),
        reverse("admin:auth_user_password_change", args=[administrator.pk]),
    ]:
        assert ask.get(address).url == reverse("password_change")
