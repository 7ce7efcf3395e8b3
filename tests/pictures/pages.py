"""What a page says, as lines that two commits can be compared by."""

from html.parser import HTMLParser

from tests.white_space import collapsed

# Signed for one answer: what two answers never have in common.
SIGNED = frozenset("csrfmiddlewaretoken nguoi".split())


class _Lines(HTMLParser):
    def __init__(self):
        super().__init__()
        self.lines = []

    def handle_starttag(self, tag, pairs):
        self.lines.append(f"<{' '.join([tag, *sorted(_attributes(tag, dict(pairs)))])}>")

    def handle_endtag(self, tag):
        self.lines.append(f"</{tag}>")

    def handle_data(self, data):
        self.lines.append(data)

    def handle_decl(self, decl):
        self.lines.append(f"<!{decl.lower()}>")


def _attributes(tag, named):
    signed = tag == "input" and named.get("name") in SIGNED
    for name, value in named.items():
        value = "…" if signed and name == "value" else " ".join((value or "").split())
        yield f'{name}="{value}"' if value else name


def normal_form(html):
    """Lines, one a tag or a text, alike for two answers that a browser shows and reads alike."""
    parser = _Lines()
    parser.feed(collapsed(html))
    parser.close()
    return parser.lines
