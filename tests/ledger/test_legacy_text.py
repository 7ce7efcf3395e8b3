"""Old encodings of Vietnamese (domain §7.4): every syllable there and back, a column of Unicode left alone."""

import random
import re
import unicodedata
from functools import cache
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from demo import words
from ledger.legacy_text import OLD, SIGNS, SYLLABLES, Encoding, converted, guess, is_syllable
from tests.ledger.tcvn_5712 import STANDARD, as_the_standard, iconv_writes

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")

# The bytes of the fonts .VnTime: the letter alone, then with each tone.
TCVN3_BYTES = """
a .. B5 B6 B7 B8 B9   ă A8 BB BC BD BE C6   â A9 C7 C8 C9 CA CB   e .. CC CE CF D0 D1   ê AA D2 D3 D4 D5 D6
i .. D7 D8 DC DD DE   o .. DF E1 E2 E3 E4   ô AB E5 E6 E7 E8 E9   ơ AC EA EB EC ED EE
u .. EF F1 F2 F3 F4   ư AD F5 F6 F7 F8 F9   y .. FA FB FC FD FE   đ AE .. .. .. .. ..
""".split()
TCVN3_CAPITALS = {"Ă": "A1", "Â": "A2", "Ê": "A3", "Ô": "A4", "Ơ": "A5", "Ư": "A6", "Đ": "A7"}

# What VNI-Times shows of each letter, as the VNI company's table of its fonts has it.
VNI_PAIRS = """
à aø ả aû ã aõ á aù ạ aï ă aê ằ aè ẳ aú ẵ aü ắ aé ặ aë â aâ ầ aà ẩ aå ẫ aã ấ aá ậ aä
è eø ẻ eû ẽ eõ é eù ẹ eï ê eâ ề eà ể eå ễ eã ế eá ệ eä ì ì ỉ æ ĩ ó í í ị ò
ò oø ỏ oû õ oõ ó où ọ oï ô oâ ồ oà ổ oå ỗ oã ố oá ộ oä ơ ô ờ ôø ở ôû ỡ ôõ ớ ôù ợ ôï
ù uø ủ uû ũ uõ ú uù ụ uï ư ö ừ öø ử öû ữ öõ ứ öù ự öï ỳ yø ỷ yû ỹ yõ ý yù ỵ î đ ñ
""".split()
VNI = dict(zip(VNI_PAIRS[::2], VNI_PAIRS[1::2], strict=True))


def tcvn3_table():
    letters = {}
    for letter, *codes in zip(*[iter(TCVN3_BYTES)] * 7, strict=True):
        for tone, code in zip(TONES, codes, strict=True):
            if code != "..":
                letters[unicodedata.normalize("NFC", letter + tone)] = chr(int(code, 16))
    return letters | {letter: chr(int(code, 16)) for letter, code in TCVN3_CAPITALS.items()}


TCVN3 = tcvn3_table()


def as_tcvn3(text):
    """As one types it under .VnTime: no capital has a tone."""
    return "".join(TCVN3.get(letter) or TCVN3.get(letter.lower(), letter) for letter in text)


def as_vni(text):
    return "".join(
        VNI.get(letter.lower(), letter.lower()).upper() if letter.isupper() else VNI.get(letter, letter)
        for letter in text
    )


WRITE = {Encoding.TCVN3: as_tcvn3, Encoding.VNI: as_vni}


@cache
def every_syllable():
    """All that the judge lets pass, a tone tried on each vowel."""
    tried = (
        unicodedata.normalize("NFC", bare[: at + 1] + tone + bare[at + 1 :])
        for bare, tone in product(SYLLABLES, TONES)
        for at, letter in enumerate(bare)
        if letter in "aăâeêioôơuưy"
    )
    return sorted({syllable for syllable in tried if is_syllable(syllable)})


def test_there_are_as_many_syllables_as_spelling_allows():
    assert 17_000 < len(every_syllable()) < 18_000


