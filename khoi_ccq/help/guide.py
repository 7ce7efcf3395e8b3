"""The guide of the users (docs/users.md) inside the product: chapters of it as pages, their parts as places on them."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ledger.text import word_key


@dataclass(frozen=True)
class GuidePart:
    """A heading within a chapter: `slug` names its place on the page."""

    title: str
    slug: str


@dataclass(frozen=True)
class Chapter:
    """`html`: all that stands under the heading, those of its parts with their slugs as ids."""

    title: str
    slug: str
    parts: tuple[GuidePart, ...]
    html: SafeString


@cache
def chapters() -> tuple[Chapter, ...]:
    """The guide as it came with this release, in its order."""
    return tuple(map(_chapter, _cut(Path(settings.BASE_DIR, "docs", "users.md").read_text(encoding="utf-8"))))


def _cut(text: str) -> list[tuple[str, str]]:
    """[(heading, text under it)] of the headings of the second order."""
    _, *pieces = re.split(r"^## +(.+)$", text, flags=re.MULTILINE)
    return list(zip(pieces[::2], pieces[1::2], strict=True))


def _chapter(piece: tuple[str, str]) -> Chapter:
    title, text = piece
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    parts = tuple(_parts(tokens))
    # The text is the repository's own, and HTML within it is shown as text.
    html = mark_safe(reader.renderer.render(tokens, reader.options, {}))
    return Chapter(title.strip(), slug_of(title), parts, html)


def _parts(tokens: list[Token]) -> list[GuidePart]:
    """The headings among `tokens`; each is given the id by which it is found."""
    found = []
    for opening, inline in zip(tokens, tokens[1:], strict=False):
        if opening.type == "heading_open":
            part = GuidePart(inline.content, slug_of(inline.content))
            opening.attrSet("id", part.slug)
            found.append(part)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h2"  # the chapter itself is the heading of the page
    return found


def slug_of(title: str) -> str:
    """ "Huy hiệu Đảng" is at huy-hieu-dang."""
    return word_key(title).replace(" ", "-")
