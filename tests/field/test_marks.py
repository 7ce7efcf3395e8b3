"""Signs that look alike, or not at all: one normal form at every door, and one password however it is composed."""

import unicodedata
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from inspections.letters.letters import ReceivedLetter, register_letters
from inspections.models import Inspection, Letter
from ledger.documents import document, key_of
from ledger.models import User
from ledger.text import (
    MOST_MARKS,
    clean,
    clean_lines,
    code_text,
    date_text,
    holds,
    name_sort_key,
    number_text,
    search_key,
    secret,
    sent,
)
from ledger.web.forms import DayField, PaperForm
from ledger.web.sent import cleaned, query_of
from members.identity.person_form import BirthField
from members.models import Member
from members.records.amendments import amend
from tests.hand import signed_in_as
from tests.world import TODAY, refused

pytestmark = pytest.mark.django_db  # which days are possible is read from what is written

MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f"
APOSTROPHES = "'’‘ʼ′`´"


def nfd(text):
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: f"U+{ord(mark):04X}")
def test_a_mark_is_taken_out_wherever_it_stands(mark):
    typed = f"{mark}Lê{mark} Văn{mark}{mark} Đức{mark}"
    assert clean(typed) == clean_lines(typed) == sent(typed) == "Lê Văn Đức"
    assert date_text(f"{mark}05/08{mark}/1994{mark}") == "05/08/1994"
    assert number_text(f"{mark}12{mark}3") == "123"


@pytest.mark.parametrize("sign", APOSTROPHES)
def test_one_apostrophe(sign):
    typed = f"K{sign}Brôi"
    assert clean(typed) == clean_lines(typed) == "K'Brôi"
    assert search_key(typed) == search_key("Kbrôi") == "kbroi"


def test_a_long_text_keeps_the_signs_it_quotes_with_and_its_dashes():
    text = "Chi bộ ‘bốn tốt’ – năm 2013–2017\n‘Dân vận khéo’"
    assert clean_lines(text) == text


@pytest.mark.parametrize("dash", "‐‑‒–—−")
def test_one_hyphen_within_a_word(dash):
    assert clean(f"12{dash}QĐ/ĐUK") == "12-QĐ/ĐUK"
    assert clean(f"Ra{dash}glai") == "Ra-glai"
    assert code_text(f"DB01{dash}02") == "DB01-02"
    assert date_text(f"05{dash}08 {dash} 1994") == "05-08-1994"


def test_a_range_and_a_dash_between_words_stay():
    assert clean("Nữ 36–40") == "Nữ 36–40"
    assert clean("Đảng ủy – Ban Tổ chức") == "Đảng ủy – Ban Tổ chức"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lý", "Lí"),
        ("Mỹ", "Mĩ"),
        ("Quý", "Quí"),
        ("Kỳ", "Kì"),
        ("Sỹ", "Sĩ"),
        ("Tỵ", "Tị"),
        ("LÝ", "lí"),
        ("Quỷ", "Quỉ"),
    ],
)
def test_i_and_y_are_found_alike(one, other):
    assert search_key(f"Lê Thị {one} An") == search_key(f"Lê Thị {other} An")
    assert holds(search_key(f"Lê {one}"), other) and holds(search_key(f"Lê {other}"), one)
    assert clean(one) == one and clean(other) == other


@pytest.mark.parametrize(("one", "other"), [("Thúy", "Thúi"), ("Uy", "Ui"), ("Duy", "Dui"), ("Y", "I"), ("May", "Mai")])
def test_where_i_is_another_sound_it_stays_another(one, other):
    assert search_key(one) != search_key(other)


@pytest.mark.parametrize(
    ("typed", "name", "is_found"),
    [
        ("ly", "Lý Vân", True),
        ("ly", "Vân Lí", True),
        ("ly", "Hà Lyn", True),
        ("ly", "Hà Linh", False),
        ("li", "Hà Linh", True),
        ("quy", "Quyết", True),
        ("quy", "Phú Quí", True),
        ("thi h", "Lê Thị Hà", True),
        ("ly van", "Lí Vân", True),
        ("", "Hà", True),
    ],
)
def test_the_last_word_of_a_search_may_be_unfinished(typed, name, is_found):
    assert holds(search_key(name), typed) == is_found


