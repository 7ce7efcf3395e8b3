"""Texts that must not change unseen: what a page showed, for its form to carry; what was frozen, with its digest."""

import json
from collections.abc import Iterable
from hashlib import sha256


def seal_of(parts: Iterable[str]) -> str:
    """Twenty hexadecimal digits that change with any of `parts`, texts in their order."""
    return sha256("|".join(parts).encode()).hexdigest()[:20]


def canonical(data: object) -> str:
    """The one way frozen data is written, so that it hashes alike."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(text.encode()).hexdigest()
