"""Vietnamese text: cleaned once at entry, sorted and searched alike on every database.

Source: domain §7.1 (collation), §7.2 (search), §7.3 (normal form).
"""

import re
import unicodedata

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ("̀", "̉", "̃", "́", "̣")
MARKS_THAT_MAKE_LETTERS = ("̂", "̆", "̛")
# Word break first, then the signs and digits of minority names and office numbers, then the letters.
ORDER = {sign: weight for weight, sign in enumerate(" -'’./0123456789" + LETTERS, start=2)}
OTHER = 1
LEVEL_BREAK = 0
INVISIBLE = dict.fromkeys(map(ord, "​‌‍⁠﻿­"))


LONGEST_ID = 18  # digits; a longer number overflows the database


def clean(text):
    """NFC, no zero-width characters, every run of spaces one space, none at the ends. None becomes ""."""
    if not text:
        return ""
    text = unicodedata.normalize("NFC", str(text).translate(INVISIBLE)).replace("Ð", "Đ")
    return re.sub(r"\s+", " ", text).strip()


def clean_lines(text):
    """As `clean`, but a long text keeps its line breaks."""
    return "\n".join(clean(line) for line in str(text or "").splitlines()).strip()


def _weights(text):
    primary, tones, cases = [], [], []
    for sign in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", sign)
        tone = next((TONES.index(mark) + 1 for mark in parts if mark in TONES), 0)
        letter = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES))
        primary.append(ORDER.get(letter.lower(), OTHER))
        tones.append(tone + 1)
        cases.append(2 if letter != letter.lower() else 1)
    return primary, tones, cases


def sort_key(text):
    """Hex string that orders `text` as Vietnamese does: letters, then tones, then case, each over the whole string."""
    return bytes(weight for level in _weights(clean(text)) for weight in (*level, LEVEL_BREAK)).hex()


def name_sort_key(full_name, given_name=""):
    """Key of a person's name: given name first, then what stands before it. `given_name` overrides the last word."""
    full_name, given_name = clean(full_name), clean(given_name)
    before, _, last = full_name.rpartition(" ")
    if given_name and full_name != given_name:
        before, last = clean(f" {full_name} ".replace(f" {given_name} ", " ", 1)), given_name
    return sort_key(last) + sort_key(before)


def search_key(text):
    """Folded for finding: đ → d, no marks, lower case. "Đảng uỷ" and "Đảng ủy" both give "dang uy"."""
    bare = unicodedata.normalize("NFD", clean(text).replace("đ", "d").replace("Đ", "D"))
    return "".join(mark for mark in bare if not unicodedata.combining(mark)).lower()


def as_id(text):
    """The id of a row that `text`, out of an address or a form, names; None for what can be none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID else None
