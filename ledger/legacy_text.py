"""Vietnamese of the time before Unicode, as it stands in old spreadsheets: told apart by the column, read into Unicode.

Such a file holds the codes of a font as if they were letters of western Europe: "NguyÔn V¨n §øc" under .VnTime,
"Nguyeãn Vaên Ñöùc" under VNI-Times. Source: domain §7.4; TCVN 5712:1993 for the codes.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from .numbers import group
from .text import TONES, clean, unstacked


class Encoding(StrEnum):
    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Encoding.UNICODE: "Unicode",
    Encoding.TCVN3: "TCVN3 (ABC, phông .VnTime)",
    Encoding.VNI: "VNI (phông VNI-Times)",
}
OLD = (Encoding.TCVN3, Encoding.VNI)


class Guess(NamedTuple):
    """`encoding` of a column; whether it is beyond doubt; why, in Vietnamese; a cell as it is and as it would read in
    the old encoding that some of its words are in (None: none is).
    """

    encoding: Encoding
    certain: bool
    evidence: str
    example: tuple[str, str] | None


def _composed(*parts: str) -> str:
    return unicodedata.normalize("NFC", "".join(parts))


TONED = frozenset(_composed(vowel, tone) for vowel in "aăâeêioôơuưy" for tone in TONES)
LETTERS_OF_UNICODE = {letter for letter in TONED | set("ăâđêôơư") if letter > "\u00ff"}
ONLY_UNICODE = re.compile(f"[{''.join(sorted(letter + letter.upper() for letter in LETTERS_OF_UNICODE))}]")

# The bytes 80–9F: a file read as Latin-1 has them as they are, one read as Windows-1252 as these signs.
SIGNS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
CODES = {ord(sign): code for code, sign in SIGNS.items()}

TCVN3_LETTERS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđẰ",
    0xB5: "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ",
}
# Codes that the standard gives to capitals, Windows to quotes and dashes or to nothing.
TCVN3_CAPITALS = {0x01: "ÚỤ", 0x04: "ỪỬỮ", 0x11: "ỨỰỲỶỸÝỴ", 0x80: "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"}
TCVN3_TONES = dict(zip("°±²³´", TONES, strict=True))


def _by_code(rows: dict[int, str]) -> dict[int, str]:
    return {code: letter for first, letters in rows.items() for code, letter in enumerate(letters, start=first)}


OF_TCVN3 = _by_code(TCVN3_LETTERS)
CAPITAL_OF_TCVN3 = _by_code(TCVN3_CAPITALS)
LETTERS_AND_CODES = re.compile(f"(?:[^\\W\\d_]|[{''.join(map(chr, CAPITAL_OF_TCVN3))}])+")
VOWEL_AND_TONE = re.compile(f"([AĂÂEÊIOÔƠUƯY])([{''.join(TCVN3_TONES)}])", re.IGNORECASE)

VNI_TONES = dict(zip("øûõùï", TONES, strict=True))
VNI_CIRCUMFLEX = {"â": ""} | dict(zip("àåãáä", TONES, strict=True))
VNI_BREVE = {"ê": ""} | dict(zip("èúüéë", TONES, strict=True))
VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "í": "í", "ò": "ị", "î": "ỵ"}


def _vni() -> dict[str, str]:
    """What stands for each letter of Vietnamese, in lower case."""
    table = dict(VNI_LETTERS)
    for vowel in "aeouyôö":
        table |= {vowel + mark: _composed(VNI_LETTERS.get(vowel, vowel), tone) for mark, tone in VNI_TONES.items()}
    for vowel in "aeo":
        table |= {vowel + mark: _composed(vowel, "\u0302", tone) for mark, tone in VNI_CIRCUMFLEX.items()}
    return table | {"a" + mark: _composed("a\u0306", tone) for mark, tone in VNI_BREVE.items()}


OF_VNI = _vni()
VNI_LETTER = re.compile("|".join(sorted(OF_VNI, key=len, reverse=True)), re.IGNORECASE)

WORD = re.compile(r"[^\W\d_]+")


def converted(text: str, encoding: Encoding) -> str:
    """The raw text of a cell as it reads in Unicode (NFC).

    A cell with a letter that Unicode alone has is in Unicode already, whatever its column is in.
    """
    text = unicodedata.normalize("NFC", unstacked(text))
    if encoding == Encoding.UNICODE or ONLY_UNICODE.search(text):
        return text
    return unicodedata.normalize("NFC", _from_tcvn3(text) if encoding == Encoding.TCVN3 else _from_vni(text))


def _from_vni(text: str) -> str:
    return VNI_LETTER.sub(_vni_letter, text).translate(SIGNS)


def _vni_letter(found: re.Match[str]) -> str:
    letter = OF_VNI[found[0].lower()]
    return letter.upper() if found[0][0].isupper() else letter


def _from_tcvn3(text: str) -> str:
    text = text.translate(CODES).translate(OF_TCVN3)
    text = VOWEL_AND_TONE.sub(lambda found: _composed(found[1], TCVN3_TONES[found[2]]), text)
    return _with_capitals(LETTERS_AND_CODES.sub(_letters_or_signs, text).translate(SIGNS))


def _letters_or_signs(found: re.Match[str]) -> str:
    """Capitals where they make a syllable, with or without a quote before or behind it; else, or alone, they are signs."""
    word = found[0]
    if len(word) > LONGEST_WORD or not any(ord(sign) in CAPITAL_OF_TCVN3 for sign in word):
        return word
    for start, end in ((0, 0), (0, 1), (1, 0), (1, 1)):
        syllable = word[start : len(word) - end].translate(CAPITAL_OF_TCVN3)
        if len(syllable) > 1 and (syllable.isupper() or syllable.istitle()) and is_syllable(syllable):
            return word[:start] + syllable + word[len(word) - end :]
    return word


def _with_capitals(text: str) -> str:
    """The fonts have no capital for a vowel with a tone: the capitals beside it tell which was meant.

    NGUYễN is NGUYỄN; in Hồ THỊ THU, but not in Hồ Thị Thu, Hồ is HỒ. Nguyễn Thị ánh reads like a name, and what begins
    a text that has capitals is one: Ủy ban Mặt trận Tổ quốc. All else stays lower: Tỉnh ủy.
    """
    words = list(WORD.finditer(text))
    sure = [word[0] for word in words if word[0][0] not in TONED]
    if any(_shouts(word) and is_syllable(word) for word in sure) and not any(_has_small(word[0]) for word in words):
        return text.upper()
    capitals = [word[0].isupper() for word in sure]
    like_a_name = len(sure) > 1 and all(capitals)

    def written(found: re.Match[str]) -> str:
        word = found[0]
        if _shouts(word):
            return word.upper()
        meant = like_a_name or (any(capitals) and found.start() == words[0].start())
        return word[0].upper() + word[1:] if meant and word[0] in TONED else word

    return WORD.sub(written, text)


def _has_small(word: str) -> bool:
    return any(letter.islower() and letter not in TONED for letter in word)


def _shouts(word: str) -> bool:
    return any(letter.isupper() for letter in word[1:]) and not _has_small(word)


ONSETS = "qu ngh ng nh gh gi kh ph th tr ch b c d đ g h k l m n p r s t v x".split()
RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong ooc op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y yêm yên yêng yêt yêu
""".split()
STOPS = ("c", "ch", "p", "t")  # after these only two tones
ABBREVIATION = re.compile("(?=.*Đ)(?:ĐU|[BCDĐGHKLMNPQRSTVX]){2,}|ĐU")
LONGEST_WORD = 16  # a syllable of "nghiêng" in VNI, within quotes
MOST_WORDS = 5000  # of a column: more tell nothing more


