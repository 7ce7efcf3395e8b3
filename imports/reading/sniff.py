"""What a file is by how it begins: its name is only what somebody called it."""

import re

from . import faults
from .faults import FileFault

HEAD = 4096  # bytes looked at
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOKS = {ZIP: "zip", OLE: "ole"}
SIGNS = {
    b"%PDF": faults.PDF,
    b"\x89PNG": faults.PICTURE,
    b"\xff\xd8\xff": faults.PICTURE,
    b"GIF8": faults.PICTURE,
    b"BM": faults.PICTURE,
    b"II*\x00": faults.PICTURE,
    b"MM\x00*": faults.PICTURE,
    b"PK\x05\x06": faults.ARCHIVE,
    b"Rar!": faults.ARCHIVE,
    b"7z\xbc\xaf\x27\x1c": faults.ARCHIVE,
    b"\x1f\x8b": faults.ARCHIVE,
    b"{\\rtf": faults.WORD,
    b"ID;P": faults.OLD,  # SYLK
    b"\x09\x00\x04\x00": faults.OLD,  # Excel 2, 3, 4: no container
    b"\x09\x02\x06\x00": faults.OLD,
    b"\x09\x04\x06\x00": faults.OLD,
}
TEXTS_TOO = {b"BM", b"ID;P"}  # with which a text may begin
UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
MARKUP = re.compile(r"\s*(<[a-z!?]|MIME-Version:)", re.IGNORECASE)


def kind(head: bytes) -> str:
    """ "zip", "ole" or "text" for a file that begins with `head`. Raises FileFault for one that is another thing."""
    if not head:
        raise FileFault(faults.EMPTY)
    for sign, workbook in WORKBOOKS.items():
        if head.startswith(sign):
            return workbook
    for sign, sentence in SIGNS.items():
        if head.startswith(sign) and (sign not in TEXTS_TOO or _is_binary(head, sign)):
            raise FileFault(sentence)
    if MARKUP.match(_beginning(head)):
        raise FileFault(faults.WEB_PAGE)
    return "text"


def _is_binary(head: bytes, sign: bytes) -> bool:
    return b"\x00" in head or sign == b"ID;P" and b"\nC;" in head


def _beginning(head: bytes) -> str:
    encoding = UTF_16.get(head[:2], "utf-8")
    return head.decode(encoding, errors="replace").lstrip("\ufeff")
