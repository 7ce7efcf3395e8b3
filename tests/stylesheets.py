"""What static/css says, rule by rule, in the order in which site.css joins it."""

import re
from pathlib import Path
from typing import NamedTuple

import tinycss2

CSS = Path(__file__).resolve().parent.parent / "static" / "css"

STANDING_ALONE = {("at-rule", "import"), ("at-rule", "font-face"), ("at-rule", "page")}


class Declared(NamedTuple):
    file: str
    line: int
    media: str  # "" outside @media
    rule: tuple  # line and column of the block: its declarations share it
    selector: str
    name: str
    value: str

    def __str__(self):
        media = f"@media {self.media} " if self.media else ""
        return f"{self.file}:{self.line} {media}{self.selector} {{ {self.name} }}"


def imported():
    """Names of the files of site.css, in its order."""
    return re.findall(r'^@import "([\w/-]+\.css)";$', (CSS / "site.css").read_text(), re.MULTILINE)


def declared(text, file=""):
    """One `Declared` for each property of each selector of each block in `text`."""
    return list(_in_rules(tinycss2.parse_stylesheet(text, skip_whitespace=True, skip_comments=True), file, ""))


def _in_rules(nodes, file, media):
    for node in nodes:
        if node.type == "at-rule" and node.lower_at_keyword == "media":
            inner = tinycss2.parse_rule_list(node.content, skip_whitespace=True, skip_comments=True)
            yield from _in_rules(inner, file, _text(node.prelude))
        elif node.type == "qualified-rule":
            yield from _in_block(node, file, media)
        else:
            assert (node.type, getattr(node, "lower_at_keyword", "")) in STANDING_ALONE, f"{file}: {node}"


def _in_block(node, file, media):
    for declaration in tinycss2.parse_blocks_contents(node.content, skip_whitespace=True, skip_comments=True):
        assert declaration.type == "declaration", f"{file}:{node.source_line} {declaration}"
        for selector in _selectors(node.prelude):
            value = _text(declaration.value)
            where = (file, declaration.source_line, media, (node.source_line, node.source_column))
            yield Declared(*where, selector, declaration.name, value)


def _selectors(prelude):
    """The selectors of a list, each as one text; a comma within :not() parts nothing."""
    parts = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return [_text(part) for part in parts]


def _text(tokens):
    return " ".join(tinycss2.serialize([token for token in tokens if token.type != "comment"]).split())


SIDES = ("top", "right", "bottom", "left")
PARTS = {
    "margin": {f"margin-{side}" for side in SIDES},
    "padding": {f"padding-{side}" for side in SIDES},
    "border": {"border-width", "border-style", "border-color", *(f"border-{side}" for side in SIDES)},
    "background": {"background-color", "background-image"},
    "font": {"font-family", "font-size", "font-style", "font-weight", "line-height", "font-variant-numeric"},
    "flex": {"flex-grow", "flex-shrink", "flex-basis"},
    "inset": set(SIDES),
    "overflow": {"overflow-x", "overflow-y"},
    "text-decoration": {f"text-decoration-{part}" for part in ("color", "line", "style", "thickness")},
    "list-style": {"list-style-type", "list-style-position"},
    "outline": {"outline-color", "outline-style", "outline-width"},
    "columns": {"column-count", "column-width"},
    "gap": {"row-gap", "column-gap"},
}


def repeated(declarations):
    """Pairs that set the same property of the same selector under the same @media; of two blocks, or twice in one.

    A shorthand and its part in one block (`margin`, then `margin-left`) are a way to write; in two they are a pair.
    """
    places = {}
    for one in declarations:
        places.setdefault((one.media, one.selector), []).append(one)
    for found in places.values():
        for i, later in enumerate(found):
            for earlier in found[:i]:
                apart = (earlier.file, earlier.rule) != (later.file, later.rule)
                parts = later.name in PARTS.get(earlier.name, ()) or earlier.name in PARTS.get(later.name, ())
                if earlier.name == later.name or (apart and parts):
                    yield earlier, later