def _rhymes_after(onset: str) -> list[str]:
    """Those that the spelling allows after `onset`."""
    if onset == "qu":
        return [rhyme.removeprefix("u") for rhyme in RHYMES if re.match("[aăâeêiơ]|u[âêôơy]", rhyme)]
    if onset in ("gh", "ngh", "k"):
        return [rhyme for rhyme in RHYMES if re.match("[eêi]|y$", rhyme)]
    never = {"c": "[eêiy]", "ng": "[eêiy]", "g": "[eêy]", "gi": "[iy]", "": "iê"}.get(onset, "yê")
    return [rhyme for rhyme in RHYMES if not re.match(never, rhyme)]


def _tone_places(rhyme: str) -> set[int]:
    """On which letters of `rhyme` a tone may stand: hoà and hòa, but only hoàn."""
    for marked in ("ăâêôơ", "ư"):
        if (place := max(map(rhyme.rfind, marked))) >= 0:
            return {place}
    vowels = len(rhyme) - len(rhyme.lstrip("aeiouy"))
    if vowels < len(rhyme):
        return {vowels - 1}
    if rhyme in ("oa", "oe", "uy"):
        return {0, 1}
    return {1} if vowels == 3 else {0}


def _syllables() -> dict[str, set[int]]:
    """Every syllable without its tone: on which of its letters a tone may stand."""
    found: dict[str, set[int]] = {}
    for onset in [*ONSETS, ""]:
        for rhyme in _rhymes_after(onset):
            found.setdefault(onset + rhyme, {len(onset) + place for place in _tone_places(rhyme)})
    return found


SYLLABLES = _syllables()