DATES = [
    "\u200e05/08/1994\u202c",
    "05–08–1994",
    "05 / 08 / 1994",
    "05\u00a0/08/1994",
    "０５／０８／１９９４",
    "05.08.1994\ufeff",
    "1994–08–05",
]


@pytest.mark.parametrize("typed", DATES)
def test_dates_are_read_through_marks(typed):
    assert DayField().clean(typed) == date(1994, 8, 5)


@pytest.mark.parametrize("typed", DATES[:-1])
def test_births_are_read_through_marks(typed):
    assert BirthField().clean(typed)[0] == date(1994, 8, 5)


def test_at_the_edge_lines_and_columns_stay():
    paste = "Nguyễn Văn An\tHTXSNV\r\n\tLê\u00a0Bình   \u200eKHT\r\n"
    assert sent(nfd(paste)) == "Nguyễn Văn An\tHTXSNV\r\n\tLê Bình   KHT\r\n"
    assert sent("\u200e DB01–01\u00a0") == "DB01-01"
    assert sent("  Đảng   ủy ") == "Đảng   ủy"


def test_passwords_pass_the_edge_as_they_were_typed():
    data = QueryDict(mutable=True)
    typed = nfd(" mật khẩu\u00a0")
    for name in ("password", "old_password", "new_password1", "username"):
        data[name] = typed
    found = cleaned(data)
    assert [found[name] for name in ("password", "old_password", "new_password1")] == [typed] * 3
    assert found["username"] == "mật khẩu"
    with pytest.raises(AttributeError):
        found["username"] = "x"


def test_what_is_clean_is_not_copied():
    data = QueryDict("ten=An&nam=2017&a=1&a=2")
    assert cleaned(data) is data
    assert query_of("a=1%E2%80%8E&a=2").getlist("a") == ["1", "2"]


@pytest.mark.parametrize("read", [sent, clean, clean_lines, code_text, search_key, secret])
def test_marks_stacked_without_end_are_cut(read):
    """Putting them in order takes the square of their number: a form of 10 MB would keep a worker busy for hours."""
    stacked = read("ban a" + "\u0301\u0323" * 1000 + "n")
    assert len(stacked) <= len("ban an") + MOST_MARKS
    assert stacked.startswith("ban")
    assert stacked.endswith("n")
    assert read(nfd("Nguyễn Thị Ấn ") * 50) == read("Nguyễn Thị Ấn " * 50)


