"""Vietnamese text: one normal form, one order, one way to find (domain §7.1–7.3)."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ledger.text import clean, clean_lines, name_sort_key, search_key, sort_key, within_sentence
from members.models import Member

IN_ORDER = [  # domain §7.1, word for word
    "Bùi Văn An",
    "Đinh Văn An",
    "Nguyễn Văn An",
    "Nguyễn Anh",
    "Nguyễn Thị Ánh",
    "Trần Thị Ân",
    "Nguyễn Văn Ấn",
    "Phạm Dung",
    "Đặng Dũng",
    "Lê Đức",
]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (None, ""),
        ("", ""),
        (" \t\n", ""),
        (unicodedata.normalize("NFD", "Nguyễn Thị Ấn"), "Nguyễn Thị Ấn"),
        ("Lê\u200bVăn\ufeff \u200dĐức\u00ad", "LêVăn Đức"),
        ("Lê\u00a0Văn \u2003 Đức ", "Lê Văn Đức"),
        ("\u00d0\u1eb7ng D\u0169ng", "Đặng Dũng"),
        ("e\u200b\u0302", "ê"),
        ("khóa và khoá", "khóa và khoá"),
    ],
)
def test_clean(typed, kept):
    assert clean(typed) == kept


def test_clean_lines_keeps_the_lines_of_a_reason():
    assert clean_lines("  Lý do\u00a0một \r\n\r\n hai  ") == "Lý do một\n\nhai"
    assert clean_lines(None) == ""


def test_names_sort_as_in_the_reference():
    backwards = IN_ORDER[::-1]
    assert sorted(backwards, key=name_sort_key) == IN_ORDER


def test_the_database_sorts_names_alike(world):
    change = world.people["An"].added
    rows = Member.objects.bulk_create(world.person(name, added=change) for name in reversed(IN_ORDER))
    names = Member.objects.filter(pk__in=[row.pk for row in rows]).values_list("full_name", flat=True)
    assert list(names) == IN_ORDER


@pytest.mark.parametrize(
    "in_order",
    [
        "a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y".split(),
        "ma mà mả mã má mạ".split(),
        ["an", "An", "AN", "án"],
        # A tone weighs less than any letter after it, a space less than any letter.
        ["lan anh", "lan ánh", "làn anh", "lanh"],
        ["Chi bộ 1", "Chi bộ 2", "Chi bộ 9", "Chi bộ a"],
        ["Gia Rai", "Gia-rai", "Giarai"],
        ["H'Lan", "Ha"],
        ["K'Brôi", "Kbrôi"],
        ["Kháng", "Khơ Mú", "Khơ-mú", "Khơme"],
    ],
)
def test_letters_tones_case_and_signs(in_order):
    keys = [sort_key(word) for word in in_order]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_names_with_signs_stand_among_the_letters_they_begin_with():
    names = ["Niê H'Lan", "Ksor Hà", "Rơ Kơi", "K'Brôi", "Y Ka"]
    assert sorted(names, key=name_sort_key) == ["Niê H'Lan", "Ksor Hà", "K'Brôi", "Y Ka", "Rơ Kơi"]


def test_given_name_may_stand_first():
    # Chamaléa: the name one is called by is not the last word.
    assert name_sort_key("Kator Thị Binh", "Kator") == name_sort_key("Thị Binh Kator")
    assert name_sort_key("Kator Thị Binh") != name_sort_key("Kator Thị Binh", "Kator")
    assert name_sort_key("An", "An") == name_sort_key("An")


def test_a_written_row_carries_its_keys(world):
    member = world.person("Kator  Thị\u00a0Binh", given_name="Kator", birth_name="Đỗ Uỷ")
    member.added = world.people["An"].added
    Member.objects.bulk_create([member])
    member = Member.objects.get(pk=member.pk)
    assert member.full_name == "Kator Thị Binh"
    assert member.sort_key == name_sort_key("Kator Thị Binh", "Kator")
    assert member.search_key == "kator thi binh do uy"


@pytest.mark.parametrize("name", ["Đặng", "\u00d0ặng", "đẵng", "DANG", unicodedata.normalize("NFD", "Đặng")])
def test_dang_finds_every_spelling(name):
    assert search_key(name) == "dang"


def test_old_and_new_tone_placement_are_found_alike():
    assert search_key("Đảng Uỷ") == search_key("đảng ủy") == "dang uy"
    assert search_key("khoá") == search_key("khóa") == "khoa"


LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]


def reference(text):
    """The tuple key of domain §7.1, written a second time and straight from the page."""
    primary, tones, upper = [], [], []
    for sign in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", sign)
        tone = next((mark for mark in marks if mark in TONES), "")
        letter = unicodedata.normalize("NFC", marks.replace(tone, ""))
        primary.append((" " + LETTERS).index(letter.lower()))
        tones.append(TONES.index(tone))
        upper.append(letter.isupper())
    return primary, tones, upper


SYLLABLES = st.tuples(
    st.sampled_from(LETTERS + LETTERS.upper()), st.sampled_from("aăâeêioôơuưy"), st.sampled_from(TONES)
)
WORDS = st.lists(SYLLABLES.map("".join).map(lambda s: unicodedata.normalize("NFC", s)), min_size=1, max_size=3)
TEXTS = st.lists(WORDS.map("".join), min_size=1, max_size=3).map(" ".join)


@given(TEXTS, TEXTS)
@example("lan ánh", "làn anh")
@example("An", "an")
@hypothesis_settings(max_examples=300)
def test_keys_compare_as_the_reference(one, other):
    order = (reference(one) > reference(other)) - (reference(one) < reference(other))
    assert (sort_key(one) > sort_key(other)) - (sort_key(one) < sort_key(other)) == order


def test_the_reference_itself_gives_the_expected_list():
    keys = [(reference(name.split()[-1]), reference(" ".join(name.split()[:-1]))) for name in IN_ORDER]
    assert all(low < high for low, high in pairwise(keys))


@pytest.mark.parametrize(
    ("alone", "within"),
    [
        ("Kiểm tra tài chính Đảng", "kiểm tra tài chính Đảng"),
        ("Đảng viên mới kết nạp", "đảng viên mới kết nạp"),
        ("Đảng ủy cơ sở", "đảng ủy cơ sở"),
        ("Đảng bộ cơ sở", "đảng bộ cơ sở"),
        ("Đảng bộ Khối", "Đảng bộ Khối"),
        ("Đảng", "Đảng"),
        ("Nhà nước giao", "Nhà nước giao"),
        ("Ban Tổ chức Đảng ủy Khối", "Ban Tổ chức Đảng ủy Khối"),
        ("Xin ra khỏi Đảng", "xin ra khỏi Đảng"),
        ("CBCCVC trong cơ quan", "CBCCVC trong cơ quan"),
        ("Đ", "đ"),
        ("", ""),
    ],
)
def test_a_text_within_a_sentence_keeps_its_proper_nouns(alone, within):
    assert within_sentence(alone) == within
