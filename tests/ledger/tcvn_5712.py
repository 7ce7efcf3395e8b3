"""TCVN 5712:1993 as a table of its own, beside that of ledger/legacy_text.py, and as the C library has it."""

import shutil
import subprocess

# TCVN 5712:1993, by the code: its letters from 80 up without the combining marks of B0–B4, and the capitals among the controls.
STANDARD_LETTERS = {
    0x80: "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨ",
    0x90: "ÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ",
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđẰ",
    0xB5: "àảãáạẲằẳẵắẴ",
    0xC0: "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ",
    0xD0: "éẹềểễếệìỉỄẾỒĩíịò",
    0xE0: "Ổỏõóọồổỗốộờởỡớợù",
    0xF0: "ỖủũúụừửữứựỳỷỹýỵỐ",
    0x01: "ÚỤ",
    0x04: "ỪỬỮ",
    0x11: "ỨỰỲỶỸÝỴ",
}
STANDARD = {
    letter: chr(code) for start, letters in STANDARD_LETTERS.items() for code, letter in enumerate(letters, start)
}


def as_the_standard(text):
    """TCVN 5712:1993 whole, its capitals too, each code as the letter of Latin-1 that shows it."""
    return "".join(STANDARD.get(letter, letter) for letter in text)


def iconv_writes(texts):
    """The same by the C library's own table; None where this machine has none."""
    if not shutil.which("iconv"):
        return None
    done = subprocess.run(
        ["iconv", "-f", "UTF-8", "-t", "TCVN5712-1"], input="\n".join(texts).encode(), capture_output=True
    )
    return None if done.returncode else done.stdout.decode("latin-1").split("\n")