def test_the_standard_is_read_through_a_reader_of_latin_1_and_through_one_of_windows_1252():
    expected = [write(syllable) for write in (str.lower, str.capitalize, str.upper) for syllable in every_syllable()]
    expected = [text for text in expected if len(text) > 1 or text.islower()]  # alone, Ọ cannot be told from a dash
    assert {letter: STANDARD[letter] for letter in TCVN3} == TCVN3
    raw = [as_the_standard(text) for text in expected]
    assert [text for text, cell in zip(expected, raw, strict=True) if converted(cell, Encoding.TCVN3) != text] == []
    twins = [
        (text, cell.translate(SIGNS))
        for text, cell in zip(expected, raw, strict=True)
        if re.search("[\x80-\x9f]", cell)
    ]
    assert len(twins) > 9000
    assert [text for text, cell in twins if converted(cell, Encoding.TCVN3) != text] == []
    assert iconv_writes(expected) in (None, raw)


@pytest.mark.parametrize("encoding", OLD)
def test_every_syllable_comes_back(encoding):
    """Lower, and as part of a name in both cases: the fonts of TCVN3 leave it to the words beside."""
    wrong = []
    for syllable in every_syllable():
        for text in (syllable, f"Trần Văn {syllable.capitalize()}", f"TRẦN VĂN {syllable.upper()}"):
            raw = WRITE[encoding](text)
            if not raw.isascii() and converted(raw, encoding) != text:
                wrong.append((raw, text))
    assert wrong == []


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("NguyÔn V¨n §øc", "Nguyễn Văn Đức"),
        ("Chi bé tr\u00adêng THPT", "Chi bộ trường THPT"),
        ("NGUYÔN", "NGUYỄN"),
        ("¸NH", "ÁNH"),
        ("Hå ThÞ Thu", "Hồ Thị Thu"),
        ("Hå THÞ THU", "HỒ THỊ THU"),
        ("Së TN&MT", "Sở TN&MT"),
        ("Bé CHQS tØnh", "Bộ CHQS tỉnh"),
        ("NguyÔn ThÞ ¸nh", "Nguyễn Thị Ánh"),
        ("NGUYÔN V¡N ý", "NGUYỄN VĂN Ý"),
        ("TØnh ñy", "Tỉnh ủy"),
        ("ñy ban MÆt trËn Tæ quèc tØnh", "Ủy ban Mặt trận Tổ quốc tỉnh"),
        ("èm", "ốm"),
        ("Q§ sè 12-Q§/TU", "QĐ số 12-QĐ/TU"),
        ("“NguyÔn” – \x93TrÇn\x94…", "“Nguyễn” – “Trần”…"),
        ("37°C, 20 m²", "37°C, 20 m²"),
        ("B\u00b0, b\u00b3", "B°, b³"),
        ("A\u00b0n, tA\u00b3", "Àn, tÁ"),
        ("\x83NH, ƒNH, (\x93\x83NH\x94)", "ÁNH, ÁNH, (“ÁNH”)"),
        ("K'Br«i", "K'Brôi"),
        ("Nguyễn Hà", "Nguyễn Hà"),
        (unicodedata.normalize("NFD", "NguyÔn"), "Nguyễn"),
        ("", ""),
    ],
)
def test_cells_of_tcvn3(raw, read):
    assert converted(raw, Encoding.TCVN3) == read


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("Nguyeãn Vaên Ñöùc", "Nguyễn Văn Đức"),
        ("NGUYEÃN VAÊN ÑÖÙC", "NGUYỄN VĂN ĐỨC"),
        ("NGUYEãN", "NGUYỄN"),
        ("Tröôøng Thò Yeán, ñaûng uûy", "Trường Thị Yến, đảng ủy"),
        ("Kyõ, Kî, Yù, Æ, ó", "Kỹ, Kỵ, Ý, Ỉ, ĩ"),
        ("\x93Haø Noäi\x94 – 12-QÑ/TU", "“Hà Nội” – 12-QĐ/TU"),
        ("K'Broâi", "K'Brôi"),
        ("Lê Đức", "Lê Đức"),
        (unicodedata.normalize("NFD", "Nguyeãn"), "Nguyễn"),
    ],
)
def test_cells_of_vni(raw, read):
    assert converted(raw, Encoding.VNI) == read


