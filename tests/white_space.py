"""HTML without the white space that no reader sees: what a template's layout leaves, as a browser drops it.

CSS Text 3 §4.1.1: a run of white space is one space, and none stands at the edge of a block; that of pre, of textarea and
of what a form sends is kept. So a template may be laid out anew, and neither a test nor a comparison of two commits takes notice.
"""

import re

BLOCKS = """
    address article aside base blockquote body br caption col colgroup datalist dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li link main meta nav ol optgroup option p
    pre script section style summary table tbody td tfoot th thead title tr ul
    circle defs g line path polygon polyline rect svg text use
""".split()
BOXES = "button select".split()  # stand in a line, and are blocks inside

COMMENT = re.compile(r"<!--.*?-->", re.S)
KEPT = re.compile(r"(<(pre|textarea|script|style)\b[^<>]*>)(.*?)(?=</\2\s*>)", re.S | re.I)
VALUE = re.compile(r"(?<= value=\")[^\"]*")
PLACE = re.compile("\0(\\d+)\0")
SPACE = re.compile(r"[ \t\n\r\f]+")
END_OF_TAG = re.compile(r"(<[!/a-z][^<>]*?) (/?>)", re.I)
HIDDEN = re.compile(r'(?: ?<input(?=[^<>]* type="hidden")[^<>]*>)+ ?', re.I)
EDGE = re.compile(rf" ?(<(?:!doctype|/?(?:{'|'.join(BLOCKS)}))\b[^<>]*>) ?", re.I)
OPENING = re.compile(rf"(<(?:{'|'.join(BLOCKS + BOXES)})\b[^<>]*>(?:<input(?=[^<>]* type=\"hidden\")[^<>]*>)*) ", re.I)
CLOSING = re.compile(rf" (</(?:{'|'.join(BOXES)})>)", re.I)


def collapsed(html):
    kept = []

    def put_aside(text):
        kept.append(text)
        return f"\0{len(kept) - 1}\0"

    text = KEPT.sub(lambda found: found[1] + put_aside(found[3]), COMMENT.sub("", html))
    text = VALUE.sub(lambda found: put_aside(found[0]), text)
    text = END_OF_TAG.sub(r"\1\2", SPACE.sub(" ", text))
    text = EDGE.sub(r"\1", HIDDEN.sub(_as_one, text))
    text = CLOSING.sub(r"\1", OPENING.sub(r"\1", text)).strip(" ")
    return PLACE.sub(lambda found: kept[int(found[1])], text)


def _as_one(found):
    """Hidden fields take no room: the text before them and the text after them is one."""
    fields = found[0].replace("> <", "><").strip(" ")
    return fields if fields == found[0] else fields + " "
