"""Text files of a Vietnamese Windows: its code page 1258, which has letters and tones apart (Microsoft, cp1258)."""

import re
import unicodedata
from collections.abc import Iterable

from ledger.legacy_text import Encoding, converted, is_syllable

WORD = re.compile(r"[^\W\d_]+")
TONED = re.compile("[aeiouyâêôãõý][ÌÒÞìò]", re.IGNORECASE)  # a letter and the byte of a tone behind it, read as Latin-1
MOST_WORDS = 5000


def of_code_page(text: str) -> str:
    """`text`, its bytes read as if they were Latin-1, as it reads in code page 1258 (NFC)."""
    return unicodedata.normalize("NFC", text.encode("latin-1", errors="replace").decode("cp1258", errors="replace"))


def is_code_page(lines: Iterable[str]) -> bool:
    """Whether `lines`, read as Latin-1, are Vietnamese in code page 1258 rather than in the encoding of an old font."""
    ours, others = 0, 0
    for word in _words(lines):
        if TONED.search(word) and is_syllable(of_code_page(word)):
            ours += 1
        elif any(is_syllable(converted(word, old)) for old in (Encoding.TCVN3, Encoding.VNI)):
            others += not is_syllable(of_code_page(word))
    return ours > 2 * others


def _words(lines: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for line in lines:
        found |= {word for word in WORD.findall(line) if not word.isascii()}
        if len(found) > MOST_WORDS:
            break
    return found