@given(st.text() | st.text(st.characters(max_codepoint=0xFF), max_size=40), st.sampled_from(OLD))
@example("\u0130\u0131\u00b0\u017f\u212a\u212b", Encoding.TCVN3)
def test_any_text_is_read(text, encoding):
    assert converted(text, Encoding.UNICODE) == unicodedata.normalize("NFC", text)
    assert unicodedata.is_normalized("NFC", converted(text, encoding))
    found = guess([text, text])
    assert found.evidence and (found.example is None or found.example[0] == text)


def test_a_heap_of_marks_takes_no_time():
    """Composed as they are, forty thousand marks take seconds (ledger/text.py: MOST_MARKS)."""
    assert len(converted("e" + "\u0301\u0323" * 20_000, Encoding.UNICODE)) < 40


# Which encoding a column is in.

FULL_NAMES = st.tuples(*map(st.sampled_from, (words.SURNAMES, words.MIDDLES["F"], words.GIVEN["M"] + words.GIVEN["F"])))
MINORITY = st.sampled_from(
    ["K'Brôi", "Chamaléa Kator", *words.RAGLAI["M"], *words.CHAM["F"], "H'Ñiêng Êban", "Y Mlô Niê"]
)
ELSE = st.sampled_from(words.COMMITTEES + words.GRASSROOTS_CELLS + words.DEPARTMENTS + ("Café", "Müller", "12-QÐ/TU"))
TYPED = (str, str.upper, lambda text: unicodedata.normalize("NFD", text), lambda text: re.sub("[^ -~]", "", text))
CELLS = st.builds(lambda text, typed: typed(text), FULL_NAMES.map(" ".join) | MINORITY | ELSE, st.sampled_from(TYPED))


@given(st.lists(CELLS, max_size=30))
@hypothesis_settings(max_examples=200)
def test_a_column_of_unicode_is_never_taken_for_an_old_one(column):
    assert guess(column).encoding == Encoding.UNICODE


def latin(text):
    return max(text, default="") <= "\u00ff"


def test_unicode_is_known_without_a_letter_of_its_own():
    """Names that western Europe could write: what the two readings share decides nothing."""
    names = [name for name in words.SURNAMES + words.GIVEN["M"] + words.GIVEN["F"] if latin(name)]
    assert guess(names)[:2] == (Encoding.UNICODE, True)
    assert guess([unicodedata.normalize("NFD", name) for name in names])[:2] == (Encoding.UNICODE, True)


@pytest.mark.parametrize(
    "column",
    [
        [],
        ["", "12", "Le Van An"],
        ["Café", "Müller", "François", "Zoë", "Gerhard Schröder", "España", "NIÑO", "São Paulo", "Ångström"],
        ["K'Brôi", "H'Ñiêng", "Chamaléa Kator", "Y Mlô Niê"],
        ["37°C", "½", "20 m²", "5×7", "§ 5", "© 2018", "“Lê”", "\x93LONG\x94", "×", "… – —"],
        ["hanh\u00adchinh", "tr\u00adong"],
        ["Nguyá»…n", "Vãn Ä\x90á»©c"],
    ],
)
def test_what_no_old_encoding_makes_vietnamese_is_left(column):
    assert guess(column)[:2] == (Encoding.UNICODE, True)
    assert guess(column).example is None


