"""Vietnamese text: cleaned once at entry, sorted and searched alike on every database.

Source: domain §7.1 (collation), §7.2 (search), §7.3 (normal form).
"""

import re
import unicodedata
from typing import Literal

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
MARKS_THAT_MAKE_LETTERS = ("\u0302", "\u0306", "\u031b")
# Word break first, then the signs and digits of minority names and office numbers, then the letters.
ORDER = {sign: weight for weight, sign in enumerate(" -'’./0123456789" + LETTERS, start=2)}
OTHER = 1
LEVEL_BREAK = 0
LONGEST_ID = 18  # digits; a longer number overflows the database

# Unicode's Default_Ignorable_Code_Point, direction marks among them, and the annotation marks. The soft hyphen is ư in
# the TCVN3 encoding: a file in it is converted before its text comes here (domain §7.4).
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
MOST_MARKS = 30  # on one letter (Unicode, UAX #15 §13, Stream-Safe Text): to sort more takes the square of their number
STACKED = re.compile(rf"[^\w\s\x00-\x7f]{{{MOST_MARKS + 1},}}")
SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
LOOK_ALIKE = str.maketrans("ÐƉðɖ\u2010\u2011", "ĐĐđđ--")
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # the full-width forms of the signs of ASCII
APOSTROPHES = "'’‘‛ʼʻʽˈʹˊˋ′‵`´՚ꞌ"
DASHES = "-‒–—―−﹘﹣"
SLASHES = "/⁄∕"
LETTER = r"[^\W\d_]"
BETWEEN_LETTERS = re.compile(f"(?<={LETTER})[{APOSTROPHES}](?={LETTER})")
WITHIN_A_WORD = re.compile(rf"(?<={LETTER})[{DASHES}](?=\w)|(?<=\w)[{DASHES}](?={LETTER})")  # not 36–40, a range
ANY_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
ANY_DASH = re.compile(f"[{DASHES}]")
DATE_SIGN = re.compile(rf"\s*([{DASHES}{SLASHES}.])\s*")
I_SAID_AS_Y = re.compile("(?<=[bcdfghjklmnpqrstvwxz])y(?![a-z])|(?<=qu)y(?![a-z])")


def _composed(form: Literal["NFC", "NFKC"], text: str) -> str:
    """The normal form of `text`, nothing invisible and no more marks on a letter than it can have."""
    return unicodedata.normalize(form, unstacked(INVISIBLE.sub("", text)))


def unstacked(text: str) -> str:
    """`text` with no more marks on a letter than it can have, so that to compose it takes no time."""
    return STACKED.sub(_fewer_marks, text)


def _fewer_marks(found: re.Match[str]) -> str:
    kept, marks = [], 0
    for sign in found[0]:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def _signs(text: object) -> str:
    """NFC, nothing invisible, one sign for those that look alike, a plain space for every kind of space."""
    return SPACE.sub(" ", _composed("NFC", str(text))).translate(LOOK_ALIKE)


def clean(text: object) -> str:
    """The normal form of a line: `_signs`, every run of spaces one space, none at the ends. None becomes "".

    An apostrophe is ', however it was typed (K’Brôi → K'Brôi); a dash within a word is a hyphen (12–QĐ/TU → 12-QĐ/TU).
    """
    if not text:
        return ""
    text = ANY_APOSTROPHE.sub("'", _signs(text).translate(WIDE))
    return re.sub(r"\s+", " ", WITHIN_A_WORD.sub("-", text)).strip()


def clean_lines(text: str | None) -> str:
    """The normal form of a long text: it keeps its line breaks, its dashes and the signs it quotes with."""
    lines = BETWEEN_LETTERS.sub("'", _signs(text or "")).splitlines()
    return "\n".join(re.sub(r"\s+", " ", line).strip() for line in lines).strip()


def sent(text: str) -> str:
    """What a form or a link sends, before any field reads it: lines, tabs and runs of spaces stay for those that mean
    something by them; a single word (a code, a date, a number, a choice) is `code_text` already.
    """
    if not text.isascii():
        text = _signs(text)
        if len(text.split()) == 1 and not re.search(r"[\t\n\r]", text):
            return code_text(text)
    return text if re.search(r"[\t\n\r]", text) else text.strip(" ")


def code_text(text: object) -> str:
    """A code, a number of a paper: as `clean`, and every dash is a hyphen."""
    return ANY_DASH.sub("-", clean(text))


def date_text(text: str) -> str:
    """A date as it was typed, ready to be read: 05 – 08 – 1994 → 05-08-1994."""

    def plain(found: re.Match[str]) -> str:
        return "-" if found[1] in DASHES else "/" if found[1] in SLASHES else found[1]

    return DATE_SIGN.sub(plain, clean(text))


