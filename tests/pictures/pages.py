"""What a page says, whatever the white space of its template: two answers of one form look alike in a browser.

White space is collapsed as a browser does (CSS Text 3 §4.1.1): a run of it is one space, none stands at the edge of a
block, and that of pre and textarea is kept.
"""

import re
from html.parser import HTMLParser

BLOCKS = frozenset(
    """
    address article aside base blockquote body br caption col colgroup datalist dd details dialog div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li link main meta nav ol optgroup option p pre script
    section style summary table tbody td tfoot th thead title tr ul
    svg g path rect circle line polyline polygon text desc defs use
    """.split()
)
# Stand in a line, and are blocks inside.
BOXES = frozenset("button select textarea".split())
VERBATIM = frozenset("pre textarea script style".split())
# Signed for one answer: what two answers never have in common.
SIGNED = frozenset("csrfmiddlewaretoken nguoi".split())
SPACE = re.compile(r"[ \t\n\r\f]+")


class _Lines(HTMLParser):
    def __init__(self):
        super().__init__()
        self.lines, self.text, self.verbatim, self.at_edge = [], "", "", True

    def handle_starttag(self, tag, pairs):
        edge, named = tag in BLOCKS, dict(pairs)
        line = f"<{' '.join([tag, *sorted(_attributes(tag, named))])}>"
        if tag == "input" and named.get("type") == "hidden":  # takes no room: the text before and after is one
            self.lines.append(line)
            return
        self._say_text(edge)
        self.lines.append(line)
        self.at_edge = edge or tag in BOXES
        if tag in VERBATIM:
            self.verbatim = tag

    def handle_endtag(self, tag):
        self._say_text(tag in BLOCKS or tag in BOXES)
        self.lines.append(f"</{tag}>")
        self.at_edge = tag in BLOCKS
        if tag == self.verbatim:
            self.verbatim = ""

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        """Nobody reads it."""

    def handle_decl(self, decl):
        self.lines.append(f"<!{decl.lower()}>")

    def _say_text(self, before_edge):
        text, self.text = self.text, ""
        if not self.verbatim:
            text = SPACE.sub(" ", text)
            text = text.lstrip(" ") if self.at_edge else text
            text = text.rstrip(" ") if before_edge else text
        if text:
            self.lines.append(text)


def _attributes(tag, named):
    signed = tag == "input" and named.get("name") in SIGNED
    for name, value in named.items():
        value = "…" if signed and name == "value" else SPACE.sub(" ", value or "").strip(" ")
        yield f'{name}="{value}"' if value else name


def normal_form(html):
    """Lines, one a tag or a text, alike for two answers that a browser shows and reads alike."""
    parser = _Lines()
    parser.feed(html)
    parser.close()
    parser._say_text(before_edge=True)
    return parser.lines