def is_syllable(word: str) -> bool:
    """Whether `word` (NFC, any case) can be a Vietnamese word: its onset, its rhyme, its tone and where that stands."""
    bare, tones, places = "", "", set()
    for at, letter in enumerate(word.lower()):
        parts = unicodedata.normalize("NFD", letter)
        if tone := "".join(mark for mark in parts if mark in TONES):
            tones += tone
            places.add(at)
        bare += _composed(*(mark for mark in parts if mark not in TONES))
    if len(tones) > 1 or len(bare) < len(word) or bare not in SYLLABLES or not places <= SYLLABLES[bare]:
        return False
    return tones in TONES[3:] or not bare.endswith(STOPS)


# Whatever may be part of a word in some encoding, a sign as well as a letter.
RAW_WORD = re.compile(r"[^\x00-@\[-`{-~\xa0]+")
QUOTES = "".join(SIGNS.values())


@lru_cache(maxsize=4 * MOST_WORDS)
def _readings(word: str) -> frozenset[Encoding]:
    """In which encodings the raw `word` is Vietnamese."""
    if ONLY_UNICODE.search(word):
        return frozenset({Encoding.UNICODE})
    if len(word) > LONGEST_WORD:
        return frozenset()
    read = {Encoding.UNICODE: clean(word.translate(SIGNS)), Encoding.TCVN3: converted(word, Encoding.TCVN3)}
    if VNI_LETTER.sub("", word.translate(SIGNS).strip(QUOTES)).isascii():
        read[Encoding.VNI] = converted(word, Encoding.VNI)
    return frozenset(encoding for encoding, text in read.items() if _is_vietnamese(text.strip(QUOTES)))


def _is_vietnamese(word: str) -> bool:
    return is_syllable(word) or bool(ABBREVIATION.fullmatch(word))


def _tells(word: str) -> bool:
    """Whether it cannot well be a word of another language: signs among its letters (V¨n), or marks in a row (Nöõ)."""
    marked = [letter for letter in word.strip(QUOTES) if not letter.isascii()]
    return len(marked) > 1 or any(not letter.isalpha() for letter in marked)


def _words(texts: Iterable[str]) -> dict[str, str]:
    """The different words beyond ASCII of a column, each with the first cell that has it."""
    found: dict[str, str] = {}
    for text in texts:
        if text.isascii():
            continue
        for word in RAW_WORD.findall(unicodedata.normalize("NFC", unstacked(text))):
            if len(word) > 1 and not word.isascii():
                found.setdefault(word[: LONGEST_WORD + 1], text)
        if len(found) >= MOST_WORDS:
            break
    return found


def guess(texts: Iterable[str]) -> Guess:
    """The encoding of a column of raw texts, by how many of its different words are Vietnamese in each.

    Never an old one where the words are as well Vietnamese as they stand, or in no encoding.
    """
    words = _words(texts)
    readings = {word: _readings(word) for word in words}
    only_in = {
        old: [word for word, found in readings.items() if found & {old, Encoding.UNICODE} == {old}] for old in OLD
    }
    old = max(OLD, key=lambda encoding: len(only_in[encoding]))
    if not only_in[old]:
        return Guess(Encoding.UNICODE, True, _nothing_old(len(words)), None)
    unicode = sum(Encoding.UNICODE in found and old not in found for found in readings.values())
    foreign = sum(not found & {Encoding.UNICODE, old} for found in readings.values())
    is_old, certain = _weighed(only_in[old], unicode, foreign)
    certain = certain and any(len(others) < len(only_in[old]) for others in only_in.values())
    cell = words[only_in[old][0]]
    told = _told(old, len(only_in[old]), unicode, certain)
    return Guess(old if is_old else Encoding.UNICODE, certain, told, (cell, converted(cell, old)))


def _weighed(legacy: list[str], unicode: int, foreign: int) -> tuple[bool, bool]:
    """Whether a column is in an old encoding, and whether beyond doubt.

    `legacy`: the words that are Vietnamese in it alone; `unicode`: how many are as they stand alone; `foreign`: in neither.
    """
    many = len(legacy) > 2
    if not many and not any(map(_tells, legacy)):
        return False, unicode > len(legacy)
    if len(legacy) > 2 * (unicode + foreign):
        return True, many and not unicode and len(legacy) > 9 * foreign
    return False, False


def _nothing_old(words: int) -> str:
    if not words:
        return "Không có chữ nào mang dấu: theo bảng mã nào cũng đọc như nhau."
    return f"{group(words)} từ có dấu, không từ nào phải đọc theo bảng mã cũ mới thành tiếng Việt."


def _told(old: Encoding, legacy: int, unicode: int, certain: bool) -> str:
    told = f"{group(legacy)} từ chỉ thành tiếng Việt khi đọc theo {old.label}"
    if unicode:
        told += f", {group(unicode)} từ chỉ khi đọc theo Unicode"
    doubt = "" if certain else ": cột có thể trộn hai bảng mã" if unicode else ", chưa đủ để chắc chắn"
    return f"{told}{doubt}."