class TestPasswords:
    TYPED = "Mật khẩu của Đảng ủy 2018"

    def sign_in(self, password):
        cache.clear()
        answer = Client().post(reverse("login"), {"username": "thu", "password": password})
        return answer.status_code == 302

    @pytest.mark.parametrize("form", ["NFC", "NFD"])
    def test_composed_and_decomposed_are_one(self, form):
        User.objects.create_user("thu", password=unicodedata.normalize(form, self.TYPED))
        assert all(self.sign_in(unicodedata.normalize(way, self.TYPED)) for way in ("NFC", "NFD"))
        assert not self.sign_in(self.TYPED.lower())
        assert not self.sign_in(self.TYPED + " ")

    def test_marks_and_the_kind_of_space_do_not_matter(self):
        user = User(username="thu")
        user.set_password(self.TYPED)
        assert user.check_password("\u200e" + self.TYPED.replace(" ", "\u00a0"))
        assert secret(self.TYPED) == self.TYPED

    @pytest.mark.parametrize("form", ["NFC", "NFD"])
    def test_a_password_hashed_as_it_was_typed_still_opens(self, form):
        typed = unicodedata.normalize(form, self.TYPED)
        User.objects.create_user("thu")
        User.objects.update(password=make_password(typed))
        assert self.sign_in(typed)
        assert self.sign_in(self.TYPED)  # by now it is hashed by the one rule

    def test_no_password_opens_nothing(self):
        user = User.objects.create_user("thu")
        assert not user.check_password(None)
        assert not user.check_password("")

    def test_changed_on_the_page(self):
        user = User.objects.create_user("thu", password=self.TYPED)
        new = "Một câu rất dài khác hẳn"
        data = {"old_password": nfd(self.TYPED), "new_password1": nfd(new), "new_password2": nfd(new)}
        assert signed_in_as(user).post(reverse("password_change"), data).status_code == 302
        assert self.sign_in(new)

    @pytest.mark.parametrize(
        ("typed", "fault"),
        [
            (nfd("ếếế"), "password_too_short"),
            ("\u200e" * 8 + "dài", "password_too_short"),
            ("ｐａｓｓｗｏｒｄ", "password_too_common"),
            ("２０１８２０１８", "password_entirely_numeric"),
            (nfd("Trần Văn Tâm"), "password_too_similar"),
        ],
    )
    def test_rules_are_asked_of_what_is_hashed(self, typed, fault):
        with pytest.raises(ValidationError) as refused:
            validate_password(typed, User(username="van-phong", display_name="Trần Văn Tâm"))
        assert fault in {error.code for error in refused.value.error_list}

    def test_set_by_the_administrator(self):
        user = User.objects.create_user("thu", password=self.TYPED)
        new = "Một câu rất dài khác hẳn"
        page = reverse("admin:auth_user_password_change", args=[user.pk])
        root = signed_in_as(User.objects.create_superuser("goc"))
        assert (
            root.post(page, {"password1": nfd(new), "password2": nfd(new), "usable_password": "true"}).status_code
            == 302
        )
        assert self.sign_in(new)

    def test_of_the_first_administrator_by_command(self, monkeypatch):
        monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", nfd(self.TYPED))
        call_command("createsuperuser", "--noinput", "--username=thu", "--email=a@b.example")
        assert self.sign_in(self.TYPED)


@pytest.mark.parametrize("dash", "–—−")
def test_the_number_of_a_paper_is_one_however_its_dash_was_typed(world, dash):
    paper = document("Số 12-34", date(2018, 3, 1), "Đảng ủy Khối")
    assert document(f"Số 12{dash}34", date(2018, 3, 1), "Đảng ủy Khối") == paper
    typed = PaperForm({"so": f"Số 12{dash}34", "ngay": "01/03/2018", "co_quan": "Đảng ủy Khối"}).paper()
    assert key_of(typed) == key_of(paper)
    row = ReceivedLetter(number=f"Đơn 5{dash}6", organization=world.org["CB01"], received_on=TODAY, due_on=TODAY)
    assert Letter.objects.get(pk=register_letters([row], **world.act())[0].pk).number == "Đơn 5-6"


def test_the_number_of_a_card_is_of_the_ten_plain_digits(world):
    amend({world.people["An"]: {"card_number": "\u200e１２３ ４５６７８"}}, **world.act(reason="phát thẻ"))
    assert Member.objects.get(card_number="12345678") == world.people["An"]
    for other in ("١٢٣٤٥٦٧٨", "1234567", "12345678\n9"):
        with refused("Số thẻ đảng viên: Số thẻ gồm 8 hoặc 12 chữ số."):
            amend({world.people["Chi"]: {"card_number": other}}, **world.act(reason="phát thẻ"))


def test_a_migration_writes_the_keys_anew(world):
    an, change = world.people["An"], world.people["An"].added
    Member.objects.filter(pk=an.pk).update(full_name="K'Lý", search_key="k'ly", sort_key="00")
    plan = Inspection.objects.create(
        year=2018, kind="SUPERVISION", title="Ở Mỹ", conductor=world.org["K"], added=change
    )
    Inspection.objects.filter(pk=plan.pk).update(search_key="o my")
    for app in ("members", "inspections"):
        (path,) = Path(apps.get_app_config(app).path, "migrations").glob("*_keys_anew.py")
        import_module(f"{app}.migrations.{path.stem}").write(apps, None)
    an.refresh_from_db()
    plan.refresh_from_db()
    assert (an.search_key, an.sort_key) == ("kli", name_sort_key("K'Lý"))
    assert plan.search_key == "o mi"
