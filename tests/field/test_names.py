"""Names that look mistyped are asked about at every door where somebody is named; nothing is changed unasked."""

import unicodedata
from datetime import date

import pytest
from django import forms

from ledger.models import Change
from members.candidates.forms import RecommendForm
from members.identity.names import NamesForm, capitalised, oddity
from members.models import CandidateRecord, Member
from tests.hand import Hand

HONG = "NGUYỄN THỊ HỒNG"


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        (HONG, "toàn chữ hoa"),
        ("nguyễn thị hồng", "toàn chữ thường"),
        ("k'brôi", "toàn chữ thường"),
        ("12345", "có chữ số hoặc dấu lạ"),
        ("Nguyễn Văn 4n", "có chữ số hoặc dấu lạ"),
        ("Nguyễn Văn @n", "có chữ số hoặc dấu lạ"),
        ("---", "không có chữ cái"),
        ("nGUYỄN tHỊ hỒNG", "chữ hoa, chữ thường ngược nhau"),
        ("NguyễN Thị HồNg", "có chữ hoa giữa chữ"),
        ("Nguyễn Thị Hồng", ""),
        ("Nguyễn thị Hồng", ""),
        ("K'Brôi", ""),
        ("Y", ""),
        ("Rơ-ông Ha-Bling", ""),
        ("Lê Văn A (Ba)", ""),
        ("", ""),
    ],
)
def test_what_is_asked_about(typed, what):
    assert oddity(typed) == what


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_capitals_are_offered_as_usually_written_however_they_are_composed(form):
    assert capitalised(unicodedata.normalize(form, HONG)) == "Nguyễn Thị Hồng"


def subclasses(cls):
    return {cls, *(found for one in cls.__subclasses__() for found in subclasses(one))}


@pytest.mark.django_db  # a label may tell what an office chose
def test_every_form_that_names_somebody_asks():
    """A field labelled as somebody's name stands among the names that its form asks about."""
    for cls in subclasses(forms.Form):
        if not cls.__module__.startswith("members."):
            continue
        named = {name for name, field in cls.base_fields.items() if str(field.label).startswith("Họ và tên")}
        assert not named or issubclass(cls, NamesForm) and named <= set(cls.NAMES), cls


@pytest.fixture
def office(world):
    return Hand(world.user("ORGANIZATION", "K"))


NEW = {
    "gioi_tinh": "F",
    "ngay_sinh": "05–08–1994",
    "dan_toc": "01",
    "so": "12–QĐ/ĐUK",
    "ngay": "\u200e01/06/2018\u202c",
    "co_quan": "Đảng ủy X",
    "chi_bo": "DB01-01",
    "tu_ngay": "01\u00a0/06/2018",
    "quyet_dinh": "01/06/2014",
    "ngay_le": "01/07/2014",
    "chinh_thuc": "\ufeff01/07/2015",
}


def arrive(hand, name, **more):
    hand.open("/dang-vien/K/2018/ghi-moi/chuyen-den/")
    return hand.press(None, ho_ten=name, **{**NEW, **more})


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_an_arrival_in_capitals(office, form):
    typed = unicodedata.normalize(form, HONG)
    arrive(office, typed, refused=True)
    assert "Họ tên gõ toàn chữ hoa; ghi thế nào?" in office.text
    assert "Viết hoa chữ đầu: Nguyễn Thị Hồng" in office.text
    assert not Member.objects.filter(birth_date=date(1994, 8, 5)).exists()
    arrive(office, typed, chu_hoa="thuong")
    assert Member.objects.get(birth_date=date(1994, 8, 5)).full_name == "Nguyễn Thị Hồng"
    assert Change.objects.latest("pk").document.number == "12-QĐ/ĐUK"


def test_an_arrival_of_a_number(office):
    arrive(office, "12345", refused=True)
    assert "Họ tên gõ có chữ số hoặc dấu lạ; ghi thế nào?" in office.text
    assert "Viết hoa chữ đầu" not in office.text
    arrive(office, "12345", chu_hoa="giu")
    assert Member.objects.get(birth_date=date(1994, 8, 5)).full_name == "12345"


def test_an_arrival_in_small_letters(office):
    arrive(office, "k’brôi", refused=True)
    assert "Viết hoa chữ đầu: K&#x27;Brôi" in office.page.content.decode()
    arrive(office, "k’brôi", chu_hoa="thuong")
    assert Member.objects.get(birth_date=date(1994, 8, 5)).full_name == "K'Brôi"


def test_a_candidate_in_small_letters(world):
    hand = Hand(world.user("SECRETARY", "DB01-01"))
    typed = {"gioi": "F", "ngay_sinh": "20–03–1995", "doan_vien": "co", "tu_ngay": "01/06/2018"}
    page = "/nguon-ket-nap/DB01-01/2018/"
    hand.open(page).press("gioi-thieu", ho_ten="lê thị hồng", refused=True, **typed)
    assert "Họ tên gõ toàn chữ thường; ghi thế nào?" in hand.text
    hand.press("gioi-thieu", ho_ten="lê thị hồng", chu_hoa="thuong", **typed)
    assert CandidateRecord.objects.get().full_name == "Lê Thị Hồng"


def test_the_question_stands_under_the_name():
    form = RecommendForm({"ho_ten": "LÊ AN"}, cells=[], labels={})
    assert list(form.fields)[:4] == ["chi_bo", "ho_ten", "ten_goi", "chu_hoa"]