@pytest.mark.parametrize("encoding", OLD)
def test_columns_of_old_files_are_known(encoding):
    luck, write = random.Random(15), WRITE[encoding]
    names = [
        " ".join(luck.choice(part) for part in (words.SURNAMES, words.MIDDLES["M"], words.GIVEN["M"]))
        for _ in range(99)
    ]
    organizations = words.COMMITTEES + words.GRASSROOTS_CELLS + words.DEPARTMENTS
    for column in (names, organizations, [name.upper() for name in names], [name.split()[-1] for name in names]):
        found = guess(map(write, column))
        assert found[:2] == (encoding, True)
        assert found.example and found.example[1] in column and write(found.example[1]) == found.example[0]
        assert encoding.label in found.evidence


@pytest.mark.parametrize(
    ("column", "encoding"),
    [(["Nam", "N÷"], Encoding.TCVN3), (["Nam", "Nöõ"], Encoding.VNI), (["12-Q§/TU", "3-H§ND"], Encoding.TCVN3)],
)
def test_few_words_give_a_guess_that_is_not_certain(column, encoding):
    assert guess(column)[:2] == (encoding, False)
    assert "chưa đủ để chắc chắn" in guess(column).evidence


def test_a_word_that_other_languages_have_is_no_ground():
    found = guess(["Bæ", "Sø"])
    assert found[:2] == (Encoding.UNICODE, False)
    assert found.example == ("Bæ", "Bổ")


@pytest.mark.parametrize("encoding", OLD)
def test_a_mixed_column_is_said_to_be_mixed(encoding):
    organizations = [*words.COMMITTEES, *words.GRASSROOTS_CELLS]
    old = [WRITE[encoding](name) for name in organizations]
    half = guess(organizations[:25] + old[25:])
    assert half[:2] == (Encoding.UNICODE, False) and "trộn hai bảng mã" in half.evidence
    few = guess([*old, "Nguyễn Ấn"])
    assert few[:2] == (encoding, False) and "trộn hai bảng mã" in few.evidence
    assert [converted(cell, encoding) for cell in ("Nguyễn Ấn", organizations[1])] == ["Nguyễn Ấn", organizations[1]]


def test_both_old_encodings_alike_are_not_certain():
    """Words that are Vietnamese in each of the two."""
    both = [as_vni(word) for word in every_syllable() if is_syllable(converted(as_vni(word), Encoding.TCVN3))]
    both = [raw for raw in both if not raw.isascii() and not is_syllable(raw)][:20]
    assert len(both) == 20 and not guess(both).certain


def test_a_long_column_is_read_no_further_than_it_tells():
    cells = (
        as_tcvn3(f"{syllable} {number}") for number in range(1000) for syllable in ("đảng", *every_syllable()[:9000])
    )
    assert guess(cells)[:2] == (Encoding.TCVN3, True)
    assert next(cells, None)


# Which words are Vietnamese.


def test_the_words_of_the_demonstration_are():
    names = [*words.COMMITTEES, *words.GRASSROOTS_CELLS, *words.DEPARTMENTS, *words.SURNAMES]
    names += [name for half in (words.MIDDLES, words.GIVEN, words.CHAM) for sex in half.values() for name in sex]
    spelled = {word for name in names for word in re.findall(r"[^\W\d_]+", name)}
    assert len(spelled) > 200
    assert [word for word in spelled if not is_syllable(word)] == []


@pytest.mark.parametrize(
    "word",
    "nghiêng Quỳnh quýt quốc quyển khuỷu giếng gì giặt già hoà hòa hoàn thủy thuỷ ủy uỷ xoong moóc ngoèo loáng "
    "thuở rượu hươu yếm yêu uyên ỉa ưu ý kỹ kĩ Lý Lí nghỉ ghế bâng khuâng huênh hoang tuýp ĐÔNG".split(),
)
def test_spellings_that_are(word):
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    "ngiêng cẻ kà ghà giỉ quủ các̀ bàc hàt hoán̉ hòan hùynh tiéng nguời iêu xyê Chamaléa Kator w đăk Brôi áá".split()
    + [""],
)
def test_spellings_that_are_not(word):
    assert not is_syllable(unicodedata.normalize("NFC", word))