def number_text(text: object) -> str:
    """A number as it was typed, ready to be read: no spaces within, a hyphen for every sign of minus."""
    return code_text(text).replace(" ", "")


def secret(text: str) -> str:
    """A password as it is hashed: alike however a keyboard composes its letters (NIST SP 800-63B §3.1.1.2: NFKC)."""
    return _composed("NFKC", text)


def slip_code(text: str) -> str:
    """A password printed on a slip, however its groups were typed: capitals, spaces and hyphens mean nothing in it."""
    return re.sub(r"[\s-]", "", secret(text)).lower()


def _weights(text: str) -> tuple[list[int], list[int], list[int]]:
    primary, tones, cases = [], [], []
    for sign in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", sign)
        tone = next((TONES.index(mark) + 1 for mark in parts if mark in TONES), 0)
        letter = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES))
        primary.append(ORDER.get(letter.lower(), OTHER))
        tones.append(tone + 1)
        cases.append(2 if letter != letter.lower() else 1)
    return primary, tones, cases


def sort_key(text: str) -> str:
    """Hex string that orders `text` as Vietnamese does: letters, then tones, then case, each over the whole string."""
    return bytes(weight for level in _weights(clean(text)) for weight in (*level, LEVEL_BREAK)).hex()


def name_sort_key(full_name: str, given_name: str = "") -> str:
    """Key of a person's name: given name first, then what stands before it. `given_name` overrides the last word."""
    full_name, given_name = clean(full_name), clean(given_name)
    before, _, last = full_name.rpartition(" ")
    if given_name and full_name != given_name:
        before, last = clean(f" {full_name} ".replace(f" {given_name} ", " ", 1)), given_name
    return sort_key(last) + sort_key(before)


def search_key(text: str) -> str:
    """Folded for finding: đ → d, no marks, no apostrophes, lower case; i for y that ends a syllable after a consonant.

    "Đảng uỷ" and "Đảng ủy" both give "dang uy", "Lý" and "Lí" both "li", "K'Brôi" and "Kbrôi" both "kbroi".
    """
    return I_SAID_AS_Y.sub("i", _folded(text))


def _folded(text: str) -> str:
    bare = unicodedata.normalize("NFD", clean(text).replace("đ", "d").replace("Đ", "D").replace("'", ""))
    bare = "".join(mark for mark in bare if not unicodedata.combining(mark))
    return ANY_DASH.sub("-", bare).lower()


def word_key(text: str) -> str:
    """The search key of a text with signs in it, an office number, a name with commas: its words and numbers alone."""
    return " ".join(re.findall(r"\w+", search_key(text)))


def words_of(text: str) -> list[str]:
    """The words and numbers of `text`, as they were typed; what has no search key is none."""
    return [word for word in re.findall(r"\w+", clean(text).replace("'", "")) if search_key(word)]


def sought(text: str) -> tuple[str, ...]:
    """The pieces of which the search key of what `text` finds, with a space after it, holds at least one; () for no text.

    The last word may be the beginning of a longer one: "ly" finds Lý, Lí and Lyn, but not Linh.
    """
    key = search_key(text)
    if key.endswith("i") and (typed := _folded(text)).endswith("y"):
        return key[:-1] + typed[-1], key + " "
    return (key,) if key else ()


def holds(key: str, text: str) -> bool:
    """Whether `text` finds what has the search key `key`; a text of nothing finds everything."""
    pieces = sought(text)
    return not pieces or any(piece in f"{key} " for piece in pieces)


def as_id(text: str) -> int | None:
    """The id of a row that `text`, out of an address or a form, names; None for what can be none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID else None


def as_year(text: str) -> int | None:
    """The year that `text` names, four digits; None for what can be none."""
    return int(text) if len(text) == 4 and text.isascii() and text.isdecimal() else None


# A name that begins a text and keeps its capital: the Party itself, but not a member, committee or body of it; two boards.
PROPER = re.compile(
    r"Đảng(?! (?:viên|ủy|uỷ|bộ|phí|số|tịch)\b)\b|Đảng bộ Khối\b|Nhà nước\b|Trung ương\b|Khối\b|"
    r"Ban Tổ chức\b|Ủy ban Kiểm tra\b"
)


def within_sentence(text: object) -> str:
    """`text` as it stands after other words: its first letter small, unless a proper noun or letters like “CB” begin it."""
    said = str(text)
    if PROPER.match(said) or said[1:2].isupper():
        return said
    return said[:1].lower() + said[1:]
